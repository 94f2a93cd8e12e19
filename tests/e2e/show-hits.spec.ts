/** Why an event matches is seen: in the list beside what was done to what, and in the detail. */
import { join } from 'node:path';
import { writeArchive } from './archives';
import { expect, test, type App } from './fixtures';
import type { AppWindow } from './app-window';

const event = (second: number, fields: object): object => ({
  eventVersion: '1.08',
  eventTime: `2023-07-10T12:40:0${second}Z`,
  eventSource: 'iam.amazonaws.com',
  eventName: 'PutUserPolicy',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.7',
  userAgent: 'aws-cli/2.1',
  userIdentity: { type: 'IAMUser', userName: 'alice', accountId: '111122223333' },
  ...fields,
});

const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: ['iam:PassRole', 's3:passrole'] }] });
const many = Array.from({ length: 150 }, (_, index) => (index === 140 ? 'the passrole needle' : `item ${index}`));

async function open(app: App): Promise<AppWindow> {
  const folder = await writeArchive(join(app.folder, 'logs'), {
    'events.json': {
      Records: [
        event(1, { requestParameters: { userName: 'alice', policyDocument: policy, many } }),
        event(2, { eventName: 'ListUsers', requestParameters: null }),
        event(3, { errorCode: 'AccessDenied', requestParameters: { userName: 'mallory' } }),
      ],
    },
  });
  return app.open(folder);
}

test('a row shows the text around a hit that no column shows, and a hit in a column is marked there', async ({
  app,
}) => {
  const window = await open(app);
  expect(await window.events.columnNames()).not.toContain('Found in');
  await window.search('passrole');
  const cell = await window.events.cell(0, 'Found in');
  await expect(cell).toContainText('policyDocument:');
  await expect(cell.locator('mark')).toHaveText(['PassRole', 'passrole']);
  await expect(cell).toBeInViewport();

  await window.search('listusers');
  expect(await window.events.columnNames()).not.toContain('Found in');
  await expect((await window.events.cell(0, 'Event')).locator('mark')).toHaveText('ListUsers');
});

test('a row shows the value that a field test found, where the field has no column', async ({ app }) => {
  const window = await open(app);
  await window.search('requestParameters.userName:mal*');
  await expect(await window.events.cell(0, 'Found in')).toContainText('userName: mallory');
  await window.search('event:ListUsers');
  expect(await window.events.columnNames()).not.toContain('Found in');
});

test('the detail opens at the first hit and steps through them, by key and by button, round and round', async ({
  app,
}) => {
  const window = await open(app);
  const { page, detail } = window;
  const hits = detail.section.getByRole('group', { name: 'Hits of the query in the record' });
  const current = detail.tree.locator('[data-hit]');
  await window.search('passrole');
  await window.events.row(0).click();
  await window.idle();
  await expect(hits.getByRole('status')).toHaveText('1 of 3');
  await expect(current).toContainText('iam:PassRole');
  await expect(current).toBeInViewport();

  await page.keyboard.press('n');
  await expect(hits.getByRole('status')).toHaveText('2 of 3');
  await expect(current).toContainText('s3:passrole');
  // Beyond the hundred elements that are shown at first.
  await page.keyboard.press('n');
  await expect(current).toContainText('the passrole needle');
  await expect(current).toBeInViewport();
  await page.keyboard.press('n');
  await expect(hits.getByRole('status')).toHaveText('1 of 3');
  await page.keyboard.press('p');
  await expect(hits.getByRole('status')).toHaveText('3 of 3');
  await hits.getByRole('button', { name: 'Previous hit' }).click();
  await expect(hits.getByRole('status')).toHaveText('2 of 3');
  await expect(current).toContainText('s3:passrole');
});

test('a hit in a folded part unfolds it, in this record alone', async ({ app }) => {
  const window = await open(app);
  const { page, detail } = window;
  await window.events.row(0).click();
  await detail.leaf('requestParameters').click();
  await expect(detail.leaf('policyDocument')).toHaveCount(0);
  await window.search('passrole');
  await expect(detail.tree.locator('[data-hit]')).toContainText('iam:PassRole');
  await window.search('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await window.idle();
  await page.keyboard.press('ArrowDown');
  await window.idle();
  await expect(detail.sentence).toContainText('AccessDenied');
  await expect(detail.leaf('requestParameters')).toHaveAttribute('aria-expanded', 'false');
});

test('the value that a field test found is a hit, but what the sentence says does not move the record', async ({
  app,
}) => {
  const window = await open(app);
  const { page, detail } = window;
  await window.search('event:PutUserPolicy userAgent:aws*');
  await window.events.row(0).click();
  await window.idle();
  const hits = detail.section.getByRole('group', { name: 'Hits of the query in the record' });
  await expect(hits.getByRole('status')).toHaveText('2 of 2');
  await expect(detail.tree.locator('[data-hit]')).toContainText('aws-cli/2.1');
  await window.search('event:PutUserPolicy');
  await expect(hits.getByRole('status')).toHaveText('1 hit');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await expect(detail.tree.locator('[data-hit]')).toContainText('PutUserPolicy');
});

test('the raw record steps through the lines that hold a hit', async ({ app }) => {
  const window = await open(app);
  const { page, detail } = window;
  await window.search('alice');
  await window.events.row(0).click();
  await detail.tab('Raw').click();
  const current = detail.raw.locator('[data-hit]');
  await expect(current).toContainText('"userName": "alice"');
  await page.keyboard.press('n');
  await expect(detail.section.getByRole('group', { name: /^Hits/ }).getByRole('status')).toHaveText('2 of 2');
});

test('the detail begins with request, response and error; what is folded stays so in the next event and after a start', async ({
  app,
}) => {
  const window = await open(app);
  const { page, detail } = window;
  await window.events.row(2).click();
  await window.idle();
  const keys = async (): Promise<readonly string[]> =>
    (await detail.tree.locator('[aria-level="1"]').allInnerTexts()).map((text) => text.trim().split(/\s/)[0] ?? '');
  expect(await keys()).toEqual(['requestParameters', 'errorCode', 'The']);
  await detail.tree.getByText('The rest of the record').click();
  await detail.leaf('requestParameters').click();
  await expect(detail.leaf('eventName')).toHaveCount(0);

  await page.keyboard.press('k');
  await window.idle();
  await expect(detail.sentence).toContainText('ListUsers');
  await expect(detail.leaf('eventName')).toHaveCount(0);
  await page.reload();
  await window.imported();
  await window.events.row(2).click();
  await window.idle();
  await expect(detail.leaf('requestParameters')).toHaveAttribute('aria-expanded', 'false');
  await expect(detail.leaf('eventName')).toHaveCount(0);
  await detail.tree.getByText('The rest of the record').click();
  await expect(detail.leaf('eventName')).toHaveCount(1);
});
