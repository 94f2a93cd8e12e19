/**
 * Builds the programs whose sources changed since they were last built.
 *
 * Each program has a stamp: a hash over the folders it is made from. Comparing contents rather than times survives `git clone`,
 * `git checkout` and copied folders.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PlainError, fromRoot, runNode, say } from './project.mjs';

/**
 * @typedef {object} Program
 * @property {string} name as `vite build --mode` takes it, or `sample`
 * @property {readonly string[]} sources folders and files it is made from
 * @property {string} output a file that is there once it is built
 */

const engineSources = ['shared/contract', 'shared/core', 'shared/engine'];

/** @type {readonly Program[]} */
const programs = [
  { name: 'engine', sources: engineSources, output: 'out/engine/engine-worker.js' },
  { name: 'host', sources: [...engineSources, 'shared/host'], output: 'out/host/serve.js' },
  { name: 'cli', sources: [...engineSources, 'shared/cli'], output: 'out/cli/query.js' },
  {
    name: 'tools',
    sources: [...engineSources, 'shared/cli', 'build/tools'],
    output: 'out/tools/bench.js',
  },
  { name: 'main', sources: [...engineSources, 'shared/host', 'electron'], output: 'out/electron/main.js' },
  { name: 'preload', sources: ['shared/contract', 'shared/core', 'electron'], output: 'out/electron/preload.cjs' },
  { name: 'renderer', sources: ['shared/contract', 'shared/core', 'renderer'], output: 'out/renderer/index.html' },
];

/** The archive the welcome screen offers: made by the tools, so it comes after them. */
const sample = { name: 'sample', sources: [...engineSources, 'build/tools'], output: 'out/sample/AWSLogs' };
const sampleEvents = 5_000;

/** What every program depends on beside its own sources. */
const commonSources = [
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'build/vite-assemblyscript.ts',
  'tsconfig.base.json',
  'build/scripts/build.mjs',
];

const stampFile = fromRoot('out', '.stamps.json');

/**
 * @param {string} path below the project's folder
 * @returns {string[]} every file at or below it, in a fixed order
 */
function filesBelow(path) {
  if (!existsSync(fromRoot(path))) return [];
  let entries;
  try {
    entries = readdirSync(fromRoot(path), { withFileTypes: true });
  } catch {
    return [path]; // A file.
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  );
}

/** @param {Program} program */
function stampOf(program) {
  const hash = createHash('sha256');
  for (const path of [...commonSources, ...program.sources].flatMap(filesBelow)) {
    if (path.endsWith('.md')) continue;
    hash
      .update(`${path}\0`)
      .update(readFileSync(fromRoot(path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @returns {Map<string, string>} the stamp of each program as last built */
function readStamps() {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(stampFile, 'utf8'))));
  } catch {
    return new Map();
  }
}

/** @param {ReadonlyMap<string, string>} stamps */
function writeStamps(stamps) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify(Object.fromEntries(stamps), null, 1)}\n`);
}

/** @param {Program} program */
async function make(program) {
  if (program.name === 'sample') {
    rmSync(fromRoot('out', 'sample'), { recursive: true, force: true });
    return runNode('out/tools/make-archive.js', [
      fromRoot('out', 'sample'),
      '--events',
      String(sampleEvents),
      '--seed',
      '1',
    ]);
  }
  if (program.name === 'main') rmSync(fromRoot('out', 'electron'), { recursive: true, force: true });
  return runNode('node_modules/vite/bin/vite.js', ['build', '--mode', program.name, '--logLevel', 'warn']);
}

/**
 * The programs whose sources changed since they were built, or that are missing, each with its present stamp.
 *
 * @param {ReadonlyMap<string, string>} stamps of the last build
 */
function staleAfter(stamps) {
  return [...programs, sample]
    .map((program) => /** @type {const} */ ([program, stampOf(program)]))
    .filter(([{ name, output }, stamp]) => stamps.get(name) !== stamp || !existsSync(fromRoot(output)));
}

/** @returns {boolean} whether {@link build} has nothing to do; writes nothing */
export function isBuilt() {
  return staleAfter(readStamps()).length === 0;
}

/**
 * Builds what is stale; says nothing when all is fresh.
 *
 * @param {{ force?: boolean }} [options]
 * @throws {PlainError} when a program could not be built; the compiler's own message was printed before
 */
export async function build({ force = false } = {}) {
  const stamps = force ? new Map() : readStamps();
  const stale = staleAfter(stamps);
  // Building main empties the folder that preload lies in.
  const names = new Set(stale.map(([{ name }]) => name));
  if (names.has('main') && !names.has('preload'))
    stale.push(
      ...programs
        .filter(({ name }) => name === 'preload')
        .map((program) => /** @type {const} */ ([program, stampOf(program)])),
    );
  if (stale.length === 0) return;

  say(`Building ${stale.map(([{ name }]) => name).join(', ')} …`);
  /** @type {string[]} */
  const failed = [];
  for (const [program, stamp] of stale) {
    stamps.delete(program.name);
    writeStamps(stamps);
    if (program === sample && failed.includes('tools')) continue;
    const code = await make(program);
    if (code !== 0 || !existsSync(fromRoot(program.output))) {
      failed.push(program.name);
      continue;
    }
    stamps.set(program.name, stamp);
    writeStamps(stamps);
  }
  if (failed.length > 0) throw new PlainError(`Building ${failed.join(', ')} failed; see the messages above.`);
}
