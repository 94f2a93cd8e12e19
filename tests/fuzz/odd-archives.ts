/** Archives that hold a text where no program would put one: outside of their members, under a wrong kind, under names and sizes that lie. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import type { Random } from '../../build/tools/synthetic/random';
import { makeTar } from '../helpers/make-tar';
import { makeZip } from '../helpers/make-zip';

export interface OddContainer {
  /** The text's bytes do not stand there as they are. */
  readonly isPacked: boolean;
  make(bytes: Buffer, random: Random): Uint8Array;
}

const decoy = { name: 'decoy.json', bytes: Buffer.from('{"Records":[]}'), stored: true };
const largestField = 0xffff;
/** A name in no UTF-8, in a folder whose name is not either. */
const misname = Buffer.from('\xe9t\xe9/\xff.json', 'latin1');

const stored = (
  bytes: Buffer,
  name: string | Uint8Array = 'logs/a.json',
): { name: string | Uint8Array; bytes: Buffer; stored: true } => ({
  name,
  bytes,
  stored: true,
});

function putIn(whole: Buffer, at: number, what: Uint8Array): Buffer {
  return Buffer.concat([whole.subarray(0, at), what, whole.subarray(at)]);
}

/** Where this begins, the n-th time. */
function findNth(bytes: Buffer, what: string, n: number): number {
  let at = bytes.indexOf(what, 0, 'latin1');
  for (let i = 0; i < n; i++) at = bytes.indexOf(what, at + 1, 'latin1');
  return at;
}

/** Changes what the header, or else the directory, of the first member says. */
function atOdds(bytes: Buffer, random: Random): Buffer {
  const zip = Buffer.from(makeZip([random.chance(0.5) ? stored(bytes) : { name: 'logs/a.json', bytes }, decoy]));
  const isHeader = random.chance(0.5);
  const at = isHeader ? 0 : zip.indexOf('PK\x01\x02', 0, 'latin1');
  // The directory has one field more before these.
  const field = (offset: number): number => at + offset + (isHeader ? 0 : 2);
  random.pick([
    () => zip.writeUInt16LE(zip.readUInt16LE(field(6)) ^ 1, field(6)),
    () => zip.writeUInt16LE(random.pick([0, 8, 14, 99]), field(8)),
    () => zip.writeUInt32LE(random.below(2 * bytes.length + 2), field(18)),
    () => zip.writeUInt32LE(random.below(2 * bytes.length + 2), field(22)),
    () => zip.write('other', at + (isHeader ? 30 : 46)),
  ])();
  return zip;
}

/** A member with bytes behind the end of what it unpacks to, which its packed size counts. */
function behindContent(bytes: Buffer): Buffer {
  const packed = Buffer.concat([deflateRawSync(decoy.bytes), bytes]);
  const zip = Buffer.from(makeZip([stored(packed), decoy]));
  const directory = zip.indexOf('PK\x01\x02', packed.length, 'latin1');
  for (const field of [8, directory + 10]) {
    zip.writeUInt16LE(8, field);
    zip.writeUInt32LE(crc32(decoy.bytes), field + 6);
    zip.writeUInt32LE(decoy.bytes.length, field + 14);
  }
  return zip;
}

/** Gzip data with the bytes in its header: as its extra field where they fit there, else as its comment. */
function inGzipHeader(bytes: Buffer): Buffer {
  const gzip = gzipSync(decoy.bytes);
  const isExtra = bytes.length <= largestField;
  gzip.writeUInt8(isExtra ? 4 : 16, 3);
  const length = Buffer.alloc(2);
  if (isExtra) length.writeUInt16LE(bytes.length);
  return putIn(gzip, 10, isExtra ? Buffer.concat([length, bytes]) : Buffer.concat([bytes, Buffer.alloc(1)]));
}

const zipParts = ['PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06'] as const;

export const oddContainers: Readonly<Record<string, OddContainer>> = {
  zipGap: {
    isPacked: false,
    make(bytes, random) {
      const zip = Buffer.from(makeZip([decoy, { ...decoy, name: 'other.json' }]));
      const part = random.pick(zipParts);
      const at = random.chance(0.2) ? zip.length : findNth(zip, part, part === zipParts[2] ? 0 : random.below(2));
      return putIn(zip, at, bytes);
    },
  },
  zipComment: {
    isPacked: false,
    make(bytes) {
      const zip = Buffer.from(makeZip([decoy]));
      if (bytes.length <= largestField) zip.writeUInt16LE(bytes.length, zip.length - 2);
      return Buffer.concat([zip, bytes]);
    },
  },
  zipExtra: {
    isPacked: false,
    make(bytes, random) {
      const zip = Buffer.from(makeZip([decoy]));
      const isHeader = random.chance(0.5);
      const part = isHeader ? 0 : zip.indexOf('PK\x01\x02', 0, 'latin1');
      const at = part + (isHeader ? 30 : 46) + decoy.name.length;
      if (bytes.length + 4 > largestField) return putIn(zip, at, bytes);
      zip.writeUInt16LE(bytes.length + 4, part + (isHeader ? 28 : 30));
      const field = Buffer.alloc(4);
      field.writeUInt16LE(0x7777);
      field.writeUInt16LE(bytes.length, 2);
      return putIn(zip, at, Buffer.concat([field, bytes]));
    },
  },
  zipMode: {
    isPacked: true,
    make: (bytes, random) =>
      makeZip([{ name: 'odd', bytes, mode: random.pick([0o120777, 0o040755, 0o060644, 0o010644, 0o140644]) }, decoy]),
  },
  zipAtOdds: { isPacked: true, make: atOdds },
  zipAppended: {
    isPacked: true,
    make: (bytes, random) => {
      const zips = [makeZip([decoy]), makeZip([{ name: 'logs/a.json', bytes }])];
      return Buffer.concat(random.chance(0.5) ? zips : zips.reverse());
    },
  },
  zipMisnamed: { isPacked: false, make: (bytes) => makeZip([stored(bytes, misname), decoy]) },
  tarType: {
    isPacked: false,
    make: (bytes, random) => makeTar([{ name: 'odd', bytes, type: random.pick([...'123456ADIMNVXKLxgQ7\0']) }, decoy]),
  },
  tarGap: {
    isPacked: false,
    make(bytes, random) {
      const tar = Buffer.from(makeTar([decoy, decoy]));
      const filled = Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
      return putIn(tar, random.pick([0, 1024, 2048, tar.length]), filled);
    },
  },
  tarAttribute: {
    isPacked: false,
    make(bytes) {
      const text = Buffer.concat([Buffer.from(' comment='), bytes, Buffer.from('\n')]);
      let length = text.length;
      while (length !== text.length + String(length).length) length = text.length + String(length).length;
      return makeTar([{ name: 'pax', bytes: Buffer.concat([Buffer.from(String(length)), text]), type: 'x' }, decoy]);
    },
  },
  tarAppended: { isPacked: false, make: (bytes) => Buffer.concat([makeTar([decoy]), makeTar([stored(bytes)])]) },
  tarMisnamed: { isPacked: false, make: (bytes) => makeTar([stored(bytes, misname), decoy]) },
  gzipAppended: {
    isPacked: true,
    make: (bytes, random) => {
      const members = [gzipSync('{"Records":[]}\n'), gzipSync(bytes)];
      return Buffer.concat(random.chance(0.5) ? members : members.reverse());
    },
  },
  zipBehindContent: { isPacked: false, make: behindContent },
  zipBehindText: { isPacked: false, make: (bytes) => Buffer.concat([bytes, makeZip([decoy])]) },
  gzipHeader: { isPacked: false, make: inGzipHeader },
  gzipFollowed: { isPacked: false, make: (bytes) => Buffer.concat([gzipSync(decoy.bytes), bytes]) },
};
