/** Files that computers leave in folders, and one that AWS leaves in buckets. None of them holds events. */

const names: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', 'aws-logs-write-test']);

/** Whether a file is known by its name to be none of the user's. @param path with `/`, of any length */
export function isHousekeeping(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return names.has(name) || name.startsWith('._') || path.startsWith('__MACOSX/') || path.includes('/__MACOSX/');
}
