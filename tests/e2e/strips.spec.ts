/** How much stands above the first row, and that nothing there overlaps, down to a window of 720 × 450. */
import type { Locator } from '@playwright/test';
import type { AppWindow } from './app-window';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

const sizes = [
  { width: 1440, height: 900, scale: 1 },
  { width: 1024, height: 700, scale: 1 },
  { width: 720, height: 450, scale: 1 },
  { width: 720, height: 450, scale: 2 },
] as const;

/** A word that is said to be read as such, and eight filters. */
const crowded =
  '(index=main OR service:*) region:* -identity:nobody -event:Nothing -ip:192.0.2.77 -agent:nothing account:* kind:* time>=2000-01-01';

for (const { width, height, scale } of sizes) {
  test.describe(`at ${String(width)} × ${String(height)}, ${String(scale * 100)} %`, () => {
    test.use({ viewport: { width, height }, deviceScaleFactor: scale });

    test('filters fold into a number, nothing overlaps and the first rows are in view', async ({ app }) => {
      const window = await app.startImporting(sharedArchives().synthetic);
      await window.imported();
      const { page } = app;
      await expect(window.importStrip, 'stands below the rows').toBeVisible();
      expect(await bottomOf(window.events.row(1))).toBeLessThan(height);
      await window.search(crowded);
      await window.idle();
      const head = page.getByRole('banner');
      const more = head.getByRole('button', { name: /more filters?$/ });
      const chips = head.getByRole('list', { name: 'Filters' });
      const parts = [
        chips,
        more,
        page.getByTitle('The chosen time range'),
        head.getByRole('button', { name: /^Zone/ }),
      ];
      await expect(more).toHaveText(/^\+\d/);
      const boxes = await Promise.all(parts.map(boxOf));
      for (const [at, box] of boxes.entries()) {
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.x).toBeGreaterThanOrEqual((boxes[at - 1]?.x ?? 0) + (boxes[at - 1]?.width ?? 0));
        expect(box.width).toBeGreaterThan(15);
      }
      await expect(page.getByRole('region', { name: 'How the query was read' })).toBeVisible();
      const timeline = await boxOf(window.timeline.section);
      expect(timeline.y, 'the head of two lines and one strip of notes').toBeLessThanOrEqual(96);
      expect(await bottomOf(window.events.row(1))).toBeLessThan(height);
      await expect(window.status).toBeInViewport({ ratio: 1 });

      // What is folded can be removed all the same, by keyboard too.
      const count = Number(/\+(\d+)/.exec(await more.innerText())?.[1]);
      await more.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: /^Remove: kind/ }).press('Enter');
      await window.idle();
      await expect(window.query).not.toHaveValue(/kind/);
      if (count > 1) await expect(more).toHaveText(new RegExp(`^\\+${String(count - 1)}`));
    });
  });
}

test('where nothing matches, what to try is one of the two strips there are at most', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('index=main DeletTrail');
  await expect(app.page.getByRole('region', { name: 'How the query was read' })).toBeVisible();
  await expect(window.noMatch).toBeVisible();
  expect(await stripsIn(window)).toBe(2);
  await window.search('index=main OR service:s3');
  await expect(window.events.row(1)).toBeVisible();
  expect(await stripsIn(window)).toBe(1);
  await window.search('service:s3');
  expect(await stripsIn(window)).toBe(0);
});

/** Strips that take room: of the problem and the notes, and of what to try where nothing matches. */
async function stripsIn({ page }: AppWindow): Promise<number> {
  const heights = await page.locator('[data-strip]').evaluateAll((all) => all.map((one) => one.clientHeight));
  return heights.filter((height) => height > 0).length;
}

async function boxOf(part: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await part.boundingBox();
  if (box === null) throw new Error('not in view');
  return box;
}

async function bottomOf(part: Locator): Promise<number> {
  const { y, height } = await boxOf(part);
  return y + height;
}
