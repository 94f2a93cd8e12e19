/** Writes zip archives, sound ones and ones that lie. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  /** As bytes where it is no UTF-8: then nothing says it is. */
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  /** Stored as it is; default: deflated. */
  readonly stored?: boolean;
  /** With the sizes in zip64 fields, as in archives beyond 4 GB. */
  readonly zip64?: boolean;
  /** Marked as encrypted; the bytes are not. */
  readonly encrypted?: boolean;
  /** Sizes and checksum come behind the content, as streaming writers do it. */
  readonly descriptor?: boolean;
  /** What the headers say in place of the truth. */
  readonly says?: { readonly unpackedBytes?: number; readonly crc?: number; readonly method?: number };
  /** Unix mode, `0o120777` for a symbolic link. */
  readonly mode?: number;
  /** The directory names the local header of the member with this number in place of its own. */
  readonly sharesWith?: number;
}

const utf8NameFlag = 0x800;
const descriptorFlag = 8;
const encryptedFlag = 1;

/** The archive; its members in the order given, their names in UTF-8. */
export function makeZip(members: readonly ZipMember[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  const add = (part: Uint8Array): void => {
    parts.push(Buffer.from(part));
    at += part.length;
  };
  for (const member of members) {
    const own = at;
    offsets.push(own);
    const header = headerOf(member);
    if (member.sharesWith === undefined) {
      add(localHeader(member, header));
      add(header.packed);
      if (member.descriptor === true) add(descriptorOf(header, member.zip64 === true));
    }
    const offset = member.sharesWith === undefined ? own : (offsets[member.sharesWith] ?? 0);
    directory.push(directoryEntry(member, header, offset));
  }
  const start = at;
  for (const entry of directory) add(entry);
  const size = at - start;
  if (members.some((member) => member.zip64 === true)) add(zip64End(members.length, size, start, at));
  add(end(members.length, size, start));
  return Buffer.concat(parts);
}

interface Header {
  readonly name: Buffer;
  readonly packed: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly unpackedBytes: number;
}

function headerOf({ name, bytes, stored, encrypted, descriptor, says }: ZipMember): Header {
  return {
    name: Buffer.from(name),
    packed: stored === true ? Buffer.from(bytes) : deflateRawSync(bytes),
    flags:
      (typeof name === 'string' ? utf8NameFlag : 0) |
      (descriptor === true ? descriptorFlag : 0) |
      (encrypted === true ? encryptedFlag : 0),
    method: says?.method ?? (stored === true ? 0 : 8),
    crc: says?.crc ?? crc32(bytes),
    unpackedBytes: says?.unpackedBytes ?? bytes.length,
  };
}

function localHeader({ zip64, descriptor }: ZipMember, header: Header): Buffer {
  const isLater = descriptor === true;
  const extra = zip64 === true ? zip64Extra(isLater ? [0, 0] : [header.unpackedBytes, header.packed.length]) : noBytes;
  const fixed = Buffer.alloc(30);
  fixed.writeUInt32LE(0x04034b50, 0);
  fixed.writeUInt16LE(zip64 === true ? 45 : 20, 4);
  fixed.writeUInt16LE(header.flags, 6);
  fixed.writeUInt16LE(header.method, 8);
  fixed.writeUInt32LE(isLater ? 0 : header.crc, 14);
  fixed.writeUInt32LE(zip64 === true ? 0xffffffff : isLater ? 0 : header.packed.length, 18);
  fixed.writeUInt32LE(zip64 === true ? 0xffffffff : isLater ? 0 : header.unpackedBytes, 22);
  fixed.writeUInt16LE(header.name.length, 26);
  fixed.writeUInt16LE(extra.length, 28);
  return Buffer.concat([fixed, header.name, extra]);
}

function descriptorOf(header: Header, isWide: boolean): Buffer {
  const fields = Buffer.alloc(isWide ? 24 : 16);
  fields.writeUInt32LE(0x08074b50, 0);
  fields.writeUInt32LE(header.crc, 4);
  if (isWide) {
    fields.writeBigUInt64LE(BigInt(header.packed.length), 8);
    fields.writeBigUInt64LE(BigInt(header.unpackedBytes), 16);
  } else {
    fields.writeUInt32LE(header.packed.length, 8);
    fields.writeUInt32LE(header.unpackedBytes, 12);
  }
  return fields;
}

function directoryEntry({ zip64, mode = 0o100644 }: ZipMember, header: Header, offset: number): Buffer {
  const extra = zip64 === true ? zip64Extra([header.unpackedBytes, header.packed.length, offset]) : noBytes;
  const fixed = Buffer.alloc(46);
  fixed.writeUInt32LE(0x02014b50, 0);
  fixed.writeUInt16LE((3 << 8) | 45, 4);
  fixed.writeUInt16LE(zip64 === true ? 45 : 20, 6);
  fixed.writeUInt16LE(header.flags, 8);
  fixed.writeUInt16LE(header.method, 10);
  fixed.writeUInt32LE(header.crc, 16);
  fixed.writeUInt32LE(zip64 === true ? 0xffffffff : header.packed.length, 20);
  fixed.writeUInt32LE(zip64 === true ? 0xffffffff : header.unpackedBytes, 24);
  fixed.writeUInt16LE(header.name.length, 28);
  fixed.writeUInt16LE(extra.length, 30);
  fixed.writeUInt32LE(mode * 0x10000, 38);
  fixed.writeUInt32LE(zip64 === true ? 0xffffffff : offset, 42);
  return Buffer.concat([fixed, header.name, extra]);
}

function zip64Extra(values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, i) => extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i));
  return extra;
}

function zip64End(count: number, size: number, start: number, at: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(at), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function end(count: number, size: number, start: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(Math.min(count, 0xffff), 8);
  record.writeUInt16LE(Math.min(count, 0xffff), 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(start, 16);
  return record;
}

const noBytes = Buffer.alloc(0);
