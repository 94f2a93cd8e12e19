/** From one bar that stands out to the next. */
import { join } from 'node:path';
import { writeArchive } from './archives';
import { expect, test } from './fixtures';

/** Four days of one event an hour, with thirty at once in two of the hours. */
function quietDaysWithSpikes(): object[] {
  const hours = Array.from({ length: 96 }, (_, hour) => Date.UTC(2023, 6, 10, hour));
  const times = hours.flatMap((time, hour) => (hour === 20 || hour === 70 ? Array<number>(30).fill(time) : [time]));
  return times.map((time, at) => ({
    ...{ eventVersion: '1.08', eventID: `id-${at}`, eventName: 'GetObject', eventSource: 's3.amazonaws.com' },
    eventTime: new Date(time).toISOString().replace('.000', ''),
  }));
}

test('keys and buttons go from spike to spike, though each fills the timeline', async ({ app }) => {
  const folder = await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: quietDaysWithSpikes() } });
  const window = await app.open(folder);
  const { page } = app;
  const spikes = window.timeline.section.getByRole('group', { name: 'Spikes' });
  await expect(spikes).toHaveText('2 spikes');

  await window.events.grid.focus();
  await page.keyboard.press('.');
  await window.idle();
  await expect(spikes).toHaveText('spike 1 of 2');
  await expect(window.query).toHaveValue(/^time>=2023-07-10T20:00:00Z time</);
  expect((await window.found()).matched).toBe(30);

  await page.keyboard.press('.');
  await window.idle();
  await expect(window.query).toHaveValue(/^time>=2023-07-12T22:00:00Z time</);
  await page.keyboard.press('.');
  await expect(page.getByText('That was the last spike in view')).toBeVisible();

  await spikes.getByRole('button', { name: 'Previous spike' }).click();
  await window.idle();
  await expect(spikes).toHaveText('spike 1 of 2');

  // One step back from any of them is the whole view.
  await window.timeline.doubleClick(0.5);
  await window.idle();
  await expect(window.query).toHaveValue('');
});
