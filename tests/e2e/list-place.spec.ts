/** Where the list begins after the query changed, by whatever way. */
import { sharedArchives } from './archives';
import type { AppWindow } from './app-window';
import { expect, test } from './fixtures';

/** Scrolls far down, with nothing chosen. */
async function scrollAway(window: AppWindow): Promise<void> {
  await window.events.grid.hover();
  await window.page.mouse.wheel(0, 24_000);
  await window.idle();
  await expect(window.events.row(0)).toHaveCount(0);
}

test('with nothing chosen, a query, a facet, a span and an order each begin at the first match', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const ways: readonly (() => Promise<void>)[] = [
    () => window.search('class:read'),
    async () =>
      window
        .facet('Service')
        .value((await window.facet('Service').values())[0]?.value ?? '')
        .click(),
    () => window.timeline.drag(0.2, 0.9),
    () => window.events.header('Event').click(),
    () => window.page.keyboard.press('['),
  ];
  for (const change of ways) {
    await scrollAway(window);
    await change();
    await window.idle();
    await expect(window.events.row(0)).toBeInViewport({ ratio: 0.5 });
  }
});

test('a chosen event that still matches stays in view; one that no longer does gives way to the first match', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const { page } = app;
  await window.events.grid.focus();
  await page.keyboard.press('End');
  await window.idle();
  const service = await (await window.events.cell(19_999, 'Service')).innerText();
  const sentence = await window.detail.sentence.innerText();

  await window.search(`service:${service}`);
  await expect(window.events.current).toBeInViewport({ ratio: 0.5 });
  await expect(window.detail.sentence).toHaveText(sentence);
  await window.timeline.drag(0.5, 0.999);
  await window.idle();
  await expect(window.events.current).toBeInViewport({ ratio: 0.5 });

  await window.search(`-service:${service}`);
  await expect(window.events.row(0)).toBeInViewport({ ratio: 0.5 });
  await expect(window.events.current).toHaveCount(0);
});
