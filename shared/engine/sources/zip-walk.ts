/** Finds the members of a damaged zip by their own headers. */
import type { RandomAccess } from './random-access';
import {
  DESCRIPTOR,
  DIRECTORY_ENTRY,
  LOCAL_BYTES,
  LOCAL_HEADER,
  large,
  readLocalHeader,
  viewOf,
  type LocalHeader,
  type ZipEntry,
} from './zip-format';

/** What is looked through at once: little first, since most members are small. */
const FIRST_LOOK_BYTES = 2 ** 12;
const LAST_LOOK_BYTES = 2 ** 9;
const MAX_LOOK_BYTES = 2 ** 20;
const LOOKS_PER_BYTE = 4;
const LOOKS_ANYWAY_BYTES = 2 ** 22;
/** Enough for the header that mostly stands right here. */
const FIRST_WINDOW_BYTES = 2 ** 16;
/** The longest of what is looked for. */
const OVERLAP_BYTES = 32;
/** The first two bytes of all parts. */
const ANY_SIGNATURE = 0x4b50;
const MAX_HEADER_BYTES = LOCAL_BYTES + 2 * 0xffff;

/**
 * How many bytes behind headers that do not know their content's length may be looked through for its end, over a whole archive: each byte a few
 * times. Where many of those headers stand close together, their contents end at the next one.
 */
export class LookAhead {
  private left: number;

  constructor(access: RandomAccess) {
    this.left = LOOKS_PER_BYTE * access.size + LOOKS_ANYWAY_BYTES;
  }

  get isSpent(): boolean {
    return this.left <= 0;
  }

  /** How many bytes to look through next, behind so many that were looked through for the same member. */
  take(before: number): number {
    const most = this.left > 0 ? Math.min(MAX_LOOK_BYTES, Math.max(FIRST_LOOK_BYTES, before)) : LAST_LOOK_BYTES;
    this.left -= most;
    return most;
  }
}

/** Adds the members whose header lies between `from` and `to`, up to `most` in all, and rests after each step. */
export function* walkHeaders(
  access: RandomAccess,
  { from, to }: { readonly from: number; readonly to: number },
  most: number,
  entries: ZipEntry[],
  ahead: LookAhead,
): Generator<void, void, void> {
  let at = from;
  let read: Uint8Array = new Uint8Array(0);
  let readAt = 0;
  while (at < to && entries.length < most) {
    yield;
    // Headers that stand close together share what was read.
    if (at < readAt || at + OVERLAP_BYTES > readAt + read.length) {
      read = access.bytes(at, FIRST_WINDOW_BYTES);
      readAt = at;
    }
    const window = read.subarray(at - readAt);
    const found = findLocalHeader(window);
    if (found < 0) {
      if (readAt + read.length >= Math.min(to, access.size)) break;
      at += Math.max(1, window.length - OVERLAP_BYTES + 1);
      continue;
    }
    const headerOffset = at + found;
    if (headerOffset >= to) break;
    const header = headerAt(access, headerOffset, window.subarray(found));
    at = headerOffset + 4;
    if (header === null || !isPlausible(header.entry)) continue;
    const contentStart = headerOffset + header.entry.headerBytes;
    const { entry: stated } = header;
    const measuredEntry = isFollowed(access, stated) ? stated : yield* measured(access, stated, contentStart, ahead);
    // A header that does not know its content's length is no folder's, whatever its name, where there is content.
    const entry = { ...measuredEntry, isFolder: stated.isFolder && measuredEntry.packedBytes === stated.packedBytes };
    entries.push(entry);
    at = Math.max(at, Math.min(access.size, contentStart + entry.packedBytes));
  }
}

/** @param near bytes from there on, enough for nearly all names */
function headerAt(access: RandomAccess, offset: number, near: Uint8Array): LocalHeader | null {
  const header = readLocalHeader(near, offset);
  const isWhole = header !== null && header.entry.headerBytes <= near.length;
  return isWhole ? header : readLocalHeader(access.bytes(offset, MAX_HEADER_BYTES), offset);
}

/** Whether another part of the archive begins where this member's content should end. */
function isFollowed(access: RandomAccess, { headerOffset, headerBytes, packedBytes }: ZipEntry): boolean {
  const next = access.bytes(headerOffset + headerBytes + packedBytes, 4);
  const signature = next.length < 4 ? 0 : viewOf(next).getUint32(0, true);
  return signature === LOCAL_HEADER || signature === DIRECTORY_ENTRY || signature === DESCRIPTOR;
}

/** Fields that no writer sets otherwise keep packed bytes that happen to look like a header from being taken for one. */
function isPlausible({ method, name, packedBytes }: ZipEntry): boolean {
  return method <= 99 && name !== '' && Number.isSafeInteger(packedBytes);
}

function findLocalHeader(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  for (let at = bytes.indexOf(0x50); at >= 0 && at + 4 <= bytes.length; at = bytes.indexOf(0x50, at + 1)) {
    if (view.getUint32(at, true) === LOCAL_HEADER) return at;
  }
  return -1;
}

/**
 * With its length, which its header does not know: the content ends where a descriptor states just this length, else where the next header
 * stands, or the directory.
 */
function* measured(
  access: RandomAccess,
  entry: ZipEntry,
  start: number,
  ahead: LookAhead,
): Generator<void, ZipEntry, void> {
  let fallback = -1;
  for (let at = start; at < access.size;) {
    const most = ahead.take(at - start);
    const window = access.bytes(at, most);
    const view = viewOf(window);
    for (let i = window.indexOf(0x50); i >= 0 && i + 4 <= window.length; i = window.indexOf(0x50, i + 1)) {
      const signature = view.getUint32(i, true);
      const length = at + i - start;
      if (signature === DESCRIPTOR && i + 24 <= window.length) {
        // Narrow and wide ones start alike; behind a narrow one, where it is not the last, another part follows.
        const isWide = large(view, i + 8) === length && view.getUint16(i + 16, true) !== ANY_SIGNATURE;
        if (isWide) return { ...entry, packedBytes: length, unpackedBytes: large(view, i + 16) };
        if (view.getUint32(i + 8, true) === length) {
          return { ...entry, packedBytes: length, unpackedBytes: view.getUint32(i + 12, true) };
        }
      } else if (fallback < 0 && (signature === LOCAL_HEADER || signature === DIRECTORY_ENTRY)) fallback = length;
    }
    if (window.length < most) break;
    if (fallback >= 0 && (ahead.isSpent || at + window.length - start >= MAX_LOOK_BYTES)) break;
    at += window.length - OVERLAP_BYTES;
    yield;
  }
  if (fallback >= 0) return { ...entry, packedBytes: fallback };
  // The archive ends within it. That it does has to show, also where its header does not know how long it is.
  return entry.packedBytes > access.size - start ? entry : { ...entry, packedBytes: access.size - start + 1 };
}
