/**
 * What the paths of a source's files begin with: no two files are shown under one path, whatever is opened and when, and a path that was
 * shown does not change.
 */
import type { EngineSource } from '#contract/api';

type Named = Pick<EngineSource, 'kind' | 'name'> & { readonly path: string };

/**
 * One prefix for each source; empty or ending with `/`. Empty for a folder opened alone and for files; else the source's name. A number is
 * added where that is taken.
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

/** The first part of a path, which no other source's paths may begin with. It may be a folder, a file or an archive. */
export function pathRoot(path: string): string {
  const end = path.indexOf('/');
  return (end < 0 ? path : path.slice(0, end)).replace(/!+$/, '');
}

/** The name without slashes: the root of a file system consists of them, and a name may contain its parent folder. */
function folderPrefix(name: string): string {
  return `${name.replace(/^\/+|\/+$/g, '') || 'root'}/`;
}

/** Adds the number to the first part, since that is the one that must differ. */
function numbered(wanted: string, own: string, count: number): string {
  const [first = '', ...rest] = (wanted === '' ? `${own}/` : wanted).split('/');
  return [`${first} (${count})`, ...rest].join('/');
}
