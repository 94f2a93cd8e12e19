/** Shows whether a file has changed without reading it: recorded when it is listed, compared whenever it is opened again. */
import type { Stats } from 'node:fs';

export interface FileState {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** When the system last changed any metadata of the file: unlike `mtimeMs`, no program can set it. */
  readonly ctimeMs: number;
  /** The file's number in its file system: a file that replaces it has another. */
  readonly inode: number;
}

export function fileState({ size, mtimeMs, ctimeMs, ino }: Stats): FileState {
  return { sizeBytes: size, mtimeMs, ctimeMs, inode: ino };
}

/** Whether it is the same file, and nothing says that its content has changed. */
export function isSameContentState(one: FileState, other: FileState): boolean {
  return hasSameTimeAndSize(one, other) && one.inode === other.inode;
}

/** The same, and its metadata (permissions, name, links) have not changed either. */
export function isSameState(one: FileState, other: FileState): boolean {
  return isSameContentState(one, other) && one.ctimeMs === other.ctimeMs;
}

/** Whether nothing changed that a copied, renamed or linked file would keep. */
export function hasSameTimeAndSize(one: FileState, other: FileState): boolean {
  return one.sizeBytes === other.sizeBytes && one.mtimeMs === other.mtimeMs;
}
