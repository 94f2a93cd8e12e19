import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contract/errors';

/**
 * Where files dropped on a browser's page go: a browser tells no path, so their bytes are copied to a temporary folder, which is
 * removed at the end.
 */
export interface DropStore {
  /** Begins a drop of any number of files. */
  begin(): Promise<string>;
  /** Stores one file. Rejects with `not-found` for a drop that was not begun, and when the bytes break off. */
  receive(drop: string, name: string, bytes: Readable): Promise<void>;
  /** Ends a drop. Its folder, or its one file. Rejects with `not-found` where nothing arrived. */
  end(drop: string): Promise<{ readonly path: string; readonly kind: 'folder' | 'file'; readonly files: number }>;
  /** Removes all that was stored. */
  remove(): Promise<void>;
}

interface Drop {
  readonly folder: string;
  readonly files: string[];
  next: number;
}

export function createDropStore(within = tmpdir()): DropStore {
  const drops = new Map<string, Drop>();
  let root: Promise<string> | null = null;

  function find(id: string): Drop {
    const drop = drops.get(id);
    if (drop === undefined) throw new AppError('not-found', 'that drop was not begun');
    return drop;
  }

  return {
    async begin() {
      root ??= mkdtemp(join(within, 'trailglass-'));
      const id = randomUUID();
      const folder = join(await root, id);
      await mkdir(folder, { mode: 0o700 });
      drops.set(id, { folder, files: [], next: 1 });
      return id;
    },
    async receive(id, name, bytes) {
      const drop = find(id);
      const path = join(drop.folder, `${String(drop.next++).padStart(6, '0')}-${harmlessName(name)}`);
      try {
        await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
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
      if (root !== null) await rm(await root, { recursive: true, force: true });
    },
  };
}

/**
 * The tail of a file's name, for the import report alone: letters, digits, `.`, `_` and `-`.
 *
 * The number before it makes the file's name; this part can name no folder, no device and no hidden file.
 */
function harmlessName(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return last.replace(/[^A-Za-z0-9._-]/g, '_').slice(-120);
}
