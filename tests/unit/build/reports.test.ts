import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countPlaywright, countVitest } from '../../../build/scripts/reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'trailglass-reports-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function written(report: unknown): string {
  const path = join(folder, 'report.json');
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
