/**
 * Paths whose names are no UTF-8, which Linux allows: bytes in any encoding, or in none.
 *
 * A path stays a string all the same. Each byte that is no part of UTF-8 is the lone surrogate U+DC00 plus the byte, as Python does it
 * (PEP 383): no name in UTF-8 holds one, so that the bytes come back as they were.
 */
import { isUtf8 } from 'node:buffer';
import { readdirSync, realpathSync, type Dirent } from 'node:fs';
import { sep } from 'node:path';
import { isWellFormed } from '../text/wtf8';

const ESCAPE = 0xdc00;

/** The path of these bytes, as a string that {@link onDisk} turns back. */
export function pathOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let path = '';
  for (let at = 0; at < buffer.length;) {
    const length = [1, 2, 3, 4].find((count) => isUtf8(buffer.subarray(at, at + count))) ?? 0;
    path += length === 0 ? String.fromCharCode(ESCAPE + (buffer[at] ?? 0)) : buffer.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return path;
}

/** What to hand to the system for a path. */
export function onDisk(path: string): string | Buffer {
  if (isWellFormed(path)) return path;
  const parts = Array.from(path, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return isEscaped(code) ? Buffer.from([code - ESCAPE]) : Buffer.from(character);
  });
  return Buffer.concat(parts);
}

/** A path to be shown: a byte that is no part of UTF-8 as `\xE9`. */
export function shownPath(path: string): string {
  if (isWellFormed(path)) return path;
  return Array.from(path, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return isEscaped(code) ? `\\x${(code - ESCAPE).toString(16).toUpperCase()}` : character;
  }).join('');
}

function isEscaped(code: number): boolean {
  return code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff;
}

export interface NamedEntry {
  readonly name: string;
  readonly kind: Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>;
}

/** What stands in a folder. Throws what the system says. */
export function entriesOf(folder: string): readonly NamedEntry[] {
  const path = onDisk(folder);
  const entries = readdirSync(path, { withFileTypes: true });
  // Only where a name may have lost bytes are all of them read once more, as bytes.
  if (!entries.some(({ name }) => name.includes('\ufffd'))) return entries.map((kind) => ({ name: kind.name, kind }));
  const raw = readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
  return raw.map((kind) => ({ name: pathOfBytes(kind.name), kind }));
}

/** Where a path leads without links. Throws what the system says. */
export function realPath(path: string): string {
  return pathOfBytes(realpathSync(onDisk(path), 'buffer'));
}

/** What Node makes of bytes that are no UTF-8, in arguments and in what a dialog returns. */
const REPLACEMENT = '\ufffd';

/**
 * What to do about a path that is not found because bytes of a name in it were lost on the way here; null where it is just not there.
 *
 * @param path absolute
 */
export function lostBytesText(path: string): string | null {
  const parts = path.split(sep);
  const at = parts.findIndex((part) => part.includes(REPLACEMENT));
  const folder = parts.slice(0, at).join(sep) || sep;
  try {
    if (at < 0 || !readdirSync(folder).includes(parts[at] ?? '')) return null;
  } catch {
    return null;
  }
  return `its name is not UTF-8, and so cannot be given here: open the folder above it (${folder}), which reads it too`;
}
