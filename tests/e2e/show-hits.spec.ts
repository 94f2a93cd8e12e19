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
