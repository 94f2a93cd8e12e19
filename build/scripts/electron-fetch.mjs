/** Fetches Electron's program: its npm package brings none. A stall ends it, however long the whole takes, and nothing half done stays. */
import { readFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PlainError, fromRoot } from './project.mjs';

/** The packages are those of Electron's own installer. */
const require = createRequire(fromRoot('node_modules', 'electron', 'package.json'));
const usualStallMs = 30_000;
const megabyte = 1_000_000;

/**
 * @typedef {object} FetchOptions
 * @property {string} folder of the npm package: `node_modules/electron`
 * @property {string} program where its program will be, below `dist`
 * @property {(message: string) => void} say for progress, a line about every tenth
 * @property {number} [stallMs] it is given up after so long without a byte
 */

/**
 * Fetches the version of the package for this system into `dist`. A zip in Electron's cache is used instead of the network, and what is fetched
 * is kept there. Either must have the checksum that the npm package names. The variables of `@electron/get` apply: ELECTRON_MIRROR and the like.
 *
 * @param {FetchOptions} options
 * @throws {PlainError} with the reason, as part of a sentence
 */
export async function fetchElectron({ folder, program, say, stallMs = usualStallMs }) {
  // On the same disk as `dist`, so that it can be renamed; a folder left by a fetch that was killed is removed.
  const work = join(folder, 'fetching');
  rmSync(work, { recursive: true, force: true });
  try {
    mkdirSync(work, { recursive: true });
    const zip = await download({ folder, work, say, stallMs });
    const unpacked = join(work, 'dist');
    say('Unpacking …');
    const { extract } = await import(pathToFileURL(require.resolve('@electron-internal/extract-zip')).href);
    await extract(zip, { dir: unpacked });
    if (!existsSync(join(unpacked, program))) throw new PlainError(`${basename(zip)} holds no ${program}`);
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    renameSync(unpacked, join(folder, 'dist'));
    // By this file the package's own index.js knows that its program is here.
    writeFileSync(join(folder, 'path.txt'), program);
  } catch (error) {
    throw new PlainError(reasonOf(error));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {{ folder: string, work: string, say: (message: string) => void, stallMs: number }} options
 * @returns {Promise<string>} the zip's path
 */
async function download({ folder, work, say, stallMs }) {
  const { downloadArtifact } = await import(pathToFileURL(require.resolve('@electron/get')).href);
  const controller = new AbortController();
  const stalled = () => controller.abort(new PlainError(`nothing arrived for ${stallMs / 1000} s`));
  let timer = setTimeout(stalled, stallMs);
  let nextTenth = 0;
  /** @param {{ transferred: number, total: number | null }} progress */
  const onProgress = ({ transferred, total }) => {
    clearTimeout(timer);
    timer = setTimeout(stalled, stallMs);
    const tenth = total === null ? Math.floor(transferred / (10 * megabyte)) : Math.floor((transferred / total) * 10);
    if (tenth < nextTenth) return;
    nextTenth = tenth + 1;
    const size = (/** @type {number} */ bytes) => Math.round(bytes / megabyte);
    say(total === null ? `  ${size(transferred)} MB` : `  ${size(transferred)} of ${size(total)} MB`);
  };
  const { ELECTRON_INSTALL_PLATFORM: platform, ELECTRON_INSTALL_ARCH: arch } = process.env;
  try {
    return await downloadArtifact({
      version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version,
      artifactName: 'electron',
      checksums: JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8')),
      cacheRoot: process.env['electron_config_cache'],
      ...(platform === undefined ? {} : { platform }),
      ...(arch === undefined ? {} : { arch }),
      tempDirectory: work,
      downloadOptions: { quiet: true, signal: controller.signal, getProgressCallback: onProgress },
    });
  } catch (error) {
    // What fetch throws then may be a general error of a stream.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What went wrong, in one line: the innermost cause.
 *
 * @param {unknown} error
 * @returns {string}
 */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error);
  // "fetch failed" alone tells nothing; an error of several addresses has no message of its own.
  if (error.cause instanceof Error) return reasonOf(error.cause);
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error.message;
}
