/** Opening logs: by the picker, by a path, from the list of recent ones, from the command line, by dropping them. */
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { event, filesBelow, writeArchive } from './archives';
import { expect, test, type App } from './fixtures';

let lastEvent = 0;

/** Events of these names, each of its own: none is a copy of another. */
const records = (...names: readonly string[]): object => ({
  Records: names.map((eventName) => event({ eventName, eventID: `event ${++lastEvent}` })),
});

/** A home with logs in it: a folder of two files, a file beside it, and a folder with nothing to open. */
async function homeWithLogs(app: App): Promise<void> {
  await writeArchive(app.home, {
    'cases/2024-05/eu/a.json': records('GetObject', 'PutObject'),
    'cases/2024-05/us/b.json': records('DeleteObject'),
    'cases/2024-06/c.json': records('CopyObject'),
    'single.json': records('GetObject'),
  });
  await mkdir(join(app.home, 'empty'));
}

test.describe('the folder picker of the browser host', () => {
  test.beforeEach(async ({ app }) => {
    app.browserOnly('the desktop window uses the dialog of the system');
    await homeWithLogs(app);
    await app.start();
  });

  test('opens a folder by the mouse', async ({ app }) => {
    const { page, window } = app;
    await page.getByRole('button', { name: 'Open folder or files…' }).click();
    const picker = window.dialog('Open folder or files');
    await expect(picker.getByRole('textbox', { name: 'Path' })).toHaveValue(app.home);
    await expect(picker.getByRole('option')).toHaveText([/cases/, /empty/, /single\.json/]);

    await picker.getByRole('option', { name: 'cases' }).dblclick();
    await picker.getByRole('option', { name: '2024-05' }).dblclick();
    await expect(picker.getByRole('option')).toHaveText([/eu/, /us/]);
    await picker.getByRole('button', { name: 'Open this folder' }).click();

    await window.imported();
    expect(await window.found()).toEqual({ matched: 3, total: 3 });
    await expect(picker).toBeHidden();
    await expect(page).toHaveTitle('2024-05 – Trailglass');
  });

  test('opens a folder by the keyboard', async ({ app }) => {
    const { page, window } = app;
    await page.keyboard.press('o');
    const picker = window.dialog('Open folder or files');
    await expect(picker.getByRole('option')).toHaveCount(3);
    await page.keyboard.press('c');
    await page.keyboard.press('Enter');
    await expect(picker.getByRole('option')).toHaveText([/2024-05/, /2024-06/]);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(picker.getByRole('option')).toHaveText([/c\.json/]);
    await page.keyboard.press('Backspace');
    // Back up, the keys act on the folder they came out of.
    await expect(picker.getByRole('option', { name: '2024-06' })).toHaveAttribute('aria-current', 'true');
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect(picker.getByRole('option', { selected: true })).toHaveText(/2024-05/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(picker.getByRole('button', { name: 'Open selected' })).toBeFocused();
    await page.keyboard.press('Enter');

    await window.imported();
    expect(await window.found()).toEqual({ matched: 3, total: 3 });
  });

  test('opens several folders and files together', async ({ app }) => {
    const { page, window } = app;
    await page.getByRole('button', { name: 'Open folder or files…' }).click();
    const picker = window.dialog('Open folder or files');
    await picker.getByRole('option', { name: 'cases' }).click();
    await picker.getByRole('option', { name: 'single.json' }).click();
    await picker.getByRole('button', { name: 'Open 2 selected' }).click();
    await window.imported();
    expect(await window.found()).toEqual({ matched: 5, total: 5 });
  });

  test('goes to a path that is typed, opens a file whose path is, and says where a path leads nowhere', async ({
    app,
  }) => {
    const { page, window } = app;
    await page.getByRole('button', { name: 'Open folder or files…' }).click();
    const picker = window.dialog('Open folder or files');
    const path = picker.getByRole('textbox', { name: 'Path' });

    await path.fill(join(app.home, 'cases', 'no-such-folder'));
    await path.press('Enter');
    await expect(picker.getByRole('alert')).toContainText('no-such-folder');
    await expect(picker.getByRole('option')).toHaveCount(3);

    await path.fill(join(app.home, 'empty'));
    await path.press('Enter');
    await expect(picker).toContainText('Nothing in this folder can be opened.');
    await expect(picker.getByRole('alert')).toBeHidden();

    await path.fill('~/cases');
    await picker.getByRole('button', { name: 'Go' }).click();
    await expect(picker.getByRole('option')).toHaveText([/2024-05/, /2024-06/]);
    await picker.getByRole('navigation', { name: 'Folders above' }).getByRole('button', { name: 'home' }).click();
    await expect(picker.getByRole('option')).toHaveCount(3);
    await picker.getByRole('option', { name: 'cases' }).dblclick();
    await picker.getByRole('button', { name: 'The folder above' }).click();
    await expect(path).toHaveValue(app.home);

    await path.fill(`"${join(app.home, 'single.json')}"`);
    await path.press('Enter');
    await window.imported();
    expect(await window.found()).toEqual({ matched: 1, total: 1 });
  });

  test('says that a typed path leads nowhere, also where the first folder is still being listed', async ({ app }) => {
    const { page, window } = app;
    let list: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => (list = resolve));
    await page.route('**/rpc', async (route) => {
      if (route.request().postData()?.includes('folder.list') === true) await isHeld;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Open folder or files…' }).click();
    const picker = window.dialog('Open folder or files');
    const path = picker.getByRole('textbox', { name: 'Path' });

    await path.fill(join(app.home, 'no-such-folder'));
    await path.press('Enter');
    await expect(picker.getByRole('alert')).toContainText('no-such-folder');
    list();
    await expect(picker.getByRole('option')).toHaveCount(3);
    await expect(picker.getByRole('alert')).toContainText('no-such-folder');
    await expect(path).toHaveValue(/no-such-folder$/);
  });

  test('closes on Escape and leaves everything as it was', async ({ app }) => {
    const { page, window } = app;
    const opener = page.getByRole('button', { name: 'Open folder or files…' });
    await opener.click();
    await expect(window.dialog('Open folder or files').getByRole('option')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(window.dialog('Open folder or files')).toBeHidden();
    await expect(opener).toBeFocused();
    await expect(page.getByRole('heading', { name: 'Trailglass' })).toBeVisible();
  });
});

test('what the command line names is open when the window comes', async ({ app }) => {
  await homeWithLogs(app);
  const window = await app.open(join(app.home, 'cases', '2024-05'), join(app.home, 'single.json'));
  expect(await window.found()).toEqual({ matched: 4, total: 4 });
});

test('the sample archive is worth exploring and opens from the first screen', async ({ app }) => {
  await app.start();
  await app.page.getByRole('button', { name: 'Open the sample archive' }).click();
  await app.window.imported();
  const { matched, total } = await app.window.found();
  expect(matched).toBe(total);
  expect(total).toBeGreaterThan(1000);
  await expect(app.window.importStrip).toContainText(/events from \d+ files, 3 accounts/);
  await expect(app.window.importStrip).toContainText('0 files not read');
});

test('archives opened before are listed with what is in them, open again, and can be removed from the list', async ({
  app,
}) => {
  await homeWithLogs(app);
  const folder = join(app.home, 'cases');
  const window = await app.open(folder);
  await window.pickFromArchiveMenu('Close the archive');

  const archive = app.page.getByRole('listitem').getByRole('button', { name: /^cases/ });
  await expect(archive).toContainText('2024-05-06');
  await expect(archive).toContainText('4 events');
  await archive.click();
  await window.imported();
  expect(await window.found()).toEqual({ matched: 4, total: 4 });

  await window.pickFromArchiveMenu('Close the archive');
  await app.page.getByRole('button', { name: 'Remove cases from this list' }).click();
  await expect(app.page.getByText('Archives you open are listed here.')).toBeVisible();
});

test('an archive that was deleted is listed as not found', async ({ app }) => {
  await homeWithLogs(app);
  const folder = join(app.home, 'cases', '2024-06');
  const window = await app.open(folder);
  await rename(folder, `${folder}-moved`);
  await window.pickFromArchiveMenu('Close the archive');
  const archive = app.page.getByRole('listitem').getByRole('button', { name: /^2024-06/ });
  await expect(archive).toContainText('not found');
  await expect(archive).toBeDisabled();
});

test('another archive takes the place of the previous one, and nothing of the previous query stays', async ({
  app,
}) => {
  await homeWithLogs(app);
  const window = await app.open(join(app.home, 'cases'));
  await window.search('DeleteObject');
  await window.events.row(0).click();
  await window.pickFromArchiveMenu('Open the sample archive');
  await window.imported();
  await expect(window.query).toHaveValue('');
  await expect(window.detail.section).toContainText('No event selected.');
  expect((await window.found()).total).toBeGreaterThan(1000);
});

test('a folder without events says so, and the report says why', async ({ app }) => {
  const folder = await writeArchive(join(app.folder, 'notes'), { 'todo.json': '{"buy":["milk"]}' });
  const window = await app.open(folder);
  await expect(window.noMatch).toContainText('No events in this archive');
  await window.noMatch.getByRole('button', { name: 'See the import report' }).click();
  await expect(window.dialog('Import report')).toContainText('todo.json');
});

test('files dropped on the window open', async ({ app }) => {
  app.browserOnly('a drop made by a script has no path for the desktop window to read');
  await app.start();
  const transfer = await app.page.evaluateHandle(
    ([text = '', other = '']) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.json'));
      data.items.add(new File([other], 'dropped-too.json'));
      return data;
    },
    [JSON.stringify(records('GetObject', 'PutObject')), JSON.stringify(records('GetObject', 'PutObject'))],
  );
  const body = app.page.locator('body');
  await body.dispatchEvent('dragenter', { dataTransfer: transfer });
  await expect(app.page.getByText('Drop to open')).toBeVisible();
  await body.dispatchEvent('dragleave', { dataTransfer: transfer });
  await expect(app.page.getByText('Drop to open')).toBeHidden();

  await body.dispatchEvent('dragenter', { dataTransfer: transfer });
  await body.dispatchEvent('drop', { dataTransfer: transfer });
  await app.window.imported();
  await expect(app.page.getByText('Drop to open')).toBeHidden();
  expect(await app.window.found()).toEqual({ matched: 4, total: 4 });
});

test('nothing is written to the folders of the logs', async ({ app }) => {
  await homeWithLogs(app);
  const folder = join(app.home, 'cases');
  const before = await filesBelow(app.home);
  const window = await app.open(folder);
  await window.search('GetObject');
  await window.events.row(0).click();
  await window.idle();
  expect(await filesBelow(app.home)).toEqual(before);
});

test('the four questions of the sample each find events', async ({ app }) => {
  await app.start();
  await app.page.getByRole('button', { name: 'Open the sample archive' }).click();
  const { window } = app;
  await window.imported();
  const questions = app.page
    .getByRole('navigation', { name: 'Where to begin' })
    .getByRole('button')
    .filter({ hasNotText: 'Is it all here' });
  await expect(questions).toHaveCount(4);
  for (const question of await questions.all()) {
    await question.click();
    await window.idle();
    const { matched, total } = await window.found();
    expect(matched).toBeGreaterThan(0);
    expect(matched).toBeLessThan(total);
  }
});
