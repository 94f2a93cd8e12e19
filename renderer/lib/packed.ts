/**
 * True where a file's text is not the bytes on disk: it is packed with gzip, or lies in an archive. By its path, which is all that
 * is shown of a file; `sizeBytes`, where it is known, shows that text reaches past the end of the file it came from.
 */
export function isPacked(path: string, end = 0, sizeBytes = Infinity): boolean {
  return path.includes('!/') || /\.gz$/i.test(path) || end > sizeBytes;
}

/**
 * The whole path of the file on disk that a member lies in. `path` and `label` tell the member's place, in short and in full;
 * `onDisk` is the file, in short.
 */
export function labelOnDisk(path: string, label: string, onDisk: string): string {
  if (path === onDisk) return label;
  const within = path.slice(onDisk.length);
  return path.startsWith(onDisk) && label.endsWith(within) ? label.slice(0, -within.length) : onDisk;
}
