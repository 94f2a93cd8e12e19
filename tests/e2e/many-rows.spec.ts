/** More rows than a browser can make an element tall: 1.5 million of 24 px, where Chromium stops at 1,398,101. */
import { isoSecond, sharedArchives, tinyEvents, tinyStart } from './archives';
import type { AppWindow } from './app-window';
import { expect, test } from './fixtures';

const timeOf = (row: number): string =>
  isoSecond(tinyStart + row * 1000)
    .replace('T', ' ')
    .replace('Z', '');

/** The first row in view. */
const topOf = ({ events }: AppWindow): Promise<number> =>
  events.grid
    .locator('[data-index]')
    .evaluateAll((rows) => Math.min(...rows.map((row) => Number(row.getAttribute('data-index')))));

/** The wheel moves by rows, not by thousands of them. */
async function wheelMovesByRows(window: AppWindow): Promise<void> {
  await window.events.grid.hover();
  const before = await topOf(window);
  await window.page.mouse.wheel(0, -240);
  await window.idle();
  const moved = before - (await topOf(window));
  expect(moved).toBeGreaterThanOrEqual(9);
  expect(moved).toBeLessThanOrEqual(11);
}

/** The scroll bar reaches the middle and both ends, and rows in view are their own. */
async function barReachesAll(window: AppWindow): Promise<void> {
  const { grid } = window.events;
  await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
  await window.idle();
  const middle = await topOf(window);
  expect(middle / tinyEvents).toBeCloseTo(0.5, 1);
  const texts = await window.events.column('Time UTC');
  expect(texts.length).toBeGreaterThan(10);
  for (const [offset, text] of texts.entries()) expect(text).toContain(timeOf(middle + offset));

  await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await window.idle();
  await expect(window.events.row(tinyEvents - 1)).toBeInViewport({ ratio: 1 });
  await grid.evaluate((element) => element.scrollTo({ top: 0 }));
  await window.idle();
  await expect(window.events.row(0)).toBeInViewport({ ratio: 1 });
}

test('every row can be reached: by keys, by the wheel and by the scroll bar', async ({ app }) => {
  const window = await app.open(sharedArchives().tiny);
  const { grid } = window.events;
  const { page } = app;
  expect(await window.found()).toEqual({ matched: tinyEvents, total: tinyEvents });
  await expect(grid).toHaveAttribute('aria-rowcount', String(tinyEvents + 1));
  await expect(window.events.row(0)).toContainText(timeOf(0));

  // The last row, whole and at the lower edge.
  await grid.focus();
  await page.keyboard.press('End');
  await window.idle();
  const last = window.events.row(tinyEvents - 1);
  await expect(last).toContainText(timeOf(tinyEvents - 1));
  await expect(last).toBeInViewport({ ratio: 1 });
  await expect(window.detail.sentence).toContainText(timeOf(tinyEvents - 1));

  // From there by single rows and by pages, none skipped.
  await page.keyboard.press('ArrowUp');
  await window.idle();
  await expect(window.detail.sentence).toContainText(timeOf(tinyEvents - 2));
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await window.idle();
  await expect(window.events.current).toBeInViewport({ ratio: 1 });
  const place = Number(await window.events.current.getAttribute('data-index'));
  await expect(window.events.current).toContainText(timeOf(place));

  await wheelMovesByRows(window);
  await barReachesAll(window);

  // What is narrowed down below the limit is a plain list again.
  await window.search(`time>=${isoSecond(tinyStart + 1_000_000_000)} time<${isoSecond(tinyStart + 1_000_050_000)}`);
  expect(await window.found()).toEqual({ matched: 50, total: tinyEvents });
  await grid.focus();
  await page.keyboard.press('End');
  await window.idle();
  await expect(window.events.row(49)).toContainText(timeOf(1_000_049));
});
