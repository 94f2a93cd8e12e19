/**
 * Do the tests notice a mistake? Makes small mistakes by chance in the rules of core and engine, one at a time, and runs the tests
 * that should fail. A mistake that no test notices survives: it is listed, to be killed by a better test, or to be found harmless.
 *
 *     npm run mutate -- [--count 200] [--seed 1] [--only shared/core/time.ts] [--pick 3,17] [--near]
 *
 * The same seed makes the same mistakes while the sources stay the same, and so `--pick` tries the survivors of a run again, by
 * their numbers. Tests are run from the nearest outwards until one fails: the test of the same name, those of the same folder, all
 * unit tests. `--near` leaves out the last, which takes minutes: what survives the near tests is to be tried without it.
 *
 * A mistake the compiler finds by itself is not counted. One that makes the tests run far longer than they do is counted as killed.
 * The mistake is written into the sources, and taken out again whatever happens; only a killed process (SIGKILL) can leave one
 * behind, and `git checkout` takes it out. So the sources must be committed before.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, posix, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { changeText, findMutations, shuffled, typeChecker } from './mutations.mjs';
import { TestRunner, git } from './mutate-runner.mjs';
import { PlainError, fromRoot, runMain, say } from './project.mjs';

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

/**
 * The unit tests in two groups: what is near a file, its own test first; and all others.
 *
 * @param {string} file
 * @returns {{ own: string[], near: string[], far: string[] }} paths below the project's folder
 */
function testsOf(file) {
  const parts = nearTests.get(folders.find((name) => file.startsWith(`${name}/`)) ?? '') ?? [];
  const all = filesBelow('tests/unit').filter(
    (test) => test.endsWith('.test.ts') && !test.startsWith('tests/unit/renderer/'),
  );
  /** @param {string} test */
  const isNear = (test) => parts.some((part) => test.includes(part));
  /** @param {string} test */
  const isOwn = (test) => isNear(test) && test.endsWith(`/${basename(file, '.ts')}.test.ts`);
  return {
    own: all.filter(isOwn),
    near: all.filter((test) => isNear(test) && !isOwn(test)),
    far: all.filter((test) => !isNear(test)),
  };
}

const runner = new TestRunner();
let isStopped = false;

/**
 * @param {import('./mutations.mjs').Mutation} mutation
 * @param {string} text of the file without the mistake
 * @param {boolean} isNear whether only the near tests are run
 */
async function tryOut(mutation, text, isNear) {
  const path = fromRoot(mutation.file);
  const restore = () => writeFileSync(path, text);
  const { own, near, far } = testsOf(mutation.file);
  for (const group of isNear ? [[own, near]] : [[own, near], [far]]) {
    const tests = [];
    for (const some of group) tests.push(...(await runner.quickestFirst(some)));
    if (isStopped) return { outcome: 'stopped', by: '' };
    process.once('exit', restore);
    try {
      writeFileSync(path, changeText(text, mutation));
      const result = await runner.run(tests, mutation.file);
      if (result.outcome !== 'passed') return result;
    } finally {
      restore();
      process.off('exit', restore);
    }
  }
  return { outcome: 'survived', by: '' };
}

/**
 * The counts, then each survivor with the command that tries it again.
 *
 * @param {Map<string, number>} counts
 * @param {readonly { number: number, mutation: import('./mutations.mjs').Mutation }[]} survivors
 * @param {string} repeat the command without the number of the mistake
 */
function report(counts, survivors, repeat) {
  /** @param {string} outcome */
  const count = (outcome) => counts.get(outcome) ?? 0;
  const viable = count('killed') + count('too slow') + count('survived');
  const share = viable === 0 ? 0 : (count('survived') / viable) * 100;
  for (const { number, mutation } of survivors) {
    say(`\n${mutation.file}:${mutation.line}  column ${mutation.column}`);
    say(`  before: ${mutation.before}\n  after:  ${mutation.after}\n  again:  ${repeat} --pick ${number}`);
  }
  say(`\ntried:      ${viable + count('not viable')}`);
  say(`not viable: ${count('not viable')}  (the compiler finds them)`);
  say(`killed:     ${count('killed') + count('too slow')}  (${count('too slow')} of them by the time limit)`);
  say(`survived:   ${count('survived')}  (${share.toFixed(1)} % of the ${viable} that are viable)`);
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
  const changed = git('status', '--porcelain', '--', 'shared', 'tests');
  if (changed !== '')
    throw new PlainError(`Commit or take back these changes first; mistakes are made in the same files:\n${changed}`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      isStopped = true;
      runner.end();
    });
  }

  const rules = sourceFiles();
  const wanted = rules.filter((file) => file.startsWith(values.only));
  const texts = new Map(wanted.map((file) => [file, readFileSync(fromRoot(file), 'utf8')]));
  const all = [...texts].flatMap(([file, text]) => findMutations(file, text));
  const chosen = shuffled(all, Number(values.seed)).slice(0, Number(values.count));
  const picked = values.pick?.split(',').map(Number);
  const compiles = typeChecker(rules);
  const counts = new Map();
  const survivors = [];
  say(`${all.length} places for a mistake in ${wanted.length} files; ${picked?.length ?? chosen.length} are tried.`);

  for (const [index, mutation] of chosen.entries()) {
    if (picked && !picked.includes(index + 1)) continue;
    const text = texts.get(mutation.file) ?? '';
    const isViable = compiles(mutation, text);
    const { outcome, by } = isViable ? await tryOut(mutation, text, values.near) : { outcome: 'not viable', by: '' };
    if (isStopped) break;
    if (outcome === 'ended') throw new PlainError('Vitest ended by itself; nothing is known of this mistake.');
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (outcome === 'survived') survivors.push({ number: index + 1, mutation });
    const change = `${mutation.file}:${mutation.line}  ${mutation.before}  →  ${mutation.after}`;
    process.stdout.write(`${outcome.padEnd(10)} ${String(index + 1).padStart(4)}  ${change}\n`);
    if (by !== '') process.stdout.write(`${' '.repeat(17)}by ${by.replace(/\s+/g, ' ').slice(0, 200)}\n`);
  }
  runner.end();
  const options = [
    `--seed ${values.seed}`,
    `--count ${values.count}`,
    ...(values.only ? [`--only ${values.only}`] : []),
  ];
  report(counts, survivors, `npm run mutate -- ${options.join(' ')}`);
  return isStopped ? 130 : 0;
});
