/** What a person does all day in the window, each act as keys, wheel and mouse. */
import { idle } from './meter.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./meter.mjs').Act} Act
 */

const typingMs = 90;
const frameMs = 16;

const query = (/** @type {Page} */ page) => page.getByRole('combobox', { name: 'Query', exact: true });
const grid = (/** @type {Page} */ page) => page.getByRole('grid', { name: 'Events' });
const timeline = (/** @type {Page} */ page) =>
  page.getByRole('region', { name: 'Timeline', exact: true }).locator('svg[role="presentation"]');

/** @param {Page} page */
async function everything(page) {
  await query(page).fill('');
  await query(page).press('Control+Enter');
  await idle(page);
}

/** @param {Page} page */
async function toFirstRow(page) {
  await grid(page).focus();
  await page.keyboard.press('Home');
  await idle(page);
}

/** @param {import('@playwright/test').Locator} locator */
async function boxOf(locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('what is to be dragged is not in view');
  return box;
}

/**
 * Moves the pressed mouse in small steps, one a frame.
 *
 * @param {Page} page
 * @param {{ x: number, y: number }} from
 * @param {{ x: number, y: number }} to
 * @param {number} steps
 */
async function drag(page, from, to, steps) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step++) {
    await page.mouse.move(from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps);
    await page.waitForTimeout(frameMs);
  }
  await page.mouse.up();
}

/** @param {Page} page */
function topRow(page) {
  return grid(page)
    .locator('[data-index]')
    .evaluateAll((rows) => Math.min(...rows.map((row) => Number(row.getAttribute('data-index')))));
}

/** @type {readonly Act[]} */
export const acts = [
  { name: 'nothing', perform: (page) => page.waitForTimeout(2000) },
  {
    name: 'type a field test',
    arrange: (page) => query(page).focus(),
    perform: (page) => page.keyboard.type('event:GetObject region:us-east-1', { delay: typingMs }),
    restore: everything,
  },
  {
    name: 'type words',
    arrange: (page) => query(page).focus(),
    perform: (page) => page.keyboard.type('deployment role error', { delay: typingMs }),
    restore: everything,
  },
  {
    name: 'wheel',
    arrange: toFirstRow,
    async perform(page) {
      await grid(page).hover();
      for (let turn = 0; turn < 100; turn++) {
        await page.mouse.wheel(0, 480);
        await page.waitForTimeout(frameMs);
      }
    },
  },
  {
    name: 'PageDown held',
    arrange: toFirstRow,
    async perform(page) {
      for (let press = 0; press < 60; press++) {
        await page.keyboard.press('PageDown');
        await page.waitForTimeout(2 * frameMs);
      }
    },
    restore: toFirstRow,
  },
  {
    name: 'drag the scroll bar',
    arrange: toFirstRow,
    async perform(page) {
      const { x, y, width, height } = await boxOf(grid(page));
      // Some systems draw a button at each end of the bar.
      const at = (/** @type {number} */ share) => ({ x: x + width - 6, y: y + 22 + (height - 44) * share });
      await drag(page, at(0), at(0.7), 60);
      if ((await topRow(page)) < 1000) throw new Error('the scroll bar did not move the list');
    },
    restore: toFirstRow,
  },
  {
    name: 'brush the timeline',
    async perform(page) {
      const { x, y, width, height } = await boxOf(timeline(page));
      const at = (/** @type {number} */ share) => ({ x: x + width * share, y: y + height / 3 });
      await drag(page, at(0.25), at(0.6), 50);
    },
  },
  {
    name: 'move the span',
    async perform(page) {
      const { x, y, width } = await boxOf(timeline(page));
      const at = (/** @type {number} */ share) => ({ x: x + width * share, y: y + 5 });
      await drag(page, at(0.4), at(0.55), 40);
    },
    restore: everything,
  },
  {
    name: 'choose facets',
    async perform(page) {
      const values = page.getByRole('region', { name: 'Facets', exact: true }).locator('li button.value');
      for (const place of [1, 0, 2]) {
        await values.nth(place).click();
        await page.waitForTimeout(400);
      }
    },
    restore: everything,
  },
  {
    name: 'sort by columns',
    async perform(page) {
      const headers = grid(page).getByRole('columnheader');
      for (const place of [2, 3, 4, 1]) {
        await headers.nth(place).locator('.label').click();
        await page.waitForTimeout(600);
      }
    },
    restore: toFirstRow,
  },
  {
    name: 'arrow keys with details',
    async arrange(page) {
      await toFirstRow(page);
      await page.keyboard.press('ArrowDown');
    },
    async perform(page) {
      for (let press = 0; press < 40; press++) {
        await page.keyboard.press('ArrowDown');
        await page.waitForTimeout(4 * frameMs);
      }
    },
  },
];
