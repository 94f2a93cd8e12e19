/** Names of archive members, shortened for keeping. */

/** Longer than any system's paths in practice, and than S3's keys. */
const maxLength = 1024;

/**
 * The name, or its start and end where it is absurdly long: a packed megabyte could hold a gigabyte of names, and
 * each is kept as long as its archive is open.
 */
export function shownName(name: string): string {
  if (name.length <= maxLength) return name;
  return `${name.slice(0, maxLength / 2)}…${name.slice(1 - maxLength / 2)}`;
}
