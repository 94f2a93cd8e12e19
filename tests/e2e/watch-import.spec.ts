/** An import: how far it is, what can be done meanwhile, how it is stopped, and what it says at the end. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { event, makeHeld, sharedArchives, writeArchive } from './archives';
import { countIn } from './app-window';
import { expect, test } from './fixtures';

interface Counts {
  /** Of the line over the timeline, which is of the list's result. */
  readonly list: number;
  /** Null where nothing is shown there. */
  readonly status: number | null;
  readonly strip: number | null;
  readonly timeline: number | null;
  readonly facet: number | null;
}

declare global {
  var __counts: Counts[] | undefined;
}

/** Notes in every frame what the window says of its number of events. Runs in the page. */
function watchCounts(): void {
  const samples: Counts[] = [];
  globalThis.__counts = samples;
  const textOf = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
  const figure = (text: string, pattern: RegExp): number | null => {
    const digits = pattern.exec(text)?.[1];
    return digits === undefined ? null : Number(digits.replaceAll(',', ''));
  };
  const sum = (numbers: readonly (number | null)[]): number | null =>
    numbers.length === 0 ? null : numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
  const all = (selector: string): readonly Element[] => [...document.querySelectorAll(selector)];
  const note = (): void => {
    const list = figure(textOf('header [role="status"]'), /of ([\d,]+) events/);
    if (list !== null) {
      const regions = all('[data-region="facets"] section[aria-label="Region"] li button.value');
      samples.push({
        list,
        status: figure(textOf('footer[aria-label="Status"]'), /([\d,]+) events/),
        strip: figure(textOf('section[aria-label="Import"] .figures'), /files\s*([\d,]+) events/),
        timeline: sum(
          all('[data-region="timeline"] li').map((item) =>
            figure(item.textContent, /(?:Errors|Writes|Reads)\s*([\d,]+)/),
          ),
        ),
        facet: sum(regions.map((value) => figure(value.getAttribute('aria-label') ?? '', /, ([\d,]+)$/))),
      });
    }
    requestAnimationFrame(note);
  };
  note();
}

test('it shows its progress, and its results can be used while it runs', async ({ app }) => {
  const held = await makeHeld(join(app.folder, 'held'));
  const window = await app.startImporting(held.folder);
  const strip = window.importStrip;
  await expect(strip.getByRole('progressbar', { name: 'Bytes read' })).toHaveAttribute('aria-valuenow', /^\d+$/);
  await expect(strip).toContainText(
    /[\d.,]+ [kMG]B of [\d.,]+ GB\s*[\d,]+ of [\d,]+ files\s*[\d,]+ events\s*[\d,]+\/s/,
  );

  // A query is answered and a record is shown before the end, which does not come by itself.
  await window.query.fill('service:s3');
  await window.query.press('Control+Enter');
  await expect(async () => {
    const { matched, total } = await window.found();
    expect(matched).toBeGreaterThan(0);
    expect(matched).toBeLessThan(total);
  }).toPass({ intervals: [50] });
  await window.events.row(0).click();
  await expect(window.detail.sentence).toContainText(/ (?:on|through) s3 /);
  await expect(strip.getByRole('button', { name: 'Cancel' })).toBeVisible();

  await held.release();
  await window.imported();
  expect(await window.found()).toMatchObject({ total: held.events });
  // What was being read when more came is still what is read.
  await expect(window.detail.sentence).toContainText(/ (?:on|through) s3 /);
  await expect(window.importStrip).toContainText(`${held.events.toLocaleString('en-US')} events`);
  await expect(window.importStrip).toContainText('0 files not read');
});

test('every figure on screen is of the same answer while files are read, and none ever falls', async ({ app }) => {
  const held = await makeHeld(join(app.folder, 'held'));
  const window = await app.startImporting(held.folder);
  await app.page.evaluate(watchCounts);
  await expect(async () => expect((await window.found()).total).toBeGreaterThan(0)).toPass({ intervals: [50] });
  await held.release();
  await window.imported();
  const samples = await app.page.evaluate(() => globalThis.__counts ?? []);
  expect(samples.length).toBeGreaterThan(0);
  let before = 0;
  for (const { list, ...others } of samples) {
    expect(list).toBeGreaterThanOrEqual(before);
    before = list;
    for (const [place, count] of Object.entries(others)) {
      if (count !== null) expect(count, `${place} says the same as the list`).toBe(list);
    }
  }
  expect(before).toBe(held.events);
});

test('cancelling keeps what was read', async ({ app }) => {
  const held = await makeHeld(join(app.folder, 'held'));
  const window = await app.startImporting(held.folder);
  await expect(async () => expect((await window.found()).total).toBeGreaterThan(0)).toPass({ intervals: [50] });
  await window.importStrip.getByRole('button', { name: 'Cancel' }).click();
  await window.imported();

  const { matched, total } = await window.found();
  expect(matched).toBe(total);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThanOrEqual(held.events);
  const said = await window.importStrip.innerText();
  expect(countIn(/Stopped early: ([\d,]+) events/.exec(said)?.[1])).toBe(total);

  await window.search('service:s3');
  const { matched: found } = await window.found();
  expect(found).toBeGreaterThan(0);
  expect(found).toBeLessThan(total);
  await window.events.row(0).click();
  await expect(window.detail.sentence).toContainText(/ (?:on|through) s3 /);
});

test('closing the archive ends an import that still runs', async ({ app }) => {
  await app.startImporting((await makeHeld(join(app.folder, 'held'))).folder);
  await expect(app.window.importStrip.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await app.window.pickFromArchiveMenu('Close the archive');
  await expect(app.page.getByRole('heading', { name: 'Trailglass' })).toBeVisible();
});

const good = (eventName: string): string => JSON.stringify(event({ eventName, eventID: eventName }));

/** Damage of each kind, and one file without any. */
function damagedFiles(): Readonly<Record<string, unknown>> {
  const gzipped = gzipSync(`{"Records":[${good('BeforeTheTear')},${good('AfterTheTear').padEnd(4000)}]}`, { level: 0 });
  return {
    'good.json': `{"Records":[${good('Good')}]}`,
    'good.json.gz': gzipSync(`{"Records":[${good('GoodToo')}]}`),
    'logs/broken-in-the-middle.json': `{"Records":[${good('BeforeTheBreak')},{"eventName":oops},${good('AfterTheBreak')}]}`,
    'logs/torn.json.gz': gzipped.subarray(0, 900),
    'logs/not-gzip.json.gz': Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
    'logs/empty.json': '',
    'logs/other.json': '{"shopping":["milk"]}',
    'logs/digest.json': '{"logFiles":[],"digestStartTime":"2024-05-06T00:00:00Z"}',
    'logs/picture.json': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
  };
}

test('the report lists every file that was not read, or not whole, with the place and the reason', async ({ app }) => {
  const window = await app.open(await writeArchive(join(app.folder, 'damaged'), damagedFiles()));
  expect(await window.found()).toEqual({ matched: 5, total: 5 });
  expect([...(await window.events.column('Event'))].sort()).toEqual([
    'AfterTheBreak',
    'BeforeTheBreak',
    'BeforeTheTear',
    'Good',
    'GoodToo',
  ]);
  await window.status.getByRole('button', { name: /not read/ }).click();
  const { report } = window;
  await expect(report.dialog).toContainText('5 events from 4 files');
  await expect(report.tab('With problems')).toHaveAttribute('aria-selected', 'true');

  // Eleven bytes open the array, then come the first record, a comma, and the object that breaks.
  const breaksAt = '{"Records":['.length + good('BeforeTheBreak').length + ',{"eventName":'.length;
  await report.choose('broken-in-the-middle.json');
  await expect(report.about).toContainText('in part');
  await expect(report.about).toContainText('2 events kept');
  await expect(report.about).toContainText(`at byte ${breaksAt.toLocaleString('en-US')}`);
  await expect(report.about).toContainText('oops');
  await report.choose('torn.json.gz');
  await expect(report.about).toContainText('in part');
  await expect(report.about).toContainText('1 event kept');
  for (const name of ['not-gzip.json.gz', 'empty.json', 'other.json', 'picture.json']) {
    await report.choose(name);
    await expect(report.about).toContainText('not read');
    await expect(report.about).toContainText('0 events kept');
    await expect(report.about.getByRole('listitem').first()).toContainText('loss');
  }
  await expect(report.rows).toHaveCount(6);
  await report.tab('Read').click();
  await expect(report.rows).toHaveCount(2);
  await report.tab('Ignored').click();
  await expect(report.row('digest.json')).toContainText('CloudTrail digest');
});

test('the figures of the report filter by a press', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.pickFromArchiveMenu('Import report');
  const report = window.report.dialog;
  await expect(report).toContainText('20,000 events from 41 files, 3 accounts, 4 Regions');
  await expect(report).toContainText('Every file was read from its first byte to its last.');
  const region = report.getByRole('button', { name: /^us-west-2/ });
  const count = countIn(/[\d,]+$/.exec((await region.innerText()).trim())?.[0]);
  await region.click();
  await window.idle();
  await expect(window.query).toHaveValue('region:us-west-2');
  expect(await window.found()).toEqual({ matched: count, total: 20_000 });

  await window.pickFromArchiveMenu('Import report');
  const day = report.getByRole('button', { name: /^2024-03-05/ });
  const onThatDay = countIn(/[\d,]+$/.exec((await day.innerText()).trim())?.[0]);
  await window.page.keyboard.press('Escape');
  await window.search('');
  await window.pickFromArchiveMenu('Import report');
  await day.click();
  await window.idle();
  await expect(window.query).toHaveValue('time>=2024-03-05T00:00:00Z time<2024-03-06T00:00:00Z');
  expect((await window.found()).matched).toBe(onThatDay);
});

test('the line that sums an import up can be closed, and its report opened from it', async ({ app }) => {
  const folder = await writeArchive(join(app.folder, 'damaged'), damagedFiles());
  await app.startImporting(folder);
  await app.window.imported();
  await expect(app.window.importStrip).toContainText('5 events from 4 files, 1 account, 1 Region');
  await app.window.importStrip.getByRole('button', { name: '4 files not read, 2 read in part' }).click();
  await expect(app.window.dialog('Import report')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await app.window.importStrip.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(app.window.importStrip).toBeHidden();
});

test('events that somebody appended to a file of CloudTrail are reported in the status bar, and shown from there', async ({
  app,
}) => {
  const member = (eventName: string): Buffer =>
    gzipSync(JSON.stringify({ Records: [event({ eventName, eventID: `e-${eventName}` })] }));
  const files = { 'a.json.gz': Buffer.concat([member('Real'), member('Forged')]) };
  const window = await app.open(await writeArchive(join(app.folder, 'logs'), files));
  await window.status.getByRole('button', { name: '1 appended' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('integrity:appended');
  expect(await window.events.column('Event')).toEqual(['Forged']);
});

test('nothing is said of appended events where there are none', async ({ app }) => {
  const window = await app.open(await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: [event()] } }));
  await expect(window.status).toContainText('0 not read');
  await expect(window.status).not.toContainText('appended');
});
