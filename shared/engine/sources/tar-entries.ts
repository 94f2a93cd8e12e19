/**
 * The entries of a tar, one after another.
 *
 * tar-stream was looked at and left: it gives up at the first header that is not sound, where the entries behind it are wanted, and it does
 * not tell where in the tar a content begins, which reading an event again needs.
 */
import type { FileProblem } from '#contract/report';
import type { PeekStream } from './byte-stream';
import { loss } from './problems';
import { shownName } from './shown-name';
import { BLOCK_BYTES, isTarHeader, readPax, readTarHeader, textAt, type TarHeader } from './tar-header';

/** Longer lists of names and attributes are nobody's. */
const MAX_EXTRA_BYTES = 2 ** 20;

export interface TarEntry {
  /** For showing: see {@link shownName}. */
  readonly name: string;
  /** A regular file. Links, devices and sparse files are none. */
  readonly isFile: boolean;
  /** A file with holes, whose content is not all there. */
  readonly isSparse: boolean;
  readonly isFolder: boolean;
  /** Where its content begins in the tar. */
  readonly offset: number;
  readonly size: number;
}

/** The stream stands at an entry's content when it is yielded; what the caller leaves of it is passed over. Problems are pushed as they come. */
export async function* tarEntries(stream: PeekStream, problems: FileProblem[]): AsyncGenerator<TarEntry, void> {
  let longName: string | null = null;
  let pax: ReadonlyMap<string, string> = new Map();
  for (;;) {
    const header = await nextHeader(stream, problems);
    if (header === null) return;
    const { type } = header;
    if (type === 'L' || type === 'K' || type === 'x' || type === 'g') {
      const extra = await readExtra(stream, header.size);
      if (extra === null) {
        problems.push(loss('bad-archive', 'a name or attribute list without an end', stream.position));
      } else if (type === 'L') longName = textAt(extra, 0, extra.length);
      else if (type === 'x') pax = readPax(extra);
      continue;
    }
    while (header.hasMoreHeader && (await hasMoreSparse(stream)));
    const stated = Number(pax.get('size') ?? NaN);
    const size = hasContent(type) ? (Number.isSafeInteger(stated) && stated >= 0 ? stated : header.size) : 0;
    const offset = stream.position;
    const isSparse = type === 'S' || [...pax.keys()].some((key) => key.startsWith('GNU.sparse.'));
    const name = pax.get('GNU.sparse.name') ?? pax.get('path') ?? longName ?? header.name;
    const isFolder = type === '5' || (type === '0' && size === 0 && name.endsWith('/'));
    const isFile = !specialTypes.has(type) && !isSparse && !isFolder;
    yield { name: shownName(name), isFile, isSparse, isFolder, offset, size };
    longName = null;
    pax = new Map();
    const end = offset + size;
    if (stream.position < end) await stream.skip(end - stream.position);
    if (stream.position < end) return;
    await stream.skip((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES);
  }
}

/** The next sound header; null at the end. Blocks that are none are told of once in a row, and passed over. */
async function nextHeader(stream: PeekStream, problems: FileProblem[]): Promise<TarHeader | null> {
  let isTold = false;
  for (;;) {
    const at = stream.position;
    const block = await stream.peek(BLOCK_BYTES);
    if (block.length === 0) return null;
    if (isTarHeader(block)) {
      const header = readTarHeader(block);
      await stream.skip(BLOCK_BYTES);
      if (header.size >= 0) return header;
    } else {
      const isPadding = block.every((byte) => byte === 0);
      await stream.skip(block.length);
      if (isPadding) continue;
    }
    if (!isTold) problems.push(loss('bad-archive', 'damaged here; what could be found behind it was read', at));
    isTold = true;
  }
}

/** Links, devices, folders, and what some programs write beside the files: labels, lists of names, attributes. All else is taken for a file. */
const specialTypes: ReadonlySet<string> = new Set('123456ADIMNSVX');

/** Links, devices and folders have none, whatever their header says. */
function hasContent(type: string): boolean {
  return type < '1' || type > '6';
}

async function readExtra(stream: PeekStream, size: number): Promise<Uint8Array | null> {
  const padded = Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  const extra = size > MAX_EXTRA_BYTES ? null : (await stream.peek(size)).slice();
  await stream.skip(padded);
  return extra === null || extra.length < size ? null : extra;
}

async function hasMoreSparse(stream: PeekStream): Promise<boolean> {
  const block = await stream.peek(BLOCK_BYTES);
  const hasMore = (block[504] ?? 0) !== 0;
  await stream.skip(BLOCK_BYTES);
  return hasMore && block.length === BLOCK_BYTES;
}
