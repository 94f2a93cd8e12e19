/** The header of a gzip member, and the search for the next one after damage. */
import { bytesAt, type PackedInput } from './packed-input';

const fixedBytes = 10;
const hasCrc = 2;
const hasExtra = 4;
const hasName = 8;
const hasComment = 16;
const reserved = 0xe0;
/** Names and comments end with a NUL. Where none comes this soon, it is no header. */
const maxTextBytes = 65_536;
/** Bytes searched at once: few at first, since headers may be close together. */
const firstSearchBytes = 2 ** 12;
const maxSearchBytes = 2 ** 18;

export function startsGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** An extra field, a name or a comment: any program may write anything there. */
export interface HeaderField {
  /** From the start of the packed data. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export type GzipHeader =
  | { readonly kind: 'header'; readonly bodyStart: number; readonly fields: readonly HeaderField[] }
  | { readonly kind: 'torn' }
  | { readonly kind: 'bad'; readonly reason: string };

/** Reads the header at `start`, where {@link startsGzip} holds. */
export async function readGzipHeader(input: PackedInput, start: number): Promise<GzipHeader> {
  const fixed = (await bytesAt(input, start, fixedBytes)).slice();
  if (fixed.length > 2 && fixed[2] !== 8) return { kind: 'bad', reason: 'unknown compression method' };
  const flags = fixed[3] ?? 0;
  if ((flags & reserved) !== 0) return { kind: 'bad', reason: 'unknown header flags set' };
  if (fixed.length < fixedBytes) return { kind: 'torn' };
  const fields: HeaderField[] = [];
  let at = start + fixedBytes;
  if ((flags & hasExtra) !== 0) {
    const length = await bytesAt(input, at, 2);
    if (length.length < 2) return { kind: 'torn' };
    const most = (length[0] ?? 0) + 256 * (length[1] ?? 0);
    fields.push({ offset: at + 2, bytes: (await bytesAt(input, at + 2, most)).slice() });
    at += 2 + most;
  }
  for (const text of [hasName, hasComment]) {
    if ((flags & text) === 0) continue;
    const bytes = await bytesAt(input, at, maxTextBytes);
    const end = bytes.indexOf(0);
    if (end < 0)
      return bytes.length < maxTextBytes ? { kind: 'torn' } : { kind: 'bad', reason: 'a name without an end' };
    fields.push({ offset: at, bytes: bytes.slice(0, end) });
    at += end + 1;
  }
  if ((flags & hasCrc) !== 0) at += 2;
  return { kind: 'header', bodyStart: at, fields };
}

/**
 * Where the next gzip header begins, from `from` on; -1 where there is none.
 *
 * Only headers as real writers make them are accepted: random packed data contains such bytes about once in 100 GB.
 */
export async function findGzipHeader(input: PackedInput, from: number): Promise<number> {
  let at = Math.max(from, input.keptFrom);
  for (let length = firstSearchBytes; ; length = Math.min(2 * length, maxSearchBytes)) {
    const bytes = await bytesAt(input, at, length);
    const found = findUsualHeader(bytes);
    if (found >= 0) return at + found;
    if (bytes.length < length) return -1;
    at += bytes.length - fixedBytes + 1;
  }
}

/** Where the first header as real writers make them begins; -1: none. */
export function findUsualHeader(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x1f); at >= 0 && at + fixedBytes <= bytes.length; at = bytes.indexOf(0x1f, at + 1)) {
    if (isUsualHeader(bytes, at)) return at;
  }
  return -1;
}

function isUsualHeader(bytes: Uint8Array, at: number): boolean {
  const flags = bytes[at + 3] ?? 0xff;
  const level = bytes[at + 8] ?? 1;
  const system = bytes[at + 9] ?? 0xfe;
  return (
    bytes[at + 1] === 0x8b &&
    bytes[at + 2] === 8 &&
    (flags & reserved) === 0 &&
    (level === 0 || level === 2 || level === 4) &&
    (system <= 13 || system === 255)
  );
}

/** The header at `start` of intact gzip data; its fields are views, not copies. */
export function headerOf(
  packed: Uint8Array,
  start: number,
): { readonly bodyStart: number; readonly fields: readonly HeaderField[] } {
  const flags = packed[start + 3] ?? 0;
  const fields: HeaderField[] = [];
  let at = start + fixedBytes;
  if ((flags & hasExtra) !== 0) {
    const end = at + 2 + (packed[at] ?? 0) + 256 * (packed[at + 1] ?? 0);
    fields.push({ offset: at + 2, bytes: packed.subarray(at + 2, end) });
    at = end;
  }
  for (const flag of [hasName, hasComment]) {
    if ((flags & flag) === 0) continue;
    const found = packed.indexOf(0, at);
    const end = found < 0 ? packed.length : found;
    fields.push({ offset: at, bytes: packed.subarray(at, end) });
    at = end + 1;
  }
  return { bodyStart: (flags & hasCrc) === 0 ? at : at + 2, fields };
}

/** Where the next header begins that has an extra field, a name or a comment; -1: nowhere. */
export function findHeaderWithFields(packed: Uint8Array, from: number): number {
  for (let at = packed.indexOf(0x1f, from); at >= 0; at = packed.indexOf(0x1f, at + 1)) {
    if (packed[at + 1] !== 0x8b || packed[at + 2] !== 8) continue;
    const flags = packed[at + 3] ?? 0;
    if ((flags & reserved) === 0 && (flags & (hasExtra | hasName | hasComment)) !== 0) return at;
  }
  return -1;
}
