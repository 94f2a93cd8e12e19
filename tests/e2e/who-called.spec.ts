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

test('an IAM user named as a service or as root is distinguished from it in list and facet, and is not hidden with it', async ({
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
  await identity.tool(/^[\d,]+ more$/).click();
  await window.idle();
  await identity.act('Exclude', 'cloudtrail.amazonaws.com (AWS service)');
  await identity.act('Exclude', `Root (root of ${account})`);
  await window.idle();
  expect(await window.events.column('Event')).toEqual(['Call1', 'Call3']);
  expect((await identity.values()).filter(({ state }) => state === 'excluded')).toHaveLength(2);

  await window.search('identity:root');
  expect(await window.events.column('Event')).toEqual(['Call2', 'Call3']);
  expect((await identity.values()).filter(({ state }) => state === 'included')).toHaveLength(2);
  await expect(identity.section.getByRole('button', { name: /, included by the name root$/ })).toHaveCount(2);
});

test.describe('in a small window', () => {
  test.use({ viewport: { width: 1024, height: 700 } });

  test('names keep their room: the kind shrinks before them, and a role stands before its session', async ({ app }) => {
    const role = 'OrderExportRole';
    const identities = [
      user('benjamin'),
      user('bert-jan'),
      { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' },
      {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE:1689012345678901234',
        arn: `arn:aws:sts::${account}:assumed-role/${role}/1689012345678901234`,
        accountId: account,
      },
    ];
    const records = identities.map((userIdentity, at) => event({ userIdentity, eventID: `e-${at}` }));
    await writeArchive(join(app.folder, 'logs'), { 'a.json': { Records: records } });
    const window = await app.open(join(app.folder, 'logs'));

    for (const row of [0, 1]) {
      const name = (await window.events.cell(row, 'Identity')).locator('.start');
      expect(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    }
    const service = (await window.events.cell(2, 'Identity')).locator('.start');
    expect(await service.evaluate(({ clientWidth }) => clientWidth)).toBeGreaterThan(50);

    const identity = window.facet('Identity');
    await identity.tool(/^[\d,]+ more$/).click();
    // A row that is pointed at gives room to its buttons.
    await app.page.mouse.move(600, 500);
    const heads = identity.section.locator('li .head');
    await expect(heads).toHaveCount(4);
    for (const width of await heads.evaluateAll((all) => all.map(({ clientWidth }) => clientWidth))) {
      expect(width).toBeGreaterThan(45);
    }
    const session = window.facet('Identity').section.locator('li', { hasText: role });
    await expect(session.locator('.tail')).toHaveText('1234');
  });
});
