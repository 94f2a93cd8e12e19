/** Keeps the process of `mutate-tests.mjs`, ends it where tests hang, and remembers which tests pass without a mistake and how long they take. */
import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { PlainError, fromRoot, root } from './project.mjs';

/** What is known of a test file that passed: the sources and tests it passed with, as hashes of git's, and how long it took. */
/** @typedef {Record<string, { state: string, ms: number }>} KnownTests */

const keptIn = fromRoot('node_modules/.cache/trailglass/mutate-times.json');

/** @returns {KnownTests} */
function readKnown() {
  try {
    return JSON.parse(readFileSync(keptIn, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string[]} args */
export function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' });
}

export class TestRunner {
  /** @private @type {import('node:child_process').ChildProcess | undefined} */
  child;
  /** @private */
  known = readKnown();
  /** @private */
  sources = git('rev-parse', 'HEAD:shared', 'HEAD:tests/helpers').trim();
  /** @private */
  ofTests = new Map(
    git('ls-tree', '-r', 'HEAD', 'tests/unit')
      .split('\n')
      .map((line) => /^\S+ \S+ (\S+)\t(.*)$/.exec(line))
      .map((found) => [found?.[2] ?? '', found?.[1] ?? '']),
  );

  /** Ends all processes that run tests: a test that never ends does not notice that its runner is gone. */
  end() {
    try {
      if (this.child?.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // All of them have ended by themselves.
    }
    this.child = undefined;
  }

  /**
   * The same tests with the quickest first, so that a mistake is found soon. Runs those of which nothing is known without a mistake.
   *
   * @param {string[]} tests
   * @throws {PlainError} where one fails: then nothing could be learned from it
   */
  async quickestFirst(tests) {
    const unknown = tests.filter((test) => this.known[test]?.state !== this.stateOf(test));
    if (unknown.length > 0) {
      const outcome = await this.runOnce({ tests: unknown, changed: '' }, 30 * 60_000);
      if (outcome === 'ended') return tests;
      if (outcome === 'too slow' || !outcome.passed) {
        const failure = outcome === 'too slow' ? 'they take too long' : outcome.failure;
        throw new PlainError(`Tests fail with the sources as they are: ${failure}`);
      }
      for (const test of unknown) this.known[test] = { state: this.stateOf(test), ms: outcome.ms[test] ?? 0 };
      mkdirSync(fromRoot('node_modules/.cache/trailglass'), { recursive: true });
      writeFileSync(keptIn, JSON.stringify({ ...readKnown(), ...this.known }));
    }
    return [...tests].sort((one, other) => this.msOf(one) - this.msOf(other));
  }

  /**
   * @param {string[]} tests as `quickestFirst` gave them
   * @param {string} changed the file with the mistake
   * @returns {Promise<{ outcome: 'passed' | 'killed' | 'too slow' | 'ended', by: string }>} `ended` where `end` was called; `by` is the
   *   test that failed, with its message
   */
  async run(tests, changed) {
    const slowestMs = Math.max(...tests.map((test) => this.msOf(test)));
    const outcome = await this.runOnce({ tests, changed }, 4 * slowestMs + 30_000);
    if (typeof outcome === 'string') return { outcome, by: '' };
    return { outcome: outcome.passed ? 'passed' : 'killed', by: outcome.failure };
  }

  /**
   * @private
   * @param {import('./mutate-tests.mjs').TestRun} run
   * @param {number} limitMs for each test file
   * @returns {Promise<import('./mutate-tests.mjs').TestOutcome | 'too slow' | 'ended'>}
   */
  async runOnce(run, limitMs) {
    const child = (this.child ??= await this.start());
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    /** @type {Promise<import('./mutate-tests.mjs').TestOutcome | 'too slow' | 'ended'>} */
    const outcome = new Promise((resolve) => {
      const startTimer = () => {
        clearTimeout(timer);
        timer = setTimeout(() => resolve('too slow'), limitMs);
      };
      startTimer();
      child.on('message', (message) => {
        if (message === 'file') startTimer();
        else resolve(/** @type {import('./mutate-tests.mjs').TestOutcome} */ (message));
      });
      child.once('exit', () => resolve('ended'));
      child.send(run);
    });
    const result = await outcome;
    clearTimeout(timer);
    child.removeAllListeners();
    if (result === 'too slow') this.end();
    return result;
  }

  /** @private @returns {Promise<import('node:child_process').ChildProcess>} */
  start() {
    const child = fork(fromRoot('build/scripts/mutate-tests.mjs'), {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      detached: true,
    });
    return new Promise((resolve, reject) => {
      child.once('message', () => resolve(child));
      child.once('exit', () =>
        reject(new PlainError('Vitest cannot be started: node build/scripts/mutate-tests.mjs says why.')),
      );
    });
  }

  /** @private @param {string} test */
  stateOf(test) {
    return `${this.sources} ${this.ofTests.get(test)}`;
  }

  /** @private @param {string} test */
  msOf(test) {
    return this.known[test]?.ms ?? 0;
  }
}
