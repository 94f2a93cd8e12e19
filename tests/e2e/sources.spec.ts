/** Several sources beside each other: added, told apart in the report, taken out again; and what stands in two of them. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { makeZip } from '../helpers/make-zip';
import { axe } from './axe';
import { event, writeArchive } from './archives';
import { expect, test, type App } from './fixtures';
import { FolderPicker } from './folder-picker';

const id = (number: number): string => `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`;
const record = (number: number, eventName: string): string => JSON.stringify(event({ eventName, eventID: id(number) }));
const records = (...all: readonly string[]): string => `{"Records":[${all.join(',')}]}`;

const before = record(3, 'BeforeTheBreak');
const damaged = `{"Records":[${before},{"eventName":oops},\n${record(4, 'AfterTheBreak')}]}`;
/** Where the value that is none begins. */
const breaksAt = '{"Records":['.length + before.length + ',{"eventName":'.length;

const summaries = [
  'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,' +
    'Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category',
  `Mary_Major,AKIAIOSFODNN7EXAMPLE,2024-05-06T07:08:09Z,s3.amazonaws.com,GetObject,eu-central-1,198.51.100.7,aws-cli/2.15.0,,` +
    `[],,${id(1)},true,AwsApiCall,111122223333,Data`,
  `Mary_Major,AKIAIOSFODNN7EXAMPLE,2024-05-06T07:09:09Z,s3.amazonaws.com,ListBuckets,eu-central-1,198.51.100.7,aws-cli/2.15.0,,` +
    `[],REQ2,${id(9)},true,AwsApiCall,111122223333,Data`,
];

/** A home with a zip in it, one member of which is damaged, and a folder with a copy of one of its events. */
async function homeWithCase(app: App): Promise<void> {
  const zip = makeZip([
    { name: 'AWSLogs/good.json.gz', bytes: gzipSync(records(record(1, 'GetObject'), record(2, 'PutObject'))) },
    { name: 'AWSLogs/broken.json', bytes: Buffer.from(damaged) },
  ]);
  await writeArchive(app.home, {
    'case.zip': zip,
    'second/again.json': records(record(2, 'PutObject'), record(5, 'DeleteObject')),
    'second/event_history.csv': `${summaries.join('\r\n')}\r\n`,
  });
}

async function seriousFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await axe(page).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id: rule, help, nodes }) => `${rule} (${help}): ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
}

test.beforeEach(async ({ app }) => {
  await homeWithCase(app);
  await app.start();
});

/** Opens the zip by the window's own dialog, by keys alone. */
async function openZip(app: App): Promise<void> {
  if (app.host === 'electron') {
    await app.choose(join(app.home, 'case.zip'));
    await app.page.keyboard.press('o');
    return app.window.imported();
  }
  const picker = new FolderPicker(app.page, 'Open folder or files');
  await app.page.keyboard.press('o');
  await expect(picker.entries).toHaveText([/second/, /case\.zip/]);
  await app.page.keyboard.press('c');
  await expect(picker.current).toContainText('case.zip');
  await app.page.keyboard.press('Enter');
  await app.window.imported();
}

/** Adds the folder to what is open, by keys alone. */
async function addFolder(app: App): Promise<void> {
  const picker = new FolderPicker(app.page, 'Add a folder or files');
  await app.page.keyboard.press('Escape');
  if (app.host === 'electron') {
    await app.choose(join(app.home, 'second'));
    await app.page.keyboard.press('a');
    await expect(app.page).toHaveTitle(/case\.zip and 1 more/);
    return app.window.imported();
  }
  await app.page.keyboard.press('a');
  await expect(picker.entries).toHaveCount(2);
  await app.page.keyboard.press('s');
  await app.page.keyboard.press('Space');
  await expect(picker.dialog.getByRole('button', { name: 'Add selected' })).toBeVisible();
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.press('Enter');
  await expect(picker.dialog).toBeHidden();
  await app.window.imported();
}

test('a zip is opened, a folder is added, and one of them is removed and brought back', async ({ app }) => {
  const { window, page } = app;
  await openZip(app);
  expect(await window.found()).toEqual({ matched: 4, total: 4 });
  await window.search('event:GetObject');

  await addFolder(app);
  // The query stays, and the duplicates of what is open count once: the zip's PutObject, and a summary of its GetObject.
  await expect(window.query).toHaveValue('event:GetObject');
  expect(await window.found()).toEqual({ matched: 1, total: 6 });
  await expect(page).toHaveTitle(/case\.zip and 1 more/);

  await window.sources.opener.click();
  await expect(window.sources.list).toContainText('case.zip');
  await expect(window.sources.remove('second')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  // The arrows go through the sources too.
  await page.keyboard.press('ArrowUp');
  await expect(window.sources.remove('second')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Removed second/)).toBeVisible();
  await window.idle();
  expect(await window.found()).toEqual({ matched: 1, total: 4 });

  await page.getByRole('button', { name: 'Undo' }).click();
  await window.imported();
  expect(await window.found()).toEqual({ matched: 1, total: 6 });
  await expect(page.getByText(/^Removed second/)).toBeHidden();

  // What was removed is no longer offered once something was added.
  await window.sources.opener.click();
  await window.sources.remove('second').click();
  await expect(page.getByText(/^Removed second/)).toBeVisible();
  await addFolder(app);
  await expect(page.getByText(/^Removed second/)).toBeHidden();
});

test('an archive that holds nothing to be read says why', async ({ app }) => {
  const zip = makeZip([{ name: 'secret.json', bytes: Buffer.from('{}'), encrypted: true }]);
  await writeArchive(join(app.folder, 'logs'), { 'secret.zip': zip });
  const window = await app.open(join(app.folder, 'logs'));
  await expect(window.noMatch).toContainText('No events in this archive');
  await expect(window.noMatch).toContainText(/secret\.zip!\/secret\.json: .*encrypted/);
});

test('removing the last source closes the archive', async ({ app }) => {
  await openZip(app);
  await app.window.sources.opener.click();
  await app.window.sources.remove('case.zip').click();
  await expect(app.page.getByRole('heading', { name: 'Trailglass' })).toBeVisible();
});

test('the report lists every file of every source, and filters by a format', async ({ app }) => {
  const { window, page } = app;
  await openZip(app);
  await addFolder(app);
  await page.keyboard.press('i');
  const { report } = window;
  await expect(report.tab('With problems')).toHaveAttribute('aria-selected', 'true');
  await report.choose('case.zip!/AWSLogs/broken.json');
  await expect(report.about).toContainText(`at byte ${breaksAt.toLocaleString('en-US')} of the unpacked text:`);
  await expect(report.about.locator('code')).toContainText('oops');
  await expect(report.about).toContainText('2 events kept');
  await expect(report.figure('Duplicates')).toHaveText('2');
  await expect(report.figure('Summary only')).toHaveText('1');
  expect(await seriousFindings(page)).toEqual([]);

  await report.tab('All').click();
  await report.search.fill('event_HISTORY');
  await expect(report.rows).toHaveCount(1);
  await expect(report.dialog).toContainText('1 found');
  await expect(report.row('event_history.csv')).toContainText('CSV of the event history');

  await report.totals.getByRole('button', { name: /^CSV of the event history/ }).click();
  await expect(report.dialog).toBeHidden();
  await window.idle();
  await expect(window.query).toHaveValue('format:event-history-csv');
  expect(await window.found()).toEqual({ matched: 1, total: 6 });
  await window.events.row(0).click();
  await expect(window.detail.section).toContainText("this came from the console's CSV download");
  await window.detail.tab('Raw').click();
  await page.getByRole('button', { name: 'As in the file' }).click();
  await expect(window.detail.raw).toContainText(`REQ2,${id(9)}`);

  await page.keyboard.press('i');
  await report.figure('Duplicates').getByRole('button').click();
  await expect(report.dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Hide duplicates' })).toBeVisible();

  await page.keyboard.press('i');
  await report.tab('All').click();
  await report.choose('case.zip!/AWSLogs/broken.json');
  await report.about.getByRole('button', { name: 'Show its events' }).click();
  await window.idle();
  await expect(window.query).toHaveValue(/^file:"?case\.zip!\/AWSLogs\/broken\.json"?$/);
  expect((await window.found()).matched).toBe(2);
});

test('the report is saved as text, without a byte leaving the machine', async ({ app }) => {
  const { page } = app;
  await openZip(app);
  await page.keyboard.press('i');
  const { name, text } = await app.saved(() =>
    app.window.report.dialog.getByRole('button', { name: 'Save as text' }).click(),
  );
  expect(name).toBe('import-report-case.zip.txt');
  expect(text).toContain('case.zip!/AWSLogs/broken.json');
  expect(text).toContain(`at byte ${breaksAt.toLocaleString('en-US')}`);
});

test('the report lists the first days and, asked for, all of them', async ({ app }) => {
  const days = Array.from({ length: 12 }, (_, at) => `2024-05-${String(at + 10)}`);
  const folder = await writeArchive(join(app.folder, 'days'), {
    'a.json': records(...days.map((day) => JSON.stringify(event({ eventTime: `${day}T07:08:09Z`, eventID: day })))),
  });
  const { report } = await app.open(folder);
  await app.page.keyboard.press('i');
  const listed = report.totals.getByRole('button', { name: /^2024-05-/ });
  await expect(listed).toHaveCount(10);
  await report.totals.getByRole('button', { name: 'Days (UTC): 2 more' }).click();
  await expect(listed).toHaveCount(12);
  expect(await seriousFindings(app.page)).toEqual([]);
  await report.totals.getByRole('button', { name: 'Days (UTC): fewer' }).click();
  await expect(listed).toHaveCount(10);
});

test('duplicates are hidden, counted, shown on demand, and lead to each other', async ({ app }) => {
  const { window, page } = app;
  await openZip(app);
  await addFolder(app);
  await window.search('event:PutObject');
  expect(await window.found()).toEqual({ matched: 1, total: 6 });
  await expect(window.status).toContainText('2 duplicates hidden');

  await window.events.row(0).click();
  const related = page.getByRole('group', { name: 'Related events' });
  await expect(related).toContainText('Duplicate');
  await related.getByRole('button').first().click();
  await expect(window.detail.section).toContainText('Duplicates are hidden from the list.');
  await window.detail.section.getByRole('button', { name: 'Show duplicates' }).click();
  await window.idle();
  expect(await window.found()).toEqual({ matched: 2, total: 8 });
  await expect(window.status).toContainText('2 duplicates shown');
  await expect(window.events.current).toContainText('duplicate');
  expect(await seriousFindings(page)).toEqual([]);

  await window.events.grid.focus();
  await page.keyboard.press('y');
  await window.idle();
  expect(await window.found()).toEqual({ matched: 1, total: 6 });
});

test('what is dropped on an open archive is added, opened instead, or left alone', async ({ app }) => {
  const { window, page } = app;
  await openZip(app);
  const copied = records(record(7, 'CopyObject'));
  await writeArchive(app.folder, { 'dropped.json': copied });
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.json'));
    return data;
  }, copied);
  const drop = (): Promise<void> =>
    app.host === 'electron'
      ? app.drop(join(app.folder, 'dropped.json'))
      : page.locator('body').dispatchEvent('drop', { dataTransfer: transfer });
  const dialog = window.dialog('Add dropped files?');

  await drop();
  await expect(dialog).toContainText('dropped.json');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await window.found()).toEqual({ matched: 4, total: 4 });

  await drop();
  await expect(dialog.getByRole('button', { name: 'Add to what is open' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(async () => expect(await window.found()).toEqual({ matched: 5, total: 5 })).toPass();
  await window.imported();

  await drop();
  await dialog.getByRole('button', { name: 'Open instead' }).click();
  await expect(page).toHaveTitle('dropped.json – Trailglass');
  await window.imported();
  expect(await window.found()).toEqual({ matched: 1, total: 1 });
});

test('limits are changed, kept, and used when what is open is opened again', async ({ app }) => {
  const { window, page } = app;
  await openZip(app);
  await window.pickFromArchiveMenu('Limits');
  const limits = window.dialog('Limits');
  await limits.getByRole('textbox', { name: 'Archives in archives' }).fill('99');
  await expect(limits).toContainText('at most 32');
  await expect(limits.getByRole('button', { name: 'Reopen with these limits' })).toBeDisabled();
  await limits.getByRole('button', { name: 'Back to 8 levels' }).click();
  await limits.getByRole('textbox', { name: 'Files in one archive' }).fill('1');
  await limits.getByRole('button', { name: 'Reopen with these limits' }).click();
  await window.imported();
  expect((await window.found()).total).toBeLessThan(4);

  await page.keyboard.press('i');
  await window.report.rows.filter({ hasText: 'case.zip' }).first().click();
  await window.report.about.getByRole('button', { name: 'Change limits…' }).click();
  await expect(limits.getByRole('textbox', { name: 'Files in one archive' })).toHaveValue('1');
});
