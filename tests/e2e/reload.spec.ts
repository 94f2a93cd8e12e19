/** A window that is loaded again, a second one, and one whose host is gone. */
import { join } from 'node:path';
import { makeHeld, sharedArchives } from './archives';
import type { AppWindow } from './app-window';
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
  expect((await window.found()).total).toBe(20_000);
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(app.page.getByRole('button', { name: /^Zone: local/ })).toBeVisible();
  await expect(window.facet('eventType').section).toBeVisible();
  await expect(window.facet('Category').section).toBeHidden();
  expect((await window.events.columnNames()).at(-1)).toBe('requestID');
});

test('a reload keeps query, filters, span, order, the chosen and the marked events and the place in the list', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('class:read -service:sts time>=2023-07-05');
  await window.search('class:read -service:sts');
  await window.events.header('Event').click();
  await window.idle();
  await window.events.grid.focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press('PageDown');
  await window.idle();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await window.idle();
  await window.detail.tab('Raw').click();
  await window.events.grid.hover();
  await page.mouse.wheel(0, 240);
  await window.idle();
  const before = await look(window);

  await page.reload();
  await window.imported();
  expect(await look(window)).toEqual(before);
  await expect(window.query).toHaveValue('class:read -service:sts');
  await expect(window.events.current).toBeInViewport();
  // The history goes on as well.
  await page.keyboard.press('[');
  await window.idle();
  await expect(window.query).toHaveValue('class:read -service:sts time>=2023-07-05');
});

test('a reload with a field that only this archive has runs the same query', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('requestParameters.bucketName:*');
  const found = await window.found();
  expect(found.matched).toBeLessThan(found.total);
  await app.page.reload();
  await window.imported();
  expect(await window.found()).toEqual(found);
});

test('a reload comes back to the groups, and another archive starts afresh', async ({ app }) => {
  app.browserOnly('the desktop window has a dialog of its own to open with');
  const window = await app.open(sharedArchives().synthetic);
  await window.search('service:iam');
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('b');
  await window.idle();
  await app.page.reload();
  await window.imported();
  await expect(app.page.getByRole('grid', { name: 'Groups' })).toBeVisible();
  await window.pickFromArchiveMenu('Close the archive');
  await app.page.reload();
  await expect(app.page.getByRole('heading', { name: 'Trailglass' })).toBeVisible();
});

/** All that a person sees of where they are. */
async function look(window: AppWindow): Promise<object> {
  return {
    found: await window.found(),
    chips: await window.chips.allInnerTexts(),
    times: await window.events.column('Time UTC'),
    sorted: await window.events.header('Event').getAttribute('aria-sort'),
    sentence: await window.detail.sentence.innerText(),
    current: await window.events.current.getAttribute('data-index'),
    marked: await window.events.marked.count(),
    raw: await window.detail.raw.isVisible(),
  };
}

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
