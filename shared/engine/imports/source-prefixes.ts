/**
 * What the paths of a source's files begin with, so that no two files are shown under one path, whatever was opened together or one
 * after another, and so that a path that was shown stays.
 */
import type { EngineSource } from '#contract/api';

type Named = Pick<EngineSource, 'kind' | 'name'> & { readonly path: string };

/**
 * One prefix for each source; empty or ending with `/`. A folder opened alone needs none; every other one begins with its name, and a
 * file with nothing but its own. Where that is taken, a number is added.
 *
 * @param fileNames the name on disk of each source
 * @param taken see {@link pathRoot}: of all paths that are shown already
 */
export function sourcePrefixes(
  sources: readonly Named[],
  fileNames: readonly string[],
  taken: ReadonlySet<string>,
): readonly string[] {
  const [first, ...others] = sources;
  if (first?.kind === 'folder' && others.length === 0 && taken.size === 0) return [''];
  const used = new Set(taken);
  return sources.map(({ kind, name }, at) => {
    const wanted = kind === 'folder' ? folderPrefix(name) : '';
    const own = fileNames[at] ?? name;
    let prefix = wanted;
    for (let count = 2; used.has(pathRoot(prefix + own)); count++) prefix = numbered(wanted, own, count);
    used.add(pathRoot(prefix + own));
    return prefix;
  });
}

/** What of a path no other source's paths may begin with: its first part, be it an archive or the way into that. */
export function pathRoot(path: string): string {
  const end = path.indexOf('/');
  return (end < 0 ? path : path.slice(0, end)).replace(/!+$/, '');
}

/** The root of a file system has a name of slashes alone, and what was told apart by the folder above has one within. */
function folderPrefix(name: string): string {
  return `${name.replace(/^\/+|\/+$/g, '') || 'root'}/`;
}

/** The number stands in the first part, which is the one that has to differ. */
function numbered(wanted: string, own: string, count: number): string {
  const [first = '', ...rest] = (wanted === '' ? `${own}/` : wanted).split('/');
  return [`${first} (${count})`, ...rest].join('/');
}
