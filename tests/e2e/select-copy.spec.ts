/** Choosing and copying events as on a desktop: a click, Shift, Ctrl, Ctrl+A, Ctrl+C. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { event, sharedArchives, writeArchive } from './archives';
import { expect, test } from './fixtures';

test('one click opens the detail', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.events.row(2).click();
  await expect(window.detail.sentence).toContainText(await (await window.events.cell(2, 'Event')).innerText());
});

test('Shift takes a range, Ctrl single events, and Ctrl+C copies them as a table in the order of the list', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('service:iam');
  await window.events.row(1).click();
  await window.events.row(3).click({ modifiers: ['Shift'] });
  await window.idle();
  await expect(window.events.marked).toHaveCount(3);
  // A range from the same event takes the place of the one before.
  await window.events.row(2).click({ modifiers: ['Shift'] });
  await window.idle();
  await expect(window.events.marked).toHaveCount(2);
  await window.events.row(0).click({ modifiers: ['Control'] });
  await window.events.row(5).click({ modifiers: ['Control'] });
  await window.events.row(5).click({ modifiers: ['Control'] });
  await window.idle();
  await expect(window.events.marked).toHaveCount(3);
  await expect(window.status).toContainText('3 marked');

  await page.keyboard.press('Control+C');
  await window.idle();
  const lines = (await app.copied()).split('\n').map((line) => line.split('\t'));
  expect(lines[0]).toEqual(await window.events.columnNames());
  const names = await window.events.column('Event');
  expect(lines.slice(1).map((cells) => cells[lines[0]?.indexOf('Event') ?? 0])).toEqual(names.slice(0, 3));
});

test('a click after marking copies the event of the click alone', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.events.row(0).click();
  await app.page.keyboard.press('Shift+ArrowDown');
  await window.idle();
  await expect(window.events.marked).toHaveCount(2);
  await window.events.row(4).click();
  await window.idle();
  await app.page.keyboard.press('Control+C');
  await window.idle();
  expect((await app.copied()).split('\n')).toHaveLength(2);
  await expect(window.status).toContainText('2 marked');
});

test('Ctrl+A marks all events of the list and says how many, up to a limit', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('service:iam');
  const { matched } = await window.found();
  await window.events.grid.focus();
  await page.keyboard.press('Control+A');
  await expect(window.status).toContainText(`${matched.toLocaleString('en-US')} marked`);
  await page.keyboard.press('Control+C');
  await expect(page.getByText(`Table of ${matched.toLocaleString('en-US')} events copied`)).toBeVisible();
  expect((await app.copied()).split('\n')).toHaveLength(matched + 1);

  await window.search('');
  await window.events.grid.focus();
  await page.keyboard.press('Control+A');
  await expect(page.getByText('The first 10,000 of 20,000 events are marked, the most at once')).toBeVisible();
});

test('records that can no longer be read are left out of a copy, which says which they are', async ({ app }) => {
  const fileOf = (name: string): object => ({ Records: [event({ eventName: name, eventID: name })] });
  const folder = await writeArchive(join(app.folder, 'logs'), {
    'one.json': fileOf('ListUsers'),
    'two.json': fileOf('DeleteTrail'),
    'three.json': fileOf('ListRoles'),
  });
  const window = await app.open(folder);
  await appendFile(join(folder, 'two.json'), ' more');
  await window.events.grid.focus();
  await app.page.keyboard.press('Control+A');
  await window.idle();
  await window.events.row(0).click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Copy 3 events as JSON' }).click();
  await expect(app.page.getByText('JSON of 2 of 3 events copied')).toBeVisible();
  const records = JSON.parse(await app.copied()) as readonly { readonly eventName: string }[];
  expect(records.map(({ eventName }) => eventName).sort()).toEqual(['ListRoles', 'ListUsers']);
  const left = app.page.getByText(/^1 event could not be read again and is left out: .* DeleteTrail\./);
  await expect(left).toContainText('two.json');
});
