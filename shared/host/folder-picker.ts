import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { AppError } from '#contract/errors';
import type { FolderEntry, FolderListing, SourceRef } from '#contract/sources';
import type { SourceRegistry } from './source-registry';

/** More names than a person scrolls through, few enough to send and draw at once. */
const mostEntries = 2_000;

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** One directory for the window's own picker: folders first, then files, each by name with the hidden last. What is neither is left out. */
export async function listFolder(path: string, registry: SourceRegistry): Promise<FolderListing> {
  const folder = await registry.add(path);
  const names = await namesIn(path);
  const looked = await Promise.all(names.map((name) => look(path, name)));
  const found = looked.filter((entry) => entry !== null);
  // Node loses the bytes of names that are not UTF-8, so these cannot be chosen; opening the folder reads them.
  const lost = looked.filter((entry, at) => entry === null && names[at]?.includes('\ufffd') === true).length;
  found.sort((a, b) => rank(a) - rank(b) || byName.compare(a.name, b.name));
  const above = dirname(path);
  return {
    folder,
    parent: above === path ? null : registry.note(above, 'folder'),
    entries: found
      .slice(0, mostEntries)
      .map((entry): FolderEntry => ({ ...registry.note(entry.path, entry.kind), sizeBytes: entry.sizeBytes })),
    hidden: Math.max(0, found.length - mostEntries) + lost,
  };
}

/** A path as a person types or pastes it: with `~`, in quotes, or relative to the home folder. */
export function typedPath(typed: string, home = homedir()): string {
  const plain = typed.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (plain === '') throw new AppError('not-found', 'type a path');
  if (plain === '~') return home;
  if (plain.startsWith('~/') || plain.startsWith('~\\')) return join(home, plain.slice(2));
  return isAbsolute(plain) ? resolve(plain) : resolve(home, plain);
}

/** A home folder is full of programs' hidden folders, which must not push the logs out of view. */
function rank({ kind, name }: Seen): number {
  return (kind === 'folder' ? 0 : 2) + (name.startsWith('.') ? 1 : 0);
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('not-readable', `${path} cannot be listed: ${reason}`);
  }
}

interface Seen {
  readonly path: string;
  readonly name: string;
  readonly kind: SourceRef['kind'];
  readonly sizeBytes: number | null;
}

/** Follows links; null where it is missing, a broken link, or neither a file nor a folder. */
async function look(folder: string, name: string): Promise<Seen | null> {
  const path = join(folder, name);
  try {
    const info = await stat(path);
    if (info.isDirectory()) return { path, name, kind: 'folder', sizeBytes: null };
    return info.isFile() ? { path, name, kind: 'file', sizeBytes: info.size } : null;
  } catch {
    return null;
  }
}
