/** Compares the members' own headers with the archive's directory, and finds the bytes between members. */
import type { FileProblem } from '#contract/report';
import { counted } from '#core/figures';
import { loss, note } from './problems';
import type { RandomAccess } from './random-access';
import { mayHoldEvents, type Stretch } from './stretch';
import {
  descriptor,
  localBytes,
  extraFields,
  large,
  readLocalHeader,
  viewOf,
  type LocalHeader,
  type ZipEntry,
} from './zip-format';

/** One read gets a descriptor, the next header and its name: see {@link Near}. */
const nearBytes = 1024;
const maxHeaderBytes = localBytes + 2 * 0xffff;
const descriptorBytes = 24;
const large32 = 0xffffffff;
const anySignature = 0x4b50;
const membersPerStep = 1000;

export interface BetweenMembers {
  /** What is neither header nor content, in order; includes the directory. */
  readonly gaps: readonly Stretch[];
  /** Names and extras of headers that may hold events. */
  readonly fields: readonly Stretch[];
}

/**
 * Reads the header of each of these members, which must be in order and not overlap, and yields after some. Where `differing` is given,
 * differences from the directory are added there, and an entry that only one of the two calls encrypted is read as not encrypted.
 */
export function* lookBetween(
  access: RandomAccess,
  entries: ZipEntry[],
  differing: Differing | null,
): Generator<void, BetweenMembers, void> {
  const gaps: Stretch[] = [];
  const fields: Stretch[] = [];
  const near = new Near(access);
  let from = 0;
  const gapUpTo = (to: number): void => {
    if (to > from) gaps.push({ offset: from, bytes: to - from });
  };
  for (const [i, entry] of entries.entries()) {
    if (i % membersPerStep === membersPerStep - 1) yield;
    const offset = entry.headerOffset;
    const header = near.header(offset);
    // Its bytes belong to no member and are searched with the rest.
    if (header === null) continue;
    gapUpTo(offset);
    near.fields(header, fields);
    let { packedBytes } = entry;
    if (differing !== null) {
      const room = (entries[i + 1]?.headerOffset ?? access.size) - offset - header.entry.headerBytes;
      entries[i] = differing.compare(entry, header, room);
      if (differing.isReadTwice(offset)) packedBytes = Math.max(packedBytes, header.entry.packedBytes);
    }
    const end = offset + header.entry.headerBytes + packedBytes;
    from = Math.max(from, header.hasDescriptor ? end + near.descriptorLength(end, packedBytes) : end);
  }
  gapUpTo(access.size);
  return { gaps, fields };
}

/** Where headers and the directory disagree about the same members. */
export class Differing {
  /** The same members as described by their own headers, where the directory leads to other bytes. */
  readonly others: ZipEntry[] = [];
  private readonly found = new Map<Difference, { count: number; example: string }>();
  private readonly twice = new Set<number>();

  /** @param room bytes up to the next member @returns the entry to be read */
  compare(entry: ZipEntry, { entry: own, hasDescriptor }: LocalHeader, room: number): ZipEntry {
    const isSized = !hasDescriptor && own.packedBytes !== large32 && own.unpackedBytes !== large32;
    const isOtherSize = isSized && (own.packedBytes !== entry.packedBytes || own.unpackedBytes !== entry.unpackedBytes);
    const isOtherMethod = own.method !== entry.method;
    if (own.name !== entry.name) this.add('name', `"${entry.name}", "${own.name}"`);
    if (isOtherMethod) this.add('method', entry.name);
    if (isOtherSize) this.add('size', entry.name);
    if (own.isEncrypted !== entry.isEncrypted) this.add('encryption', entry.name);
    const isEncrypted = own.isEncrypted && entry.isEncrypted;
    if ((isOtherMethod || (isOtherSize && own.packedBytes !== entry.packedBytes)) && own.packedBytes <= room) {
      this.twice.add(entry.headerOffset);
      const packedBytes = isSized ? own.packedBytes : entry.packedBytes;
      this.others.push({ ...own, name: `${entry.name} (as its own header has it)`, packedBytes, isEncrypted });
    }
    return isEncrypted === entry.isEncrypted ? entry : { ...entry, isEncrypted };
  }

  isReadTwice(headerOffset: number): boolean {
    return this.twice.has(headerOffset);
  }

  problems(): FileProblem[] {
    return [...this.found].map(([difference, { count, example }]) => {
      const members = `${counted(count, 'member')} ${count === 1 ? 'has' : 'have'}`;
      const which = count === 1 ? '' : ', among others';
      const message = `${members} another ${difference} in the archive's directory than in the header before the content (${example}${which})`;
      return difference === 'name' ? note('oddity', message) : loss('bad-archive', `${message}; ${readAnyway}`);
    });
  }

  private add(difference: Difference, example: string): void {
    const known = this.found.get(difference);
    if (known === undefined) this.found.set(difference, { count: 1, example });
    else known.count++;
  }
}

const readAnyway = 'read both ways: one of the two is wrong, by damage or on purpose';
type Difference = 'name' | 'method' | 'size' | 'encryption';

/** The last bytes read: one read mostly covers what follows a content and the next member's header. */
class Near {
  private readonly access: RandomAccess;
  private at = 0;
  private kept: Uint8Array = new Uint8Array(0);

  constructor(access: RandomAccess) {
    this.access = access;
  }

  header(offset: number): LocalHeader | null {
    const header = readLocalHeader(this.bytes(offset, localBytes), offset);
    if (header === null || this.kept.length - (offset - this.at) >= header.entry.headerBytes) {
      return header === null ? null : readLocalHeader(this.bytes(offset, header.entry.headerBytes), offset);
    }
    return readLocalHeader(this.bytes(offset, maxHeaderBytes), offset);
  }

  /** Adds those fields of the header just read that may hold events. */
  fields({ entry, nameBytes }: LocalHeader, into: Stretch[]): void {
    const { headerOffset, headerBytes } = entry;
    const bytes = this.bytes(headerOffset, headerBytes);
    addFields(bytes, headerOffset, localBytes, nameBytes, bytes.length, into);
  }

  /** Length of the descriptor at `at`, after a content of `packedBytes`; 0 where there is none. */
  descriptorLength(at: number, packedBytes: number): number {
    const bytes = this.bytes(at, descriptorBytes);
    if (bytes.length < descriptorBytes) return 0;
    const view = viewOf(bytes);
    // The signature may be missing.
    const start = view.getUint32(0, true) === descriptor ? 4 : 0;
    // 32-bit and 64-bit descriptors start alike; after a 32-bit one another part follows.
    const isNarrow = view.getUint32(start + 4, true) === packedBytes % 2 ** 32;
    const isWide = large(view, start + 4) === packedBytes && view.getUint16(start + 12, true) !== anySignature;
    return isWide ? start + 20 : isNarrow ? start + 12 : 0;
  }

  private bytes(at: number, length: number): Uint8Array {
    const from = at - this.at;
    if (from < 0 || from + length > this.kept.length) {
      this.kept = this.access.bytes(at, Math.max(length, nearBytes));
      this.at = at;
      return this.kept.subarray(0, length);
    }
    return this.kept.subarray(from, from + length);
  }
}

/**
 * Adds those fields of a header that may hold events: its name from `nameAt` on, and each of its extras.
 *
 * @param bytes the header
 * @param offset where it begins in the archive
 * @param end where its extras end
 */
export function addFields(
  bytes: Uint8Array,
  offset: number,
  nameAt: number,
  nameBytes: number,
  end: number,
  into: Stretch[],
): void {
  const add = (from: number, to: number): void => {
    if (mayHoldEvents(bytes.subarray(from, to))) into.push({ offset: offset + from, bytes: to - from });
  };
  add(nameAt, nameAt + nameBytes);
  for (const field of extraFields(bytes, nameAt + nameBytes, end)) add(field.from, field.to);
}
