/** The bars by the values of a field instead of by class. */
import { countIn } from './app-window';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

test('the bars are broken down by a field: its five most frequent values and the others, each of which can be asked for', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const { section } = window.timeline;
  await section.getByRole('combobox', { name: 'Break the bars down by' }).selectOption('by Service');
  await window.idle();
  const named = section.getByRole('listitem').filter({ hasText: /[\d,]+$/ });
  await expect(named).toHaveCount(6);
  const seen = await named.locator('.label').allInnerTexts();
  const counts = (await named.locator('.count').allInnerTexts()).map(countIn);
  const answer = await queryByCli(sharedArchives().synthetic, '', ['--facet', 'service']);
  const services = (answer.facets['service'] ?? []).slice(0, 5);
  expect(seen).toEqual([...services.map(([value]) => value), 'Others']);
  expect(counts.slice(0, 5)).toEqual(services.map(([, count]) => count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe((await window.found()).total);

  // Each is told apart by a figure and a pattern too.
  await expect(named.locator('[aria-hidden]').first()).toHaveText('1');
  expect(await section.locator('path.bars').count()).toBeGreaterThan(6);

  const [first = ''] = seen;
  await window.timeline
    .series('1')
    .or(section.getByRole('button', { name: first }))
    .first()
    .click();
  await window.idle();
  await expect(window.query).toHaveValue(`service:${first}`);
  expect((await window.found()).matched).toBe(counts[0]);
  await section.getByRole('listitem').getByRole('button', { pressed: true }).click();
  await window.idle();
  await expect(window.query).toHaveValue('');

  await section.getByRole('combobox', { name: 'Break the bars down by' }).selectOption('by class');
  await window.idle();
  expect(Object.keys(await window.timeline.legend())).toContain('Errors');
});
