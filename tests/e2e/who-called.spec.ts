/** Names are chosen by whoever makes a user: none may hide behind another's. */
import { join } from 'node:path';
import { event, writeArchive } from './archives';
import { expect, test } from './fixtures';

const account = '111122223333';
const user = (userName: string): object => ({ type: 'IAMUser', userName, accountId: account });
const callers = [
  { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' },
  user('cloudtrail.amazonaws.com'),
  { type: 'Root', accountId: account },
  user('Root'),
];

test('an IAM user named as a service or as root is told from it in list and facet, and is not hidden with it', async ({
  app,
}) => {
  const records = callers.map((userIdentity, at) =>
    event({ userIdentity, eventName: `Call${at}`, eventID: `e-${at}` }),
  );
  await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: records } });
  const window = await app.open(join(app.folder, 'logs'));
  const shown = [0, 1, 2, 3].map(async (row) => (await window.events.cell(row, 'Identity')).innerText());
  expect((await Promise.all(shown)).map((text) => text.split(/\s+/))).toEqual([
    ['cloudtrail.amazonaws.com', 'AWS', 'service', 'service'],
    ['cloudtrail.amazonaws.com', 'IAM', 'user', 'IAM'],
    ['Root', 'Root', 'root'],
    ['Root', 'IAM', 'user', 'IAM'],
  ]);

  const identity = window.facet('Identity');
  await identity.act('Exclude', 'cloudtrail.amazonaws.com (AWS service)');
  await identity.act('Exclude', `Root (root of ${account})`);
  await window.idle();
  expect(await window.events.column('Event')).toEqual(['Call1', 'Call3']);
  expect((await identity.values()).filter(({ state }) => state === 'excluded')).toHaveLength(2);

  await window.search('identity:root');
  expect(await window.events.column('Event')).toEqual(['Call2', 'Call3']);
  expect((await identity.values()).filter(({ state }) => state === 'included')).toHaveLength(2);
});
