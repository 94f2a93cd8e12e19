/** A window that is loaded again, a second one, and one whose host is gone. */
import { join } from 'node:path';
import { makeHeld, sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { hostGone } from './trouble';

test('what is open and what was set is there after a reload', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await app.page.keyboard.press('t');
  await app.page.keyboard.press('t');
  await app.page.keyboard.press('z');
  await window.search('service:iam');
  await window.events.row(0).click();
  await window.detail.act('Add as a facet', window.detail.leaf('eventType'));
  await window.detail.act('Add as a column', window.detail.leaf('requestID'));
  await window.facet('Category').tool('Remove the facet Category').click();
  await window.idle();

  await app.page.reload();
  await window.imported();
  expect(await window.found()).toEqual({ matched: 20_000, total: 20_000 });
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(app.page.getByRole('button', { name: /^Zone: local/ })).toBeVisible();
  await expect(window.facet('eventType').section).toBeVisible();
  await expect(window.facet('Category').section).toBeHidden();
  expect((await window.events.columnNames()).at(-1)).toBe('requestID');
});

test('a reload does not stop an import', async ({ app }) => {
  const held = await makeHeld(join(app.folder, 'held'));
  await app.startImporting(held.folder);
  const bar = app.window.importStrip.getByRole('progressbar');
  await expect(bar).toBeVisible();
  await app.page.reload();
  await expect(bar).toBeVisible();
  await held.release();
  await app.window.imported();
  await expect(app.window.status).not.toContainText('Stopped');
  expect(await app.window.found()).toMatchObject({ total: held.events });
});

test('two windows look at the same archive, each with a query of its own', async ({ app }) => {
  app.browserOnly('the desktop app has one window');
  const first = await app.open(sharedArchives().synthetic);
  await first.search('service:s3');
  const second = await app.openSecondWindow();
  await second.imported();
  await second.search('service:iam');
  expect(await second.found()).not.toEqual(await first.found());
  await expect(first.query).toHaveValue('service:s3');
  await second.pickFromArchiveMenu('Close the archive');
  await expect(second.page.getByRole('heading', { name: 'Trailglass' })).toBeVisible();
  await expect(first.page.getByRole('heading', { name: 'Trailglass' })).toBeVisible();
});

test('a window whose host is gone says so', async ({ app }) => {
  app.browserOnly('the desktop window ends with its host');
  const window = await app.open(sharedArchives().synthetic);
  app.trouble.expect(hostGone);
  await app.stopHost();
  await expect(window.status.getByRole('alert')).toContainText('Trailglass is not answering');
});
