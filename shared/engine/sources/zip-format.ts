/** The fixed parts of a zip: https://pkware.cachefly.net/webdocs/APPNOTE/APPNOTE-6.3.10.TXT */
import { isUtf8 } from 'node:buffer';
import type { ContainerStep } from './member';
import { shownName } from './shown-name';

export const localHeader = 0x04034b50;
export const directoryEntry = 0x02014b50;
export const descriptor = 0x08074b50;
export const endSignature = 0x06054b50;
export const zip64End = 0x06064b50;
export const zip64Locator = 0x07064b50;
export const localBytes = 30;
export const entryBytes = 46;
export const endBytes = 22;
export const locatorBytes = 20;
export const zip64EndBytes = 56;

const encrypted = 1;
/** The most bytes that empty content is deflated to. */
const packedNothing = 2;
const descriptorFlag = 8;
const strong = 64;
const masked = 0x2000;
const aes = 99;
const large32 = 0xffffffff;
const unix = 3;
const fileType = 0o170000;
const link = 0o120000;
const zip64Extra = 1;

export type ZipStep = Extract<ContainerStep, { readonly kind: 'zip' }>;

/** A member, as described by the directory or its own header. */
export interface ZipEntry {
  /** For display: see {@link shownName}. In names that are not UTF-8, each byte is one character. */
  readonly name: string;
  readonly isFolder: boolean;
  readonly isLink: boolean;
  readonly isEncrypted: boolean;
  readonly method: number;
  readonly headerOffset: number;
  /** The least length of its header, after which the content begins. */
  readonly headerBytes: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
}

/** Whether bytes start as a zip does: with a member, or with the end of an empty one. */
export function startsZip(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  return (bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A 64-bit number; values too large to be exact are too large for any file. */
export function large(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

/** The length of the directory entry at `at`; null where there is none. */
export function entryLength(bytes: Uint8Array, at: number): number | null {
  const view = viewOf(bytes);
  if (at + entryBytes > bytes.length || view.getUint32(at, true) !== directoryEntry) return null;
  return entryBytes + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
}

/** The directory entry at `at`, which must be complete. */
export function readEntry(bytes: Uint8Array, at: number): ZipEntry {
  const view = viewOf(bytes);
  const nameLength = view.getUint16(at + 28, true);
  const nameEnd = at + entryBytes + nameLength;
  const extra = bytes.subarray(nameEnd, nameEnd + view.getUint16(at + 30, true));
  const [unpackedBytes, packedBytes, headerOffset] = widened(extra, [
    view.getUint32(at + 24, true),
    view.getUint32(at + 20, true),
    view.getUint32(at + 42, true),
  ]);
  const mode = view.getUint8(at + 5) === unix ? view.getUint16(at + 40, true) : 0;
  const name = nameOf(bytes.subarray(at + entryBytes, nameEnd));
  const method = view.getUint16(at + 10, true);
  // Written out, not spread: this halves the memory, and there may be millions.
  return {
    name,
    isFolder: isFolder(name, unpackedBytes, packedBytes),
    isLink: (mode & fileType) === link,
    isEncrypted: isEncrypted(view.getUint16(at + 8, true), method),
    method,
    headerOffset,
    headerBytes: localBytes + nameLength,
    packedBytes,
    unpackedBytes,
  };
}

export interface LocalHeader {
  readonly entry: ZipEntry;
  /** Checksum of the unpacked content; null where it comes after the content. */
  readonly crc: number | null;
  /** The content's lengths come after it, and the header may not have them. */
  readonly hasDescriptor: boolean;
  readonly nameBytes: number;
}

/** The header of the member at `offset` of its zip, from bytes that begin there; null where there is none. */
export function readLocalHeader(bytes: Uint8Array, offset: number): LocalHeader | null {
  const view = viewOf(bytes);
  if (bytes.length < localBytes || view.getUint32(0, true) !== localHeader) return null;
  const flags = view.getUint16(6, true);
  const nameBytes = view.getUint16(26, true);
  const nameEnd = localBytes + nameBytes;
  const headerBytes = nameEnd + view.getUint16(28, true);
  const [unpackedBytes, packedBytes] = widened(bytes.subarray(nameEnd, headerBytes), [
    view.getUint32(22, true),
    view.getUint32(18, true),
    0,
  ]);
  const hasDescriptor = (flags & descriptorFlag) !== 0;
  const name = nameOf(bytes.subarray(localBytes, nameEnd));
  const method = view.getUint16(8, true);
  const entry = {
    name,
    isFolder: isFolder(name, unpackedBytes, packedBytes),
    isLink: false,
    isEncrypted: isEncrypted(flags, method),
    method,
    headerOffset: offset,
    headerBytes,
    packedBytes,
    unpackedBytes,
  };
  return { entry, crc: hasDescriptor ? null : view.getUint32(14, true), hasDescriptor, nameBytes };
}

/** The step to a member that can be read; else the name of its unsupported method. */
export function stepTo(entry: ZipEntry): ZipStep | string {
  const { headerOffset, packedBytes, unpackedBytes, isLink } = entry;
  const method = entry.method === 0 ? 'stored' : entry.method === 8 ? 'deflated' : null;
  if (method !== null) {
    return { kind: 'zip', headerOffset, packedBytes, unpackedBytes, method, ...(isLink ? { isLink } : {}) };
  }
  return methodNames.get(entry.method) ?? `method ${String(entry.method)}`;
}

const methodNames: ReadonlyMap<number, string> = new Map([
  [1, 'Shrink'],
  [6, 'Implode'],
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'XZ'],
  [98, 'PPMd'],
]);

function nameOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return shownName(buffer.toString(isUtf8(buffer) ? 'utf8' : 'latin1'));
}

function isFolder(name: string, unpackedBytes: number, packedBytes: number): boolean {
  return unpackedBytes === 0 && packedBytes <= packedNothing && name.endsWith('/');
}

function isEncrypted(flags: number, method: number): boolean {
  return (flags & (encrypted | strong | masked)) !== 0 || method === aes;
}

type Numbers = readonly [unpackedBytes: number, packedBytes: number, headerOffset: number];

/** The data of each extra field. */
export function* extraFields(
  bytes: Uint8Array,
  from: number,
  end: number,
): Generator<{ readonly id: number; readonly from: number; readonly to: number }, void> {
  const view = viewOf(bytes);
  let at = from;
  while (at + 4 <= end) {
    const to = Math.min(at + 4 + view.getUint16(at + 2, true), end);
    yield { id: view.getUint16(at, true), from: at + 4, to };
    at = to;
  }
}

/** Numbers that did not fit into 32 bits are in the zip64 extra field: only those, in this order. */
function widened(extra: Uint8Array, numbers: Numbers): Numbers {
  if (!numbers.includes(large32)) return numbers;
  const view = viewOf(extra);
  for (const field of extraFields(extra, 0, extra.length)) {
    if (field.id !== zip64Extra) continue;
    let { from } = field;
    const next = (value: number): number => {
      if (value !== large32 || from + 8 > field.to) return value;
      from += 8;
      return large(view, from - 8);
    };
    return [next(numbers[0]), next(numbers[1]), next(numbers[2])];
  }
  return numbers;
}
