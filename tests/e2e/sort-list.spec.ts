/** The order of the list: by any column, over all matching events. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

test('a press on a header sorts all events by that column, another press the other way round', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('service:iam');
  await window.events.header('Event').click();
  await window.idle();
  await expect(window.events.header('Event')).toHaveAttribute('aria-sort', 'ascending');
  await expect(window.events.header('Time UTC')).not.toHaveAttribute('aria-sort');
  const first = await window.events.column('Event');
  expect(first.length).toBeGreaterThan(5);
  expect(first).toEqual([...first].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)));

  const { facets } = await queryByCli(sharedArchives().synthetic, 'service:iam', ['--facet', 'event']);
  const names = (facets['event'] ?? []).map(([name]) => name).sort();
  expect(first[0]).toBe(names[0]);
  await window.events.header('Event').click();
  await window.idle();
  await expect(window.events.header('Event')).toHaveAttribute('aria-sort', 'descending');
  expect((await window.events.column('Event'))[0]).toBe(names.at(-1));
});

test('the keyboard sorts by a column, and s turns the order round', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('service:iam');
  await window.events.header('Source address').focus();
  await page.keyboard.press('Enter');
  await window.idle();
  await expect(window.events.header('Source address')).toHaveAttribute('aria-sort', 'ascending');
  const [lowest] = await window.events.column('Source address');
  await page.keyboard.press('s');
  await window.idle();
  await expect(window.events.header('Source address')).toHaveAttribute('aria-sort', 'descending');
  const [highest = ''] = await window.events.column('Source address');
  expect(highest > (lowest ?? '')).toBe(true);
});

test('the chosen event stays in view when the order changes; with none chosen the list begins at its first', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.events.grid.focus();
  await page.keyboard.press('End');
  await window.idle();
  const chosen = await window.events.current.innerText();
  await window.events.header('Event').click();
  await window.idle();
  await expect(window.events.current).toBeInViewport();
  expect(await window.events.current.innerText()).toBe(chosen);

  // A query without the event begins at its first match.
  await window.search('event:CreateUser OR event:AssumeRole');
  await expect(window.events.row(0)).toBeInViewport();
});

test('an order by a column that is removed goes back to that of time', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.events.header('Target').click();
  await window.idle();
  await app.page.getByRole('button', { name: 'Columns' }).click();
  await app.page.getByRole('button', { name: 'Remove Target' }).click();
  await window.idle();
  await expect(window.events.header('Time UTC')).toHaveAttribute('aria-sort', 'ascending');
});

test('zooming to the matching events is right in any order', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('event:CreateUser');
  await app.page.keyboard.press('Escape');
  await window.events.header('Identity').click();
  await window.idle();
  const { matched } = await window.found();
  await window.events.grid.focus();
  await app.page.keyboard.press('f');
  await window.idle();
  expect((await window.found()).matched).toBe(matched);
});
