/** Streams that unpack gzip and zip data. */
import { crc32 } from 'node:zlib';
import type { FileProblem } from '#contract/report';
import type { ByteStream } from './byte-stream';
import { headBytes } from './content-kind';
import { inGzipHeaders } from './gzip-fields';
import { findGzipHeader, readGzipHeader, startsGzip } from './gzip-header';
import { inflate, isTorn } from './inflate';
import { bytesAt, type PackedInput } from './packed-input';
import { damagedDeflate, loss, tornGzip } from './problems';
import { mayHoldEvents, Unread, unreadProblem } from './stretch';
import { allowed, type UnpackLimits } from './unpack-limits';

const trailerBytes = 8;
const restBytes = 2 ** 18;
/** A gzip within a gzip cannot be packed further, so it is stored as it is after five bytes of deflate. */
const innerHeaderAt = 5;
/** The bits of a block's first byte with its type; 0: stored. */
const blockType = 6;
/** Damage can hide a member's end and be noticed only in a later one; soon, since data read at a wrong offset rarely makes sense. */
const maxOverrun = 2 ** 16;
/** After damage the same bytes may be searched several times: this bounds the number of searches; larger files get more. */
const freeSearches = 1024;
const bytesPerSearch = 1024;
const maxSearches = 4096;

interface DamagedMember {
  readonly start: number;
  readonly bodyStart: number;
  /** Where its damage was noticed. */
  readonly position: number;
}

/** Where the search for the next member begins. */
function searchStart({ start, position }: Pick<DamagedMember, 'start' | 'position'>): number {
  return Math.max(start + 1, position - maxOverrun);
}

abstract class UnpackStream implements ByteStream {
  protected readonly input: PackedInput;
  /** Bytes unpacked so far. */
  protected unpacked = 0;
  protected readonly own: FileProblem[] = [];
  private readonly limits: UnpackLimits;
  private pieces: AsyncGenerator<Uint8Array, void> | null = null;
  private isOver = false;

  constructor(input: PackedInput, limits: UnpackLimits) {
    this.input = input;
    this.limits = limits;
  }

  get packedBytes(): number {
    return this.input.packedBytes;
  }

  get problems(): readonly FileProblem[] {
    return [...this.input.problems, ...this.own];
  }

  async next(): Promise<Uint8Array> {
    this.pieces ??= this.unpack();
    const { done, value } = this.isOver ? { done: true, value: undefined } : await this.pieces.next();
    if (done === true || value === undefined) return new Uint8Array(0);
    const { bytes, problem } = allowed(this.limits, this.unpacked, value.length, this.packedBytes);
    this.unpacked += value.length;
    if (problem === null) return value;
    this.own.push(problem);
    this.end();
    return value.subarray(0, bytes);
  }

  close(): void {
    this.end();
    this.input.close();
  }

  protected abstract unpack(): AsyncGenerator<Uint8Array, void>;

  private end(): void {
    this.isOver = true;
    // Its buffers are released when it settles; no need to wait.
    void this.pieces?.return();
  }
}

/** All members of gzip data. After a damaged one, it goes on with the next that can be found. */
export class GzipStream extends UnpackStream {
  /** Ends of members that another follows, ascending; only those not asked for yet. */
  private memberEnds: number[] = [];
  private searches = 0;
  /** Header fields that may hold events. */
  private readonly fields = new Unread();

  protected async *unpack(): AsyncGenerator<Uint8Array, void> {
    let at = 0;
    if (!startsGzip(await bytesAt(this.input, 0, 2))) {
      this.report('the start of the gzip data is damaged; what could be found after it was read');
      at = await this.findMember(1);
    }
    while (at >= 0) {
      at = yield* this.unpackMember(at);
      if (at >= 0) this.noteEnd();
    }
    const problem = this.fields.problem('loss', inGzipHeaders);
    if (problem !== null) this.own.push(problem);
  }

  /** See {@link NextMemberEnd}. */
  memberEnd(after: number): number | null {
    while ((this.memberEnds[0] ?? Infinity) <= after) this.memberEnds.shift();
    return this.memberEnds[0] ?? null;
  }

  /** The list stays short, since a text asks after each piece: it is cut where nobody asks. */
  private noteEnd(): void {
    const { memberEnds, unpacked } = this;
    if (memberEnds.length <= 2 * headBytes && memberEnds.at(-1) !== unpacked) memberEnds.push(unpacked);
  }

  /** Returns where the next member begins, or -1. */
  private async *unpackMember(start: number): AsyncGenerator<Uint8Array, number> {
    const header = await readGzipHeader(this.input, start);
    if (header.kind === 'torn') {
      this.own.push(tornGzip(this.unpacked));
      // Its lengths may be damaged, and another member may follow.
      return this.findMember(start + 1);
    }
    if (header.kind === 'bad') return this.afterDamage(header.reason, { start, bodyStart: -1, position: start });
    for (const { offset, bytes } of header.fields) {
      if (mayHoldEvents(bytes)) this.fields.add({ offset, bytes: bytes.length });
    }
    let crc = 0;
    let length = 0;
    const pieces = inflate(this.input, header.bodyStart);
    let step = await pieces.next();
    for (; step.done !== true; step = await pieces.next()) {
      crc = crc32(step.value, crc);
      length += step.value.length;
      yield step.value;
    }
    const { position, error } = step.value;
    if (error !== null && !isTorn(error)) {
      return this.afterDamage(error.message, { start, bodyStart: header.bodyStart, position });
    }
    const trailer = (await bytesAt(this.input, position, trailerBytes)).slice();
    if (error !== null || trailer.length < trailerBytes) {
      this.own.push(tornGzip(this.unpacked));
      return -1;
    }
    const view = new DataView(trailer.buffer, trailer.byteOffset, trailerBytes);
    const next = position + trailerBytes;
    if (view.getUint32(0, true) === crc) {
      if (view.getUint32(4, true) !== length % 2 ** 32) this.report(wrongLength);
      return this.nextMember(next, next + 1);
    }
    this.report(wrongChecksum);
    return this.nextMember(next, searchStart({ start, position }), header.bodyStart);
  }

  /** What follows a whole member: another one, zero bytes as padding, or something else. */
  private async nextMember(from: number, searchFrom: number, bodyStart = -1): Promise<number> {
    let at = from;
    for (;;) {
      const bytes = await this.input.bytes(at, 2 ** 16);
      if (bytes.length === 0) return -1;
      const end = bytes.findIndex((byte) => byte !== 0);
      if (end >= 0) {
        at += end;
        break;
      }
      at += bytes.length;
    }
    if (startsGzip(await bytesAt(this.input, at, 2))) return at;
    const next = await this.findMember(searchFrom, bodyStart);
    const end = next < 0 ? (await restOf(this.input, at)).end : next;
    // Where the search went back, the end of the gzip data is uncertain.
    const bytes = end > at ? ` (${(end - at).toLocaleString('en')} bytes at byte ${at.toLocaleString('en')})` : '';
    this.report(`what follows the gzip data is not gzip${bytes}; it was left out`);
    return next;
  }

  private afterDamage(reason: string, { bodyStart, ...member }: DamagedMember): Promise<number> {
    this.report(`the gzip data is damaged (${reason}); what came before was read`);
    return this.findMember(searchStart(member), bodyStart);
  }

  /** The next header from `from` on, but not that of a gzip stored inside the member whose body begins at `bodyStart`. */
  private async findMember(from: number, bodyStart = -1): Promise<number> {
    this.searches++;
    const most = Math.min(maxSearches, freeSearches + Math.floor(from / bytesPerSearch));
    if (this.searches > most) {
      this.report(`the gzip data is damaged in more than ${String(most)} places; what follows was left out`);
      return -1;
    }
    const found = await findGzipHeader(this.input, from);
    const isInner = bodyStart >= 0 && found === bodyStart + innerHeaderAt && (await this.startsStored(bodyStart));
    return isInner ? findGzipHeader(this.input, found + 1) : found;
  }

  /** Whether the deflate data at `bodyStart` begins with a stored block. */
  private async startsStored(bodyStart: number): Promise<boolean> {
    const [first = 0xff] = bodyStart < this.input.keptFrom ? [] : await bytesAt(this.input, bodyStart, 1);
    return (first & blockType) === 0;
  }

  private report(message: string): void {
    this.own.push(loss('bad-gzip', message, this.unpacked));
  }
}

/** One deflated member of a zip. */
export class InflateStream extends UnpackStream {
  private readonly offset: number;

  /** @param offset where the packed bytes begin in the archive */
  constructor(input: PackedInput, limits: UnpackLimits, offset: number) {
    super(input, limits);
    this.offset = offset;
  }

  protected async *unpack(): AsyncGenerator<Uint8Array, void> {
    const { position, error } = yield* inflate(this.input, 0);
    if (error !== null) {
      this.own.push(damagedDeflate(error, isTorn(error), this.unpacked));
      return;
    }
    const { end, isZero } = await restOf(this.input, position);
    const problem = unreadProblem({ offset: this.offset + position, bytes: end - position }, isZero, behindDeflate);
    if (problem !== null) this.own.push(problem);
  }
}

/** See {@link unreadProblem}. */
export const behindDeflate = 'of the archive after the end of its packed content';

/** Where the input ends, and whether there are only zero bytes from `from` on. */
async function restOf(input: PackedInput, from: number): Promise<{ readonly end: number; readonly isZero: boolean }> {
  let at = Math.max(from, input.keptFrom);
  let isZero = true;
  for (let bytes = await input.bytes(at, restBytes); bytes.length > 0; bytes = await input.bytes(at, restBytes)) {
    isZero &&= !bytes.some((byte) => byte !== 0);
    at += bytes.length;
  }
  return { end: at, isZero };
}

const wrongChecksum = 'the gzip checksum is wrong: the file was damaged or changed; all of it was read anyway';
const wrongLength = 'the gzip length is wrong: the file was damaged or changed; all of it was read anyway';
