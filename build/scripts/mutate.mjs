/**
 * Do the tests notice a mistake? Makes small mistakes by chance in the rules of core and engine, one at a time, and runs the tests
 * that should fail. A mistake that no test notices survives: it is listed, to be killed by a better test, or to be found harmless.
 *
 *     npm run mutate -- [--count 200] [--seed 1] [--only shared/core/time.ts] [--pick 3,17] [--near]
 *
 * The same seed makes the same mistakes while the sources stay the same, and so `--pick` tries the survivors of a run again, by
 * their numbers. Tests are run from the nearest outwards until one fails: the test of the same name, those of the same folder, all
 * that import the file. `--near` leaves out the last, which takes minutes for a file that everything imports.
 *
 * A mistake the compiler finds by itself is not counted. One that makes the tests run far longer than they do is counted as killed.
 * The mistake is written into the sources, and taken out again whatever happens; only a killed process (SIGKILL) can leave one
 * behind, and `git checkout` takes it out. So the sources must be committed before.
 */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, posix, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { changeText, findMutations, shuffled, typeChecker } from './mutations.mjs';
import { PlainError, fromRoot, root, runMain, say } from './project.mjs';

/** Where mistakes are made, the innermost folder first, and which tests are near: what the paths of their files contain. */
const nearTests = new Map([
  ['shared/core/query', ['unit/core/query']],
  ['shared/core/diff', ['unit/core/diff']],
  ['shared/core', ['unit/core']],
  ['shared/engine/index', ['engine/index', 'engine/search', 'engine/visibility']],
  ['shared/engine/visibility', ['engine/visibility', 'engine/search', 'partial-records', 'several-sources']],
  ['shared/engine/search', ['engine/search', 'engine/index', 'engine/engine.test']],
  ['shared/engine/formats', ['engine/formats', 'record-reader', 'read-record', 'decode-file', 'two-events', 'unwrap']],
]);
const folders = [...nearTests.keys()];

/**
 * @param {string} folder
 * @returns {string[]} paths below the project's folder
 */
function filesBelow(folder) {
  const names = readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' });
  return names.map((name) => posix.join(folder, ...name.split(sep)));
}

/** Not the kernels: AssemblyScript is another language, with a compiler of its own. */
function sourceFiles() {
  const files = new Set(folders.flatMap(filesBelow));
  return [...files].filter((file) => /^(?!.*\/kernel\/).*(?<!\.d)\.ts$/.test(file)).sort();
}

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;
let isStopped = false;

/** Ends the runner with all processes it started: a test that never ends does not notice that its runner is gone. */
function endRunner() {
  try {
    if (running?.pid !== undefined) process.kill(-running.pid, 'SIGKILL');
  } catch {
    // All of them have ended by themselves.
  }
}

/**
 * @param {string[]} args of vitest
 * @param {number} limitMs
 * @returns {Promise<'passed' | 'failed' | 'too slow'>}
 */
function runTests(args, limitMs) {
  return new Promise((resolve) => {
    const options = ['--run', '--project', 'unit', '--bail', '1', '--maxWorkers', '1', '--no-isolate'];
    const all = [fromRoot('node_modules/vitest/vitest.mjs'), ...args, ...options];
    const child = spawn(process.execPath, all, { cwd: root, stdio: 'ignore', detached: true });
    running = child;
    let isTooSlow = false;
    const timer = setTimeout(() => {
      isTooSlow = true;
      endRunner();
    }, limitMs);
    child.on('exit', (code) => {
      clearTimeout(timer);
      endRunner();
      running = undefined;
      resolve(isTooSlow ? 'too slow' : code === 0 ? 'passed' : 'failed');
    });
  });
}

/**
 * Groups of tests from the nearest outwards, each as arguments of vitest.
 *
 * @param {string} file
 * @param {boolean} isNear
 * @returns {{ own: string[], near: string[], related: string[] }} empty where there are none
 */
function testsOf(file, isNear) {
  const near = nearTests.get(folders.find((name) => file.startsWith(`${name}/`)) ?? '') ?? [];
  const own = filesBelow('tests/unit').filter(
    (test) => test.endsWith(`/${basename(file, '.ts')}.test.ts`) && near.some((part) => test.includes(part)),
  );
  return { own, near, related: isNear ? [] : ['related', file] };
}

/** @type {Map<string, number>} how long a group of tests takes without any mistake, in milliseconds */
const usualMs = new Map();

/**
 * @param {string[]} args of vitest
 * @returns {Promise<number>} milliseconds after which the tests count as hanging
 * @throws {PlainError} where they fail without any mistake: then nothing could be learned from them
 */
async function limitFor(args) {
  const key = args.join(' ');
  let ms = usualMs.get(key);
  if (ms === undefined) {
    const startedAt = Date.now();
    const outcome = await runTests(args, 15 * 60_000);
    if (outcome !== 'passed' && !isStopped)
      throw new PlainError(`These tests fail with the sources as they are: ${key}`);
    ms = Date.now() - startedAt;
    usualMs.set(key, ms);
  }
  return 4 * ms + 30_000;
}

/**
 * @param {import('./mutations.mjs').Mutation} mutation
 * @param {string} text of the file without the mistake
 * @param {boolean} isNear
 */
async function tryOut(mutation, text, isNear) {
  const path = fromRoot(mutation.file);
  const restore = () => writeFileSync(path, text);
  const { own, near, related } = testsOf(mutation.file, isNear);
  for (const args of [own, near, related]) {
    if (args.length === 0) continue;
    // Its own tests are some of the near ones.
    const limitMs = await limitFor(args === own ? near : args);
    if (isStopped) return 'stopped';
    process.once('exit', restore);
    try {
      writeFileSync(path, changeText(text, mutation));
      const outcome = await runTests(args, limitMs);
      if (outcome !== 'passed') return outcome === 'failed' ? 'killed' : 'too slow';
    } finally {
      restore();
      process.off('exit', restore);
    }
  }
  return 'survived';
}

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      pick: { type: 'string' },
      near: { type: 'boolean', default: false },
    },
  });
  const changed = execFileSync('git', ['status', '--porcelain', '--', ...folders], { cwd: root, encoding: 'utf8' });
  if (changed !== '')
    throw new PlainError(`Commit or take back these changes first; mistakes are made in the same files:\n${changed}`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      isStopped = true;
      endRunner();
    });
  }

  const rules = sourceFiles();
  const wanted = rules.filter((file) => file.startsWith(values.only));
  const texts = new Map(wanted.map((file) => [file, readFileSync(fromRoot(file), 'utf8')]));
  const all = [...texts].flatMap(([file, text]) => findMutations(file, text));
  const chosen = shuffled(all, Number(values.seed)).slice(0, Number(values.count));
  const picked = values.pick?.split(',').map(Number);
  const compiles = typeChecker(rules);
  /** @type {Record<string, number>} */
  const counts = { killed: 0, 'too slow': 0, survived: 0, 'does not compile': 0 };
  say(`${all.length} places for a mistake in ${wanted.length} files; ${picked?.length ?? chosen.length} are tried.`);

  for (const [index, mutation] of chosen.entries()) {
    if (picked && !picked.includes(index + 1)) continue;
    const text = texts.get(mutation.file) ?? '';
    const outcome = compiles(mutation, text) ? await tryOut(mutation, text, values.near) : 'does not compile';
    if (isStopped) break;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    const change = `${mutation.file}:${mutation.line}  ${mutation.before}  →  ${mutation.after}`;
    process.stdout.write(`${outcome.padEnd(16)} ${String(index + 1).padStart(4)}  ${change}\n`);
  }
  const tried = (counts['killed'] ?? 0) + (counts['too slow'] ?? 0) + (counts['survived'] ?? 0);
  const share = tried === 0 ? 0 : ((counts['survived'] ?? 0) / tried) * 100;
  say(
    Object.entries(counts)
      .map(([outcome, count]) => `${outcome}: ${count}`)
      .join(', '),
  );
  say(`${share.toFixed(1)} % of ${tried} mistakes survived.`);
  return isStopped ? 130 : 0;
});
