import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { EngineSource } from '#contract/api';
import { AppError } from '#contract/errors';
import { sourceId, type SourceId } from '#contract/ids';
import type { SourceRef } from '#contract/sources';
import { lostBytesText } from '#engine/sources/raw-path';

/**
 * The paths that the window may use: those the user chose, or that a listing showed.
 *
 * The window holds random ids; the paths behind them stay here. The same path keeps its id.
 */
export interface SourceRegistry {
  /** Looks at a path on disk. Rejects with `not-found`, or `not-readable` for what is neither a file nor a folder. */
  add(path: string): Promise<SourceRef>;
  /** Adds a path without checking the disk. */
  note(path: string, kind: SourceRef['kind']): SourceRef;
  /** Adds a copy that lasts as long as the process, shown by the original name. */
  noteCopy(path: string, kind: SourceRef['kind'], name: string): SourceRef;
  isCopy(id: SourceId): boolean;
  /** The source with its path. Throws `not-found` for an id that was never handed out. */
  find(id: SourceId): EngineSource;
}

export function createSourceRegistry(): SourceRegistry {
  const byId = new Map<SourceId, EngineSource>();
  const byPath = new Map<string, EngineSource>();
  const copies = new Set<SourceId>();

  function note(path: string, kind: SourceRef['kind'], shown = basename(path) || path): SourceRef {
    const known = byPath.get(path);
    if (known?.kind === kind) return refOf(known);
    const id = known?.sourceId ?? sourceId(randomUUID());
    const source: EngineSource = { sourceId: id, kind, name: shown, label: path, path };
    byId.set(id, source);
    byPath.set(path, source);
    return refOf(source);
  }

  return {
    note: (path, kind) => note(resolve(path), kind),
    noteCopy(path, kind, name) {
      const ref = note(path, kind, name);
      copies.add(ref.sourceId);
      return ref;
    },
    isCopy: (id) => copies.has(id),
    async add(path) {
      return note(resolve(path), await kindOf(path));
    },
    find(id) {
      const source = byId.get(id);
      if (source !== undefined) return source;
      throw new AppError('not-found', 'that file or folder is no longer known; choose it again');
    },
  };
}

/** What a path is. Rejects as {@link SourceRegistry.add} does. */
async function kindOf(path: string): Promise<SourceRef['kind']> {
  // A NUL byte makes Node throw a programming error where the user only mistyped.
  if (path === '' || path.includes('\0')) throw new AppError('not-found', 'that is not a path');
  try {
    const info = await stat(path);
    if (info.isDirectory()) return 'folder';
    if (info.isFile()) return 'file';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EPERM') {
      throw new AppError('not-readable', `${path} may not be read`, { hint: 'Check its permissions.' });
    }
    const lost = lostBytesText(resolve(path));
    throw new AppError('not-found', lost === null ? `${path} does not exist` : `${path} is not found: ${lost}`);
  }
  throw new AppError('not-readable', `${path} is neither a file nor a folder`);
}

function refOf({ sourceId, kind, name, label }: EngineSource): SourceRef {
  return { sourceId, kind, name, label };
}
