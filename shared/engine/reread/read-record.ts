/** Rereads a record from its location. */
import { closeSync, statSync } from 'node:fs';
import { AppError } from '#contract/errors';
import type { RecordFormat } from '#contract/record-formats';
import { asUtf8 } from '../text/encoding';
import type { Lent } from '../text/lent';
import { rereadRecord, type RereadRecord } from './event-in-slice';
import { fileState, hasSameTimeAndSize, type FileState } from '../sources/file-state';
import type { ContainerStep, MemberRef } from '../sources/member';
import type { ListedFile } from '../sources/listed-file';
import { checkIsFile, openEvidence } from '../sources/open-evidence';
import { openText } from '../sources/open-text';
import { reasonOf } from '../sources/problems';
import { FileBytes } from '../sources/random-access';
import { onDisk, shownPath } from '../sources/raw-path';
import { RecentTexts } from './recent-texts';
import { RereadCache } from './reread-cache';

/** Texts are cached for the next record, up to these limits of bytes and number; a longer one is read again each time. */
const maxKeptBytes = 64 * 2 ** 20;
const maxKeptTexts = 256;
/** How many first bytes of a text are given to format detection. */
const headBytes = 2 ** 16;

/** The location of a record in the text of its file or member. */
export interface RecordPosition {
  readonly offset: number;
  readonly length: number;
  /** Which of the events with this location, from 0. */
  readonly ordinal: number;
  readonly format: RecordFormat;
  /** Whether this is the record that was indexed: a file's content can change while size and times stay the same. */
  readonly isIndexed?: (record: Uint8Array) => boolean;
}

interface FoundSlice {
  readonly slice: Uint8Array;
  /** The first bytes of the text. */
  readonly head: Uint8Array;
}

/** Rereads records of one engine's archive, and caches the last texts, since neighbours are often read next. */
export class RecordReread {
  private readonly searched = new RereadCache<RereadRecord>();
  private readonly kept = new RecentTexts(maxKeptBytes, maxKeptTexts);
  /** Texts being read, so that concurrent calls share one read. Never rejects. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  /** Drops the cached texts, once their archive is closed. */
  forget(): void {
    this.kept.clear();
    this.searched.clear();
  }

  /**
   * A record, read again.
   *
   * Rejects with `not-readable` where the file is missing, has changed since it was listed, or has no event there: another record must
   * not be shown as the one that was indexed.
   */
  async read(file: ListedFile, member: MemberRef | null, spot: RecordPosition): Promise<RereadRecord> {
    const state = stateOf(file.path);
    const found = hasSameTimeAndSize(file, state) ? await this.find(file, state, member, spot) : null;
    const record =
      found === null
        ? null
        : rereadRecord(spot.format, found.slice, found.head, spot.ordinal, spot.isIndexed, this.searched);
    if (record === null || spot.isIndexed?.(record.raw) === false) {
      const message = `${shownPath(file.path)} has changed since it was opened: the event is not where it was`;
      throw new AppError('not-readable', message, { hint: 'Open the archive again.' });
    }
    return record;
  }

  private async find(
    { path, sizeBytes, steps }: ListedFile,
    { mtimeMs, ctimeMs, inode }: FileState,
    member: MemberRef | null,
    spot: RecordPosition,
  ): Promise<FoundSlice | null> {
    const { offset, length } = spot;
    const way = [...steps, ...(member?.steps ?? [])];
    // The file state is part of the key: a changed file is another text.
    const name = JSON.stringify([path, sizeBytes, mtimeMs, ctimeMs, inode, way]);
    if (this.kept.get(name) === undefined) await this.underWay.get(name);
    const known = this.kept.get(name);
    if (known !== undefined) return sliceOf(known, offset, length);
    const reading = read(path, sizeBytes, way, spot);
    const ended = reading.then(
      () => undefined,
      () => undefined,
    );
    this.underWay.set(name, ended);
    try {
      const text = await reading;
      if (text instanceof Uint8Array) this.kept.add(name, text);
      return text instanceof Uint8Array ? sliceOf(text, offset, length) : text;
    } finally {
      if (this.underWay.get(name) === ended) this.underWay.delete(name);
    }
  }
}

/** All of a text if it is short enough to cache, else the slice; null where there is none. */
async function read(
  path: string,
  sizeBytes: number,
  way: readonly ContainerStep[],
  { offset, length }: RecordPosition,
): Promise<Uint8Array | FoundSlice | null> {
  let descriptor: number | null = null;
  try {
    ({ descriptor } = openEvidence(path));
    const text = await openText(new FileBytes(descriptor, 0, sizeBytes), way);
    if (text === null) return null;
    const collected = new Collected(offset, length);
    const take = asUtf8((piece) => collected.take(piece));
    let goesOn = true;
    for (let piece = await text.next(); goesOn && piece.length > 0; piece = await text.next()) {
      goesOn = take(piece, false, 0);
    }
    if (goesOn) take(new Uint8Array(0), true, 0);
    text.close();
    if (text.problems.some(({ code }) => code === 'unreadable')) {
      throw new AppError('not-readable', `${shownPath(path)}: ${text.problems[0]?.message ?? ''}`);
    }
    return collected.whole() ?? collected.found();
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : new AppError('not-readable', `${shownPath(path)}: ${reasonOf(thrown)}`);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Collects parts of a text: its start, one slice, and all of it while that is not too long. */
class Collected {
  private readonly offset: number;
  private readonly slice: Uint8Array;
  private got = 0;
  private position = 0;
  private pieces: Uint8Array[] | null = [];
  private head: Uint8Array | null = null;

  constructor(offset: number, length: number) {
    this.offset = offset;
    this.slice = new Uint8Array(length);
  }

  /** False once no more is needed: a large text is read only as far as needed; a cached one, to its end. */
  take(piece: Lent): boolean {
    const { offset, slice, position } = this;
    const from = Math.max(0, offset - position);
    const to = Math.min(piece.length, offset + slice.length - position);
    if (from < to) {
      slice.set(piece.subarray(from, to), position + from - offset);
      this.got += to - from;
    }
    this.position += piece.length;
    if (this.pieces !== null) {
      this.pieces.push(piece.slice());
      if (this.position > maxKeptBytes) {
        this.head = Buffer.concat(this.pieces, Math.min(headBytes, this.position));
        this.pieces = null;
      }
    }
    return this.pieces !== null || this.got < slice.length;
  }

  /** All of it, or null where it is too long. */
  whole(): Uint8Array | null {
    return this.pieces === null ? null : Buffer.concat(this.pieces);
  }

  found(): FoundSlice | null {
    return this.got === this.slice.length ? { slice: this.slice, head: this.head ?? new Uint8Array(0) } : null;
  }
}

function sliceOf(bytes: Uint8Array, offset: number, length: number): FoundSlice | null {
  if (offset + length > bytes.length) return null;
  return { slice: bytes.slice(offset, offset + length), head: bytes.slice(0, headBytes) };
}

function stateOf(path: string): FileState {
  try {
    const stats = statSync(onDisk(path));
    checkIsFile(stats);
    return fileState(stats);
  } catch (thrown) {
    throw new AppError('not-readable', `${shownPath(path)}: ${reasonOf(thrown)}`);
  }
}
