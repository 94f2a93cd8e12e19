/**
 * Runs unit tests for `mutate.mjs`, again and again in one process, as starting vitest and reading all sources anew would take longer than
 * most tests do. The modules live in a process of vitest's that is new for each run, so that no mistake outlives the run it was made for.
 */
import { createVitest } from 'vitest/node';
import { fromRoot } from './project.mjs';

/**
 * What to run: paths below the project's folder, in the order in which they run; `changed` is a source that differs from the run before.
 *
 * @typedef {{ tests: string[], changed: string }} TestRun
 */

/**
 * What came of it: whether all passed, the test that failed first with its message, and how long each file took in milliseconds with
 * its imports.
 *
 * @typedef {{ passed: boolean, failure: string, ms: Record<string, number> }} TestOutcome
 */

/** The order of the call, instead of the longest first. */
class AsGiven {
  /** @param {import('vitest/node').TestSpecification[]} specs */
  sort(specs) {
    return Promise.resolve(specs);
  }
  /** @param {import('vitest/node').TestSpecification[]} specs */
  shard(specs) {
    return Promise.resolve(specs);
  }
}

const vitest = await createVitest('test', {
  root: fromRoot(),
  project: ['unit'],
  watch: false,
  bail: 1,
  // A busy machine is no mistake; `mutate.mjs` has a limit of its own.
  testTimeout: 10 * 60_000,
  maxWorkers: 1,
  isolate: false,
  reporters: [{ onTestModuleEnd: () => void process.send?.('file') }],
  sequence: { sequencer: AsGiven },
});
const specifications = new Map(
  (await vitest.globTestSpecifications()).map((spec) => [spec.moduleId.slice(fromRoot().length), spec]),
);

/** Vitest keeps its worker for the next run and has no public way to end it. */
async function endWorkers() {
  const inside = /** @type {{ pool?: { close: () => Promise<void> } | undefined }} */ (/** @type {unknown} */ (vitest));
  await inside.pool?.close();
  inside.pool = undefined;
}

let changedBefore = '';

/**
 * @param {TestRun} run
 * @returns {Promise<TestOutcome>}
 */
async function runTests({ tests, changed }) {
  const wanted = tests.map((test) => specifications.get(test)).filter((spec) => spec !== undefined);
  if (wanted.length < tests.length) throw new Error(`Not unit tests: ${tests.join(', ')}`);
  // Both are read anew: the one with a mistake, and the one that had the last mistake and is as it was.
  for (const file of [changedBefore, changed]) vitest.invalidateFile(fromRoot(file));
  changedBefore = changed;
  // The failures of earlier runs count for `bail`.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(wanted);
  await endWorkers();
  const ofModule = testModules.map((module) => {
    const { collectDuration, duration } = module.diagnostic();
    return { test: module.relativeModuleId, state: module.state(), ms: collectDuration + duration };
  });
  const passed =
    unhandledErrors.length === 0 &&
    ofModule.length === tests.length &&
    ofModule.every(({ state }) => state === 'passed');
  return {
    passed,
    failure: passed ? '' : firstFailure(testModules, unhandledErrors),
    ms: Object.fromEntries(ofModule.map(({ test, ms }) => [test, ms])),
  };
}

/**
 * @param {import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} unhandled
 */
function firstFailure(modules, unhandled) {
  for (const module of modules) {
    for (const test of module.children.allTests('failed')) {
      return `${module.relativeModuleId} > ${test.fullName}: ${test.result().errors?.[0]?.message}`;
    }
    const error = module.errors()[0];
    if (error !== undefined) return `${module.relativeModuleId}: ${error.message}`;
  }
  return unhandled.length > 0 ? String(unhandled[0]) : 'not all tests were run';
}

process.on('message', (run) => {
  void runTests(/** @type {TestRun} */ (run)).then((outcome) => process.send?.(outcome));
});
process.send?.('ready');
