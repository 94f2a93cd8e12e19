/** A span of time that is typed, or chosen by a press. */
import { join } from 'node:path';
import { event, writeArchive } from './archives';
import { expect, test, type App } from './fixtures';
import type { AppWindow } from './app-window';

const times = [
  '2024-03-04T23:00:00Z',
  '2024-03-05T12:00:00Z',
  '2024-03-05T12:04:00Z',
  '2024-03-05T12:58:00Z',
  '2024-03-05T13:00:00Z',
  '2024-03-06T00:00:00Z',
];

async function openTimes(app: App): Promise<AppWindow> {
  const Records = times.map((eventTime, at) => event({ eventTime, eventID: `e-${String(at)}`, eventName: eventTime }));
  return app.open(await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records } }));
}

test('a span is typed by keyboard, in the zone of the window, and what is wrong is said in place', async ({ app }) => {
  const window = await openTimes(app);
  const { page } = app;
  await page.keyboard.press('T');
  const dialog = window.dialog('Span of time');
  const [from, to] = [dialog.getByLabel('From'), dialog.getByLabel('To')];
  await expect(from).toBeFocused();
  await expect(from, 'the archive, to begin with').toHaveValue('2024-03-04 23:00:00');
  await expect(to).toHaveValue('2024-03-06 00:00:00');

  await from.fill('2024-03-05 14:00');
  await to.fill('noon');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Not a time.')).toBeVisible();
  await expect(to).toBeFocused();
  await expect(to).toHaveAttribute('aria-invalid', 'true');
  await to.fill('2024-03-05 13:00');
  await expect(dialog.getByText('To is before From.')).toBeVisible();
  await from.fill('2024-03-05 12:00');
  await expect(dialog.getByText('1 hour 1 minute long.')).toBeVisible();
  await from.press('Enter');
  await expect(dialog).toHaveCount(0);
  await window.idle();
  await expect(window.query).toHaveValue('time>=2024-03-05T12:00:00Z time<2024-03-05T13:01:00Z');
  expect(await window.events.column('Event')).toEqual(times.slice(1, 5));

  // Another zone: the same span, written as its clocks show it; the query stays in UTC.
  await page.getByRole('button', { name: /^Zone:/ }).click();
  await page.keyboard.type('Asia/Kolkata');
  await page.keyboard.press('Enter');
  await page.getByTitle('The chosen time range').click();
  await expect(from).toHaveValue('2024-03-05 17:30:00 +05:30');
  await expect(dialog.getByText('The query gets the same span in UTC.')).toBeVisible();
  await from.fill('2024-03-05 18:30');
  await to.fill('');
  await page.keyboard.press('Enter');
  await window.idle();
  await expect(window.query).toHaveValue('time>=2024-03-05T13:00:00Z');
  await page.keyboard.press('T');
  await dialog.getByRole('button', { name: 'All times' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('');
});

test('the hour, the day and five minutes around an event are one press away, from the detail and the timeline', async ({
  app,
}) => {
  const window = await openTimes(app);
  const { page } = app;
  await window.search('service:s3');
  await window.events.row(1).click();
  await window.idle();
  const presses = page.getByRole('group', { name: 'Span around this event' });
  await presses.getByRole('button', { name: 'hour' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('service:s3 time>=2024-03-05T12:00:00Z time<2024-03-05T13:00:00Z');
  expect(await window.events.column('Event')).toEqual(times.slice(1, 4));
  await presses.getByRole('button', { name: 'day' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('service:s3 time>=2024-03-05T00:00:00Z time<2024-03-06T00:00:00Z');

  // The same from the timeline, by keyboard.
  const menu = window.timeline.section.getByRole('button', { name: 'Span' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'All events ±5 min around the selected event' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('time>=2024-03-05T11:55:00Z time<2024-03-05T12:05:00Z');
  expect(await window.events.column('Event')).toEqual(times.slice(1, 3));
  await menu.click();
  await page.getByRole('menuitem', { name: "The selected event's hour" }).click();
  await window.idle();
  await expect(window.query).toHaveValue('time>=2024-03-05T12:00:00Z time<2024-03-05T13:00:00Z');
  await menu.click();
  await page.getByRole('menuitem', { name: 'All times' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('');
});
