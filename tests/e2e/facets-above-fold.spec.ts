/** The facets that matter most are in view at once, in either density. */
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

const first = ['Identity', 'Event', 'Target', 'Service', 'Source address'] as const;

test.use({ viewport: { width: 1440, height: 900 } });

for (const density of ['compact', 'comfortable'] as const) {
  test(`who, what, upon what, through what and from where are above the fold, ${density}`, async ({ app }) => {
    const window = await app.startImporting(sharedArchives().synthetic);
    await window.imported();
    if (density === 'comfortable') {
      await app.page.keyboard.press('m');
      await window.idle();
    }
    await expect(window.importStrip, 'takes its room too').toBeVisible();
    const panel = await window.facets.boundingBox();
    const order = await window.facets
      .getByRole('region')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    expect(order.slice(0, first.length)).toEqual(first);
    for (const label of first) {
      const { section } = window.facet(label);
      const head = await section.locator('header').boundingBox();
      const last = await section.locator('li').last().boundingBox();
      expect(head?.y).toBeGreaterThanOrEqual(panel?.y ?? Infinity);
      expect((last?.y ?? Infinity) + (last?.height ?? 0), label).toBeLessThanOrEqual(
        (panel?.y ?? 0) + (panel?.height ?? 0),
      );
      expect(await section.locator('li').count(), label).toBe(3);
    }
  });
}

test('more values of a facet are a press away, and fewer again', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const event = window.facet('Event');
  const values = (await event.values()).map(({ value }) => value);
  await event.tool(/^[\d,]+ more$/).click();
  await window.idle();
  expect((await event.values()).length).toBeGreaterThan(8);
  await event.tool('fewer').click();
  await window.idle();
  expect((await event.values()).map(({ value }) => value)).toEqual(values);
});

test('the order that somebody chose stays', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.facet('Region').section.locator('button.title').focus();
  for (let times = 0; times < 6; times++) await app.page.keyboard.press('Alt+ArrowUp');
  await window.idle();
  await app.page.reload();
  await window.imported();
  await expect(window.facets.getByRole('region').first()).toHaveAccessibleName('Region');
});
