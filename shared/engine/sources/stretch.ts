/** Bytes of an archive that belong to none of its members: no tool unpacks them, so events could be hidden there. */
import type { FileProblem } from '#contract/report';
import { counted, formatCount } from '#core/figures';
import { contentKind, headBytes } from './content-kind';
import { loss, note } from './problems';

/** A range of bytes of an archive. */
export interface Stretch {
  readonly offset: number;
  readonly bytes: number;
}

/** No readable event is shorter. */
const leastEventBytes = 16;
/** At most this many are read separately, since each is listed. */
export const maxStretches = 1000;
const openBrace = 0x7b;
const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** The delimiters of the tables that are read: comma, semicolon, tab, bar. */
const delimiters = [0x2c, 0x3b, 0x09, 0x7c];

/** The name of a stretch in lists of files. */
export function stretchName({ offset, bytes }: Stretch): string {
  return `(${counted(bytes, 'byte')} at byte ${formatCount(offset)} that belong to no member)`;
}

/** Whether something is too short to hold an event. */
export function isTiny({ bytes }: Pick<Stretch, 'bytes'>): boolean {
  return bytes < leastEventBytes;
}

/**
 * Whether a field that is meant for something else, such as a comment, could hold events: an object of JSON, a table, an archive. Such
 * fields are read like a file; they are very rare.
 */
export function mayHoldEvents(field: Uint8Array): boolean {
  if (isTiny({ bytes: field.length })) return false;
  if (findObject(field) >= 0) return true;
  return (
    isTable(field, lineFeed) || isTable(field, carriageReturn) || contentKind(field.subarray(0, headBytes)) !== 'text'
  );
}

/** Whether the first line has columns and another line follows. */
function isTable(field: Uint8Array, lineBreak: number): boolean {
  const end = field.indexOf(lineBreak);
  if (end < 0 || end >= field.length - 1) return false;
  const header = field.subarray(0, end);
  return delimiters.some((delimiter) => header.includes(delimiter));
}

/** Where a JSON object may begin, in UTF-8 or UTF-16; -1: nowhere. */
export function findObject(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(openBrace); at >= 0; at = bytes.indexOf(openBrace, at + 1)) {
    let next = at + 1;
    while (isGap(bytes[next])) next++;
    if (bytes[next] === quote) return at;
  }
  return -1;
}

/** White space, and the other half of a letter in UTF-16. */
function isGap(byte: number | undefined): boolean {
  return byte === 0 || byte === 0x20 || byte === 0x0d || byte === lineFeed || byte === 0x09;
}

/** The note for an archive with bytes that belong to no member and were read like files. */
export function readStretches(count: number): FileProblem {
  const what = count === 1 ? 'a stretch of bytes that belongs' : `${String(count)} stretches of bytes that belong`;
  return note('oddity', `${what} to no member: read like a file, and listed by position`);
}

/**
 * The problem for bytes of a container that were not read: a loss where they could hold an event, null where they are padding.
 *
 * @param what as in {@link Unread.problem}
 */
export function unreadProblem(unread: Stretch, isZero: boolean, what: string): FileProblem | null {
  if (unread.bytes === 0 || isZero) return null;
  const left = new Unread();
  left.add(unread);
  return left.problem(isTiny(unread) ? 'note' : 'loss', what);
}

/** Counts the bytes that were not read, and where they begin. */
export class Unread {
  private count = 0;
  private bytes = 0;
  private first = 0;

  add({ offset, bytes }: Stretch): void {
    if (this.count === 0) this.first = offset;
    this.count++;
    this.bytes += bytes;
  }

  /** Zero bytes are padding, so nothing was left out. */
  addUnlessZero({ offset, bytes }: { readonly offset: number; readonly bytes: Uint8Array }): void {
    if (bytes.some((byte) => byte !== 0)) this.add({ offset, bytes: bytes.length });
  }

  /** @param what "that belong to no member" */
  problem(severity: FileProblem['severity'], what: string): FileProblem | null {
    if (this.count === 0) return null;
    const where = this.count === 1 ? 'at' : `in ${formatCount(this.count)} places, first at`;
    const message = `${counted(this.bytes, 'byte')} ${what} were not read (${where} byte ${formatCount(this.first)})`;
    return { ...loss(severity === 'loss' ? 'bad-archive' : 'oddity', message, this.first), severity };
  }
}
