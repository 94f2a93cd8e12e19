/** A query said in another tool's language: what was read as what stands beside the result, also where there are hits. */
import { axe } from './axe';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

test.beforeEach(async ({ app }) => {
  await app.open(sharedArchives().synthetic);
});

test('what means something else in another tool is named, with the query to write, which runs at a press', async ({
  app,
}) => {
  const { window } = app;
  const notes = window.page.getByRole('region', { name: 'How the query was read' });
  await window.search('GetObject OR result:failed');
  expect((await window.found()).matched).toBeGreaterThan(0);
  await expect(notes.getByRole('status')).toContainText('Read as a test of the field: result:failed');
  const report = await axe(window.page).analyze();
  expect(report.violations).toEqual([]);

  await notes.getByRole('button', { name: 'Try GetObject OR class:error' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('GetObject OR class:error');
  await expect(notes.getByRole('paragraph')).toHaveCount(0);
});

test('a habit of another tool runs as it is meant there, is edited as it was read, and the words are a press away', async ({
  app,
}) => {
  const { window } = app;
  const notes = window.page.getByRole('region', { name: 'How the query was read' });
  await window.search('service:s3 event:GetObject');
  const { matched } = await window.found();
  await window.search('eventName="GetObject" AND eventSource = \'s3\'');
  expect((await window.found()).matched).toBe(matched);
  await expect(notes.getByRole('status')).toContainText('Read as eventName:"GetObject" AND eventSource:s3');
  await expect(window.page.getByRole('list', { name: 'Filters' }).getByRole('listitem')).toContainText([
    'eventName: GetObject',
    'eventSource: s3',
  ]);

  await window.page.getByRole('button', { name: 'Remove: eventSource: s3' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('eventName:"GetObject"');

  await window.search('last 2h');
  await expect(notes).toContainText('Counted from the last event');
  await notes.getByRole('button', { name: 'Search for the words instead' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('"last 2h"');
});

test('an operator in small letters runs as one, and the sentence it may come from is a press away', async ({ app }) => {
  const { window } = app;
  const notes = window.page.getByRole('region', { name: 'How the query was read' });
  await window.search('DeleteTrail not error:*');
  const { matched } = await window.found();
  await expect(notes).toContainText('Read as an operator: not');
  await window.search('DeleteTrail -error:*');
  expect((await window.found()).matched).toBe(matched);
  await expect(notes.getByRole('paragraph')).toHaveCount(0);
  await window.search('event:DeleteTrail not error:*');
  await expect(notes.getByRole('paragraph'), 'it can be meant one way only').toHaveCount(0);

  await window.search('not authorized to perform');
  await notes.getByRole('button', { name: 'Try "not authorized to perform"' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('"not authorized to perform"');
});

test('the command line reports the same', async () => {
  const answer = await queryByCli(sharedArchives().synthetic, 'index=main | stats count', []);
  expect(answer.notes.map(({ words }) => words)).toEqual([['index=main', 'stats']]);
});
