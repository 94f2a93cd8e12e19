/**
 * Runs everything there is to check, from a fresh clone: install, build, types, lint, format, unit, security and integration
 * tests, end-to-end tests. Every stage runs even where an earlier one failed.
 *
 * What failed is printed once more at the end. The last line is `N passed, N failed`, counted from the reports of the runners (a failed stage that has no report counts as
 * one); the exit code is 1 when anything failed or nothing ran.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { airgapCommand } from './airgap.mjs';
import { ensureChromium } from './chromium.mjs';
import { installedElectron, noWindowReason } from './electron-binary.mjs';
import { ensure } from './ensure.mjs';
import { PlainError, fromRoot, run, runMain, runNode, say } from './project.mjs';
import { countPlaywright, countVitest, failures } from './reports.mjs';

const vitestReport = fromRoot('out', 'reports', 'vitest.json');
const playwrightReport = fromRoot('out', 'reports', 'playwright.json');

const total = { passed: 0, failed: 0, skipped: 0 };

/** @param {import('./reports.mjs').Counts} counts */
function add(counts) {
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

/**
 * A stage with no tests to count: its failure is one.
 *
 * @param {string} name
 * @param {() => Promise<boolean>} work
 */
async function stage(name, work) {
  say(`\n── ${name}`);
  const startedAt = Date.now();
  let isGood = false;
  try {
    isGood = await work();
  } catch (error) {
    say(error instanceof PlainError ? error.message : String(error instanceof Error ? error.stack : error));
  }
  if (!isGood) total.failed++;
  say(`${isGood ? 'ok' : 'FAILED'}: ${name}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  return isGood;
}

/** @param {string} tool @param {...string} args */
async function succeeds(tool, ...args) {
  return (await runNode(`node_modules/${tool}`, args)) === 0;
}

async function unitAndIntegration() {
  say('\n── unit, security and integration tests');
  const code = await runNode('node_modules/vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ]);
  add(countVitest(vitestReport, code));
}

/**
 * With no network where this system allows it: what passes there needs none. Electron's own program does not run as root, which a namespace makes of
 * everybody; where it is installed, it is tried on the machine as it is.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function runEndToEnd(env) {
  const hasElectron = installedElectron() !== undefined && noWindowReason() === undefined;
  const airgap = hasElectron ? { reason: "Electron's own program is tested" } : airgapCommand([]);
  if ('reason' in airgap) {
    say(`Not cut off from the network: ${airgap.reason}.`);
    return runNode('node_modules/@playwright/test/cli.js', ['test'], { env });
  }
  const [command = '', ...args] = airgap.command;
  return run(command, args, { env });
}

async function endToEnd() {
  say('\n── end-to-end tests');
  if (!(await ensureChromium())) {
    total.failed++;
    return;
  }
  const env = { ...process.env, E2E: 'each-once', PLAYWRIGHT_REPORT: playwrightReport };
  add(countPlaywright(playwrightReport, await runEndToEnd(env)));
}

await runMain(async () => {
  rmSync(fromRoot('out', 'reports'), { recursive: true, force: true });
  mkdirSync(fromRoot('out', 'reports'), { recursive: true });

  const isReady = await stage('install', async () => {
    await ensure({ installOnly: true });
    return true;
  });
  if (isReady) {
    await stage('build', async () => {
      await ensure();
      return true;
    });
    // Lint takes about as long as types and format together: each gets a core.
    const types = stage('types', async () => {
      // Each says its own; none hides the others. The window's share nothing with the rest and run beside them.
      const window = succeeds(
        'svelte-check/bin/svelte-check',
        '--tsconfig',
        './renderer/tsconfig.json',
        '--fail-on-warnings',
      );
      const results = [
        await succeeds('typescript/bin/tsc', '-b'),
        await succeeds('typescript/bin/tsc', '-p', 'shared/engine/scan/kernel'),
        await succeeds('typescript/bin/tsc', '-p', 'shared/engine/index/kernel'),
        await succeeds('typescript/bin/tsc', '-p', 'build'),
        await succeeds('typescript/bin/tsc', '-p', 'tests'),
        await window,
      ];
      return results.every(Boolean);
    });
    const format = types.then(() =>
      stage('format', () => succeeds('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')),
    );
    await stage('lint', () => succeeds('eslint/bin/eslint.js', '.'));
    await format;
    await unitAndIntegration();
    await endToEnd();
  }

  for (const failure of failures(vitestReport, playwrightReport)) say(`\nfailed: ${failure}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});
