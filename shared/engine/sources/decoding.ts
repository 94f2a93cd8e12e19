/** Turns the bytes of one file into the texts in it. */
import { fstatSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { FileFormat, FileProblem } from '#contract/report';
import { AccessStream, CheckedStream, PartStream, PeekStream, type ByteStream } from './byte-stream';
import { contentKind, headBytes, type ContentKind } from './content-kind';
import { fileState, isSameContentState } from './file-state';
import { lentBytes } from '../text/lent';
import type { TakeBytes } from '../text/take-bytes';
import type { FileSink } from './file-sink';
import { unreadFields } from './gzip-fields';
import { cutAtMemberEnds, memberEndsOf, type NextMemberEnd } from './member-ends';
import type { ListedFile } from './listed-file';
import { memberPath, type ContainerStep, type MemberRef } from './member';
import { AccessInput, StreamInput, type PackedInput } from './packed-input';
import { isPackedOtherwise } from './packed-otherwise';
import { isLinkTarget, linkTo } from './link-target';
import { isSystemError, limitProblem, loss, passedOver, sparseFiles, unreadable } from './problems';
import { FileBytes, HeldBytes, type RandomAccess, type ReadMark } from './random-access';
import { stretchName, unreadProblem } from './stretch';
import { tarEntries } from './tar-entries';
import { mostMembers, nestedProblem, NestedSum, type UnpackLimits } from './unpack-limits';
import { behindDeflate, GzipStream, InflateStream } from './unpack-streams';
import { gunzipWhole, inflateWhole, maxWholePacked } from './unpack-whole';
import { endsAsZip, zipEntries } from './zip-directory';
import { stepTo, type ZipEntry, type ZipStep } from './zip-format';
import { contentProblem, encryptedProblem, methodProblem, zipContent, type ZipContent } from './zip-member';

/** The file on disk. */
export interface OpenFile {
  readonly descriptor: number;
  readonly size: number;
}

/** A buffer that small files are read into, one after another. */
export class Scratch {
  private bytes = new Uint8Array(2 ** 20);

  read(file: FileBytes): Uint8Array {
    if (this.bytes.length < file.size) this.bytes = new Uint8Array(file.size);
    return this.bytes.subarray(0, file.read(this.bytes, 0, file.size));
  }
}

/** What is being read: the file itself, or something found in it. */
interface Place {
  readonly member: MemberRef | null;
  /** Archives and gzips around it. */
  readonly depth: number;
  /** Its bytes were unpacked, so they differ from those on disk. */
  readonly isUnpacked: boolean;
  readonly packedBytes: number;
  /** Problems found while getting to its bytes. */
  readonly problems: readonly FileProblem[];
  /** For the text of a gzip: where the gzip members end. */
  readonly memberEnd?: NextMemberEnd | undefined;
}

/** The decoding of one file. */
export class Decoding {
  private readonly limits: UnpackLimits;
  private readonly file: ListedFile;
  private readonly open: OpenFile;
  private readonly sink: FileSink;
  private readonly scratch: Scratch;
  private readonly mark: ReadMark = { position: 0 };
  /** Byte offset of this file in its file on disk. */
  private readonly start: number;
  private members = 0;
  private readonly mostMembers: number;
  /** The member whose end has not been reported yet. */
  private begun: Place | null = null;
  private readonly nested: NestedSum;
  private readonly nestedLimits: UnpackLimits;
  private readonly isCancelled = (): boolean => this.nested.isSpent || this.sink.isCancelled();

  constructor(limits: UnpackLimits, file: ListedFile, open: OpenFile, sink: FileSink, scratch: Scratch) {
    this.limits = limits;
    this.file = file;
    this.open = open;
    this.sink = sink;
    this.scratch = scratch;
    const [step] = file.steps;
    this.start = step === undefined ? 0 : step.kind === 'zip' ? step.headerOffset : step.offset;
    const share = step === undefined ? 1 : file.packedBytes / Math.max(1, open.size);
    this.mostMembers = mostMembers(limits, file.packedBytes, share);
    this.nested = new NestedSum(limits, file.packedBytes, share);
    this.nestedLimits = { ...limits, nested: this.nested };
  }

  async run(): Promise<void> {
    const { file, open } = this;
    const depth = file.steps.length;
    const place = { member: null, depth, isUnpacked: false, packedBytes: file.packedBytes, problems: [] };
    try {
      const whole = new FileBytes(open.descriptor, 0, open.size, this.mark);
      const [step] = file.steps;
      if (step?.kind === 'zip') await this.zipMember(whole, step, place);
      else if (step?.kind === 'stretch') await this.access(whole.slice(step.offset, step.bytes), place);
      else if (whole.size <= maxWholePacked) await this.held(this.scratch.read(whole), place);
      else await this.access(whole, place);
    } catch (thrown) {
      if (!isSystemError(thrown)) throw thrown;
      // The begun member and the file still need their ends reported.
      if (this.begun !== null && this.begun.member !== null) this.end(this.begun, null, [unreadable(thrown)]);
      this.end(place, null, [unreadable(thrown)]);
    }
  }

  /** Bytes with random access. */
  private async access(access: RandomAccess, place: Place): Promise<void> {
    if (access.size <= maxWholePacked) {
      await this.held(access.bytes(0, access.size), place);
      return;
    }
    switch (wholeKind(access)) {
      case 'gzip':
        await this.inGzip(new AccessInput(access, this.isCancelled), place);
        return;
      case 'zip':
        await this.zip(access, place);
        return;
      case 'tar':
        await this.tar(this.peek(new AccessStream(access)), place);
        return;
      case 'text':
        await this.text(this.peek(new AccessStream(access)), place);
    }
  }

  /** Bytes that are all in memory. */
  private async held(bytes: Uint8Array, place: Place): Promise<void> {
    switch (wholeKind(new HeldBytes(bytes))) {
      case 'gzip': {
        const unpacked = gunzipWhole(bytes, this.limitsOf(place));
        if (unpacked === null) {
          await this.inGzip(new AccessInput(new HeldBytes(bytes), this.isCancelled), place);
          return;
        }
        const problems = [unpacked.problem, unreadFields(bytes, unpacked.isSeveral)].filter((one) => one !== null);
        const inner = this.deeper(place, problems);
        // Where nothing could be unpacked, the damage is reported: "empty" would add nothing.
        if (inner !== null && unpacked.bytes.length === 0 && unpacked.problem !== null) this.end(inner, null, []);
        else if (inner !== null) {
          const memberEnd = unpacked.isSeveral ? memberEndsOf(bytes) : undefined;
          await this.held(unpacked.bytes, { ...inner, isUnpacked: true, memberEnd });
        }
        return;
      }
      case 'zip':
        await this.zip(new HeldBytes(bytes), place);
        return;
      case 'tar':
        await this.tar(this.peek(new AccessStream(new HeldBytes(bytes))), place);
        return;
      case 'text':
        this.begin(place)(bytes, true, this.position);
        this.end(place, null, []);
    }
  }

  /** Bytes that come one after another. */
  private async stream(stream: PeekStream, place: Place): Promise<void> {
    switch (contentKind(lentBytes(await stream.peek(headBytes)))) {
      case 'gzip':
        await this.inGzip(new StreamInput(stream), place);
        return;
      case 'zip': {
        const held = await stream.hold(this.limits.heldBytes, 0);
        const problems = [...place.problems, ...stream.problems];
        if (held !== null) await this.zip(new HeldBytes(held), { ...place, problems });
        else {
          const what = 'a zip packed inside another archive is held in memory, and this one is larger than';
          this.end(place, 'zip', [...stream.problems, limitProblem('heldBytes', this.limits, what)]);
        }
        stream.close();
        return;
      }
      case 'tar':
        await this.tar(stream, place);
        return;
      case 'text':
        await this.text(stream, place);
    }
  }

  private async inGzip(packed: PackedInput, place: Place): Promise<void> {
    const inner = this.deeper(place, []);
    if (inner === null) return;
    const unpacked = new GzipStream(packed, this.limitsOf(place));
    const memberEnd = (after: number): number | null => unpacked.memberEnd(after);
    await this.stream(this.peek(unpacked), { ...inner, isUnpacked: true, memberEnd });
  }

  private limitsOf({ isUnpacked }: Place): UnpackLimits {
    return isUnpacked ? this.nestedLimits : this.limits;
  }

  private async text(stream: PeekStream, place: Place): Promise<void> {
    const take = this.begin(place);
    let goesOn = true;
    let isEmpty = true;
    for (let piece = await stream.next(); piece.length > 0; piece = await stream.next()) {
      isEmpty = false;
      goesOn = take(piece, false, this.position);
      if (!goesOn) break;
    }
    if (goesOn && !(isEmpty && stream.problems.length > 0)) take(new Uint8Array(0), true, this.position);
    this.end(place, null, stream.problems);
    stream.close();
  }

  private begin(place: Place): TakeBytes {
    this.begun = place;
    const take = this.sink.begin(place.member);
    return place.memberEnd === undefined ? take : cutAtMemberEnds(take, place.memberEnd, this.sink);
  }

  private async zip(access: RandomAccess, place: Place): Promise<void> {
    const inner = this.deeper(place, []);
    if (inner === null) return;
    const problems: FileProblem[] = [];
    const listing = zipEntries(access, this.mostMembers - this.members, problems);
    let step = listing.next();
    while (step.done !== true && !this.isCancelled()) step = listing.next();
    const none = { entries: [], stretches: [], isCut: false };
    const { entries, stretches, isCut } = step.done === true ? step.value : none;
    for (const entry of entries) {
      if (this.isCancelled()) break;
      if (!entry.isFolder) await this.zipEntry(access, entry, inner);
    }
    for (const stretch of stretches) {
      if (this.isCancelled()) break;
      const member = this.member(inner, stretchName(stretch), { kind: 'stretch', ...stretch }, stretch.bytes);
      await this.access(access.slice(stretch.offset, stretch.bytes), member);
    }
    if (isCut) problems.push(this.tooManyMembers());
    this.end(place, 'zip', problems);
  }

  private async zipEntry(access: RandomAccess, entry: ZipEntry, container: Place): Promise<void> {
    const step = stepTo(entry);
    const place = this.member(container, entry.name, typeof step === 'string' ? null : step, entry.packedBytes);
    if (entry.isEncrypted) this.end(place, null, [encryptedProblem]);
    else if (typeof step === 'string') this.end(place, null, [methodProblem(step)]);
    else await this.zipMember(access, step, place);
  }

  private async zipMember(whole: RandomAccess, step: ZipStep, found: Place): Promise<void> {
    const content = zipContent(whole, step);
    if ('code' in content) {
      this.end(found, null, [content]);
      return;
    }
    const { packed, offset, crc } = content;
    const isTorn = packed.size < step.packedBytes;
    const check = (sum: number, length: number): FileProblem | null =>
      isTorn ? null : contentProblem(step, crc, sum, length);
    const place = isTorn && step.method === 'stored' ? withProblem(found, tornMember(packed.size)) : found;
    if (packed.size <= maxWholePacked && (await this.wholeZipMember(content, step, place, check))) return;
    if (step.method === 'deflated') {
      const unpacking = new InflateStream(new AccessInput(packed, this.isCancelled), this.limitsOf(place), offset);
      await this.stream(this.peek(new CheckedStream(unpacking, check)), { ...place, isUnpacked: true });
    } else if (wholeKind(packed) === 'text') {
      await this.text(this.peek(new CheckedStream(new AccessStream(packed), check)), place);
    } else {
      // Other archives in it can be read at any place, and gzip has its own checksum.
      await this.access(packed, place);
    }
  }

  /** A member that is unpacked in one call. False where it takes more than that. */
  private async wholeZipMember(
    { packed, offset }: ZipContent,
    step: ZipStep,
    place: Place,
    check: (sum: number, length: number) => FileProblem | null,
  ): Promise<boolean> {
    const bytes = packed.bytes(0, packed.size);
    const isStored = step.method === 'stored';
    const unpacked = isStored
      ? { bytes, problem: null, used: bytes.length }
      : inflateWhole(bytes, step.unpackedBytes, this.limitsOf(place));
    if (unpacked === null) return false;
    const rest = bytes.subarray(unpacked.used);
    const isZero = !rest.some((byte) => byte !== 0);
    const unread = unreadProblem({ offset: offset + unpacked.used, bytes: rest.length }, isZero, behindDeflate);
    const problem = unpacked.problem ?? check(crc32(unpacked.bytes), unpacked.bytes.length);
    const problems = [problem, unread].filter((one) => one !== null);
    if (step.isLink === true && isLinkTarget(unpacked.bytes)) {
      this.end(place, null, [linkTo(unpacked.bytes), ...problems]);
    } else {
      const inner = isStored ? place : { ...place, isUnpacked: true };
      await this.held(unpacked.bytes, problems.reduce(withProblem, inner));
    }
    return true;
  }

  private async tar(stream: PeekStream, place: Place): Promise<void> {
    const inner = this.deeper(place, []);
    if (inner === null) return;
    const problems: FileProblem[] = [];
    let others = 0;
    let sparse = 0;
    for await (const { name, kind, offset, size, held } of tarEntries(stream, problems)) {
      if (this.isCancelled()) break;
      if (this.members >= this.mostMembers) {
        problems.push(this.tooManyMembers());
        break;
      }
      if (kind === 'sparse') sparse++;
      else if (kind === 'other') others++;
      if (kind !== 'file') continue;
      const member = this.member(inner, name, { kind: 'stretch', offset, bytes: size }, size);
      if (held === null) await this.tarMember(stream, size, member);
      else await this.held(held, member);
    }
    if (others > 0) problems.push(passedOver(others));
    if (sparse > 0) problems.push(sparseFiles(sparse));
    this.end(place, 'tar', [...stream.problems, ...problems]);
    stream.close();
  }

  private async tarMember(tar: PeekStream, size: number, place: Place): Promise<void> {
    const part = this.peek(new PartStream(tar, size));
    const bytes = size > maxWholePacked ? null : await part.hold(size, size);
    if (bytes === null) await this.stream(part, place);
    else await this.held(bytes, { ...place, problems: [...place.problems, ...part.problems] });
  }

  private tooManyMembers(): FileProblem {
    const isBySize = this.mostMembers < this.limits.entries;
    const many = 'the archive has more members than';
    return limitProblem('entries', this.limits, isBySize ? `${many} fit into its size, though not more than` : many);
  }

  /** A place found in an archive. */
  private member(container: Place, name: string, step: ContainerStep | null, packedBytes: number): Place {
    const outer = container.member;
    const member = {
      ordinal: this.members,
      name: outer === null ? name : memberPath(outer.name, name),
      steps: [...(outer?.steps ?? []), ...(step === null ? [] : [step])],
    };
    this.members++;
    return { member, depth: container.depth, isUnpacked: container.isUnpacked, packedBytes, problems: [] };
  }

  /** One more archive or gzip level; null, with the limit reported, where it is one too many. */
  private deeper(place: Place, problems: readonly FileProblem[]): Place | null {
    const depth = place.depth + 1;
    if (depth <= this.limits.nesting) return { ...place, depth, problems: [...place.problems, ...problems] };
    this.end(place, null, [limitProblem('nesting', this.limits, 'it is nested in more archives than')]);
    return null;
  }

  private end(place: Place, recognisedAs: FileFormat | null, problems: readonly FileProblem[]): void {
    const { member, packedBytes } = place;
    const all = [...place.problems, ...problems];
    if (member === null) {
      if (this.nested.isSpent && !all.some(({ limit }) => limit === 'ratio')) all.push(nestedProblem(this.limits));
      all.push(...this.changes());
    }
    this.begun = null;
    this.sink.end(member, { recognisedAs, packedBytes, problems: all });
  }

  /** Whether the file on disk is still as it was listed. */
  private changes(): FileProblem[] {
    if (isSameContentState(this.file, fileState(fstatSync(this.open.descriptor)))) return [];
    const message = 'it changed while it was read, or since it was listed: what was read may match neither version';
    return [loss('changed', message)];
  }

  private get position(): number {
    return Math.max(0, this.mark.position - this.start);
  }

  private peek(stream: ByteStream): PeekStream {
    return new PeekStream(stream, this.isCancelled);
  }
}

/** Programs find a zip by its end, so a zip that begins with a text is still a zip; the text is read too. */
function wholeKind(access: RandomAccess): ContentKind {
  const head = access.bytes(0, headBytes);
  const kind = contentKind(head);
  return kind === 'text' && endsAsZip(access) && !isPackedOtherwise(head) ? 'zip' : kind;
}

function withProblem(place: Place, problem: FileProblem): Place {
  return { ...place, problems: [...place.problems, problem] };
}

function tornMember(atByte: number): FileProblem {
  return loss('torn', 'its archive ends in the middle of it; what came before was read', atByte);
}
