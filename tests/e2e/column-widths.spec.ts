/** How wide the columns of the list are, and what stays in view sideways. */
import type { Locator } from '@playwright/test';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

const widthOf = async (locator: Locator): Promise<number> => (await locator.boundingBox())?.width ?? 0;
const rightOf = async (locator: Locator): Promise<number> => {
  const box = await locator.boundingBox();
  return (box?.x ?? 0) + (box?.width ?? 0);
};

test('event, identity, target and result take the room that a wide window has, up to its edge', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page, events } = window;
  const growing = ['Event', 'Identity', 'Target', 'Result'];
  const before = await Promise.all(growing.map((name) => widthOf(events.header(name))));
  await page.setViewportSize({ width: 1920, height: 900 });
  await window.idle();
  for (const [at, name] of growing.entries())
    expect(await widthOf(events.header(name)), name).toBeGreaterThan((before[at] ?? 0) + 30);
  const room = await events.grid.evaluate((grid) => grid.getBoundingClientRect().left + grid.clientWidth);
  expect(Math.abs(room - (await rightOf(events.headers.last())))).toBeLessThanOrEqual(1);
});

test('a double click on an edge fits the column to its content, which then keeps its width', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page, events } = window;
  await page.setViewportSize({ width: 1920, height: 900 });
  await window.idle();
  const header = events.header('Event');
  const box = await header.boundingBox();
  await page.mouse.dblclick((box?.x ?? 0) + (box?.width ?? 0) - 1, (box?.y ?? 0) + 10);
  await window.idle();
  const fitted = await widthOf(header);
  expect(fitted, 'it had grown beyond its content').toBeLessThan((box?.width ?? 0) - 20);
  const names = events.grid.locator('.with-tags > .start');
  const cutOff = await names.evaluateAll((all) => Math.max(...all.map((name) => name.scrollWidth - name.clientWidth)));
  expect(cutOff, 'no name is cut off').toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1800, height: 900 });
  await window.idle();
  expect(await widthOf(header)).toBe(fitted);
});

test('the time and the header stay in view while the list is scrolled sideways', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page, events } = window;
  await page.setViewportSize({ width: 720, height: 600 });
  await window.idle();
  await events.grid.evaluate((grid) => grid.scrollTo({ left: 300, top: 400 }));
  await window.idle();
  const left = (await events.grid.boundingBox())?.x ?? 0;
  const header = events.header('Time UTC');
  await expect(header).toBeInViewport({ ratio: 1 });
  const first = Number(await events.grid.locator('[data-index]').first().getAttribute('data-index'));
  const time = await events.cell(first + 3, 'Time UTC');
  expect((await time.boundingBox())?.x).toBe((await header.boundingBox())?.x);
  expect(((await time.boundingBox())?.x ?? 0) - left).toBeLessThanOrEqual(26);
  // Nothing shows through, and the cell takes its own clicks.
  const isOnTop = await time.evaluate((cell) => {
    const { left: x, top, width, height } = cell.getBoundingClientRect();
    const over = document.elementFromPoint(x + width - 4, top + height / 2);
    return cell.contains(over) && getComputedStyle(cell).backgroundColor !== 'rgba(0, 0, 0, 0)';
  });
  expect(isOnTop).toBe(true);
});

test.describe('in a window of 1,024 px', () => {
  test.use({ viewport: { width: 1024, height: 700 } });

  test('the target is in view without scrolling, beside the detail too', async ({ app }) => {
    const window = await app.open(sharedArchives().synthetic);
    expect((await window.events.columnNames())[2]).toBe('Target');
    await expect(window.events.header('Target')).toBeInViewport({ ratio: 1 });
    await window.events.row(1).click();
    await window.idle();
    const target = await window.events.header('Target').boundingBox();
    const detail = await window.detail.section.boundingBox();
    expect((detail?.x ?? 0) - (target?.x ?? 0), 'px of the target beside the detail').toBeGreaterThan(50);
  });
});
