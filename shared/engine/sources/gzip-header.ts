/** The header of a gzip member, and the search for the next one after damage. */
import { bytesAt, type PackedInput } from './packed-input';

const FIXED_BYTES = 10;
const HAS_CRC = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const RESERVED = 0xe0;
/** Names and comments end with a NUL. Where none comes this soon, it is no header. */
const MAX_TEXT_BYTES = 65_536;
/** Bytes searched at once: few at first, since headers may be close together. */
const FIRST_SEARCH_BYTES = 2 ** 12;
const MAX_SEARCH_BYTES = 2 ** 18;

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
  const fixed = (await bytesAt(input, start, FIXED_BYTES)).slice();
  if (fixed.length > 2 && fixed[2] !== 8) return { kind: 'bad', reason: 'unknown compression method' };
  const flags = fixed[3] ?? 0;
  if ((flags & RESERVED) !== 0) return { kind: 'bad', reason: 'unknown header flags set' };
  if (fixed.length < FIXED_BYTES) return { kind: 'torn' };
  const fields: HeaderField[] = [];
  let at = start + FIXED_BYTES;
  if ((flags & HAS_EXTRA) !== 0) {
    const length = await bytesAt(input, at, 2);
    if (length.length < 2) return { kind: 'torn' };
    const most = (length[0] ?? 0) + 256 * (length[1] ?? 0);
    fields.push({ offset: at + 2, bytes: (await bytesAt(input, at + 2, most)).slice() });
    at += 2 + most;
  }
  for (const text of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & text) === 0) continue;
    const bytes = await bytesAt(input, at, MAX_TEXT_BYTES);
    const end = bytes.indexOf(0);
    if (end < 0)
      return bytes.length < MAX_TEXT_BYTES ? { kind: 'torn' } : { kind: 'bad', reason: 'a name without an end' };
    fields.push({ offset: at, bytes: bytes.slice(0, end) });
    at += end + 1;
  }
  if ((flags & HAS_CRC) !== 0) at += 2;
  return { kind: 'header', bodyStart: at, fields };
}

/**
 * Where the next gzip header begins, from `from` on; -1 where there is none.
 *
 * Only headers as real writers make them are accepted: random packed data contains such bytes about once in 100 GB.
 */
export async function findGzipHeader(input: PackedInput, from: number): Promise<number> {
  let at = Math.max(from, input.keptFrom);
  for (let length = FIRST_SEARCH_BYTES; ; length = Math.min(2 * length, MAX_SEARCH_BYTES)) {
    const bytes = await bytesAt(input, at, length);
    const found = findUsualHeader(bytes);
    if (found >= 0) return at + found;
    if (bytes.length < length) return -1;
    at += bytes.length - FIXED_BYTES + 1;
  }
}

/** Where the first header as real writers make them begins; -1: none. */
export function findUsualHeader(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x1f); at >= 0 && at + FIXED_BYTES <= bytes.length; at = bytes.indexOf(0x1f, at + 1)) {
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
    (flags & RESERVED) === 0 &&
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
  let at = start + FIXED_BYTES;
  if ((flags & HAS_EXTRA) !== 0) {
    const end = at + 2 + (packed[at] ?? 0) + 256 * (packed[at + 1] ?? 0);
    fields.push({ offset: at + 2, bytes: packed.subarray(at + 2, end) });
    at = end;
  }
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const found = packed.indexOf(0, at);
    const end = found < 0 ? packed.length : found;
    fields.push({ offset: at, bytes: packed.subarray(at, end) });
    at = end + 1;
  }
  return { bodyStart: (flags & HAS_CRC) === 0 ? at : at + 2, fields };
}

/** Where the next header begins that has an extra field, a name or a comment; -1: nowhere. */
export function findHeaderWithFields(packed: Uint8Array, from: number): number {
  for (let at = packed.indexOf(0x1f, from); at >= 0; at = packed.indexOf(0x1f, at + 1)) {
    if (packed[at + 1] !== 0x8b || packed[at + 2] !== 8) continue;
    const flags = packed[at + 3] ?? 0;
    if ((flags & RESERVED) === 0 && (flags & (HAS_EXTRA | HAS_NAME | HAS_COMMENT)) !== 0) return at;
  }
  return -1;
}
