import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, failures } from '../../../build/scripts/reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'trailglass-reports-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(report: unknown, name = 'report.json'): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(report));
  return path;
}

describe('the counts of vitest', () => {
  const green = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [] };

  it('are what its report says', () => {
    expect(countVitest(written({ ...green, numFailedTests: 3 }), 1)).toEqual({ passed: 7, failed: 3, skipped: 3 });
  });

  it('take a file that could not be loaded for a failure, though it has no test to fail', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    expect(countVitest(written({ ...green, numFailedTests: 1, testResults }), 1).failed).toBe(2);
  });

  it('take an error outside every test for a failure', () => {
    expect(countVitest(written(green), 1).failed).toBe(1);
    expect(countVitest(written(green), 0).failed).toBe(0);
  });

  it('take a missing report for a failure, whatever the runner says', () => {
    expect(countVitest(join(folder, 'missing.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('the counts of Playwright', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 4 };

  it('are what its report says', () => {
    expect(countPlaywright(written({ stats, errors: [] }), 0)).toEqual({ passed: 5, failed: 0, skipped: 4 });
  });

  it('take a test that passed only on a second try, and an error outside every test, for failures', () => {
    const report = { stats: { ...stats, unexpected: 1, flaky: 2 }, errors: [{ message: 'no such file' }] };
    expect(countPlaywright(written(report), 1)).toEqual({ passed: 5, failed: 4, skipped: 4 });
  });

  it('take a run with no tests for a failure, since it ends badly', () => {
    expect(
      countPlaywright(written({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] }), 1).failed,
    ).toBe(1);
  });
});

describe('the failures of a run', () => {
  it('are printed with their place, their name and the beginning of their message, without colours', () => {
    const vitest = written({
      testResults: [
        { name: 'a.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'is good' }] },
        {
          name: 'b.test.ts',
          status: 'failed',
          assertionResults: [
            { status: 'failed', fullName: 'is bad', failureMessages: ['\u001b[31mexpected 1\u001b[39m'] },
          ],
        },
        { name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    });
    const test = (status: string, message: string): unknown => ({
      projectName: 'browser',
      status,
      results: [{ errors: [{ message }] }],
    });
    const spec = (title: string, status: string, message: string): unknown => ({
      ...{ title, file: 'x.spec.ts', line: 3 },
      tests: [test(status, message)],
    });
    const playwright = written(
      {
        errors: [],
        suites: [
          {
            title: 'x.spec.ts',
            specs: [spec('good', 'expected', ''), spec('slow', 'unexpected', Array(30).fill('line').join('\n'))],
            suites: [{ title: 'in dark', specs: [spec('late', 'flaky', 'too late')] }],
          },
        ],
      },
      'playwright.json',
    );
    const found = failures(vitest, playwright);
    expect(found.map((failure) => failure.split('\n')[0])).toEqual([
      'b.test.ts is bad',
      'c.test.ts',
      '[browser] x.spec.ts:3 x.spec.ts › slow',
      '[browser] x.spec.ts:3 in dark › late',
    ]);
    expect(found[0]).toBe('b.test.ts is bad\n    expected 1');
    expect(found[2]?.split('\n')).toHaveLength(13);
  });

  it('are none where there is no report', () => {
    expect(failures(join(folder, 'none.json'), join(folder, 'none.json'))).toEqual([]);
  });
});
