/** The 512-byte headers of a tar: ustar, GNU and pax. */
import { decodeWtf8 } from '../text/wtf8';
import { pathOfBytes, shownPath } from './raw-path';

export const blockBytes = 512;

export interface TarHeader {
  readonly name: string;
  /** One character: `0` is a file. */
  readonly type: string;
  /** Bytes of the content that follows, without padding. */
  readonly size: number;
  /** GNU's sparse files: more blocks with the list of holes follow before the content. */
  readonly hasMoreHeader: boolean;
}

const checksum = { at: 148, length: 8 };
const sizeField = { at: 124, length: 12 };
const typeAt = 156;
const magicAt = 257;
const prefixField = { at: 345, length: 155 };
const isExtended = 482;
const maxDigits = 10;
const lineFeed = 0x0a;

/** Whether these 512 bytes are a header: its checksum is right. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < blockBytes || block[0] === 0) return false;
  const stated = numberAt(block, checksum.at, checksum.length);
  // This alone rules out nearly every text.
  if (stated < 0) return false;
  let sum = 0;
  let signedSum = 0;
  for (let i = 0; i < blockBytes; i++) {
    const isSum = i >= checksum.at && i < checksum.at + checksum.length;
    const byte = isSum ? 0x20 : (block[i] ?? 0);
    sum += byte;
    // Some old programs summed signed bytes.
    signedSum += byte < 128 ? byte : byte - 256;
  }
  return stated === sum || stated === signedSum;
}

export function readTarHeader(block: Uint8Array): TarHeader {
  const magic = textAt(block, magicAt, 6);
  const name = textAt(block, 0, 100);
  // GNU's own magic is "ustar " and keeps other things where ustar has a prefix.
  const prefix = magic === 'ustar' ? textAt(block, prefixField.at, prefixField.length) : '';
  const type = String.fromCharCode(block[typeAt] ?? 0);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    type: type === '\0' ? '0' : type,
    size: numberAt(block, sizeField.at, sizeField.length),
    hasMoreHeader: type === 'S' && (block[isExtended] ?? 0) !== 0,
  };
}

/** Whether a block has the magic word of nearly all headers, valid or damaged. */
export function hasTarMagic(block: Uint8Array): boolean {
  return textAt(block, magicAt, 5) === 'ustar';
}

interface PaxRecord {
  readonly key: string;
  /** Where its value begins. */
  readonly from: number;
  readonly to: number;
  /** Where the next record begins. */
  readonly next: number;
}

/** The records of a pax header: each `length key=value` and a line break. Later ones win. Ends at the first invalid record. */
export function* paxRecords(bytes: Uint8Array): Generator<PaxRecord, void> {
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const digits = space < 0 ? '' : decodeWtf8(bytes.subarray(at, Math.min(space, at + maxDigits)));
    const next = at + (/^\d+$/.test(digits) ? Number(digits) : 0);
    const equals = bytes.indexOf(0x3d, space);
    if (next > bytes.length || equals < 0 || equals >= next - 1 || bytes[next - 1] !== lineFeed) return;
    yield { key: decodeWtf8(bytes.subarray(space + 1, equals)), from: equals + 1, to: next - 1, next };
    at = next;
  }
}

/** A text up to its NUL, for display: see {@link shownPath}. */
export function textAt(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return shownPath(pathOfBytes(end < 0 ? field : field.subarray(0, end)));
}

/** Octal digits; or, as GNU writes larger numbers, a binary number after a byte with its highest bit set. -1: neither. */
function numberAt(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  if (first >= 0x80) {
    let value = first & 0x3f;
    for (let i = 1; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0);
    return first < 0xc0 && Number.isSafeInteger(value) ? value : -1;
  }
  const text = textAt(bytes, at, length).trim();
  return /^[0-7]+$/.test(text) ? parseInt(text, 8) : text === '' && at === sizeField.at ? 0 : -1;
}
