/** What stands above the bars: sums that can be pressed. */
import { join } from 'node:path';
import { sharedArchives, writeArchive } from './archives';
import { expect, test } from './fixtures';

/** A record of S3 whose ID is its name. */
const record = (name: string, rest: object): object => ({
  ...{ eventVersion: '1.08', eventID: name, eventName: name, eventSource: 's3.amazonaws.com' },
  ...rest,
});

test('the legend counts the chosen span, and pressing a class asks for it alone until it is pressed again', async ({
  app,
}) => {
  const window = await app.open(sharedArchives().synthetic);
  const all = await window.timeline.legend();
  await window.timeline.drag(0.3, 0.6);
  await window.idle();
  const span = await window.query.inputValue();
  const chosen = await window.timeline.legend();
  const sum = Object.values(chosen).reduce((total, count) => total + count, 0);
  expect(sum).toBe((await window.found()).matched);
  expect(chosen['Errors']).toBeLessThan(all['Errors'] ?? 0);

  await window.timeline.series('Errors').click();
  await window.idle();
  await expect(window.query).toHaveValue(`${span} class:error`);
  expect((await window.found()).matched).toBe(chosen['Errors']);
  expect(await window.timeline.legend()).toEqual({ Errors: chosen['Errors'] });
  await expect(window.timeline.series('Errors')).toHaveAttribute('aria-pressed', 'true');

  // Another class takes its place, by the keyboard.
  await window.timeline.series('Writes').focus();
  await app.page.keyboard.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue(`${span} class:write`);
  expect((await window.found()).matched).toBe(chosen['Writes']);
  await window.timeline.series('Writes').click();
  await window.idle();
  await expect(window.query).toHaveValue(span);
  expect(await window.timeline.legend()).toEqual(chosen);
});

test('events that are in no bar are listed by a press, whatever span is chosen', async ({ app }) => {
  const records = [
    record('dated', { eventTime: '2023-07-10T12:00:00Z' }),
    record('later', { eventTime: '2023-07-10T13:00:00Z' }),
    record('none', {}),
    record('unreadable', { eventTime: 'yesterday' }),
    record('early', { eventTime: '1970-01-01T00:00:00Z' }),
  ];
  const archive = await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: records } });
  const window = await app.open(archive);
  await window.search('time>=2023-07-10 time<2023-07-11');
  const undated = app.page.getByRole('button', { name: '2 without a time' });
  await undated.click();
  await window.idle();
  expect([...(await window.events.column('Event'))].sort()).toEqual(['none', 'unreadable']);
  await expect(undated).toHaveAttribute('aria-pressed', 'true');
  await app.page.getByRole('button', { name: '1 out of range' }).click();
  await window.idle();
  expect(await window.events.column('Event')).toEqual(['early']);
  await app.page.getByRole('button', { name: '1 out of range' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('');
});

test('a span dragged after "without a time" takes its place, and the reverse, and the window says so', async ({
  app,
}) => {
  const records = [
    ...['2023-07-10T12:00:00Z', '2023-07-10T12:20:00Z', '2023-07-10T13:00:00Z'].map((eventTime) =>
      record(`at ${eventTime}`, { eventTime }),
    ),
    record('none', {}),
  ];
  const archive = await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: records } });
  const window = await app.open(archive);
  const undated = app.page.getByRole('button', { name: '1 without a time' });
  await undated.click();
  await window.idle();
  expect(await window.events.column('Event')).toEqual(['none']);
  await expect(window.chips).toHaveText([/without a time/]);

  await window.timeline.drag(0.2, 0.6);
  await window.idle();
  await expect(window.query).toHaveValue(/^time>=\S+ time<\S+$/);
  expect(await window.events.column('Event')).toEqual(['at 2023-07-10T12:20:00Z']);
  await expect(app.page.getByText('The chosen span replaces: without a time')).toBeVisible();
  await expect(undated).toHaveAttribute('aria-pressed', 'false');

  await undated.click();
  await window.idle();
  await expect(window.query).not.toHaveValue(/Z$/);
  expect(await window.events.column('Event')).toEqual(['none']);
  await expect(app.page.getByText('the chosen span is replaced')).toBeVisible();
});

test('a facet lists the events without a value by a press', async ({ app }) => {
  const records = [record('somewhere', { awsRegion: 'eu-west-1' }), record('one', {}), record('other', {})];
  const archive = await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: records } });
  const window = await app.open(archive);
  const missing = window.facet('Region').section.getByRole('button', { name: '2 without a value' });
  await missing.click();
  await window.idle();
  await expect(window.query).toHaveValue('-region:*');
  expect([...(await window.events.column('Event'))].sort()).toEqual(['one', 'other']);
  await expect(missing).toHaveAttribute('aria-pressed', 'true');
  await missing.click();
  await window.idle();
  await expect(window.query).toHaveValue('');
});
