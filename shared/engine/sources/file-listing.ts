/**
 * The files of an import, by number: packed once into memory that all decode threads share. There may be millions, and each thread would
 * otherwise have a copy of its own.
 */
import type { ListedFile, ListedOther } from './listed-file';
import type { ContainerStep } from './member';
import { SharedRecords, SharedTexts, type TextPlace } from './shared-pieces';

/** What a thread receives: shared, not copied. */
export interface SharedFiles {
  readonly texts: readonly SharedArrayBuffer[];
  readonly disks: readonly SharedArrayBuffer[];
  readonly rows: readonly SharedArrayBuffer[];
  /** The numbers of the rows, in the order of the listing. */
  readonly order: SharedArrayBuffer;
}

/** Columns of a file on disk. Its path is the text `head` plus the last `tail` characters of a row's `relative`. */
const disk = { source: 0, sizeBytes: 1, mtimeMs: 2, ctimeMs: 3, inode: 4, head: 5, headBytes: 6, tail: 7 } as const;
/** Columns of a listed file. `from`: the step's `headerOffset` or `offset`. */
const row = { disk: 0, relative: 1, relativeBytes: 2, packedBytes: 3, step: 4, from: 5, unpackedBytes: 6 } as const;
const diskNumbers = Object.keys(disk).length;
const rowNumbers = Object.keys(row).length;

/** Kinds of steps, as numbers. */
const noStep = 0;
const stretch = 1;
const zip = 2;
const isDeflated = 1;
const linkFlag = 2;

/** The listed files in their order. Each object is created when it is asked for. */
export class FileListing {
  readonly shared: SharedFiles;
  readonly length: number;
  private readonly texts: SharedTexts;
  private readonly disks: SharedRecords;
  private readonly rows: SharedRecords;
  private readonly order: Uint32Array;
  private last: { readonly number: number; readonly file: ListedFile | undefined } | null = null;

  constructor(shared: SharedFiles) {
    this.shared = shared;
    this.order = new Uint32Array(shared.order);
    this.length = this.order.length;
    this.texts = new SharedTexts(shared.texts);
    this.disks = new SharedRecords(diskNumbers, shared.disks);
    this.rows = new SharedRecords(rowNumbers, shared.rows);
  }

  /** The file of this number; undefined where there is none, as for -1. */
  at(number: number): ListedFile | undefined {
    // The current file is asked for several times.
    if (this.last?.number !== number) this.last = { number, file: this.make(number) };
    return this.last.file;
  }

  private make(number: number): ListedFile | undefined {
    const at = this.order[number];
    if (at === undefined) return undefined;
    const { disks, rows } = this;
    const own = rows.get(at, row.disk);
    const relative = this.texts.get(relativeOf(rows, at));
    const packedBytes = rows.get(at, row.packedBytes);
    const step = stepOf(rows, at);
    return {
      path: pathOf(this.texts, disks, own, relative),
      relative,
      source: disks.get(own, disk.source),
      steps: step === null ? [] : [step],
      packedBytes,
      sizeBytes: disks.get(own, disk.sizeBytes),
      mtimeMs: disks.get(own, disk.mtimeMs),
      ctimeMs: disks.get(own, disk.ctimeMs),
      inode: disks.get(own, disk.inode),
    };
  }

  /** Which source the file of this number belongs to; undefined where there is none. */
  sourceOf(number: number): number | undefined {
    const at = this.order[number];
    return at === undefined ? undefined : this.disks.get(this.rows.get(at, row.disk), disk.source);
  }

  /** How many of them are members of archives. */
  get members(): number {
    let count = 0;
    for (const at of this.order) if (this.rows.get(at, row.step) !== noStep) count++;
    return count;
  }

  /** Of all files together. */
  get packedBytes(): number {
    let sum = 0;
    for (const at of this.order) sum += this.rows.get(at, row.packedBytes);
    return sum;
  }

  *[Symbol.iterator](): Generator<ListedFile, void> {
    for (let number = 0; number < this.length; number++) {
      const file = this.at(number);
      if (file !== undefined) yield file;
    }
  }
}

/** Takes files in any order. */
export class ListingBuilder {
  private readonly texts = new SharedTexts();
  private readonly disks = new SharedRecords(diskNumbers);
  private readonly rows = new SharedRecords(rowNumbers);
  private readonly heads = new Map<string, TextPlace>();
  /** The file on disk that was added last: members of one archive come one after another. */
  private last: Pick<ListedFile, 'path' | 'source'> | null = null;

  add(file: ListedFile): void {
    const { steps, relative, packedBytes } = file;
    const [step] = steps;
    const isLast = step !== undefined && this.last?.path === file.path && this.last.source === file.source;
    const own = isLast ? this.disks.length - 1 : this.addDisk(file);
    const { at, bytes } = this.texts.add(relative);
    const [from, unpackedBytes] = step === undefined ? [0, 0] : numbersOf(step);
    this.rows.add([own, at, bytes, packedBytes, kindOf(step), from, unpackedBytes]);
  }

  /** In code-unit order of `relative`; those of one name by their files on disk, and members by offset. */
  build(): FileListing {
    const { texts, disks, rows } = this;
    // A plain array, whose sort is fast on data that is nearly in order.
    const order = Array.from({ length: rows.length }, (_, at) => at).sort((one, other) => this.compare(one, other));
    const shared = new SharedArrayBuffer(order.length * Uint32Array.BYTES_PER_ELEMENT);
    new Uint32Array(shared).set(order);
    return new FileListing({ texts: texts.pieces, disks: disks.pieces, rows: rows.pieces, order: shared });
  }

  private addDisk(file: ListedFile): number {
    const { path, relative, source, sizeBytes, mtimeMs, ctimeMs, inode } = file;
    const tail = file.steps.length === 0 ? sharedEnd(path, relative) : 0;
    const text = path.slice(0, path.length - tail);
    const head = this.heads.get(text) ?? this.texts.add(text);
    this.heads.set(text, head);
    this.last = file;
    return this.disks.add([source, sizeBytes, mtimeMs, ctimeMs, inode, head.at, head.bytes, tail]);
  }

  private compare(one: number, other: number): number {
    const { texts, disks, rows } = this;
    const byName = texts.compare(
      rows.get(one, row.relative),
      rows.get(one, row.relativeBytes),
      rows.get(other, row.relative),
      rows.get(other, row.relativeBytes),
    );
    if (byName !== 0) return byName;
    const [own, others] = [rows.get(one, row.disk), rows.get(other, row.disk)];
    if (own === others) return rows.get(one, row.from) - rows.get(other, row.from);
    const relative = texts.get(relativeOf(rows, one));
    return pathOf(texts, disks, own, relative) < pathOf(texts, disks, others, relative) ? -1 : 1;
  }
}

function relativeOf(rows: SharedRecords, at: number): TextPlace {
  return { at: rows.get(at, row.relative), bytes: rows.get(at, row.relativeBytes) };
}

function pathOf(texts: SharedTexts, disks: SharedRecords, own: number, relative: string): string {
  const head = texts.get({ at: disks.get(own, disk.head), bytes: disks.get(own, disk.headBytes) });
  return head + relative.slice(relative.length - disks.get(own, disk.tail));
}

/** The length of the longest common suffix. */
function sharedEnd(path: string, relative: string): number {
  let count = 0;
  while (
    count < relative.length &&
    path.charCodeAt(path.length - 1 - count) === relative.charCodeAt(relative.length - 1 - count)
  )
    count++;
  return count;
}

function kindOf(step: ContainerStep | undefined): number {
  if (step === undefined) return noStep;
  if (step.kind === 'stretch') return stretch;
  return zip + (step.method === 'deflated' ? isDeflated : 0) + (step.isLink === true ? linkFlag : 0);
}

function numbersOf(step: ContainerStep): readonly [from: number, unpackedBytes: number] {
  return step.kind === 'zip' ? [step.headerOffset, step.unpackedBytes] : [step.offset, step.bytes];
}

function stepOf(rows: SharedRecords, at: number): ContainerStep | null {
  const kind = rows.get(at, row.step);
  if (kind === noStep) return null;
  const [from, packedBytes] = [rows.get(at, row.from), rows.get(at, row.packedBytes)];
  if (kind === stretch) return { kind: 'stretch', offset: from, bytes: packedBytes };
  const how = kind - zip;
  return {
    kind: 'zip',
    headerOffset: from,
    packedBytes,
    unpackedBytes: rows.get(at, row.unpackedBytes),
    method: (how & isDeflated) === 0 ? 'stored' : 'deflated',
    ...((how & linkFlag) === 0 ? {} : { isLink: true as const }),
  };
}

export interface Listing {
  /** In code-unit order of `relative`, each file once. */
  readonly files: FileListing;
  /** In the same order. */
  readonly others: readonly ListedOther[];
  /** The bytes on disk of all files of each source. */
  readonly bytesOnDisk: readonly number[];
}
