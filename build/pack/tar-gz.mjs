/** Packs a folder as tar.gz, the same to the bit for the same content: in the order of names, with one time and one owner. */
import { createWriteStream, lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { packedAt } from './packed-at.mjs';

const blockBytes = 512;

/**
 * @param {string} folder
 * @param {string} path of the archive
 * @param {string} top the name of the folder inside the archive
 */
export async function writeTarGz(folder, path, top) {
  // Node writes no time into the head of a gzip file, and always the same system.
  await pipeline(Readable.from(tarOf(folder, top)), createGzip({ level: 9 }), createWriteStream(path));
}

/**
 * The archive in parts, in the ustar format: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 *
 * @param {string} folder
 * @param {string} top
 * @returns {Generator<Buffer>}
 */
function* tarOf(folder, top) {
  yield* entriesOf(folder, top);
  yield Buffer.alloc(2 * blockBytes);
}

/**
 * @param {string} path
 * @param {string} name in the archive
 * @returns {Generator<Buffer>}
 */
function* entriesOf(path, name) {
  const stats = lstatSync(path);
  const isRunnable = (stats.mode & 0o111) !== 0;
  if (stats.isDirectory()) {
    yield headerOf(`${name}/`, { type: '5', mode: 0o755 });
    for (const child of readdirSync(path).sort()) yield* entriesOf(join(path, child), `${name}/${child}`);
  } else if (stats.isSymbolicLink()) {
    yield headerOf(name, { type: '2', mode: 0o777, link: readlinkSync(path) });
  } else {
    const bytes = readFileSync(path);
    yield headerOf(name, { type: '0', mode: isRunnable ? 0o755 : 0o644, size: bytes.length });
    yield bytes;
    yield Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes);
  }
}

/**
 * @param {string} name
 * @param {{ type: '0' | '2' | '5', mode: number, size?: number, link?: string }} entry
 */
function headerOf(name, { type, mode, size = 0, link = '' }) {
  const [prefix, last] = splitName(name);
  if (Buffer.byteLength(link) > 100) throw new Error(`${name}: a link to ${link} is too long for a tar archive`);
  const header = Buffer.alloc(blockBytes);
  /** @param {number} value @param {number} at @param {number} length */
  const octal = (value, at, length) => header.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  header.write(last, 0);
  octal(mode, 100, 8);
  octal(0, 108, 8); // The owner and its group: root, as in a package.
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(packedAt, 136, 12);
  header.fill(' ', 148, 156); // The checksum counts as spaces while it is summed.
  header.write(type, 156);
  header.write(link, 157);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  header[154] = 0;
  return header;
}

/**
 * A name of more than 100 bytes is cut at a slash: at most 155 bytes before it, at most 100 behind.
 *
 * @param {string} name
 * @returns {readonly [prefix: string, last: string]}
 */
function splitName(name) {
  if (Buffer.byteLength(name) <= 100) return ['', name];
  for (let at = name.indexOf('/'); at > 0; at = name.indexOf('/', at + 1)) {
    const last = name.slice(at + 1);
    if (last !== '' && Buffer.byteLength(last) <= 100 && at <= 155) return [name.slice(0, at), last];
  }
  throw new Error(`${name} is too long for a tar archive`);
}
