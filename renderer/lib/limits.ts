/** The limits of an import in words, and their figures in the unit a person would write. */
import { type ImportLimits, greatestLimits } from '#contract/limits';

export type LimitName = keyof ImportLimits;

export interface LimitWords {
  readonly name: LimitName;
  readonly label: string;
  /** Behind the figure. */
  readonly unit: string;
  /** What one of the unit is worth in the setting. */
  readonly unitSize: number;
  /** One sentence: what it guards against. */
  readonly guards: string;
}

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

export const limitWords: readonly LimitWords[] = [
  {
    name: 'ratio',
    label: 'Ratio of a packed file',
    unit: 'to 1',
    unitSize: 1,
    guards: 'A few kilobytes made to unpack to terabytes. Counts once a file has unpacked to more than 256 MB.',
  },
  {
    name: 'memberBytes',
    label: 'Size of one file, unpacked',
    unit: 'GiB',
    unitSize: gibibyte,
    guards: 'A file that never ends.',
  },
  {
    name: 'recordBytes',
    label: 'Size of one record',
    unit: 'MiB',
    unitSize: mebibyte,
    guards: 'One record that takes all memory. CloudTrail itself writes at most 256 KB; 60 MiB is also the most.',
  },
  {
    name: 'entries',
    label: 'Files in one archive',
    unit: 'files',
    unitSize: 1,
    guards: 'A small archive that lists millions of empty files.',
  },
  {
    name: 'nesting',
    label: 'Archives in archives',
    unit: 'levels',
    unitSize: 1,
    guards: 'An archive that holds itself, or one in another without end. A gzip counts as one.',
  },
  {
    name: 'heldBytes',
    label: 'A zip within another archive',
    unit: 'MiB',
    unitSize: mebibyte,
    guards: 'A zip within an archive is held in memory while it is read.',
  },
  {
    name: 'folderDepth',
    label: 'Folders in folders',
    unit: 'levels',
    unitSize: 1,
    guards: 'Paths too long to be read again.',
  },
];

/** A setting's figure in its unit, as it is written into the field. */
export function limitText(limit: LimitWords, limits: ImportLimits): string {
  return String(limits[limit.name] / limit.unitSize);
}

/** The most the setting takes, in its unit. */
export function mostOf({ name, unitSize }: LimitWords): number {
  return Math.floor(greatestLimits[name] / unitSize);
}

/** The setting of a figure typed into the field; null where it is none, is less than the setting takes, or more. */
export function limitOf(limit: LimitWords, text: string): number | null {
  const figure = text.trim() === '' ? NaN : Number(text);
  const size = Math.round(figure * limit.unitSize);
  return Number.isFinite(figure) && size >= 1 && size <= greatestLimits[limit.name] ? size : null;
}
