/**
 * The entries of a tar, one after another.
 *
 * tar-stream was considered and rejected: it stops at the first invalid header, where the entries after it are wanted, and it does
 * not report where in the tar a content begins, which rereading an event needs.
 */
import type { FileProblem } from '#contract/report';
import { lentBytes } from '../text/lent';
import type { PeekStream } from './byte-stream';
import { loss } from './problems';
import { shownName } from './shown-name';
import { findObject, mayHoldEvents, stretchName, Unread } from './stretch';
import { nextHeader, type Stray } from './tar-blocks';
import { isExtra, noAttributes, readExtra, type Attributes } from './tar-extras';
import { blockBytes, isTarHeader, textAt, type TarHeader } from './tar-header';

/** No real list of names or attributes is longer. */
const maxExtraBytes = 2 ** 20;

export interface TarEntry {
  /** For display: see {@link shownName}. */
  readonly name: string;
  /**
   * `file`: its content is to be read, whatever its type says. `sparse`: a file with holes, whose content is not all there. `other`: links,
   * devices and other entries without content.
   */
  readonly kind: 'file' | 'sparse' | 'folder' | 'other';
  /** Where its content begins in the tar. */
  readonly offset: number;
  readonly size: number;
  /** The content if it had to be read already; else the stream is positioned at it. */
  readonly held: Uint8Array | null;
}

/**
 * Content that the caller does not read is skipped. Bytes that belong to no entry and may hold events, such as those between
 * entries, come as entries too. Problems are pushed as they are found, those of the whole tar at the end.
 */
export async function* tarEntries(stream: PeekStream, problems: FileProblem[]): AsyncGenerator<TarEntry, void> {
  const left = new Unread();
  let longName: string | null = null;
  let pax: Attributes = noAttributes;
  for (;;) {
    const next = await nextHeader(stream, problems);
    if (next === null) break;
    if ('bytes' in next) {
      yield held(next);
      continue;
    }
    const { header, block } = next;
    const inHeader = findObject(block);
    if (inHeader >= 0) {
      const at = stream.position - blockBytes + inHeader;
      yield held({ offset: at, bytes: block.slice(inHeader) });
    }
    const { type } = header;
    if (isExtra(type)) {
      const offset = stream.position;
      if (header.size > maxExtraBytes) {
        yield {
          name: stretchName({ offset, bytes: header.size }),
          kind: 'file',
          offset,
          size: header.size,
          held: null,
        };
        await passContent(stream, offset, header.size);
        continue;
      }
      const bytes = (await stream.peek(header.size)).slice();
      await passContent(stream, offset, header.size);
      if (bytes.length < header.size) {
        problems.push(loss('bad-archive', 'a name or attribute list without an end', stream.position));
      }
      const extra = readExtra(type, { offset, bytes }, left);
      for (const stray of extra.strays) yield held(stray);
      if (type === 'L') longName = textAt(bytes, 0, bytes.length);
      else if (type === 'x' || type === 'X') pax = extra.attributes;
      continue;
    }
    while (header.hasMoreHeader && (await hasMoreSparse(stream)));
    const size = pax.size !== undefined && hasContent(type) ? sizeOf(pax.size, header, problems) : header.size;
    const entry = await entryAt(stream, header, size, pax, longName);
    yield entry;
    longName = null;
    pax = noAttributes;
    const padding = await passContent(stream, entry.offset, entry.size);
    if (padding === null) break;
    if (mayHoldEvents(padding.bytes)) yield held(padding);
    else left.addUnlessZero(padding);
  }
  const problem = left.problem('note', 'of padding and attributes');
  if (problem !== null) problems.push(problem);
}

async function entryAt(
  stream: PeekStream,
  header: TarHeader,
  stated: number,
  pax: Attributes,
  longName: string | null,
): Promise<TarEntry> {
  const { type } = header;
  const name = pax['GNU.sparse.name'] ?? pax.path ?? longName ?? header.name;
  const size = hasContent(type) || !(await isHeaderNext(stream)) ? stated : 0;
  const entry = { name: shownName(name), offset: stream.position, size, held: null };
  if (type === 'S' || pax.isSparse) return { ...entry, kind: 'sparse' };
  if (type === '0' && size === 0 && name.endsWith('/')) return { ...entry, kind: 'folder' };
  const isFolder = type === '5' || type === 'D';
  if (isFolder && (size === 0 || (await isFolderList(stream, size)))) return { ...entry, kind: 'folder' };
  return { ...entry, kind: size === 0 && specialTypes.has(type) ? 'other' : 'file' };
}

/** Links, devices, folders, and what some programs add to the files: labels, lists of names, attributes. Every other type is read as a file. */
const specialTypes: ReadonlySet<string> = new Set('123456ADIMNSV');

/** Links, devices and folders should have none. Some programs state the size of a link's target, and content may be hidden here. */
function hasContent(type: string): boolean {
  return type < '1' || type > '6';
}

async function isHeaderNext(stream: PeekStream): Promise<boolean> {
  const block = lentBytes(await stream.peek(blockBytes));
  return isTarHeader(block) || block.every((byte) => byte === 0);
}

/** Whether the content is the list of names that GNU's incremental backups write for a folder: a letter, a name, a NUL each. */
async function isFolderList(stream: PeekStream, size: number): Promise<boolean> {
  const bytes = size > maxExtraBytes ? null : lentBytes(await stream.peek(size));
  if (bytes === null || mayHoldEvents(bytes)) return false;
  const names = textOf(bytes).split('\0');
  return names.every((name) => name === '' || /^[YNDRTX]/.test(name));
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** The size that an attribute states, which overrides the header's. */
function sizeOf(stated: string, { size, name }: TarHeader, problems: FileProblem[]): number {
  const number = /^\d{1,16}$/.test(stated) ? Number(stated) : NaN;
  if (Number.isSafeInteger(number)) return number;
  const what = `the size "${shownName(stated)}" that an attribute states for ${name} is not a number; the header's was used`;
  problems.push(loss('bad-archive', what));
  return size;
}

/** Skips a content and its padding, and returns the padding; null where the tar ends earlier. */
async function passContent(stream: PeekStream, offset: number, size: number): Promise<Stray | null> {
  const end = offset + size;
  if (stream.position < end) await stream.skip(end - stream.position);
  if (stream.position < end) return null;
  const length = (blockBytes - (size % blockBytes)) % blockBytes;
  const bytes = (await stream.peek(length)).slice();
  await stream.skip(length);
  return { offset: end, bytes };
}

function held({ offset, bytes }: Stray): TarEntry {
  const name = stretchName({ offset, bytes: bytes.length });
  return { name, kind: 'file', offset, size: bytes.length, held: bytes };
}

async function hasMoreSparse(stream: PeekStream): Promise<boolean> {
  const block = await stream.peek(blockBytes);
  const hasMore = (block[504] ?? 0) !== 0;
  await stream.skip(blockBytes);
  return hasMore && block.length === blockBytes;
}
