/** Times in UTC, and in the zone of whoever reads them. */
import { join } from 'node:path';
import { event, sharedArchives, writeArchive } from './archives';
import { expect, test } from './fixtures';

const atTimes = (...times: readonly string[]): object => ({
  Records: times.map((eventTime, index) => event({ eventTime, eventID: `e-${String(index)}` })),
});

test.describe('in Kolkata', () => {
  test.use({ timezoneId: 'Asia/Kolkata' });

  test('every time on the screen follows the zone, and the query stays what it is', async ({ app }) => {
    const window = await app.open(sharedArchives().synthetic);
    const { page } = app;
    await window.search('time>=2024-03-05T02:00Z time<2024-03-05T03:00Z');
    await window.events.row(0).click();
    const [inUtc = ''] = await window.events.column('Time UTC');
    expect(inUtc).toContain('2024-03-05 02:');
    await expect(page.getByTitle('The chosen time range')).toHaveText('2024-03-05 02:00:00 – 03:00:00');

    await page.keyboard.press('z');
    await expect(page.getByRole('button', { name: 'Zone: local, UTC+05:30' })).toHaveText('local, UTC+05:30');
    const [local = ''] = await window.events.column('Time local');
    expect(local).toContain('2024-03-05 07:');
    expect(local, 'the offset stands beside the time').toContain('+05:30');
    const utcMinute = Number(/02:(\d\d):/.exec(inUtc)?.[1]);
    const shifted = Number(/0[78]:(\d\d):/.exec(local)?.[1]);
    expect(shifted).toBe((utcMinute + 30) % 60);
    await expect(page.getByTitle('The chosen time range')).toHaveText('2024-03-05 07:30:00 – 08:30:00');
    await expect(window.detail.sentence).toContainText('UTC+05:30');
    await expect(window.timeline.section).toContainText('UTC+05:30');
    await expect(window.timeline.start).toHaveAttribute('aria-valuetext', '2024-03-05 07:30:00 UTC+05:30');
    await expect(window.query).toHaveValue('time>=2024-03-05T02:00Z time<2024-03-05T03:00Z');

    // What is chosen in the bars is written in UTC, whatever zone is shown.
    await window.timeline.start.focus();
    await page.keyboard.press('ArrowRight');
    await window.idle();
    await expect(window.query).toHaveValue(/^time>=2024-03-05T02:\d\d:\d\dZ time<2024-03-05T03:00:00Z$/);
    await page.keyboard.press('z');
    await expect(page.getByRole('button', { name: 'Zone: UTC' })).toBeVisible();
  });
});

test('any zone is found by name or offset, is kept, and each time has the offset of its day', async ({ app }) => {
  const folder = await writeArchive(join(app.folder, 'logs'), {
    'a.json': atTimes('2023-10-29T00:30:00Z', '2023-10-29T01:30:00Z'),
  });
  const window = await app.open(folder);
  const { page } = app;
  const button = page.getByRole('button', { name: /^Zone:/ });
  await button.click();
  const dialog = window.dialog('Zone of the times shown');
  const search = dialog.getByRole('combobox');
  await expect(search).toBeFocused();
  await expect(dialog.getByRole('option').nth(0)).toHaveText(/^UTC/);
  await expect(dialog.getByRole('option').nth(1)).toHaveText(/^This machine: .+UTC/);
  await search.fill('+05:45');
  await expect(dialog.getByRole('option').filter({ hasText: 'Asia/Kathmandu' })).toHaveText(/UTC\+05:45/);
  await search.fill('no such place');
  await expect(dialog.getByRole('status')).toContainText('No zone has this in its name');
  await search.fill('berlin');
  await expect(dialog.getByRole('option')).toHaveText([/Europe\/Berlin.*UTC\+0[12]:00/]);
  await page.keyboard.press('Enter');
  await expect(button).toHaveText('Europe/Berlin, UTC+02:00 / UTC+01:00');

  // The same time on the clock, before and after it went back.
  const times = await window.events.column('Time Europe/Berlin');
  expect(times[0]).toContain('2023-10-29 02:30:00 +02:00');
  expect(times[1]).toContain('2023-10-29 02:30:00 +01:00');
  await window.idle();
  await page.reload();
  await window.imported();
  await expect(button).toContainText('Europe/Berlin');
  await page.keyboard.press('z');
  await expect(button).toHaveText('UTC');
  await page.keyboard.press('z');
  await expect(button).toContainText('Europe/Berlin');
});

test.describe('in Los Angeles', () => {
  test.use({ timezoneId: 'America/Los_Angeles' });

  test('summer and winter have their own offset', async ({ app }) => {
    const folder = await writeArchive(join(app.folder, 'logs'), {
      'a.json': atTimes('2024-01-15T12:00:00Z', '2024-07-15T12:00:00Z'),
    });
    const window = await app.open(folder);
    await app.page.keyboard.press('z');
    await window.events.row(0).click();
    await expect(window.detail.sentence).toContainText('2024-01-15 04:00:00 UTC-08:00');
    await window.events.row(1).click();
    await expect(window.detail.sentence).toContainText('2024-07-15 05:00:00 UTC-07:00');
  });

  test('an event without a time comes last, is not on the timeline, and is counted as such', async ({ app }) => {
    const folder = await writeArchive(join(app.folder, 'logs'), {
      'a.json': atTimes('not a time', '2024-01-15T12:00:00Z', '2024-01-15T13:00:00Z'),
    });
    const window = await app.open(folder);
    expect((await window.events.column('Time UTC')).at(-1)).toContain('not a time');
    await expect(window.timeline.section).toContainText('1 without a time');
    await window.events.header('Time UTC').click();
    await window.idle();
    expect((await window.events.column('Time UTC')).at(-1)).toContain('not a time');
  });
});

test('the list turns to the newest first, and back', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('service:iam');
  const oldestFirst = await window.events.column('Time UTC');
  await window.events.header('Time UTC').click();
  await window.idle();
  await expect(window.events.header('Time UTC')).toHaveAttribute('aria-sort', 'descending');
  const newestFirst = await window.events.column('Time UTC');
  const timeOf = (text: string): string => /\d{4}-.*/.exec(text)?.[0] ?? '';
  expect(newestFirst.map(timeOf)).toEqual(newestFirst.map(timeOf).sort().reverse());
  expect(timeOf(newestFirst[0] ?? '') > timeOf(oldestFirst[0] ?? '')).toBe(true);
  await app.page.keyboard.press('s');
  await window.idle();
  expect(await window.events.column('Time UTC')).toEqual(oldestFirst);
});
