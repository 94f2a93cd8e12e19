/** How much room a row has: chosen in the palette, and kept. */
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
