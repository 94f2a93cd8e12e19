/** What kind of file bytes are, by their content: names prove nothing. */
import { isUtf16 } from '../text/encoding';
import { findUsualHeader, startsGzip } from './gzip-header';
import { isPackedOtherwise } from './packed-otherwise';
import { blockBytes, isTarHeader } from './tar-header';
import { startsZip } from './zip-format';

export type ContentKind = 'gzip' | 'zip' | 'tar' | 'text';

/** Enough bytes to detect the kind, even where the first ones are damaged. */
export const headBytes = 2 ** 16;

/** @param head the first {@link headBytes} bytes, or all where there are fewer */
export function contentKind(head: Uint8Array): ContentKind {
  if (startsGzip(head)) return 'gzip';
  if (startsZip(head)) return 'zip';
  if (isTarHeader(head)) return 'tar';
  // Data in an unsupported packing may happen to look like parts of an archive: it is named, not searched.
  if (isPackedOtherwise(head)) return 'text';
  // UTF-16 has control bytes, and two of its letters may look like an archive's signature: one such event must not hide all others in its file.
  return isText(head) || isWideText(head) ? 'text' : damagedKind(head);
}

/** The kind of an archive whose start is damaged: further parts of it follow. */
function damagedKind(head: Uint8Array): ContentKind {
  for (let at = blockBytes; at + blockBytes <= head.length; at += blockBytes) {
    if (isTarHeader(head.subarray(at, at + blockBytes))) return 'tar';
  }
  for (let at = head.indexOf(0x50); at >= 0; at = head.indexOf(0x50, at + 1)) {
    if (startsZip(head.subarray(at, at + 4))) return 'zip';
  }
  return findUsualHeader(head) >= 0 ? 'gzip' : 'text';
}

/** The same for UTF-16. */
function isWideText(head: Uint8Array): boolean {
  if (!isUtf16(head)) return false;
  const isHighFirst = head[0] === 0 || head[0] === 0xfe;
  for (let at = 0; at + 1 < Math.min(head.length, blockBytes); at += 2) {
    const [first, second] = [head[at] ?? 0, head[at + 1] ?? 0];
    const unit = isHighFirst ? first * 256 + second : first + second * 256;
    if (isControl(unit)) return false;
  }
  return true;
}

function isControl(unit: number): boolean {
  return unit < 0x09 || (unit > 0x0d && unit < 0x1b);
}

/** Whether the first bytes have no control characters, as in texts. */
function isText(head: Uint8Array): boolean {
  return !head.subarray(0, blockBytes).some(isControl);
}
