/** One part of a path that can be gone to. */
export interface Breadcrumb {
  readonly name: string;
  /** The whole path up to and with this part. */
  readonly path: string;
}

/**
 * The folders above a path and the folder itself, outermost first.
 *
 * Knows POSIX paths, Windows drives and network shares by their look, since the window may run on any of them.
 */
export function breadcrumbs(label: string): readonly Breadcrumb[] {
  const isWindows = /^[A-Za-z]:[\\/]/.test(label) || label.startsWith('\\\\');
  const separator = isWindows ? '\\' : '/';
  const root = isWindows ? (/^(\\\\[^\\/]+[\\/][^\\/]+[\\/]?|[A-Za-z]:[\\/])/.exec(label)?.[0] ?? '') : '/';
  if (!label.startsWith(root)) return [{ name: label, path: label }];

  const crumbs: Breadcrumb[] = [{ name: root, path: root }];
  let path = root;
  for (const name of label.slice(root.length).split(isWindows ? /[\\/]/ : '/')) {
    if (name === '') continue;
    path += path.endsWith(separator) ? name : separator + name;
    crumbs.push({ name, path });
  }
  return crumbs;
}
