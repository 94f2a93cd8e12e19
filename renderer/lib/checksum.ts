/**
 * A file's checksum as `sha256sum --tag` writes it and `sha256sum --check` reads it: the name as it is; in a name with a
 * backslash or a line end those are escaped, and a backslash before the line says so (GNU coreutils manual, "md5sum
 * invocation").
 */
export function checksumLine(name: string, sha256: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}SHA256 (${escaped}) = ${sha256}`;
}
