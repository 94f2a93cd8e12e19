/**
 * The members of a zip, by the directory at its end or, where that is damaged, by their own headers.
 *
 * yauzl was considered and rejected: it stops at the first error, takes two reads of the file for every member (a listing of 100,000 would
 * take seconds), and refuses names that are only displayed here. Recovery has to read the headers anyway.
 */
import type { FileProblem } from '#contract/report';
import { loss, note, unreadable } from './problems';
import type { RandomAccess } from './random-access';
import { isSplitZip, splitZipText } from './split-parts';
import { isTiny, maxStretches, readStretches, Unread, type Stretch } from './stretch';
import { lookInto, type GapFinds } from './zip-gaps';
import { Differing, lookBetween, type BetweenMembers } from './zip-headers';
import { LookAhead, walkHeaders } from './zip-walk';
import {
  endSignature,
  endBytes,
  entryBytes,
  localBytes,
  locatorBytes,
  zip64End,
  zip64EndBytes,
  zip64Locator,
  entryLength,
  large,
  readEntry,
  readLocalHeader,
  viewOf,
  type ZipEntry,
} from './zip-format';

const maxComment = 0xffff;
const batchBytes = 2 ** 18;

/**
 * All members by offset, and the bytes outside of them. It yields after each piece of the zip, so that the caller can
 * do other work, or cancel, there.
 *
 * @param most how many members at most; further ones are left out with a problem of the caller's
 */
export function* zipEntries(
  access: RandomAccess,
  most: number,
  problems: FileProblem[],
): Generator<void, ZipMembers, void> {
  const entries: ZipEntry[] = [];
  let sound: ZipEntry[] = [];
  let stretches: readonly Stretch[] = [];
  try {
    const directory = findDirectory(access);
    const isWhole = directory !== null && (yield* readDirectory(access, directory, most, entries));
    if (directory !== null && directory.shift !== 0) yield* moveToMembers(access, entries, directory.shift, problems);
    sound = apart(access, entries.slice(0, most), problems);
    if (entries.length <= most) {
      const differing = new Differing();
      let between = yield* lookBetween(access, sound, differing);
      const found: ZipEntry[] = [];
      const ahead = new LookAhead(access);
      for (const { offset, bytes } of between.gaps) {
        yield* walkHeaders(access, { from: offset, to: offset + bytes }, most + 1 - sound.length, found, ahead);
      }
      // First, since it causes the others.
      if (isSplitZip(access)) problems.unshift(loss('bad-archive', splitZipText));
      else if (!isWhole) problems.push(loss('bad-archive', damagedText(directory === null ? 'missing' : 'damaged')));
      else if (found.length > 0) problems.push(note('oddity', unnamedText(found.length)));
      entries.push(...found.slice(0, Math.max(0, most + 1 - entries.length)));
      if (found.length > 0) {
        sound = apart(access, [...sound, ...found].slice(0, most), problems);
        between = yield* lookBetween(access, sound, null);
      }
      problems.push(...differing.problems());
      sound.push(...differing.others);
      if (entries.length <= most) stretches = yield* outside(access, between, most - sound.length, problems);
    }
  } catch (thrown) {
    problems.push(unreadable(thrown));
  }
  return { entries: sound, stretches, isCut: entries.length > most };
}

export interface ZipMembers {
  readonly entries: readonly ZipEntry[];
  /** Bytes outside of all members that may hold events. */
  readonly stretches: readonly Stretch[];
  /** There are more than were asked for. */
  readonly isCut: boolean;
}

/** Which bytes outside of all members are to be read; the others are reported as not read. */
function* outside(
  access: RandomAccess,
  { gaps, fields }: BetweenMembers,
  most: number,
  problems: FileProblem[],
): Generator<void, readonly Stretch[], void> {
  const finds: GapFinds = { strays: [], fields: [...fields], comments: [] };
  for (const gap of gaps) yield* lookInto(access, gap, finds);
  const wanted = [...finds.strays.filter((stray) => !isTiny(stray)), ...finds.fields];
  const left = { tiny: new Unread(), many: new Unread(), comments: new Unread() };
  for (const stray of finds.strays) if (isTiny(stray)) left.tiny.add(stray);
  const read = wanted.slice(0, Math.max(0, Math.min(maxStretches, most)));
  for (const stretch of wanted.slice(read.length)) left.many.add(stretch);
  for (const comment of finds.comments) left.comments.add(comment);
  const said = [
    read.length === 0 ? null : readStretches(read.length),
    left.many.problem('loss', 'that belong to no member'),
    left.tiny.problem('note', 'that belong to no member and are too few for an event'),
    left.comments.problem('note', "of the archive's comment"),
  ];
  problems.push(...said.filter((problem) => problem !== null));
  return read;
}

function damagedText(what: string): string {
  return `its directory is ${what}: it was not completely written, or was cut off; the members were looked for one by one`;
}

function unnamedText(count: number): string {
  const which = 'that its directory does not list, or lists at the wrong place,';
  return count === 1
    ? `1 member ${which} was found and read as well`
    : `${String(count)} members ${which} were found and read as well`;
}

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** What must be added to all offsets, where something was put before the archive. */
  readonly shift: number;
}

function findDirectory(access: RandomAccess): Directory | null {
  const tailStart = Math.max(0, access.size - endBytes - maxComment);
  const tail = access.bytes(tailStart, endBytes + maxComment);
  const view = viewOf(tail);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail[at] !== 0x50 || view.getUint32(at, true) !== endSignature) continue;
    const end = tailStart + at;
    const stated = wideEnd(access, end) ?? {
      count: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      start: view.getUint32(at + 16, true),
      end,
    };
    const start = stated.end - stated.size;
    const { count } = stated;
    if (count === 0) return { start: stated.end, end: stated.end, count, shift: 0 };
    if (isEntryAt(access, start)) {
      return { start, end: stated.end, count, shift: start - stated.start };
    }
    if (isEntryAt(access, stated.start)) return { start: stated.start, end: stated.end, count, shift: 0 };
  }
  return null;
}

/** Whether a zip with members ends where these bytes end, even if something was put before it. */
export function endsAsZip(access: RandomAccess): boolean {
  const tail = access.bytes(Math.max(0, access.size - endBytes - maxComment), endBytes + maxComment);
  // A fast search first, since this runs for every text.
  if (!Buffer.from(tail.buffer, tail.byteOffset, tail.length).includes(endSignatureBytes)) return false;
  return (findDirectory(access)?.count ?? 0) > 0;
}

const endSignatureBytes = Buffer.from([0x50, 0x4b, 5, 6]);

function isEntryAt(access: RandomAccess, at: number): boolean {
  return at >= 0 && entryLength(access.bytes(at, entryBytes), 0) !== null;
}

/**
 * Corrects the offsets in a directory: all by one distance, where something was put before the archive; else only
 * those after the position where bytes were lost or inserted.
 */
function* moveToMembers(
  access: RandomAccess,
  entries: ZipEntry[],
  shift: number,
  problems: FileProblem[],
): Generator<void, void, void> {
  let moved = 0;
  for (const [i, entry] of entries.entries()) {
    const there = { ...entry, headerOffset: entry.headerOffset + shift };
    const found = isMember(access, there) ? there : isMember(access, entry) ? entry : null;
    if (found !== null) entries[moved++] = found;
    if (i % 1000 === 999) yield;
  }
  const lost = entries.length - moved;
  entries.length = moved;
  if (lost === 0) return;
  const members = lost === 1 ? '1 member is' : `${String(lost)} members are`;
  problems.push(loss('bad-archive', `${members} not where its directory says; what could be found was read`));
}

function isMember(access: RandomAccess, { headerOffset }: ZipEntry): boolean {
  return readLocalHeader(access.bytes(headerOffset, localBytes), headerOffset) !== null;
}

interface StatedEnd {
  readonly count: number;
  readonly size: number;
  readonly start: number;
  readonly end: number;
}

/** The zip64 record before the end at `end`, if there is one. */
function wideEnd(access: RandomAccess, end: number): StatedEnd | null {
  const locator = access.bytes(Math.max(0, end - locatorBytes), locatorBytes);
  if (locator.length < locatorBytes || viewOf(locator).getUint32(0, true) !== zip64Locator) return null;
  // At its stated offset or, where something was put before the archive, right here.
  for (const at of [large(viewOf(locator), 8), end - locatorBytes - zip64EndBytes]) {
    const record = at < 0 || at > end ? new Uint8Array(0) : access.bytes(at, zip64EndBytes);
    if (record.length < zip64EndBytes) continue;
    const view = viewOf(record);
    if (view.getUint32(0, true) !== zip64End) continue;
    return { count: large(view, 32), size: large(view, 40), start: large(view, 48), end: at };
  }
  return null;
}

/** Returns whether the directory could be read to its end. */
function* readDirectory(
  access: RandomAccess,
  { start, end, count }: Directory,
  most: number,
  entries: ZipEntry[],
): Generator<void, boolean, void> {
  for (let at = start; at < end && entries.length <= most;) {
    const bytes = access.bytes(at, Math.min(batchBytes, end - at));
    let used = 0;
    let length = entryLength(bytes, 0);
    while (length !== null && used + length <= bytes.length) {
      entries.push(readEntry(bytes, used));
      used += length;
      length = entryLength(bytes, used);
    }
    if (used === 0) return false;
    at += used;
    yield;
  }
  // A 16-bit count wraps at 65,536.
  return entries.length > most || entries.length === count || (entries.length & 0xffff) === count;
}

/**
 * Only members that do not overlap: archives whose members share bytes unpack to far more than they could hold. Valid archives
 * have none.
 */
function apart(access: RandomAccess, entries: ZipEntry[], problems: FileProblem[]): ZipEntry[] {
  entries.sort((one, other) => one.headerOffset - other.headerOffset);
  const kept: ZipEntry[] = [];
  let later: ZipEntry | undefined;
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i] as ZipEntry;
    // Of several with the same offset, the first in the directory counts.
    if (entries[i - 1]?.headerOffset === entry.headerOffset) continue;
    // An entry with a wrong offset must not remove the member that is there.
    while (later !== undefined && endOf(entry) > later.headerOffset && !isMember(access, later)) {
      kept.pop();
      later = kept.at(-1);
    }
    if (later !== undefined && endOf(entry) > later.headerOffset) continue;
    kept.push(entry);
    later = entry;
  }
  const left = entries.length - kept.length;
  if (left > 0) {
    const members = left === 1 ? '1 member overlaps' : `${String(left)} members overlap`;
    problems.push(loss('limit', `${members} others in the archive, which valid archives never do; left out`));
  }
  return kept.reverse();
}

function endOf({ headerOffset, headerBytes, packedBytes }: ZipEntry): number {
  return headerOffset + headerBytes + packedBytes;
}
