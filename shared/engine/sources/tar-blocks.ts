/** Finds the next header of a tar, and stray bytes before it. */
import type { FileProblem } from '#contract/report';
import { counted } from '#core/figures';
import { lentBytes } from '../text/lent';
import type { PeekStream } from './byte-stream';
import { loss } from './problems';
import { mayHoldEvents } from './stretch';
import { blockBytes, hasTarMagic, isTarHeader, readTarHeader, type TarHeader } from './tar-header';

/** At most this many bytes that belong to no entry are kept. */
const maxStrayBytes = 16 * 2 ** 20;

/** Bytes that belong to no entry, and their offset. */
export interface Stray {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

interface Headed {
  readonly header: TarHeader;
  readonly block: Uint8Array;
}

/**
 * The next valid header, or bytes before it that belong to no entry and may hold events; null at the end. Such bytes are reported as a problem, with
 * their count and offset where they are not returned.
 */
export async function nextHeader(stream: PeekStream, problems: FileProblem[]): Promise<Headed | Stray | null> {
  let damaged = 0;
  let at = -1;
  const tell = (): void => {
    if (damaged > 0) problems.push(damage(damaged, at));
  };
  for (;;) {
    const block = (await stream.peek(blockBytes)).slice();
    const isEnd = block.length === 0;
    const header = isTarHeader(block) ? readTarHeader(block) : null;
    if (isEnd || (header !== null && header.size >= 0)) {
      tell();
      if (isEnd || header === null) return null;
      await stream.skip(blockBytes);
      return { header, block };
    }
    if (block.every((byte) => byte === 0)) {
      await stream.skip(block.length);
      continue;
    }
    if (at < 0) at = stream.position;
    // A damaged header is kept apart from what follows, which may be its entry's content.
    if (header !== null || hasTarMagic(block)) {
      await stream.skip(block.length);
      damaged += block.length;
      continue;
    }
    const { stray, passed } = await takeStray(stream);
    const isRead = mayHoldEvents(stray.bytes);
    damaged += isRead ? passed - stray.bytes.length : passed;
    if (!isRead) continue;
    tell();
    problems.push(damage(stray.bytes.length, stray.offset, true));
    return stray;
  }
}

function damage(bytes: number, at: number, isRead = false): FileProblem {
  const what = `${counted(bytes, 'byte')} that belong to no entry`;
  const message = isRead ? `${what}; they were read like a file` : `${what}; what could be found after them was read`;
  return loss('bad-archive', `damaged here: ${message}`, at);
}

function endsStray(block: Uint8Array): boolean {
  return isTarHeader(block) || hasTarMagic(block) || block.every((byte) => byte === 0);
}

/** Reads up to the next block that is a header, begins like one, or is empty. */
async function takeStray(stream: PeekStream): Promise<{ readonly stray: Stray; readonly passed: number }> {
  const offset = stream.position;
  const blocks: Uint8Array[] = [];
  for (let kept = 0; ;) {
    const block = await stream.peek(blockBytes);
    const isOver = block.length === 0 || endsStray(lentBytes(block));
    if (isOver) break;
    if (kept < maxStrayBytes) blocks.push(block.slice());
    kept += block.length;
    await stream.skip(block.length);
  }
  return { stray: { offset, bytes: Buffer.concat(blocks) }, passed: stream.position - offset };
}
