import { readlinkSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** As many as Linux follows before it gives up. */
const mostLinks = 40;

/**
 * Whether a path is `folder` or lies below it on disk, whether or not it exists yet.
 *
 * Folders are compared by their number on disk, since one folder can have many names: links, letters of another case, composed and decomposed
 * accents, short names of Windows. Names are compared too, for what does not exist and for disks without such numbers.
 */
export function isInside(folder: string, path: string): boolean {
  return insideTest(path)(folder);
}

/** {@link isInside} of one path, for many folders. */
export function insideTest(path: string): (folder: string) => boolean {
  const names = new Set<string>();
  const ids = new Set<string | null>();
  for (let at = realPath(path); !names.has(at); at = dirname(at)) {
    names.add(at);
    ids.add(idOf(at));
  }
  ids.delete(null);
  return (folder) => {
    const real = realPath(folder);
    return names.has(real) || ids.has(idOf(real));
  };
}

/** Follows links as far as something exists; what does not exist yet keeps its name, at the target of a link that leads to nothing. */
function realPath(path: string, links = mostLinks): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    // Looked at part by part.
  }
  const above = dirname(absolute);
  if (above === absolute || links === 0) return absolute;
  const realAbove = realPath(above, links - 1);
  try {
    return realPath(resolve(realAbove, readlinkSync(absolute)), links - 1);
  } catch {
    return join(realAbove, basename(absolute));
  }
}

/** A number that identifies a file or folder; null where it does not exist, or the disk has no such numbers. */
function idOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return ino === 0n ? null : `${String(dev)}:${String(ino)}`;
  } catch {
    return null;
  }
}
