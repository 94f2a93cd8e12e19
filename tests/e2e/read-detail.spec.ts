/** Reading one event: the sentence, the tree, the raw record, and where it stands on disk. */
import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeZip } from '../helpers/make-zip';
import { event, writeArchive } from './archives';
import { expect, test, type App } from './fixtures';
import type { AppWindow } from './app-window';

const policy = { Version: '2012-10-17', Statement: [{ Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: '*' }] };

/**
 * A record as it may come: numbers no computer's own type holds, a key that means something to JavaScript, a key that comes twice,
 * markup, characters that turn text around. Written by hand, since `JSON.stringify` would write none of that.
 */
const strange =
  '{ "eventVersion":"1.08", "eventTime":"2024-05-06T07:08:10Z", "eventSource":"iam.amazonaws.com","eventName":"PutUserPolicy",' +
  '"awsRegion":"us-east-1","sourceIPAddress":"198.51.100.9","userIdentity":{"type":"Root","accountId":"111122223333"},' +
  '"requestParameters":{"exact":12345678901234567890.10,"whole":9007199254740993,"far":1E400,' +
  '"__proto__":{"polluted":"yes"},"constructor":"C","twice":1,"twice":2,' +
  '"html":"<img src=x onerror=alert(1)><script>alert(2)</script>","turned":"admin\\u202Enimda","half":"\\ud800!",' +
  `"policyDocument":${JSON.stringify(JSON.stringify(policy))},` +
  `"encodedPolicy":"${encodeURIComponent(JSON.stringify(policy))}"},` +
  '"responseElements":{"omitted":true,"reason":"responseElements too large","originalSize":123456},"readOnly":false,"eventID":"e-2"}';

const before = event({ eventName: 'ListBuckets', eventID: 'e-1' });
const after = event({
  eventName: 'DeleteBucket',
  eventTime: '2024-05-06T07:08:11Z',
  eventID: 'e-3',
  errorCode: 'AccessDenied',
  readOnly: false,
});
const text = `{"Records":[${JSON.stringify(before)}, ${strange} ,${JSON.stringify(after)}]}`;
const bytes = gzipSync(text);

async function openStrange(app: App): Promise<AppWindow> {
  await writeArchive(join(app.folder, 'logs'), { 'eu/strange.json.gz': bytes });
  const window = await app.open(join(app.folder, 'logs'));
  await window.events.row(1).click();
  await expect(window.detail.sentence).toContainText('PutUserPolicy');
  return window;
}

test('one sentence says who did what, where from, when, and how it ended', async ({ app }) => {
  const window = await openStrange(app);
  await expect(window.detail.sentence).toHaveText(
    'Root of 111122223333 called PutUserPolicy on iam in us-east-1 from 198.51.100.9 at 2024-05-06 07:08:10 UTC: Success',
  );
  await window.events.row(2).click();
  await expect(window.detail.sentence).toHaveText(
    'Mary_Major (IAM user, 111122223333) called DeleteBucket on s3 in eu-central-1 from 198.51.100.7 at 2024-05-06 07:08:11 UTC: AccessDenied',
  );
});

test('numbers stand as they are written, however large', async ({ app }) => {
  const { detail } = await openStrange(app);
  await expect(detail.leaf('exact')).toContainText('12345678901234567890.10');
  await expect(detail.leaf('whole')).toContainText('9007199254740993');
  await expect(detail.leaf('far')).toContainText('1E400');
});

test('keys that mean something to a program are plain data, and a key that comes twice is shown twice', async ({
  app,
}) => {
  const { detail, page } = await openStrange(app);
  await expect(detail.leaf('polluted')).toContainText('"yes"');
  await expect(detail.leaf('constructor')).toContainText('"C"');
  await expect(detail.leaf('twice')).toHaveCount(2);
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
});

test('markup in a value stays text', async ({ app }) => {
  const { detail, page } = await openStrange(app);
  await expect(detail.leaf('html')).toContainText('<img src=x onerror=alert(1)><script>alert(2)</script>');
  await detail.tab('Raw').click();
  await expect(detail.raw).toContainText('<script>alert(2)</script>');
  expect(await page.locator('img, .pane script').count()).toBe(0);
});

test('characters that cannot be seen are written out', async ({ app }) => {
  const { detail } = await openStrange(app);
  await expect(detail.leaf('turned')).toContainText('admin⟨U+202E⟩nimda');
  await expect(detail.leaf('half')).toContainText('⟨U+D800⟩!');
});

test('a policy inside a string is opened as what it is, URL-encoded or not', async ({ app }) => {
  const { detail } = await openStrange(app);
  for (const key of ['policyDocument', 'encodedPolicy']) await expect(detail.leaf(key)).toContainText('decoded JSON');
  await expect(detail.leaf('Action')).toHaveCount(2);
  await expect(detail.leaf('Action').first()).toContainText('"s3:*"');
});

test('what AWS left out is said to be left out', async ({ app }) => {
  const { detail } = await openStrange(app);
  await expect(detail.leaf('responseElements')).toContainText('left out by AWS');
});

test('the raw record is exactly the bytes of the file, and says which', async ({ app }) => {
  const window = await openStrange(app);
  await window.detail.tab('Raw').click();
  await window.detail.section.getByRole('button', { name: 'As written' }).click();
  const lines = await window.detail.raw.locator('.line .text').allInnerTexts();
  expect(lines.join('\n')).toBe(strange);

  await expect(window.detail.location).toContainText('eu/strange.json.gz');
  const place = /bytes ([\d,]+) – ([\d,]+)/.exec(await window.detail.location.innerText());
  const [from, to] = [place?.[1], place?.[2]].map((figure) => Number((figure ?? '').replaceAll(',', '')));
  expect(Buffer.from(text).subarray(from, to).toString()).toBe(strange);

  await window.detail.section.getByRole('button', { name: 'Formatted' }).click();
  await expect(window.detail.raw).toContainText('"exact": 12345678901234567890.10,');
});

test('the checksum is that of the file on disk', async ({ app }) => {
  const window = await openStrange(app);
  const digest = window.detail.location.getByRole('button', { name: 'SHA-256' });
  await digest.click();
  const sum = createHash('sha256').update(bytes).digest('hex');
  await expect(window.detail.location).toContainText(sum);
  await expect(window.detail.location).toContainText('SHA-256 of eu/strange.json.gz, ');
  await expect(window.detail.location.getByRole('alert')).toBeHidden();
  await window.detail.location.getByRole('button', { name: 'Copy the checksum' }).click();
  await expect.poll(() => app.copied()).toBe(`SHA256 (${join(app.folder, 'logs', 'eu', 'strange.json.gz')}) = ${sum}`);
});

test('the checksum of a member is that of its archive', async ({ app }) => {
  const zip = makeZip([{ name: 'eu/strange.json.gz', bytes }]);
  await writeArchive(join(app.folder, 'logs'), { 'case.zip': zip });
  const window = await app.open(join(app.folder, 'logs'));
  await window.events.row(0).click();
  const { location } = window.detail;
  await expect(location).toContainText('case.zip!/eu/strange.json.gz');
  await expect(location).toContainText(/bytes [\d,]+ – [\d,]+ of the unpacked text/);
  await location.getByRole('button', { name: 'SHA-256' }).click();
  const sum = createHash('sha256').update(zip).digest('hex');
  await expect(location).toContainText(/SHA-256 of case\.zip, [\d.]+ k?B on disk/);
  await expect(location).toContainText(sum);
  if (app.host === 'electron') return;
  await location.getByRole('button', { name: 'Copy the checksum' }).click();
  await expect.poll(() => app.copied()).toBe(`SHA256 (${join(app.folder, 'logs', 'case.zip')}) = ${sum}`);
});

test('a file that changed since it was read is reported, and its events are no longer taken from it', async ({
  app,
}) => {
  const window = await openStrange(app);
  await appendFile(join(app.folder, 'logs', 'eu', 'strange.json.gz'), 'more');
  await window.detail.location.getByRole('button', { name: 'SHA-256' }).click();
  await expect(window.detail.location.getByRole('alert')).toContainText('has changed since it was read');
  await window.events.row(2).click();
  await expect(window.detail.section.getByRole('alert')).toContainText('strange.json.gz');
  await expect(window.detail.section.getByRole('alert')).toContainText('changed');
});

test('record, value and path are copied as they are', async ({ app }) => {
  const window = await openStrange(app);
  await window.detail.section.getByRole('button', { name: /^Copy the raw record/ }).click();
  await expect.poll(() => app.copied()).toBe(strange);
  await expect(app.page.getByRole('status').getByText('Raw record copied')).toBeVisible();
  await window.detail.act('Copy the value', window.detail.leaf('exact'));
  await expect.poll(() => app.copied()).toBe('12345678901234567890.10');
  await window.detail.location.getByRole('button', { name: 'Copy the path' }).click();
  await expect.poll(() => app.copied()).toBe(join(app.folder, 'logs', 'eu', 'strange.json.gz'));
  await window.events.grid.focus();
  await app.page.keyboard.press('c');
  await expect.poll(() => app.copied()).toBe(strange);
});

test('Tab leaves the tree for what comes after it', async ({ app }) => {
  const window = await openStrange(app);
  await window.detail.leaf('exact').focus();
  await window.page.keyboard.press('Tab');
  await expect(window.detail.location.getByRole('button', { name: 'Copy the path' })).toBeFocused();
});

test('next and previous go through the matches, and stop at the ends', async ({ app }) => {
  const window = await openStrange(app);
  const previous = window.detail.section.getByRole('button', { name: /^Previous event/ });
  const next = window.detail.section.getByRole('button', { name: /^Next event/ });
  await next.click();
  await expect(window.detail.sentence).toContainText('DeleteBucket');
  await expect(next).toBeDisabled();
  await previous.click();
  await previous.click();
  await expect(window.detail.sentence).toContainText('ListBuckets');
  await expect(previous).toBeDisabled();
  await expect(window.events.current).toContainText('ListBuckets');
});

test('an event that a new query leaves out stays to be read, and says so', async ({ app }) => {
  const window = await openStrange(app);
  await window.search('event:DeleteBucket');
  await expect(window.detail.sentence).toContainText('PutUserPolicy');
  await expect(window.detail.section).toContainText('The query does not match this event.');
  await window.search('service:iam');
  await expect(window.detail.section).not.toContainText('does not match this event');
  await expect(window.events.current).toContainText('PutUserPolicy');
});

test('a record of ten thousand values opens at once, and shows more when asked', async ({ app }) => {
  const many = Array.from({ length: 10_000 }, (_, index) => `item-${String(index)}`);
  const folder = await writeArchive(join(app.folder, 'logs'), {
    'wide.json': { Records: [event({ requestParameters: { many } })] },
  });
  const window = await app.open(folder);
  await window.events.row(0).click();
  await window.idle();
  await expect(window.detail.tree.getByText('item-99', { exact: false }).first()).toBeAttached();
  expect(await window.detail.tree.getByRole('treeitem').count()).toBeLessThan(500);
  await window.detail.tree.getByRole('treeitem').filter({ hasText: '9,900 more' }).click();
  await expect(window.detail.tree.getByText('item-599', { exact: false })).toBeAttached();
});
