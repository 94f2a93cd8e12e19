/** The bytes between a zip's members: its directory, remains of older directories, and stray bytes. */
import type { RandomAccess } from './random-access';
import { mayHoldEvents, type Stretch } from './stretch';
import { addFields } from './zip-headers';
import {
  endSignature,
  endBytes,
  entryBytes,
  zip64End,
  zip64EndBytes,
  zip64Locator,
  locatorBytes,
  entryLength,
  viewOf,
} from './zip-format';

const windowBytes = 2 ** 20;
const maxPartBytes = entryBytes + 3 * 0xffff;
/** Gzip data, UTF-16 text and numbers may end with some zeros of their own. */
const endingZeros = 3;
const signatureBytes = 4;
/** The signature of an archive that could have been split but has one part. */
const oneOfMany = 0x30304b50;

export interface GapFinds {
  /** Bytes that are not part of the archive's structure. */
  readonly strays: Stretch[];
  /** Fields of the directory that may hold events. */
  readonly fields: Stretch[];
  /** The archive's comments, which may hold anything. */
  readonly comments: Stretch[];
}

/** Skips the archive's own parts in a gap and collects the rest; yields after each piece. */
export function* lookInto(access: RandomAccess, gap: Stretch, finds: GapFinds): Generator<void, void, void> {
  const to = gap.offset + gap.bytes;
  let strayFrom = gap.offset;
  for (let at = gap.offset; at < to;) {
    const bytes = access.bytes(at, Math.min(windowBytes, to - at));
    const isLast = at + bytes.length >= to;
    let used = 0;
    while (used < bytes.length) {
      const length = partLength(bytes, used, at, finds);
      if (length > 0) {
        yield* addStray(access, strayFrom, at + used, finds.strays);
        used += length;
        strayFrom = at + used;
        continue;
      }
      // A part near the end of the window is read again together with what follows.
      if (!isLast && used > 0 && bytes.length - used < maxPartBytes) break;
      const next = bytes.indexOf(0x50, used + 1);
      used = next < 0 ? bytes.length : next;
    }
    // The end of the file, or it is shorter now.
    if (bytes.length === 0) break;
    at += used;
    yield;
  }
  yield* addStray(access, strayFrom, to, finds.strays);
}

/** The length of the archive's part at `at`; 0 where there is none. */
function partLength(bytes: Uint8Array, at: number, offset: number, finds: GapFinds): number {
  if (bytes[at] !== 0x50 || at + signatureBytes > bytes.length) return 0;
  const view = viewOf(bytes);
  const left = bytes.length - at;
  switch (view.getUint32(at, true)) {
    case oneOfMany:
      return offset + at === 0 ? signatureBytes : 0;
    case zip64Locator:
      return left < locatorBytes ? 0 : locatorBytes;
    case zip64End:
      return left < zip64EndBytes ? 0 : zip64EndBytes;
    case endSignature: {
      if (left < endBytes) return 0;
      const comment = view.getUint16(at + endBytes - 2, true);
      if (comment === 0 || endBytes + comment > left) return endBytes;
      const spot = { offset: offset + at + endBytes, bytes: comment };
      const text = bytes.subarray(at + endBytes, at + endBytes + comment);
      (mayHoldEvents(text) ? finds.fields : finds.comments).push(spot);
      return endBytes + comment;
    }
    default: {
      const length = entryLength(bytes, at);
      if (length === null || length > left) return 0;
      const entry = bytes.subarray(at, at + length);
      const own = viewOf(entry);
      const [name, extra] = [own.getUint16(28, true), own.getUint16(30, true)];
      const extrasEnd = entryBytes + name + extra;
      addFields(entry, offset + at, entryBytes, name, extrasEnd, finds.fields);
      if (mayHoldEvents(entry.subarray(extrasEnd))) {
        finds.fields.push({ offset: offset + at + extrasEnd, bytes: length - extrasEnd });
      }
      return length;
    }
  }
}

/** Adds a stretch without the zero bytes around it, which are padding; a few at its end may belong to it. */
function* addStray(access: RandomAccess, from: number, to: number, strays: Stretch[]): Generator<void, void, void> {
  let first = -1;
  let last = -1;
  for (let at = from; at < to; at += windowBytes) {
    const bytes = access.bytes(at, Math.min(windowBytes, to - at));
    if (first < 0) {
      const found = bytes.findIndex((byte) => byte !== 0);
      if (found >= 0) first = at + found;
    }
    const end = bytes.findLastIndex((byte) => byte !== 0);
    if (end >= 0) last = at + end;
    yield;
  }
  if (first < 0) return;
  const end = Math.min(to, last + 1 + endingZeros);
  const isWide = access.bytes(first + 1, 1)[0] === 0;
  const start = Math.max(from, isWide ? first - 1 : first);
  strays.push({ offset: start, bytes: end - start });
}
