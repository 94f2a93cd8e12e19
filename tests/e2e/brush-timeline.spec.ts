/** Choosing a span of time in the bars. */
import { isoSecond, sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

const queryOf = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `time>=${isoSecond(from)} time<${isoSecond(to)}`;

test.beforeEach(async ({ app }) => {
  await app.open(sharedArchives().synthetic);
});

test('dragging chooses a span of whole bars, and counts what lies in it', async ({ app }) => {
  const { window } = app;
  const whole = await window.timeline.span();
  await window.timeline.drag(0.3, 0.5);
  await window.idle();
  const chosen = await window.timeline.span();
  const share = (time: number): number => (time - whole.from) / (whole.to - whole.from);
  expect(share(chosen.from)).toBeCloseTo(0.3, 1);
  expect(share(chosen.to)).toBeCloseTo(0.5, 1);
  await expect(window.query).toHaveValue(queryOf(chosen));
  const answer = await queryByCli(sharedArchives().synthetic, queryOf(chosen));
  expect(await window.found()).toEqual({ matched: answer.matched, total: answer.total });
  // The list begins where the span does.
  const [first = ''] = await window.events.column('Time UTC');
  const firstTime = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.exec(first)?.[0] ?? '';
  expect(Date.parse(`${firstTime.replace(' ', 'T')}Z`)).toBeGreaterThanOrEqual(chosen.from);
});

test('a drag from right to left chooses the same span', async ({ app }) => {
  const { window } = app;
  await window.timeline.drag(0.5, 0.3);
  await window.idle();
  const chosen = await window.timeline.span();
  expect(chosen.from).toBeLessThan(chosen.to);
  await expect(window.query).toHaveValue(queryOf(chosen));
});

test('a drag inside the chosen span narrows it, with finer bars, and a double click goes back out step by step', async ({
  app,
}) => {
  const { window } = app;
  const whole = await window.timeline.span();
  await window.timeline.drag(0.2, 0.8);
  await window.idle();
  const coarse = await window.timeline.description.innerText();
  const outer = await window.timeline.span();

  await window.timeline.drag(0.5, 0.55);
  await window.idle();
  const inner = await window.timeline.span();
  expect(inner.from).toBeGreaterThan(outer.from);
  expect(inner.to).toBeLessThan(outer.to);
  expect(inner.to - inner.from).toBeLessThan((whole.to - whole.from) / 8);
  expect(await window.timeline.description.innerText()).not.toBe(coarse);
  await expect(window.query).toHaveValue(queryOf(inner));

  await window.timeline.doubleClick(0.5);
  await window.idle();
  await expect(window.query).toHaveValue(queryOf(outer));
  await app.page.getByRole('button', { name: 'Zoom out' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('');
  expect(await window.timeline.span()).toEqual(whole);
});

test('only the bar over the chosen span moves it, and keeps its length', async ({ app }) => {
  const { window, page } = app;
  await window.timeline.drag(0.4, 0.5);
  await window.idle();
  const before = await window.timeline.span();
  await window.timeline.dragHandle(0.5, 0.6);
  await window.idle();
  const moved = await window.timeline.span();
  expect(moved.from).toBeGreaterThan(before.from);
  expect(moved.to - moved.from).toBe(before.to - before.from);
  await expect(window.query).toHaveValue(queryOf(moved));

  // The same by keys.
  await window.timeline.chosen.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await window.idle();
  const back = await window.timeline.span();
  expect(back.from).toBeLessThan(moved.from);
  expect(back.to - back.from).toBe(moved.to - moved.from);
});

test('a click takes the bar under the pointer, a double click goes back and takes none', async ({ app }) => {
  const { window } = app;
  const whole = await window.timeline.span();
  await window.timeline.point(0.5);
  const told = window.timeline.section.locator('.tooltip');
  const total = Number((await told.locator('dd').last().innerText()).replaceAll(',', ''));
  expect(total).toBeGreaterThan(0);
  await window.timeline.click(0.5);
  await window.idle();
  const bar = await window.timeline.span();
  expect((await window.found()).matched).toBe(total);
  await expect(window.query).toHaveValue(queryOf(bar));
  await window.timeline.doubleClick(0.5);
  await window.idle();
  await expect(window.query).toHaveValue('');
  expect(await window.timeline.span()).toEqual(whole);
});

test('the wheel zooms at the pointer, in and out again to all events', async ({ app }) => {
  const { window } = app;
  const whole = await window.timeline.span();
  await window.timeline.wheel(0.75, -400);
  await window.idle();
  const inner = await window.timeline.span();
  const share = (time: number): number => (time - whole.from) / (whole.to - whole.from);
  expect(inner.to - inner.from).toBeLessThan((whole.to - whole.from) * 0.7);
  expect(share(inner.from) + share(inner.to)).toBeGreaterThan(1.1);
  await expect(window.query).toHaveValue(queryOf(inner));
  for (let turn = 0; turn < 3; turn++) {
    await window.timeline.wheel(0.5, 400);
    await window.idle();
  }
  await expect(window.query).toHaveValue('');
  expect(await window.timeline.span()).toEqual(whole);
});

test('plus and minus zoom by the keyboard', async ({ app }) => {
  const { window, page } = app;
  const whole = await window.timeline.span();
  await window.timeline.start.focus();
  await page.keyboard.press('+');
  await window.idle();
  const inner = await window.timeline.span();
  expect((inner.to - inner.from) / (whole.to - whole.from)).toBeCloseTo(0.5, 1);
  await page.keyboard.press('-');
  await window.idle();
  await expect(window.query).toHaveValue('');
});

test('Escape cancels a drag', async ({ app }) => {
  const { window } = app;
  await window.timeline.drag(0.3, 0.5, false);
  await app.page.keyboard.press('Escape');
  await app.page.mouse.up();
  await window.idle();
  await expect(window.query).toHaveValue('');
  expect(await window.found()).toEqual({ matched: 20_000, total: 20_000 });
});

test('both ends move by the keyboard, by one bar or by ten, and never cross', async ({ app }) => {
  const { window, page } = app;
  const whole = await window.timeline.span();
  await window.timeline.start.focus();
  await page.keyboard.press('ArrowRight');
  await window.idle();
  const first = await window.timeline.span();
  const stepMs = first.from - whole.from;
  expect(stepMs).toBeGreaterThan(0);
  expect(first.to).toBe(whole.to);
  await expect(window.query).toHaveValue(queryOf(first));
  await expect(window.timeline.start).toBeFocused();
  await expect(window.timeline.start).toHaveAttribute('aria-valuetext', /^2024-03-04 \d\d:\d\d:\d\d UTC$/);

  await window.timeline.end.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await window.idle();
  const second = await window.timeline.span();
  expect(second).toEqual({ from: first.from, to: whole.to - 10 * stepMs });

  await window.timeline.start.focus();
  await page.keyboard.press('End');
  await window.idle();
  const least = await window.timeline.span();
  expect(least.from).toBeLessThan(least.to);
  expect(least.to).toBe(second.to);

  await page.keyboard.press('Escape');
  await window.idle();
  await expect(window.query).not.toHaveValue(queryOf(least));
});

test('the query leads as well: a time written there is chosen in the bars', async ({ app }) => {
  const { window } = app;
  await window.search('time>=2024-03-05T02:00Z time<2024-03-05T09:00Z');
  expect(await window.timeline.span()).toEqual({
    from: Date.parse('2024-03-05T02:00:00Z'),
    to: Date.parse('2024-03-05T09:00:00Z'),
  });
  await expect(app.page.getByTitle('The chosen time range')).toHaveText('2024-03-05 02:00:00 – 09:00:00');
  await app.page.getByRole('button', { name: 'All times' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('');
  await expect(app.page.getByTitle('The chosen time range')).toBeHidden();
});

test('a time range that is open at one end, or reversed, is said to be so', async ({ app }) => {
  const { window, page } = app;
  const chosen = page.getByTitle('The chosen time range');
  await window.search('time<1980-01-01');
  await expect(chosen).toHaveText('before 1980-01-01 00:00:00');
  await window.search('time>=2024-03-05T02:00Z');
  await expect(chosen).toHaveText('from 2024-03-05 02:00:00');
  await window.search('time>=2024-03-06 time<2024-03-05');
  await expect(chosen).toContainText('ends before it begins');
});

test('Fit zooms to the matching events, wherever they lie, and says when they are in view', async ({ app }) => {
  const { window, page } = app;
  await window.search('event:DeleteTrail');
  const found = await window.found();
  expect(found.matched).toBeGreaterThan(0);
  const wide = await window.timeline.description.innerText();
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await window.idle();
  await expect(window.query).toHaveValue(/^event:DeleteTrail time>=\S+Z time<\S+Z$/);
  expect(await window.found()).toEqual(found);
  expect(await window.timeline.description.innerText()).not.toBe(wide);

  await window.events.row(0).click();
  await page.keyboard.press('f');
  await expect(page.getByText(/All matching events are in view/)).toBeVisible();
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('event:DeleteTrail');
});

test('pointing at a bar shows its span and its counts', async ({ app }) => {
  const { window } = app;
  await window.timeline.point(0.5);
  const tooltip = window.timeline.section.locator('.tooltip');
  await expect(tooltip).toContainText(/2024-03-05 \d\d:\d\d:\d\d – .*UTC/);
  const counts = (await tooltip.locator('dd').allInnerTexts()).map((count) => Number(count.replaceAll(',', '')));
  expect(counts.slice(0, -1).reduce((sum, count) => sum + count, 0)).toBe(counts.at(-1));
});

test('the figures of a bar go when a drag has chosen another span, and when the pointer leaves', async ({ app }) => {
  const { window, page } = app;
  const tooltip = window.timeline.section.locator('.tooltip');
  await window.timeline.drag(0.3, 0.5);
  await window.idle();
  await expect(tooltip).toBeHidden();
  await window.timeline.point(0.4);
  await expect(tooltip).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(tooltip).toBeHidden();
});

test('the scale turns logarithmic and stays so', async ({ app }) => {
  const { window } = app;
  const log = app.page.getByRole('button', { name: 'log', exact: true });
  await log.click();
  await expect(log).toHaveAttribute('aria-pressed', 'true');
  await expect(window.timeline.section).toContainText('log scale');
  await window.idle();
  await app.page.reload();
  await window.imported();
  await expect(log).toHaveAttribute('aria-pressed', 'true');
});

test('a span that ends before it begins is not drawn, and the list says that it is why nothing is found', async ({
  app,
}) => {
  const { window } = app;
  await window.search('time>=2030-01-02 time<2030-01-01');
  await expect(window.noMatch).toContainText('The chosen time range ends before it begins');
  await expect(window.timeline.edges).toHaveCount(0);
  await window.search('time>=2024-03-04T12:00Z time<2024-03-05');
  await expect(window.timeline.edges).toHaveCount(1);
});

test.describe('in a small window', () => {
  test.use({ viewport: { width: 720, height: 450 } });

  test('what is said where nothing is found has the room it needs', async ({ app }) => {
    const { window } = app;
    await window.search('event:GetObjct');
    const offer = window.noMatch.getByRole('button', { name: /Did you mean GetObject/ });
    for (const part of [offer.locator('.message'), offer.locator('code')]) {
      expect(await part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
      expect((await part.boundingBox())?.height ?? 0, 'one line').toBeLessThan(30);
    }
    expect(await window.noMatch.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  });
});
