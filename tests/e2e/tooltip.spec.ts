/** Tooltips: one style for the pointer and the keyboard, beside what they are about. */
import type { Locator, Page } from '@playwright/test';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

const tooltip = (page: Page): Locator => page.getByRole('tooltip');

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(part: Locator): Promise<Box> {
  const box = await part.boundingBox();
  if (box === null) throw new Error('not in view');
  return box;
}

function overlap(one: Box, other: Box): boolean {
  const isApart = one.x >= other.x + other.width || other.x >= one.x + one.width;
  return !isApart && one.y < other.y + other.height && other.y < one.y + one.height;
}

test('the pointer gets it in our style, it can be pointed at, and Escape hides it and nothing else', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.query.fill('service:s3');
  await window.idle();
  const help = window.status.getByRole('button', { name: 'Help' });
  await help.hover();
  await expect(tooltip(page)).toHaveText('Help and shortcuts (?)');
  await expect(help).not.toHaveAttribute('title');
  await expect(help, 'it is heard as well').toHaveAccessibleDescription('Help and shortcuts (?)');
  const tip = await boxOf(tooltip(page));
  expect(overlap(tip, await boxOf(help))).toBe(false);
  await page.mouse.move(tip.x + tip.width / 2, tip.y + tip.height / 2);
  await page.mouse.move(tip.x + tip.width / 2 + 1, tip.y + tip.height / 2);
  await expect(tooltip(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(tooltip(page)).toBeHidden();
  await expect(window.query, 'Escape went no further').toHaveValue('service:s3');
  await page.mouse.move(600, 400);
  await expect(help, 'what screen readers know comes back').toHaveAttribute('title', 'Help and shortcuts (?)');
});

test('the keyboard gets it where the focus is', async ({ app }) => {
  await app.open(sharedArchives().synthetic);
  const { page, window } = app;
  await window.status.getByRole('button', { name: 'View' }).focus();
  await page.keyboard.press('Tab');
  await expect(tooltip(page)).toHaveText('Help and shortcuts (?)');
  await page.keyboard.press('Shift+Tab');
  await expect(tooltip(page)).toBeHidden();
});

test('a press goes to what lies below it', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const cell = window.events.row(1).locator('[title]').first();
  const box = await boxOf(cell);
  await app.page.mouse.move(box.x + 4, box.y + box.height / 2);
  await expect(tooltip(app.page)).toBeVisible();
  const tip = await boxOf(tooltip(app.page));
  expect(overlap(tip, box)).toBe(false);
  await app.page.mouse.click(tip.x + 4, tip.y + tip.height / 2);
  await window.idle();
  await expect(tooltip(app.page)).toBeHidden();
  await expect(window.detail.sentence).toBeVisible();
});

test.describe('in a small window', () => {
  test.use({ viewport: { width: 720, height: 450 } });

  test('it stays inside', async ({ app }) => {
    const window = await app.open(sharedArchives().synthetic);
    for (const name of ['Columns', /^Zone/]) {
      await app.page.getByRole('banner').getByRole('button', { name }).hover();
      await expect(tooltip(app.page)).toBeVisible();
      const { x, y, width, height } = await boxOf(tooltip(app.page));
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(720);
      expect(y + height).toBeLessThanOrEqual(450);
    }
    await window.idle();
  });
});
