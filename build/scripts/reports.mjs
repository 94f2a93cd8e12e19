/** Counts what the test runners wrote down. A run that broke before its report is a failure, never silence. */
import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @returns {any} the parsed report, undefined where there is none */
function read(/** @type {string} */ path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * A runner that ended badly although no test failed (an unhandled error, a crash, no tests) counts as one failure.
 *
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function withExitCode(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {string} path of vitest's JSON report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countVitest(path, exitCode) {
  const report = read(path);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults;
  // A file that could not even be loaded has no tests to fail.
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return withExitCode(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    exitCode,
  );
}

/**
 * @param {string} path of Playwright's JSON report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(path, exitCode) {
  const report = read(path);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  // A test that passed only on a second try did not pass.
  return withExitCode({ passed: expected, failed: unexpected + flaky + report.errors.length, skipped }, exitCode);
}

/** Lines of a failure that are printed again at the end. */
const mostLines = 12;

/**
 * What failed and why, for the end of a long run, where it is looked for first.
 *
 * @param {string} vitestPath of vitest's JSON report
 * @param {string} playwrightPath of Playwright's JSON report
 * @returns {readonly string[]} one text per failure: where, which test, the first lines of the message
 */
export function failures(vitestPath, playwrightPath) {
  return [...vitestFailures(read(vitestPath)), ...playwrightFailures(read(playwrightPath))];
}

/** @returns {string[]} */
function vitestFailures(/** @type {any} */ report) {
  /** @type {{ name: string, status: string, message: string, assertionResults: any[] }[]} */
  const files = report?.testResults ?? [];
  return files.flatMap((file) => {
    const tests = file.assertionResults.filter((test) => test.status === 'failed');
    if (tests.length === 0) return file.status === 'failed' ? [described(file.name, '', [file.message])] : [];
    return tests.map((test) => described(file.name, test.fullName, test.failureMessages));
  });
}

/** @returns {string[]} */
function playwrightFailures(/** @type {any} */ report) {
  /** @type {any[]} */
  const errors = report?.errors ?? [];
  return [
    ...errors.map((error) => described('', '', [error.message])),
    ...(report?.suites ?? []).flatMap(failuresOfSuite),
  ];
}

/** @returns {string[]} */
function failuresOfSuite(/** @type {any} */ suite) {
  const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => test.status === 'unexpected' || test.status === 'flaky')
      .map((/** @type {any} */ test) => {
        const messages = test.results.flatMap((/** @type {any} */ result) => result.errors ?? []);
        const place = `[${test.projectName}] ${spec.file}:${spec.line}`;
        return described(
          place,
          `${suite.title} › ${spec.title}`,
          messages.map((/** @type {any} */ error) => error.message),
        );
      }),
  );
  return [...own, ...(suite.suites ?? []).flatMap(failuresOfSuite)];
}

/** @param {string} place @param {string} title @param {readonly (string | undefined)[]} messages */
function described(place, title, messages) {
  const text = messages
    .map((message) => message ?? '')
    .join('\n')
    .replace(/\u001b\[[0-9;]*m/g, '');
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, mostLines);
  return [`${place} ${title}`.trim(), ...lines.map((line) => `    ${line}`)].join('\n');
}
