import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contract/errors';
import type { Evidence } from './evidence';
import { makeOwnFolder } from './own-folders';

/**
 * Files dropped on a browser's page. A browser gives no path, so their bytes are copied to a temporary folder, which is removed at the end,
 * or at the next start after a crash.
 */
export interface DropStore {
  /** Begins a drop. Rejects with `not-written` where there is no room for it. */
  begin(announced: DropSize): Promise<string>;
  /**
   * Stores one file. Rejects with `not-found` for a drop that was not begun, with `not-written` where it holds more than was announced, and when
   * the bytes break off.
   */
  receive(drop: string, name: string, bytes: Readable): Promise<void>;
  /** Ends a drop. Its folder, or its one file. Rejects with `not-found` where nothing arrived. */
  end(drop: string): Promise<{ readonly path: string; readonly kind: 'folder' | 'file'; readonly files: number }>;
  /** Removes all that was stored. */
  remove(): Promise<void>;
}

export interface DropSize {
  readonly files: number;
  readonly bytes: number;
}

export interface DropStoreOptions {
  readonly evidence: Evidence;
  readonly within?: string;
  /** For all drops together. */
  readonly mostBytes?: number;
}

interface Drop {
  readonly folder: string;
  readonly files: string[];
  next: number;
  bytesLeft: number;
}

const gibibyte = 2 ** 30;
/** Larger files should be opened by their path. */
const usualMostBytes = 16 * gibibyte;
/** Bytes to leave free on the disk: a full disk stops other programs. */
const bytesLeftFree = gibibyte;
/** Each costs a request. */
const mostFiles = 100_000;

export function createDropStore({
  evidence,
  within = tmpdir(),
  mostBytes = usualMostBytes,
}: DropStoreOptions): DropStore {
  const drops = new Map<string, Drop>();
  let root: string | null = null;
  let bytesTaken = 0;

  function find(id: string): Drop {
    const drop = drops.get(id);
    if (drop === undefined) throw new AppError('not-found', 'that drop was not begun');
    return drop;
  }

  /** The folder of earlier drops may be within what was opened since. */
  function checkEvidence(folder = root ?? within): void {
    if (!evidence.holds(join(folder, 'x'))) return;
    throw noRoom(`copies would be written to ${folder}, within the opened evidence`);
  }

  async function checkRoom({ files, bytes }: DropSize): Promise<void> {
    checkEvidence();
    if (files > mostFiles) throw noRoom(`${String(files)} files were dropped, and at most ${String(mostFiles)} can be`);
    const { bavail, bsize } = await statfs(within);
    const free = Math.max(0, bavail * bsize - bytesLeftFree);
    const room = Math.min(mostBytes - bytesTaken, free);
    if (bytes > room) {
      const why = free < mostBytes - bytesTaken ? `on the disk of ${within}` : 'for copies of dropped files';
      throw noRoom(`it takes ${gigabytes(bytes)}, and there is room for ${gigabytes(room)} ${why}`);
    }
  }

  return {
    async begin(announced) {
      await checkRoom(announced);
      root ??= makeOwnFolder(within);
      const id = randomUUID();
      const folder = join(root, id);
      await mkdir(folder, { mode: 0o700 });
      bytesTaken += announced.bytes;
      drops.set(id, { folder, files: [], next: 1, bytesLeft: announced.bytes });
      return id;
    },
    async receive(id, name, bytes) {
      const drop = find(id);
      checkEvidence(drop.folder);
      const path = join(drop.folder, `${String(drop.next++).padStart(6, '0')}-${harmlessName(name)}`);
      const within = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const piece of pieces) {
          drop.bytesLeft -= piece.length;
          if (drop.bytesLeft < 0) throw noRoom('more bytes arrived than were announced');
          yield piece;
        }
      };
      // Opened first: a stream that opens its file itself may still create it after it was removed.
      const file = await open(path, 'wx', 0o600);
      try {
        await pipeline(bytes, within, file.createWriteStream());
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      drop.files.push(path);
    },
    end(id) {
      const drop = find(id);
      drops.delete(id);
      const [first, ...others] = drop.files;
      if (first === undefined) return Promise.reject(new AppError('not-found', 'no file arrived'));
      const files = drop.files.length;
      return Promise.resolve(
        others.length === 0 ? { path: first, kind: 'file', files } : { path: drop.folder, kind: 'folder', files },
      );
    },
    async remove() {
      if (root !== null) await rm(root, { recursive: true, force: true });
    },
  };
}

function noRoom(reason: string): AppError {
  return new AppError('not-written', `The dropped files were not copied: ${reason}. Open it by its path instead.`);
}

function gigabytes(bytes: number): string {
  return `${(bytes / gibibyte).toFixed(1)} GB`;
}

/**
 * The tail of a file's name, for the import report alone: letters, digits, `.`, `_` and `-`.
 *
 * The number before it makes the name unique; this part cannot name a folder, a device or a hidden file.
 */
function harmlessName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return last.replace(/[^A-Za-z0-9._-]/g, '_').slice(-120);
}
