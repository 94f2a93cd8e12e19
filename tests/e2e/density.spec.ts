/** How the window looks: chosen in the palette or the View menu, and kept. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

test('rows of list, facets and record have more room where that is asked for, also after a reload', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const heights = async () => ({
    row: (await window.events.row(1).boundingBox())?.height,
    value: (await window.facet('Service').section.locator('li').first().boundingBox())?.height,
  });
  expect(await heights()).toEqual({ row: 24, value: 24 });
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('comfortable');
  await app.page.keyboard.press('Enter');
  await window.idle();
  expect(await heights()).toEqual({ row: 32, value: 28 });
  await expect(window.events.row(1)).toHaveCSS('line-height', '31px');
  await app.page.reload();
  await window.imported();
  expect(await heights()).toEqual({ row: 32, value: 28 });
  await app.page.keyboard.press('m');
  await window.idle();
  expect(await heights()).toEqual({ row: 24, value: 24 });
});

test('density, theme and zone are found by the mouse too, and the menu says which is on', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  const pick = async (name: string): Promise<void> => {
    await window.status.getByRole('button', { name: 'View' }).click();
    await page.getByRole('menuitemcheckbox', { name }).click();
    await window.idle();
  };
  await pick('Comfortable rows');
  expect((await window.events.row(1).boundingBox())?.height).toBe(32);
  await pick('Dark theme');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await window.status.getByRole('button', { name: 'View' }).click();
  await expect(page.getByRole('menuitemcheckbox', { checked: true })).toHaveText([/Comfortable rows/, /Dark theme/]);
  await page.getByRole('menuitem', { name: /^Times in UTC/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});
