/** What the desktop app writes, and where: never into evidence. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures';

/** Names and content of all there is in a folder. */
async function treeHash(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.sort((a, b) => (join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1))) {
    const path = join(entry.parentPath, entry.name);
    hash.update(`${path}\0`).update(entry.isFile() ? await readFile(path) : '');
  }
  return hash.digest('hex');
}

test('the window comes back with the size, place and zoom it had', async ({ app }) => {
  await app.start();
  await app.desktop.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1100, height: 700 });
    BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1.5);
  });
  await app.start();
  const state = (): Promise<unknown> =>
    app.desktop.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { bounds: window?.getBounds(), zoom: window?.webContents.getZoomFactor(), full: window?.isFullScreen() };
    });
  const bounds = { x: 40, y: 30, width: 1100, height: 700 };
  await expect.poll(state).toEqual({ bounds, zoom: 1.5, full: false });
  await app.desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setFullScreen(true));
  await app.start();
  await expect.poll(state).toEqual({ bounds, zoom: 1.5, full: true });
});

test('evidence that holds the settings stays as it is, from opening to closing the window', async ({ app }) => {
  const evidence = join(app.folder, 'evidence');
  await app.archive('evidence/case', 'GetObject', 'PutObject');
  app.config = join(evidence, 'config');
  await mkdir(app.config);
  const before = await treeHash(evidence);
  const window = await app.open(evidence);
  expect((await window.found()).total).toBe(2);
  await expect(
    app.page.getByText(/^Settings are kept in .*config, within what was opened, where nothing is written\./),
  ).toBeVisible();
  await app.page.keyboard.press('t');
  await app.desktop.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1100, height: 700 });
  });
  app.expectComplaints(/(?:was|were) not stored: .* lies within the opened evidence/);
  await app.stopHost();
  expect(await treeHash(evidence)).toBe(before);
});
