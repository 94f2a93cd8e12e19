/** Finds the members of a damaged zip by their own headers. */
import type { RandomAccess } from './random-access';
import {
  descriptor,
  directoryEntry,
  localBytes,
  localHeader,
  large,
  readLocalHeader,
  viewOf,
  type LocalHeader,
  type ZipEntry,
} from './zip-format';

/** Bytes searched at once: few at first, since most members are small. */
const firstLookBytes = 2 ** 12;
const lastLookBytes = 2 ** 9;
const maxLookBytes = 2 ** 20;
const looksPerByte = 4;
const looksAnywayBytes = 2 ** 22;
/** Enough for the header, which is mostly right here. */
const firstWindowBytes = 2 ** 16;
/** No part that is searched for is longer. */
const overlapBytes = 32;
/** The first two bytes of all parts. */
const anySignature = 0x4b50;
const maxHeaderBytes = localBytes + 2 * 0xffff;

/**
 * Bounds the search for the end of contents whose header lacks the length, over a whole archive: each byte is searched a few
 * times. Where many such headers are close together, each content ends at the next header.
 */
export class LookAhead {
  private left: number;

  constructor(access: RandomAccess) {
    this.left = looksPerByte * access.size + looksAnywayBytes;
  }

  get isSpent(): boolean {
    return this.left <= 0;
  }

  /** How many bytes to search next, after `before` bytes were searched for the same member. */
  take(before: number): number {
    const most = this.left > 0 ? Math.min(maxLookBytes, Math.max(firstLookBytes, before)) : lastLookBytes;
    this.left -= most;
    return most;
  }
}

/** Adds the members whose header is between `from` and `to`, up to `most` in all, and yields after each step. */
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
    // Headers close together share one read.
    if (at < readAt || at + overlapBytes > readAt + read.length) {
      read = access.bytes(at, firstWindowBytes);
      readAt = at;
    }
    const window = read.subarray(at - readAt);
    const found = findLocalHeader(window);
    if (found < 0) {
      if (readAt + read.length >= Math.min(to, access.size)) break;
      at += Math.max(1, window.length - overlapBytes + 1);
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
    // A header without the content's length is not a folder's, whatever its name, if there is content.
    const entry = { ...measuredEntry, isFolder: stated.isFolder && measuredEntry.packedBytes === stated.packedBytes };
    entries.push(entry);
    at = Math.max(at, Math.min(access.size, contentStart + entry.packedBytes));
  }
}

/** @param near bytes from `offset` on, enough for nearly all names */
function headerAt(access: RandomAccess, offset: number, near: Uint8Array): LocalHeader | null {
  const header = readLocalHeader(near, offset);
  const isWhole = header !== null && header.entry.headerBytes <= near.length;
  return isWhole ? header : readLocalHeader(access.bytes(offset, maxHeaderBytes), offset);
}

/** Whether another part of the archive begins where this member's content should end. */
function isFollowed(access: RandomAccess, { headerOffset, headerBytes, packedBytes }: ZipEntry): boolean {
  const next = access.bytes(headerOffset + headerBytes + packedBytes, 4);
  const signature = next.length < 4 ? 0 : viewOf(next).getUint32(0, true);
  return signature === localHeader || signature === directoryEntry || signature === descriptor;
}

/** Rejects packed bytes that happen to look like a header, by fields that every writer sets alike. */
function isPlausible({ method, name, packedBytes }: ZipEntry): boolean {
  return method <= 99 && name !== '' && Number.isSafeInteger(packedBytes);
}

function findLocalHeader(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  for (let at = bytes.indexOf(0x50); at >= 0 && at + 4 <= bytes.length; at = bytes.indexOf(0x50, at + 1)) {
    if (view.getUint32(at, true) === localHeader) return at;
  }
  return -1;
}

/**
 * The entry with its length, which its header lacks: the content ends where a descriptor states just this length, else where the next header
 * or the directory begins.
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
      if (signature === descriptor && i + 24 <= window.length) {
        // 32-bit and 64-bit descriptors start alike; after a 32-bit one, unless it is the last, another part follows.
        const isWide = large(view, i + 8) === length && view.getUint16(i + 16, true) !== anySignature;
        if (isWide) return { ...entry, packedBytes: length, unpackedBytes: large(view, i + 16) };
        if (view.getUint32(i + 8, true) === length) {
          return { ...entry, packedBytes: length, unpackedBytes: view.getUint32(i + 12, true) };
        }
      } else if (fallback < 0 && (signature === localHeader || signature === directoryEntry)) fallback = length;
    }
    if (window.length < most) break;
    if (fallback >= 0 && (ahead.isSpent || at + window.length - start >= maxLookBytes)) break;
    at += window.length - overlapBytes;
    yield;
  }
  if (fallback >= 0) return { ...entry, packedBytes: fallback };
  // The archive ends within the content: one byte more makes this show as torn, even where the header has no length.
  return entry.packedBytes > access.size - start ? entry : { ...entry, packedBytes: access.size - start + 1 };
}
