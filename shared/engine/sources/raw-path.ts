/**
 * Paths with names that are not UTF-8, which Linux allows.
 *
 * Such a path is still a string. Each byte that is not UTF-8 becomes the lone surrogate U+DC00 plus the byte, as Python does it
 * (PEP 383): no UTF-8 name contains one, so the original bytes can be restored.
 */
import { isUtf8 } from 'node:buffer';
import { readdirSync, realpathSync, type Dirent } from 'node:fs';
import { sep } from 'node:path';
import { isWellFormed } from '../text/wtf8';

const escape = 0xdc00;

/** The path of these bytes, as a string that {@link onDisk} turns back. */
export function pathOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let path = '';
  for (let at = 0; at < buffer.length;) {
    const length = [1, 2, 3, 4].find((count) => isUtf8(buffer.subarray(at, at + count))) ?? 0;
    path += length === 0 ? String.fromCharCode(escape + (buffer[at] ?? 0)) : buffer.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return path;
}

/** The path as the system expects it. */
export function onDisk(path: string): string | Buffer {
  if (isWellFormed(path)) return path;
  const parts = Array.from(path, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return isEscaped(code) ? Buffer.from([code - escape]) : Buffer.from(character);
  });
  return Buffer.concat(parts);
}

/** A path for display: a byte that is not UTF-8 becomes `\xE9`. */
export function shownPath(path: string): string {
  if (isWellFormed(path)) return path;
  return Array.from(path, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return isEscaped(code) ? `\\x${(code - escape).toString(16).toUpperCase()}` : character;
  }).join('');
}

function isEscaped(code: number): boolean {
  return code >= escape + 0x80 && code <= escape + 0xff;
}

export interface NamedEntry {
  readonly name: string;
  readonly kind: Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>;
}

/** The entries of a folder. Throws the system's error. */
export function entriesOf(folder: string): readonly NamedEntry[] {
  const path = onDisk(folder);
  const entries = readdirSync(path, { withFileTypes: true });
  // Read again as bytes only where a name may have lost some.
  if (!entries.some(({ name }) => name.includes('\ufffd'))) return entries.map((kind) => ({ name: kind.name, kind }));
  const raw = readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
  return raw.map((kind) => ({ name: pathOfBytes(kind.name), kind }));
}

/** The path with all links resolved. Throws the system's error. */
export function realPath(path: string): string {
  return pathOfBytes(realpathSync(onDisk(path), 'buffer'));
}

/** What Node puts for bytes that are not UTF-8, in arguments and dialog results. */
const replacement = '\ufffd';

/**
 * Advice for a path that is not found because bytes of a name were lost in decoding; null where it simply does not exist.
 *
 * @param path absolute
 */
export function lostBytesText(path: string): string | null {
  const parts = path.split(sep);
  const at = parts.findIndex((part) => part.includes(replacement));
  const folder = parts.slice(0, at).join(sep) || sep;
  try {
    if (at < 0 || !readdirSync(folder).includes(parts[at] ?? '')) return null;
  } catch {
    return null;
  }
  return `its name is not UTF-8, and so cannot be given here: open the folder above it (${folder}), which reads it too`;
}
