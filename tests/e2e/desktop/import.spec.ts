/** What the system shows and does while the desktop app reads, and that closing it then is asked about. */
import { join } from 'node:path';
import { makeHeld } from '../archives';
import { expect, test, type App } from '../fixtures';

declare global {
  var bars: number[];
}

/** The last figure the taskbar was given, and whether the machine is kept awake. */
function shown(app: App): Promise<{ readonly bar: number | undefined; readonly isAwake: boolean }> {
  return app.desktop.evaluate(({ powerSaveBlocker }) => ({
    bar: globalThis.bars.at(-1),
    isAwake: powerSaveBlocker.isStarted(1),
  }));
}

test('the taskbar shows how far an import is, and the machine does not sleep until it ends', async ({ app }) => {
  app.onlyInDouble('Electron does not tell what the taskbar shows');
  const held = await makeHeld(join(app.folder, 'held'));
  await app.start();
  await app.desktop.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    globalThis.bars = [];
    if (window !== undefined) window.setProgressBar = (bar) => void globalThis.bars.push(bar);
  });
  await app.drop(held.folder);
  await expect.poll(async () => (await shown(app)).bar).toBeGreaterThanOrEqual(0);
  expect((await shown(app)).isAwake).toBe(true);
  await held.release();
  await app.window.imported();
  await expect.poll(() => shown(app)).toEqual({ bar: -1, isAwake: false });
});

test('closing the window during an import asks; Cancel leaves all as it is', async ({ app }) => {
  const held = await makeHeld(join(app.folder, 'held'));
  await app.startImporting(held.folder);
  await expect(app.window.importStrip.getByRole('progressbar')).toBeVisible();
  await app.answerWith('Cancel');
  for (const way of ['window', 'app'] as const) {
    await app.desktop.evaluate(({ app: main, BrowserWindow }, what) => {
      if (what === 'app') main.quit();
      else BrowserWindow.getAllWindows()[0]?.close();
    }, way);
  }
  await expect.poll(() => app.dialogs()).toEqual(['An import is running', 'An import is running']);
  await expect(app.window.importStrip.getByRole('progressbar')).toBeVisible();
  // The end of the test closes it anyway, which must leave no process.
  await app.answerWith('Close anyway');
});
