/**
 * The scanner, as the rest of the decode thread sees it: `kernel/` compiled to WebAssembly, with typed access to its memory.
 *
 * WebAssembly because it reads 16 bytes at a time for the end of a string and compares 8 at a time, which JavaScript cannot; see
 * DESIGN.md.
 */
import kernelBase64 from './kernel/index.ts?wasm-base64';
import { inputSlack, tooDeep } from './kernel-layout';

/** How a scan ended. Numbers as in `kernel/scan.ts`. */
export const ScanOutcome = {
  /** The last record is followed, at {@link ScanKernel.position}, by something other than a record. */
  end: 0,
  /** The record at {@link ScanKernel.recordStart} runs past the end of the input. */
  needMore: 1,
  /** The record at `recordStart` is broken at `position`: see {@link ScanKernel.faultMessage}. */
  broken: 2,
  /** The object from `recordStart` to `position` is well-formed JSON but not an event, or may be a wrapper of events. */
  notEvent: 3,
  /** In the object at `recordStart` a top-level array of records opens; `position` is after its bracket. */
  envelope: 4,
  /** The row limit is reached; the next record is at `position`. */
  full: 5,
} as const;
export type ScanOutcome = (typeof ScanOutcome)[keyof typeof ScanOutcome];

/** By number, as in `kernel/text.ts`. */
const faultMessages: readonly string[] = [
  '',
  'a key in quotes was expected',
  '":" was expected after a key',
  'a value was expected',
  'a string holds a control character, or its closing quote is missing',
  'a string holds an invalid escape',
  'this is not a JSON number',
  'this is not a JSON value',
  '"," or "}" was expected',
  '"," or "]" was expected',
  'it is nested deeper than 512 levels',
];

/** Regions of the kernel's memory, numbered as in `kernel/index.ts`. */
export const KernelRegion = {
  input: 0,
  keys: 1,
  keyTexts: 2,
  values: 3,
  valueTexts: 4,
  rows: 5,
  identifiers: 6,
  tuples: 7,
  counts: 8,
  codedRows: 9,
  codes: 10,
  uuidRows: 11,
  uuids: 12,
  textRows: 13,
  textStarts: 14,
  paths: 15,
  leaves: 16,
  columns: 17,
  columnValues: 18,
  columnEvents: 19,
} as const;

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  init(
    seed: bigint,
    factor: bigint,
    derivedSlots: number,
    recipient: number,
    account: number,
    failure: number,
    source: number,
  ): void;
  setKeys(envelopes: number, events: number, foreign: number, inTuple: number, source: number): void;
  setOutcomeUnstated(isUnstated: boolean): void;
  reserveInput(bytes: number): number;
  declareKey(parent: number, length: number): number;
  pathOfKey(key: number): number;
  setSlot(path: number, slot: number): void;
  setChildSlot(path: number, slot: number): void;
  pin(path: number): void;
  setOther(path: number): void;
  getSeen(path: number): number;
  scan(
    from: number,
    end: number,
    base: number,
    maxRows: number,
    maxBytes: number,
    inArray: boolean,
    alone: boolean,
  ): ScanOutcome;
  placeRows(first: number, offset: number, length: number): void;
  getPosition(): number;
  getRecordStart(): number;
  getFault(): number;
  getRowCount(): number;
  getValueCount(): number;
  getTupleCount(): number;
  getRepeatedKeyRecords(): number;
  getWrittenTimes(): number;
  group(): void;
  clear(): void;
  regionBase(region: number): number;
  regionUsed(region: number): number;
}

const kernelModule = new WebAssembly.Module(Buffer.from(kernelBase64, 'base64'));
const encoder = new TextEncoder();

/** Which slots of a tuple the kernel has to know: see `derived-values.ts`. */
export interface KernelSlots {
  readonly count: number;
  /** Of `recipientAccountId`, and of the `accountId` at the top of an event without one. */
  readonly recipient: number;
  readonly account: number;
  /** Of the path that reported a failure, or {@link severalPaths}. The slots after it are only kept where one did. */
  readonly failure: number;
  /** Of `eventSource`: a record with another service there is not a CloudTrail event. */
  readonly source: number;
}

/** As in `kernel/rows.ts`. */
export const severalPaths = 0xffffffff;

/** One scanner with its dictionaries: one per decode thread, for a whole import. */
export class ScanKernel {
  readonly exports: KernelExports;

  /**
   * @param slots values per record that the derived values are made from, counting slot 0, and which of them are the accounts an ID
   *   goes with
   * @param hashSeed 32 hex digits: see `ImportOptions.hashSeed`
   */
  constructor(slots: KernelSlots, hashSeed: string) {
    const abort = (): never => {
      throw new RangeError('the dictionary of distinct values is full (2 GB)');
    };
    const { exports } = new WebAssembly.Instance(kernelModule, { env: { abort } });
    this.exports = exports as unknown as KernelExports;
    const secrets = Buffer.from(hashSeed, 'hex');
    const [seed, factor] = [secrets.readBigUInt64LE(0), secrets.readBigUInt64LE(8)];
    this.exports.init(seed, factor, slots.count, slots.recipient, slots.account, slots.failure, slots.source);
  }

  /** Registers a top-level key (numbers 1, 2, … in the order of calls), or a key under a path; returns its number. */
  declareKey(parent: number, name: string): number {
    const bytes = encoder.encode(name);
    this.load(bytes, bytes.length);
    return this.exports.declareKey(parent, bytes.length);
  }

  /** The path of these keys, registered if new. */
  declarePath(path: string): number {
    return path.split('.').reduce((parent, key) => this.exports.pathOfKey(this.declareKey(parent, key)), 0);
  }

  /** Copies the first `end` bytes to the start of the input. */
  load(bytes: Uint8Array, end: number): void {
    const base = this.exports.reserveInput(end);
    new Uint8Array(this.exports.memory.buffer, base, end).set(end === bytes.length ? bytes : bytes.subarray(0, end));
  }

  /** Copies bytes into the input after its first `end` bytes, which are kept. Returns where they start. */
  loadBehind(bytes: Uint8Array, end: number): number {
    // The scanner clears a few bytes after what it scans.
    const from = end + inputSlack;
    const base = this.exports.reserveInput(from + bytes.length);
    new Uint8Array(this.exports.memory.buffer, base + from, bytes.length).set(bytes);
    return from;
  }

  get position(): number {
    return this.exports.getPosition();
  }
  get recordStart(): number {
    return this.exports.getRecordStart();
  }
  /** What was wrong with the last broken record, in words. */
  get faultMessage(): string {
    return faultMessages[this.exports.getFault()] ?? '';
  }
  get isTooDeep(): boolean {
    return this.exports.getFault() === tooDeep;
  }

  /** The used part of a region, as a view that the next call of the kernel may make stale. */
  bytes(region: number): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, this.exports.regionBase(region), this.exports.regionUsed(region));
  }
  words(region: number): Uint32Array {
    return new Uint32Array(
      this.exports.memory.buffer,
      this.exports.regionBase(region),
      this.exports.regionUsed(region) >> 2,
    );
  }
}
