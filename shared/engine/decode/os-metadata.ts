/**
 * Files that computers leave in folders, and one that AWS leaves in buckets.
 *
 * A name proves nothing: such a file is read like any other, and is ignored if nothing could be read in it.
 */

const names: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', 'aws-logs-write-test']);

/** Whether a file's name is one of OS metadata. @param path with `/`, of any length */
export function isOsMetadataName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return names.has(name) || name.startsWith('._');
}
