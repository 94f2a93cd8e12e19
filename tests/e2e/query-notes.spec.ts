/** A query said in another tool's language: what was read as what stands beside the result, also where there are hits. */
import { AxeBuilder } from '@axe-core/playwright';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

test.beforeEach(async ({ app }) => {
  await app.open(sharedArchives().synthetic);
});

test('words that look like another tool are named, with the query to write, which runs at a press', async ({ app }) => {
  const { window } = app;
  const notes = window.page.getByRole('region', { name: 'How the query was read' });
  await window.search('GetObject OR eventName=DeleteTrail');
  expect((await window.found()).matched).toBeGreaterThan(0);
  await expect(notes.getByRole('status')).toContainText('Read as the word eventName=DeleteTrail');
  const report = await new AxeBuilder({ page: window.page }).analyze();
  expect(report.violations).toEqual([]);

  await notes.getByRole('button', { name: 'Try GetObject OR eventName:DeleteTrail' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('GetObject OR eventName:DeleteTrail');
  await expect(notes.getByRole('paragraph')).toHaveCount(0);
});

test('an operator in small letters runs as one, and the sentence it may come from is a press away', async ({ app }) => {
  const { window } = app;
  const notes = window.page.getByRole('region', { name: 'How the query was read' });
  await window.search('event:DeleteTrail not error:*');
  const { matched } = await window.found();
  await expect(notes).toContainText('Read as an operator: not');
  await window.search('event:DeleteTrail -error:*');
  expect((await window.found()).matched).toBe(matched);
  await expect(notes.getByRole('paragraph')).toHaveCount(0);

  await window.search('not authorized to perform');
  await notes.getByRole('button', { name: 'Try "not authorized to perform"' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('"not authorized to perform"');
});

test('the command line reports the same', async () => {
  const answer = await queryByCli(sharedArchives().synthetic, 'index=main | stats count', []);
  expect(answer.notes.map(({ words }) => words)).toEqual([['index=main', 'stats']]);
});
