import { basename } from 'node:path';
import type { ListedFile } from './listed-file';
import { shownPath } from './raw-path';

/** The path on disk of a listed file, relative to the opened source, and the member's name where it is a member of a zip. */
export function onDiskOf({ path, relative, steps }: ListedFile): {
  readonly onDisk: string;
  readonly member: string | null;
} {
  const name = `${shownPath(basename(path))}!/`;
  const at = steps.length === 0 ? -1 : relative.indexOf(name);
  if (at < 0) return { onDisk: relative, member: null };
  return { onDisk: relative.slice(0, at + name.length - 2), member: relative.slice(at + name.length) };
}
