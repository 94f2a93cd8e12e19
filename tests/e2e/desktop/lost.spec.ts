/** What is lost comes back, with words: the engine's thread, the window's process, its graphics. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type App } from '../fixtures';

declare global {
  var engineThread: { terminate(): unknown } | undefined;
  var isEngineMute: boolean | undefined;
}

/** Takes hold of the engine's thread at the next call to it, and lets time pass quickly for what waits by an interval. */
async function holdEngine(app: App): Promise<void> {
  await app.desktop.evaluate(() => {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...args: Parameters<typeof post>) {
      globalThis.engineThread = this;
      if (globalThis.isEngineMute !== true) post.apply(this, args);
    };
    const every = globalThis.setInterval;
    globalThis.setInterval = ((work: () => void, delayMs: number) => every(work, delayMs / 50)) as typeof setInterval;
  });
  await app.page.keyboard.press('/');
  await app.window.search('*');
}

test('an engine that ends, or falls silent, is said and starts again with what was open', async ({ app }) => {
  app.expectComplaints(/^The engine (?:stopped: exit code 1|has not answered for a minute|answers again)$/);
  const window = await app.open(await app.archive('logs', 'GetObject', 'PutObject'));
  await holdEngine(app);
  await app.desktop.evaluate(() => void globalThis.engineThread?.terminate());
  const stopped = window.dialog('The engine stopped');
  await expect(stopped).toContainText('Your logs are unchanged.');
  await expect(stopped).toContainText('exit code 1');
  await expect(stopped.getByRole('listitem')).toHaveText('logs');
  await expect(stopped.getByRole('button', { name: 'Start again' })).toBeFocused();
  await app.page.keyboard.press('Enter');
  await expect(stopped).toBeHidden();
  await window.imported();
  expect(await window.found()).toEqual({ matched: 2, total: 2 });

  await app.desktop.evaluate(() => void (globalThis.isEngineMute = true));
  await window.query.fill('GetObject');
  await window.query.press('Enter');
  const silent = window.dialog('No answer for a minute');
  await expect(silent.getByRole('button', { name: 'Wait' })).toBeFocused();
  await app.desktop.evaluate(() => void (globalThis.isEngineMute = false));
  await silent.getByRole('button', { name: 'Start again' }).click();
  await expect(silent).toBeHidden();
  await window.imported();
  expect((await window.found()).total).toBe(2);

  const log = await readFile(join(app.config, 'trailglass.log'), 'utf8');
  expect(log).toMatch(/ engine-stopped\n[^]* engine-well\n[^]* engine-silent\n/);
  expect(log).not.toContain('logs');
});

test('a lost graphics process is said in the window', async ({ app }) => {
  await app.start();
  app.expectComplaints(/^a process of Chromium ended: GPU, crashed$/);
  await app.desktop.evaluate(({ app: main }) => {
    const details = { type: 'GPU', reason: 'crashed', exitCode: 139, serviceName: 'GPU', name: 'GPU' } as const;
    main.emit('child-process-gone', {}, details);
  });
  const notice = app.page.getByRole('status').getByText(/graphics process ended \(crashed\) and was started again/);
  await expect(notice).toBeVisible();
});

test('a window that does not answer is loaded again when the person says so, with what is open', async ({ app }) => {
  await app.open(await app.archive('logs', 'GetObject', 'PutObject'));
  app.trouble.expect(/the page crashed/);
  app.expectComplaints(/^the window's process ended: crashed$/);
  await app.answerWith('Reload');
  await app.desktop.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('unresponsive'));
  await expect.poll(() => app.dialogs()).toEqual(['The window does not answer']);
  // Playwright does not follow a page whose process has ended: the main process is asked what it shows.
  const text = (): Promise<unknown> =>
    app.desktop.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.title + document.body.innerText'),
    );
  await expect.poll(text).toMatch(/^logs – Trailglass[^]*The window was loaded again\. What is open is still there\./);
});
