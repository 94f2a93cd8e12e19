/** What bytes are, by their content: names say nothing. */
import { findUsualHeader, startsGzip } from './gzip-header';
import { BLOCK_BYTES, isTarHeader } from './tar-header';
import { startsZip } from './zip-format';

export type ContentKind = 'gzip' | 'zip' | 'tar' | 'text';

/** Bytes that are enough to tell, also where the first ones are damaged. */
export const HEAD_BYTES = 2 ** 16;

/** @param head the first {@link HEAD_BYTES} bytes, or all where there are fewer */
export function contentKind(head: Uint8Array): ContentKind {
  if (startsGzip(head)) return 'gzip';
  if (startsZip(head)) return 'zip';
  if (isTarHeader(head)) return 'tar';
  return isText(head) ? 'text' : damagedKind(head);
}

/** The kind of an archive whose start is damaged: further parts of it follow. */
function damagedKind(head: Uint8Array): ContentKind {
  for (let at = BLOCK_BYTES; at + BLOCK_BYTES <= head.length; at += BLOCK_BYTES) {
    if (isTarHeader(head.subarray(at, at + BLOCK_BYTES))) return 'tar';
  }
  for (let at = head.indexOf(0x50); at >= 0; at = head.indexOf(0x50, at + 1)) {
    if (startsZip(head.subarray(at, at + 4))) return 'zip';
  }
  return findUsualHeader(head) >= 0 ? 'gzip' : 'text';
}

/** Whether bytes have no control characters soon, as texts; UTF-16 has NULs, and nothing in it looks like a part of an archive. */
function isText(head: Uint8Array): boolean {
  return !head.subarray(0, BLOCK_BYTES).some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x1b));
}
