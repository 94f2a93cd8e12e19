/** What goes wrong goes wrong in words: never a process without a window, never an end without a reason. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, cp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { doubleProgram } from '../../electron-double/pack';
import { programFor, startAgain } from '../electron';
import { expect, test } from '../fixtures';

for (const part of [
  'app.asar/out/renderer',
  'app.asar/out/electron/preload.cjs',
  'app.asar.unpacked/out/engine/engine-worker.js',
]) {
  test(`an installation without ${part} says so and ends`, async ({ app }) => {
    app.onlyInDouble('the files of the installed program are copied');
    const copy = join(app.folder, 'installed');
    await cp(dirname(doubleProgram), copy, { recursive: true });
    await rm(join(copy, 'resources', part), { recursive: true });
    const program = join(copy, 'trailglass');
    const outcome = await startAgain({ ...app.launchOptions(), program });
    expect(outcome).toMatch(/^1 /);
    expect(outcome).toContain('dialog: Trailglass cannot go on: A part of Trailglass is missing:');
    expect(outcome).toContain(part.replace(/^.*\/out/, 'out'));
  });
}

test('an engine that was changed after it was built is named and does not start', async ({ app }) => {
  app.onlyInDouble('the files of the installed program are copied');
  const copy = join(app.folder, 'installed');
  await cp(dirname(doubleProgram), copy, { recursive: true });
  await appendFile(join(copy, 'resources', 'app.asar.unpacked/out/engine/engine-worker.js'), ' ');
  const outcome = await startAgain({ ...app.launchOptions(), program: join(copy, 'trailglass') });
  expect(outcome).toMatch(/^1 /);
  expect(outcome).toContain('dialog: Trailglass cannot go on: Trailglass does not start: engine-worker.js in ');
});

test('settings that cannot be written are kept until the end, and the window says so', async ({ app }) => {
  await writeFile(join(app.folder, 'a file'), '');
  app.config = join(app.folder, 'a file', 'config');
  app.expectComplaints(/cannot be written|could not be read: ENOTDIR/);
  const window = await app.open(await app.archive('logs', 'GetObject'));
  expect((await window.found()).total).toBe(1);
  await app.page.keyboard.press('t');
  await expect(app.page.getByText(/cannot be written \(ENOTDIR\); changes last until Trailglass ends/)).toBeVisible();
  const theme = await app.page.locator('html').getAttribute('data-theme');
  await app.page.reload();
  await window.imported();
  expect(await app.page.locator('html').getAttribute('data-theme')).toBe(theme);
});

test('a closed standard error ends nothing', async ({ app }) => {
  const options = app.launchOptions(await app.archive('logs', 'GetObject'));
  const { executablePath, args, cwd, env } = programFor(options);
  const child = spawn(executablePath, args, {
    cwd,
    env: { ...env, TRAILGLASS_LOG_CALLS: 'all' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.destroy();
  // Every call to the engine was logged by the time the archive is remembered.
  await expect.poll(() => existsSync(join(app.config, 'recent.json'))).toBe(true);
  expect(child.exitCode).toBeNull();
  child.kill();
});
