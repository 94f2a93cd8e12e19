/** The context menu of a row and its cells. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

test('a cell is filtered by: and this value, only this value, without it', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('service:iam result:Success');
  const cell = await window.events.cell(1, 'Event');
  const name = await cell.innerText();
  await cell.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Filter in: and this value' }).click();
  await window.idle();
  await expect(window.query).toHaveValue(`service:iam result:Success event:${name}`);
  await (await window.events.cell(0, 'Service')).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Filter out: without this value' }).click();
  await window.idle();
  await expect(window.query).toHaveValue(`result:Success event:${name} -service:iam`);
  await page.keyboard.press('Alt+ArrowLeft');
  await window.idle();
  await (await window.events.cell(0, 'Result')).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Only this: no other test of Result' }).click();
  await window.idle();
  await expect(window.query).toHaveValue(`service:iam event:${name} result:Success`);
});

test('by keyboard, all events around one are shown, and it stays chosen', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.search('event:CreateUser');
  await window.events.row(0).click();
  await window.idle();
  const chosen = await window.events.current.innerText();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'What to do with the event' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(window.events.grid).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Around this event: all within 5 minutes' }).press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue(/^time>=\S+ time<\S+$/);
  await expect(window.events.current).toBeInViewport();
  expect(await window.events.current.innerText()).toBe(chosen);
});

test('marked events are copied as JSON by the menu on one of them, and a press elsewhere closes it', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.events.row(0).click();
  await window.events.row(2).click({ modifiers: ['Shift'] });
  await window.idle();
  await (await window.events.cell(1, 'Event')).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy 3 events as JSON' }).click();
  await expect(page.getByText('JSON of 3 events copied')).toBeVisible();
  const records = JSON.parse(await app.copied()) as readonly { readonly eventName: string }[];
  expect(records.map(({ eventName }) => eventName)).toEqual((await window.events.column('Event')).slice(0, 3));
  await window.events.row(1).click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await window.query.click();
  await expect(page.getByRole('menu')).toBeHidden();
});
