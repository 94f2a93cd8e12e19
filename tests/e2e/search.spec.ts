/** Searching: what is found is what a plain walk over every value of every record finds. */
import { isIPv4 } from 'node:net';
import { join } from 'node:path';
import { event, recordsOf, sharedArchives, writeArchive, type LogRecord } from './archives';
import { expect, test } from './fixtures';
import { queryByCli } from './query-cli';

/** Every value of a record that is not an object or array, as text. */
function* leavesOf(value: unknown): Generator<string> {
  if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) yield* leavesOf(inner);
  } else yield String(value);
}

function holds(record: LogRecord, text: string): boolean {
  for (const leaf of leavesOf(record)) if (leaf.toLowerCase().includes(text.toLowerCase())) return true;
  return false;
}

const text = (record: LogRecord, field: string): string => String(record[field] ?? '');

function isInTen(address: string): boolean {
  return isIPv4(address) && address.startsWith('10.');
}

/** A question in the query language, and the same in plain code. */
const questions: readonly { readonly query: string; readonly naive: (record: LogRecord) => boolean }[] = [
  { query: 'svc-backup-sync', naive: (record) => holds(record, 'svc-backup-sync') },
  { query: 'ACKUP-S', naive: (record) => holds(record, 'ackup-s') },
  { query: '"customer-exports"', naive: (record) => holds(record, 'customer-exports') },
  { query: 'service:s3', naive: (record) => text(record, 'eventSource') === 's3.amazonaws.com' },
  { query: 'event:Describe*', naive: (record) => text(record, 'eventName').startsWith('Describe') },
  { query: 'event:?etObject', naive: (record) => /^.etobject$/i.test(text(record, 'eventName')) },
  { query: 'error:*', naive: (record) => 'errorCode' in record },
  { query: 'event:/^(Get|Put)Bucket/', naive: (record) => /^(Get|Put)Bucket/.test(text(record, 'eventName')) },
  { query: 'ip:10.0.0.0/8', naive: (record) => isInTen(text(record, 'sourceIPAddress')) },
  {
    query: '-readonly:true region:(us-east-1 OR us-west-2)',
    naive: (record) =>
      record['readOnly'] !== true && ['us-east-1', 'us-west-2'].includes(text(record, 'awsRegion').toLowerCase()),
  },
  {
    query: 'AccessDenied OR (service:iam NOT event:Get*)',
    naive: (record) =>
      holds(record, 'AccessDenied') ||
      (text(record, 'eventSource') === 'iam.amazonaws.com' && !text(record, 'eventName').startsWith('Get')),
  },
  {
    query: 'time>=2024-03-05T02:00Z time<2024-03-05T03:00Z',
    naive: (record) => text(record, 'eventTime').startsWith('2024-03-05T02:'),
  },
  {
    query: 'requestParameters.bucketName:*exports*',
    naive: (record) => {
      const parameters = record['requestParameters'];
      return typeof parameters === 'object' && parameters !== null && 'bucketName' in parameters
        ? String(parameters.bucketName).includes('exports')
        : false;
    },
  },
];

test('every way to ask finds exactly what is there', async ({ app }) => {
  const records = await recordsOf(sharedArchives().synthetic);
  const window = await app.open(sharedArchives().synthetic);
  for (const { query, naive } of questions) {
    await window.search(query);
    const expected = records.filter(naive).length;
    expect(await window.found(), query).toEqual({ matched: expected, total: records.length });
    expect(expected, `${query} should tell something`).toBeGreaterThan(0);
  }
});

test('facets and bars count the same as the command line does', async ({ app }) => {
  const { synthetic } = sharedArchives();
  const query = 'service:(s3 OR iam) -region:us-west-2';
  const answer = await queryByCli(synthetic, query, ['--facet', 'event', '--facet', 'result', '--bins', '200']);
  const window = await app.open(synthetic);
  await window.search(query);
  expect(await window.found()).toEqual({ matched: answer.matched, total: answer.total });
  const result = await window.facet('Result').values();
  expect(result.map(({ value, count }) => [value, count])).toEqual(answer.facets['result']?.slice(0, 8));
  const event = await window.facet('Event').values();
  expect(event.map(({ value, count }) => [value, count])).toEqual(answer.facets['event']?.slice(0, 3));
  const bars = Object.values(await window.timeline.legend()).reduce((sum, count) => sum + count, 0);
  expect(bars).toBe(answer.matched);
  const tallest = answer.bins.reduce((most, [, count]) => Math.max(most, count), 0);
  await expect(window.timeline.description).toContainText(`at most ${tallest.toLocaleString('en-US')} in`);
});

test('what was searched for is marked in the record', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('svc-backup-sync');
  await window.events.row(0).click();
  await window.idle();
  const marks = await window.detail.tree.locator('mark').allInnerTexts();
  expect(marks.length).toBeGreaterThan(0);
  expect(new Set(marks.map((mark) => mark.toLowerCase()))).toEqual(new Set(['svc-backup-sync']));
});

test('a key is marked only within a text, which is a value that was searched', async ({ app }) => {
  const named = event({
    eventName: 'PutPolicy',
    requestParameters: { policy: 'a Policy', document: '{"policyText":"none"}' },
  });
  await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: [named] } });
  const window = await app.open(join(app.folder, 'logs'));
  await window.search('policy');
  await window.events.row(0).click();
  await window.idle();
  const marked = window.detail.tree.getByRole('treeitem').filter({ has: app.page.locator('.key mark') });
  await expect(marked).toHaveCount(1);
  await expect(marked).toContainText('policyText');
  await expect(window.detail.tree.locator('.value mark')).toHaveText(['Policy', 'Policy']);
});

test('names and values complete from the data while one types, with their counts', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  const options = app.page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
  await window.query.click();
  await window.query.pressSequentially('regi');
  await expect(options.filter({ hasText: /^region/ })).toContainText('20,000');
  await window.query.press('Tab');
  await expect(window.query).toHaveValue('region:');
  // After the name of a field come its values.
  await expect(options).toHaveCount(4);
  await window.query.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  const chosen = await options.first().locator('.label').innerText();
  const count = await options.first().locator('.count').innerText();
  await window.query.press('Enter');
  await expect(window.query).toHaveValue(`region:${chosen} `);
  await window.query.press('Enter');
  await window.idle();
  expect((await window.found()).matched.toLocaleString('en-US')).toBe(count);
});

test('a value with a typing error is completed all the same', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.query.click();
  await window.query.pressSequentially('event:DelteTrail');
  const option = app.page.getByRole('listbox', { name: 'Completions' }).getByRole('option', { name: /DeleteTrail/ });
  await expect(option).toContainText('similar');
  await option.click();
  await expect(window.query).toHaveValue('event:DeleteTrail ');
});

test('previous queries come back, and later ones after them', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('service:iam');
  await window.search('service:kms');
  await app.page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(window.query).toHaveValue('service:iam');
  await window.idle();
  expect(await window.facet('Service').values()).toContainEqual(
    expect.objectContaining({ value: 'iam', state: 'included' }),
  );
  await window.events.grid.focus();
  await app.page.keyboard.press('[');
  await expect(window.query).toHaveValue('');
  await app.page.keyboard.press(']');
  await app.page.keyboard.press('Alt+ArrowRight');
  await expect(window.query).toHaveValue('service:kms');
  await expect(app.page.getByRole('button', { name: 'Forward', exact: true })).toBeDisabled();
});

test('every filter of a query is shown as a chip that can be removed', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await window.search('service:s3 -event:GetObject "customer-exports"');
  await expect(window.chips).toHaveText(['Service: s3', 'not Event: GetObject', '"customer-exports"']);
  await app.page.getByRole('button', { name: 'Remove: not Event: GetObject' }).click();
  await expect(window.query).toHaveValue('service:s3 "customer-exports"');
  await app.page.getByRole('button', { name: 'Clear all' }).click();
  await window.idle();
  await expect(window.query).toHaveValue('');
  expect(await window.found()).toEqual({ matched: 20_000, total: 20_000 });
});

test('an ARN, an IPv6 address and a time are pasted as words', async ({ app }) => {
  const records = await recordsOf(sharedArchives().synthetic);
  const window = await app.open(sharedArchives().synthetic);
  const arn = String((records.find((record) => 'userIdentity' in record)?.['userIdentity'] as LogRecord)['arn']);
  for (const word of [arn, '2024-03-05T02:11']) {
    await window.search(word);
    expect((await window.found()).matched, word).toBe(records.filter((record) => holds(record, word)).length);
  }
  await window.search('2001:db8::1234:5678');
  await expect(window.noMatch).toContainText('No events match all filters');
  await expect(window.syntaxError).toBeHidden();
});
