/**
 * A first case in the desktop app, from its menu to the import report. Six pictures of it are kept where `FILM_STRIP` names a folder: see
 * `npm run screenshots -- --desktop`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { comparedRecords } from '../../../build/scripts/screenshot-events.mjs';
import { sharedArchives, writeArchive } from '../archives';
import { expect, test } from '../fixtures';

test('from the menu by a dropped folder to events, a comparison and the report', async ({ app, browser }) => {
  const folder = process.env['FILM_STRIP'] ?? join(app.folder, 'pictures');
  await mkdir(folder, { recursive: true });
  const picture = (number: number, name: string): string => join(folder, `desktop-${String(number)}-${name}.png`);
  const take = async (number: number, name: string): Promise<void> => {
    await app.idle();
    await app.page.screenshot({ path: picture(number, name), animations: 'disabled' });
  };

  await app.start();
  // The system draws the menu; this is what it is given.
  const menu = await app.desktop.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).map(({ label, submenu }) => ({
      label: label.replace('&', ''),
      items: submenu?.items.map((item) => (item.type === 'separator' ? '' : ((item.label || item.role) ?? ''))) ?? [],
    })),
  );
  expect(menu.map(({ label }) => label)).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
  const drawing = await browser.newPage({ viewport: { width: 1040, height: 230 } });
  await drawing.evaluate((menus) => {
    document.body.style.cssText = 'display: flex; gap: 24px; font: 15px system-ui; padding: 24px; background: #eceff1';
    for (const { label, items } of menus) {
      const list = document.createElement('div');
      list.style.cssText = 'min-width: 150px';
      list.append(Object.assign(document.createElement('b'), { textContent: label }));
      for (const item of items)
        list.append(Object.assign(document.createElement('div'), { textContent: item || '———' }));
      document.body.append(list);
    }
  }, menu);
  await drawing.screenshot({ path: picture(1, 'menu') });
  await drawing.close();

  await take(2, 'welcome');
  await app.drop(sharedArchives().synthetic);
  await app.window.imported();
  await take(3, 'dropped');

  const calls = await writeArchive(join(app.folder, 'policy-changes'), { 'a.json': { Records: comparedRecords } });
  await app.drop(calls);
  await app.window.dialog('Add dropped files?').getByRole('button', { name: 'Add to what is open' }).click();
  await app.window.imported();
  await app.window.search('event:PutBucketPolicy ledger-archive');
  expect((await app.window.found()).matched).toBe(2);
  await app.page.getByRole('grid').getByRole('row').nth(2).click();
  await take(4, 'investigate');

  await app.page.keyboard.press('<');
  await expect(app.page.getByRole('treegrid')).toBeVisible();
  await take(5, 'diff');

  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('i');
  await expect(app.window.report.dialog).toBeVisible();
  await take(6, 'report');
});
