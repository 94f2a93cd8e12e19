/**
 * The members of a zip, by the directory at its end or, where that is damaged, by their own headers.
 *
 * yauzl was looked at and left: it stops at the first thing that is wrong, takes two reads of the file for every member (a listing of 100,000 would
 * take seconds), and refuses names that are only ever shown here. Recovery needs the headers read anyway.
 */
import type { FileProblem } from '#contract/types';
import { loss, unreadable } from './problems';
import type { RandomAccess } from './random-access';
import { walkHeaders } from './zip-walk';
import {
  END,
  ENTRY_BYTES,
  ZIP64_END,
  ZIP64_LOCATOR,
  entryLength,
  large,
  readEntry,
  viewOf,
  type ZipEntry,
} from './zip-format';

const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const LOCATOR_BYTES = 20;
const ZIP64_END_BYTES = 56;
const BATCH_BYTES = 2 ** 18;

/**
 * All members, in the order they lie in. It rests (yields) after each piece of the zip, so that who lists them can let others in, and may be
 * ended there.
 *
 * @param most how many members at most; further ones are left out with a problem of the caller's
 */
export function* zipEntries(
  access: RandomAccess,
  most: number,
  problems: FileProblem[],
): Generator<void, ZipMembers, void> {
  const entries: ZipEntry[] = [];
  try {
    const directory = findDirectory(access);
    const isWhole = directory !== null && (yield* readDirectory(access, directory, most, entries));
    if (!isWhole && entries.length <= most) {
      problems.push(loss('bad-archive', damagedText(directory === null ? 'missing' : 'damaged')));
      const seen = new Set(entries.map((entry) => entry.headerOffset));
      yield* walkHeaders(access, seen, most, entries);
    }
  } catch (thrown) {
    problems.push(unreadable(thrown));
  }
  const isCut = entries.length > most;
  return { entries: apart(entries.slice(0, most), problems), isCut };
}

export interface ZipMembers {
  readonly entries: readonly ZipEntry[];
  /** There are more than were asked for. */
  readonly isCut: boolean;
}

function damagedText(what: string): string {
  return `its directory is ${what}: it was not written to its end, or cut off; the members were looked for one by one`;
}

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** What has to be added to all offsets: something was put before the archive. */
  readonly shift: number;
}

function findDirectory(access: RandomAccess): Directory | null {
  const tailStart = Math.max(0, access.size - END_BYTES - MAX_COMMENT);
  const tail = access.bytes(tailStart, END_BYTES + MAX_COMMENT);
  const view = viewOf(tail);
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail[at] !== 0x50 || view.getUint32(at, true) !== END) continue;
    const end = tailStart + at;
    const stated = wideEnd(access, end) ?? {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      start: view.getUint32(at + 16, true),
      end,
    };
    const start = stated.end - stated.size;
    const { count } = stated;
    if (count === 0 || isEntryAt(access, start)) return { start, end: stated.end, count, shift: start - stated.start };
    if (isEntryAt(access, stated.start)) return { start: stated.start, end: stated.end, count, shift: 0 };
  }
  return null;
}

function isEntryAt(access: RandomAccess, at: number): boolean {
  return at >= 0 && entryLength(access.bytes(at, ENTRY_BYTES), 0) !== null;
}

interface StatedEnd {
  readonly count: number;
  readonly size: number;
  readonly start: number;
  readonly end: number;
}

/** The zip64 record before the end at `end`, if there is one. */
function wideEnd(access: RandomAccess, end: number): StatedEnd | null {
  const locator = access.bytes(Math.max(0, end - LOCATOR_BYTES), LOCATOR_BYTES);
  if (locator.length < LOCATOR_BYTES || viewOf(locator).getUint32(0, true) !== ZIP64_LOCATOR) return null;
  // Where it is said to be, or, where something was put before the archive, right here.
  for (const at of [large(viewOf(locator), 8), end - LOCATOR_BYTES - ZIP64_END_BYTES]) {
    const record = at < 0 || at > end ? new Uint8Array(0) : access.bytes(at, ZIP64_END_BYTES);
    if (record.length < ZIP64_END_BYTES) continue;
    const view = viewOf(record);
    if (view.getUint32(0, true) !== ZIP64_END) continue;
    return { count: large(view, 32), size: large(view, 40), start: large(view, 48), end: at };
  }
  return null;
}

/** Returns whether the directory could be read to its end. */
function* readDirectory(
  access: RandomAccess,
  { start, end, count, shift }: Directory,
  most: number,
  entries: ZipEntry[],
): Generator<void, boolean, void> {
  for (let at = start; at < end && entries.length <= most;) {
    const bytes = access.bytes(at, Math.min(BATCH_BYTES, end - at));
    let used = 0;
    let length = entryLength(bytes, 0);
    while (length !== null && used + length <= bytes.length) {
      const entry = readEntry(bytes, used);
      entries.push(shift === 0 ? entry : { ...entry, headerOffset: entry.headerOffset + shift });
      used += length;
      length = entryLength(bytes, used);
    }
    if (used === 0) return false;
    at += used;
    yield;
  }
  // A narrow record counts only up to 65,535.
  return entries.length > most || entries.length === count || (entries.length & 0xffff) === count;
}

/**
 * Only members that do not run over the next one: archives whose members share bytes unpack to far more than they could hold. Sound archives
 * have none.
 */
function apart(entries: ZipEntry[], problems: FileProblem[]): readonly ZipEntry[] {
  entries.sort((one, other) => one.headerOffset - other.headerOffset);
  const kept: ZipEntry[] = [];
  let start = Infinity;
  let later = Infinity;
  for (let i = entries.length - 1; i >= 0; i -= 1) {
    const entry = entries[i] as ZipEntry;
    if (entry.headerOffset !== start) {
      later = start;
      start = entry.headerOffset;
    }
    // Of several that name one place, the first in the directory counts.
    if (entries[i - 1]?.headerOffset !== start && endOf(entry) <= later) kept.push(entry);
  }
  kept.reverse();
  const left = entries.length - kept.length;
  if (left > 0) {
    const members = left === 1 ? '1 member lies' : `${String(left)} members lie`;
    problems.push(loss('limit', `${members} over others in the archive, which sound archives never do; left out`));
  }
  return kept;
}

function endOf({ headerOffset, headerBytes, packedBytes }: ZipEntry): number {
  return headerOffset + headerBytes + packedBytes;
}
