/** What bytes are, by their content: names say nothing. */
import { startsGzip } from './gzip-header';
import { BLOCK_BYTES, isTarHeader } from './tar-header';
import { startsZip } from './zip-format';

export type ContentKind = 'gzip' | 'zip' | 'tar' | 'text';

/** Bytes that are enough to tell. */
export const HEAD_BYTES = BLOCK_BYTES;

/** @param head the first {@link HEAD_BYTES} bytes, or all where there are fewer */
export function contentKind(head: Uint8Array): ContentKind {
  if (startsGzip(head)) return 'gzip';
  if (startsZip(head)) return 'zip';
  return isTarHeader(head) ? 'tar' : 'text';
}
