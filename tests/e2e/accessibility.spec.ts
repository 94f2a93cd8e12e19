/** Every screen, in light and dark, as axe sees it: nothing serious. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { makeHeld, sharedArchives, writeArchive } from './archives';
import { expect, test } from './fixtures';

/** What would keep somebody from working, in words that say where. */
async function findings(page: Page): Promise<readonly string[]> {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  // The dark window differs in its colours alone.
  const builder = new AxeBuilder({ page });
  const { violations, passes } = await (isDark ? builder.withRules(['color-contrast']) : builder).analyze();
  expect(passes.length, 'axe should have looked at something').toBeGreaterThanOrEqual(isDark ? 1 : 10);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('the first screen, its picker and its help', async ({ app }) => {
      await app.start();
      expect(await findings(app.page)).toEqual([]);
      await app.page.keyboard.press('?');
      await app.idle();
      expect(await findings(app.page)).toEqual([]);
      await app.page.keyboard.press('Escape');
      if (app.host === 'browser') {
        await writeArchive(app.home, { 'logs/a.json': '{}', 'b.json': '{}' });
        await app.page.keyboard.press('o');
        await app.page.keyboard.press('Space');
        await app.idle();
        expect(await findings(app.page)).toEqual([]);
      }
    });

    test('an import under way', async ({ app }) => {
      await app.startImporting((await makeHeld(join(app.folder, 'held'))).folder);
      await expect(app.window.importStrip.getByRole('progressbar')).toBeVisible();
      expect(await findings(app.page)).toEqual([]);
    });

    test('events, a filter, a record as tree and as text', async ({ app }) => {
      const window = await app.open(sharedArchives().synthetic);
      expect(await findings(app.page)).toEqual([]);
      await window.search('service:iam -result:AccessDenied svc-backup time>=2024-03-05');
      await window.events.row(0).click();
      await window.facet('Event').tool('Search in Event').click();
      await window.idle();
      expect(await findings(app.page)).toEqual([]);
      await window.detail.tab('Raw').click();
      await window.idle();
      expect(await findings(app.page)).toEqual([]);
    });

    test('completions, a mistake, nothing found', async ({ app }) => {
      const window = await app.open(sharedArchives().synthetic);
      await window.query.click();
      await window.query.pressSequentially('event:Get');
      await expect(app.page.getByRole('listbox', { name: 'Completions' })).toBeVisible();
      await app.page.keyboard.press('ArrowDown');
      expect(await findings(app.page)).toEqual([]);
      await window.search('service:s3 ip:10.0.0.0/99');
      await expect(window.syntaxError).toBeVisible();
      expect(await findings(app.page)).toEqual([]);
      await window.search('DeletTrail service:kms');
      await expect(window.noMatch).toBeVisible();
      expect(await findings(app.page)).toEqual([]);
    });

    test('the report, the menus and the pickers of fields', async ({ app }) => {
      const folder = await writeArchive(join(app.folder, 'logs'), { 'a.json': '{"Records":[oops]}', 'b.json': 'x' });
      const window = await app.open(folder, sharedArchives().synthetic);
      await window.status.getByRole('button', { name: /not read/ }).click();
      await expect(window.dialog('Import report')).toBeVisible();
      await window.idle();
      expect(await findings(app.page)).toEqual([]);
      await app.page.keyboard.press('Escape');
      await app.page.getByRole('button', { name: 'Columns' }).click();
      expect(await findings(app.page)).toEqual([]);
      await app.page.getByRole('button', { name: 'Add a column…' }).click();
      await expect(window.dialog('Add a column')).toBeVisible();
      await window.idle();
      expect(await findings(app.page)).toEqual([]);
    });
  });
}
