/** The formats of files and records, named as their exporters name them. */
import type { FileFormat } from '#contract/report';
import { recordFormats, type RecordFormat } from '#contract/record-formats';

const recordNames = Object.fromEntries(
  Object.entries(recordFormats).map(([format, { name }]) => [format, name]),
) as Readonly<Record<RecordFormat, string>>;

const names: { readonly [Format in FileFormat]: string } = {
  ...recordNames,
  mixed: 'several formats',
  digest: 'CloudTrail digest',
  zip: 'zip archive',
  tar: 'tar archive',
  parquet: 'Parquet',
  'os-metadata': 'OS metadata',
  document: 'not a log: a text for people',
  'open-already': 'open already, read as part of another source',
  other: 'something else',
};

/** The name of a format, for showing. */
export function formatName(format: FileFormat): string {
  return names[format];
}

/** The name of a value of the field `format`, which is a record's format as a text; the text itself where it is none. */
export function formatNameOf(value: string): string {
  return Object.hasOwn(names, value) ? names[value as FileFormat] : value;
}
