/** Every screen, in light and dark, as axe sees it by WCAG 2.2 AA, sizes of targets among it: nothing at all. */
import { join } from 'node:path';
import { makeTrail, writeTrail } from '../helpers/signed-trail';
import { findings } from './axe';
import { makeHeld, sharedArchives, writeArchive } from './archives';
import { expect, test } from './fixtures';

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
    await app.idle();
    await app.page.keyboard.press('Space');
    await app.idle();
    expect(await findings(app.page)).toEqual([]);
  }
});

test('an import under way', async ({ app }) => {
  const held = await makeHeld(join(app.folder, 'held'));
  const window = await app.startImporting(held.folder);
  await expect(window.importStrip.getByRole('progressbar')).toBeVisible();
  // Only the held file is left: no row comes or goes while axe looks.
  await expect(window.importStrip).toContainText('41 of 42 files', { timeout: 45_000 });
  expect(await findings(app.page)).toEqual([]);
  await expect(window.importStrip.getByRole('progressbar')).toBeVisible();
  // How an import is ended under the window is another test's; here nothing is left to be read.
  await held.release();
  await window.imported();
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

test('completions, a syntax error, nothing found', async ({ app }) => {
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

test('groups, the context menu on a value and on a bar, the palette', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.events.row(1).click({ button: 'right' });
  await expect(app.page.getByRole('menu')).toBeVisible();
  expect(await findings(app.page)).toEqual([]);
  await app.page.keyboard.press('Escape');
  await window.timeline.start.focus();
  await app.page.keyboard.press('Shift+F10');
  expect(await findings(app.page)).toEqual([]);
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('iam');
  await window.idle();
  expect(await findings(app.page)).toEqual([]);
  await app.page.keyboard.press('Escape');
  await window.events.row(1).click();
  await app.page.keyboard.press('b');
  await window.idle();
  expect(await findings(app.page)).toEqual([]);
});

test('a comparison', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.events.row(1).click();
  await app.page.keyboard.press('Space');
  await window.events.row(4).click();
  await app.page.keyboard.press('d');
  await window.idle();
  expect(await findings(app.page)).toEqual([]);
});

test('the View menu, the dialogs of times and limits, a tooltip', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.status.getByRole('button', { name: 'View' }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Compact rows' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  for (const key of ['T', 'Z']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await window.pickFromArchiveMenu('Limits');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await window.status.getByRole('button', { name: 'Help' }).hover();
  await expect(page.getByRole('tooltip')).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('the integrity of what is open', async ({ app }) => {
  const trail = makeTrail({ hours: [2, 1, 0, 1] });
  const window = await app.open(await writeTrail(join(app.folder, 'logs'), ...trail.logs.slice(1), ...trail.digests));
  await app.page.keyboard.press('v');
  await expect(window.dialog('Integrity')).toContainText('Something needs an explanation');
  expect(await findings(app.page)).toEqual([]);
});

test('what Trailglass says of itself, over the first screen', async ({ app }) => {
  await app.start();
  for (const title of ['About Trailglass', 'Licences', 'Copy diagnostics']) {
    await app.page.keyboard.press('Control+k');
    await app.page.keyboard.type(title);
    await app.page.keyboard.press('Enter');
    const dialog = app.window.dialog(title);
    await expect(dialog).toBeVisible();
    await app.idle();
    if (title === 'Copy diagnostics')
      await expect(dialog.getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
    expect(await findings(app.page), title).toEqual([]);
    await app.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
});
