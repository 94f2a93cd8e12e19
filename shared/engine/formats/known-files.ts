/** Names files that are not CloudTrail logs, by their first bytes or first line. */
import type { FileFormat } from '#contract/report';
import { foreignPackings } from '../sources/packed-otherwise';

export interface KnownFile {
  readonly format: FileFormat;
  /** Such files never hold events. */
  readonly isIgnored: boolean;
  /** What it is, and what the user can do. */
  readonly message: string;
}

const osMetadata = (what: string): KnownFile => ({ format: 'os-metadata', isIgnored: true, message: what });
const unpackFirst = (what: string, how?: string): KnownFile => ({
  format: 'other',
  isIgnored: false,
  message: `it looks like ${what}, which is not unpacked here: unpack it first${how === undefined ? '' : ` (${how})`} and open what was in it`,
});
const notALog = (what: string): KnownFile => ({
  format: 'other',
  isIgnored: false,
  message: `it looks like ${what}, not like a log of CloudTrail`,
});

const webPage = notALog('a web page (perhaps the log-in page in place of a download)');
const xml = notALog('XML');
/** Events in YAML's own notation are not read; JSON as text in YAML is. */
const yaml: KnownFile = {
  format: 'other',
  isIgnored: false,
  message: 'it looks like YAML without the JSON of any event: turn it into JSON first (`yq -o json`) and open that',
};
/** ArcSight's Common Event Format, and QRadar's LEEF. */
const siemLines: KnownFile = {
  format: 'other',
  isIgnored: false,
  message:
    'it looks like CEF or LEEF, which has some fields of an event and not the event: export the events themselves, as JSON',
};
const textsWithEvents: ReadonlySet<KnownFile> = new Set([webPage, xml, yaml, siemLines]);

/** Whether a file of this kind may hold events anyway. */
export function mayHoldEvents(file: KnownFile): boolean {
  return textsWithEvents.has(file);
}

const latin = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));

const magics: readonly { readonly bytes: readonly number[]; readonly file: KnownFile }[] = [
  {
    bytes: latin('PAR1'),
    file: {
      format: 'parquet',
      isIgnored: false,
      message:
        'Parquet, as Security Lake writes it, is not supported: open the log files of the trail, or export the events as JSON or CSV',
    },
  },
  { bytes: [0x00, 0x00, 0x00, 0x01, ...latin('Bud1')], file: osMetadata("a folder's settings, as macOS keeps them") },
  { bytes: latin('[.ShellClassInfo]'), file: osMetadata("a folder's settings, as Windows keeps them") },
  { bytes: [0x00, 0x05, 0x16, 0x07], file: osMetadata("a file's attributes, as macOS keeps them") },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    file: notALog('an old Office document or a thumbnail cache'),
  },
  ...foreignPackings.map(({ bytes, what, how }) => ({ bytes, file: unpackFirst(what, how) })),
  { bytes: latin('PK\u0003\u0004'), file: unpackFirst('a zip archive') },
  { bytes: [0x1f, 0x8b], file: unpackFirst('a gzip file') },
  { bytes: latin('%PDF'), file: notALog('a PDF document') },
  { bytes: [0x89, ...latin('PNG')], file: notALog('a PNG image') },
  { bytes: [0xff, 0xd8, 0xff], file: notALog('a JPEG image') },
  { bytes: latin('GIF8'), file: notALog('a GIF image') },
  { bytes: latin('SQLite format 3\0'), file: notALog('an SQLite database') },
  { bytes: [0x7f, ...latin('ELF')], file: notALog('a program for Linux') },
  { bytes: latin('ElfFile\0'), file: notALog('an event log of Windows') },
  { bytes: latin('Obj\u0001'), file: notALog('an Avro file') },
  { bytes: [0xd4, 0xc3, 0xb2, 0xa1], file: notALog('captured network traffic') },
  { bytes: [0x0a, 0x0d, 0x0d, 0x0a], file: notALog('captured network traffic') },
];

/** The longest of the magic numbers. */
export const magicBytes = 16;

/** The kind of file that begins with these bytes; null where it is unknown. */
export function knownBytes(bytes: Uint8Array, start: number, end: number): KnownFile | null {
  const found = magics.find((magic) => magic.bytes.every((byte, i) => start + i < end && bytes[start + i] === byte));
  return found?.file ?? null;
}

const lines: readonly { readonly pattern: RegExp; readonly file: KnownFile }[] = [
  {
    pattern: /^Permission Check Successful\s*$/i,
    file: osMetadata('what CloudWatch Logs writes to test an export, and no events'),
  },
  { pattern: /^\s*<(?:!doctype html|html)/i, file: webPage },
  { pattern: /^\s*<(?:\?xml|[a-z])/i, file: xml },
  { pattern: /^(?:Records|Events):\s*$|^- ?(?:eventVersion|CloudTrailEvent|EventId):|^eventVersion: /, file: yaml },
  { pattern: /(?:^|\s)(?:CEF:\d+|LEEF:\d\.\d)\|/, file: siemLines },
  { pattern: /^(?:version account-id interface-id|\d+ (?:\d{12}|unknown) eni-)/, file: notALog('a VPC flow log') },
  { pattern: /^[0-9a-f]{64} \S+ \[\d\d\/\w{3}\/\d{4}:/, file: notALog("S3's server access log") },
  {
    pattern: /^(?:https?|h2|grpcs?|wss?) \d{4}-\d\d-\d\dT\S+ (?:app|net)\//,
    file: notALog("a load balancer's access log"),
  },
  { pattern: /^\d{4}-\d\d-\d\dT\S+Z \S+ \d+\.\d+\.\d+\.\d+:\d+ /, file: notALog("a load balancer's access log") },
  { pattern: /^#Version: 1\.0/, file: notALog("CloudFront's access log") },
];

/** The kind of text that begins with this line; null where it is unknown. */
export function knownText(line: string): KnownFile | null {
  return lines.find(({ pattern }) => pattern.test(line))?.file ?? null;
}

/** An unknown text. */
export const plainText: KnownFile = {
  format: 'other',
  isIgnored: false,
  message: 'plain text that is neither JSON nor a known table',
};

/** A printed JavaScript object: no quotes around its keys, and cut off at some depth. */
export const javaScriptText: KnownFile = {
  format: 'other',
  isIgnored: false,
  message: 'it looks like what JavaScript prints, which is not JSON: write it with JSON.stringify and open that',
};

/** Printed by Python, without any event. */
export const pythonText: KnownFile = {
  format: 'other',
  isIgnored: false,
  message:
    'it looks like what Python prints, with no event in it that can be read: write it with json.dumps and open that',
};
