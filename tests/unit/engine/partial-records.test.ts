import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#contract/limits';
import { sourceAt } from '../../helpers/ask-engine';
import { engineHere, type EngineHere } from '../../helpers/engine-here';
import { temporaryFolder } from '../../helpers/temporary-folder';

const account = '111122223333';
const whole = {
  eventVersion: '1.08',
  userIdentity: {
    type: 'IAMUser',
    arn: `arn:aws:iam::${account}:user/alice`,
    accountId: account,
    userName: 'alice',
    accessKeyId: 'AKIAEXAMPLE',
  },
  eventTime: '2023-07-10T12:40:01Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '10.0.0.1',
  userAgent: 'aws-cli/2',
  requestParameters: { bucketName: 'b' },
  responseElements: null,
  requestID: 'R1',
  eventID: '11111111-2222-4333-8444-555555555555',
  readOnly: true,
  managementEvent: false,
  eventType: 'AwsApiCall',
  recipientAccountId: account,
};
const otherAccount = { ...whole, recipientAccountId: '444455556666', eventName: 'PutObject' };

/** Names of columns and their cells, as one table of one row. */
const table = (cells: Readonly<Record<string, string>>): string =>
  [Object.keys(cells), Object.values(cells)].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');

const columns = {
  eventtime: '2023-07-10T12:40:01Z',
  eventsource: 's3.amazonaws.com',
  eventname: 'GetObject',
  awsregion: 'eu-west-1',
  sourceipaddress: '10.0.0.1',
  useridentity: `{type=IAMUser, arn=arn:aws:iam::${account}:user/alice, accountid=${account}, username=alice, sessioncontext=null}`,
  requestparameters: '{""bucketName"":""b""}',
  responseelements: 'null',
  eventid: whole.eventID,
  readonly: 'True',
};
const withAccount = { ...columns, recipientaccountid: account };
const history = {
  'Event name': 'GetObject',
  'Event time': '2023-07-10T12:40:01Z',
  'Event source': 's3.amazonaws.com',
  'Event ID': whole.eventID,
  'User name': 'alice',
  'Recipient Account Id': account,
};

/** An archive of these texts by file name, opened. */
async function opened(files: Readonly<Record<string, string | readonly object[]>>): Promise<EngineHere> {
  const path = join(await temporaryFolder(), 'case');
  await mkdir(path);
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify({ Records: content }));
  }
  const engine = engineHere({ version: '9.8.7' });
  await engine.open(path);
  return engine;
}

/** Format and number of other versions of each event that is shown. */
async function shown(files: Parameters<typeof opened>[0]): Promise<unknown[]> {
  const rows = await (await opened(files)).rows('');
  return rows.map(({ format, otherVersions }) => `${format} ${otherVersions}`).sort();
}

describe('a row of a table and the whole record of the event', () => {
  it.each([
    ['a query result by columns', withAccount],
    ['the same with a time as the query engine writes it', { ...withAccount, eventtime: '2023-07-10 12:40:01.000' }],
    ["the console's table", history],
    ['a query result without the account', columns],
  ])('are one event: %s', async (_, row) => {
    expect(await shown({ 'a.csv': table(row), 'b.json': [whole] })).toEqual(['records 0']);
  });

  it.each([
    ['eventname', 'DeleteObject'],
    ['eventtime', '2023-07-10T12:40:02Z'],
    ['sourceipaddress', '10.0.0.2'],
    ['awsregion', 'us-east-1'],
    ['errorcode', 'AccessDenied'],
    ['readonly', 'false'],
    ['useragent', 'curl'],
    ['requestid', 'R2'],
    ['eventtype', 'AwsServiceEvent'],
    ['useridentity', '{type=IAMUser, arn=arn:aws:iam::111122223333:user/mallory, username=alice}'],
    ['requestparameters', '{""bucketName"":""other""}'],
    ['responseelements', '{""versionId"":""1""}'],
    ['resources', '[{arn=arn:aws:s3:::other}]'],
  ])('are two versions where they differ in %s', async (name, value) => {
    const both = ['query-csv 1', 'records 1'];
    expect(await shown({ 'a.csv': table({ ...withAccount, [name]: value }), 'b.json': [whole] })).toEqual(both);
    expect(await shown({ 'a.csv': table({ ...columns, [name]: value }), 'b.json': [whole] })).toEqual(both);
  });

  it('are two versions where the record lacks what the row has', async () => {
    const { eventID, recipientAccountId } = whole;
    const forged = { eventID, recipientAccountId, eventTime: whole.eventTime, eventVersion: '1.08' };
    expect(await shown({ 'a.csv': table(withAccount), 'b.json': [forged] })).toEqual(['query-csv 1', 'records 1']);
    expect(await shown({ 'a.csv': table(withAccount), 'b.json': [forged], 'c.json': [whole] })).toEqual([
      'records 1',
      'records 1',
    ]);
  });

  it('are two versions where the record has another principal and other parameters', async () => {
    const forged = {
      ...whole,
      userIdentity: { ...whole.userIdentity, arn: `arn:aws:iam::${account}:user/mallory`, userName: 'mallory' },
      requestParameters: { bucketName: 'harmless' },
    };
    for (const [row, format] of [
      [withAccount, 'query-csv'],
      [columns, 'query-csv'],
      [history, 'event-history-csv'],
    ] as const) {
      const engine = await opened({ 'a.csv': table(row), 'b.json': [forged] });
      const rows = await engine.rows('versions>1');
      expect(rows.map((each) => each.format).sort()).toEqual([format, 'records']);
    }
  });

  it.each([
    ['the name of a role session', 'mary', { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/R/mary' }],
    ['root', 'root', { type: 'Root', arn: 'arn:aws:iam::1:root' }],
    ['the service that called', 'ec2.amazonaws.com', { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }],
  ])("are one event where the console's user name is %s", async (_, name, userIdentity) => {
    const resources = '[{""resourceType"":""AWS::S3::Bucket"",""resourceName"":""b""}]';
    const row = table({ ...history, 'User name': name, Resources: resources });
    expect(await shown({ 'a.csv': row, 'b.json': [{ ...whole, userIdentity }] })).toEqual(['records 0']);
  });

  it('are one event where the table has keys in lower case, or a structure as text', async () => {
    const record = { ...whole, requestParameters: { bucketName: 'b', tags: { Owner: 'x' } } };
    const requestparameters = '{""bucketname"":""b"",""tags"":""{\\""Owner\\"":\\""x\\""}""}';
    const row = table({ ...withAccount, requestparameters });
    expect(await shown({ 'a.csv': row, 'b.json': [record] })).toEqual(['records 0']);
  });

  it('are marked as versions with the files they are in', async () => {
    const row = table({ ...withAccount, eventname: 'DeleteObject' });
    const engine = await opened({ 'a.csv': row, 'b.json': [whole], 'c.json': [otherAccount] });
    const files = await engine.files();
    expect(files.map(({ path, versions }) => [path, versions])).toEqual([
      ['a.csv', 1],
      ['b.json', 1],
      ['c.json', undefined],
    ]);
    const text = await engine.call('archive.report-text', 'window');
    expect(text).toMatch(/^TRAILGLASS IMPORT REPORT\nMade \d{4}-\d\d-\d\dT[\d:.]*Z \(UTC\) by Trailglass 9\.8\.7\n/);
    expect(text.match(/1 shares its ID with other content/g)).toHaveLength(2);
  });

  it('name each other as duplicates or as versions', async () => {
    for (const row of [withAccount, columns]) {
      for (const [name, kind] of [
        ['GetObject', 'duplicates'],
        ['DeleteObject', 'versions'],
      ] as const) {
        const engine = await opened({ 'a.csv': table({ ...row, eventname: name }), 'b.json': [whole] });
        for (const { row: id } of await engine.rows('')) {
          const related = await engine.call('event.related', id);
          expect([related.duplicates.length, related.versions.length]).toEqual(kind === 'duplicates' ? [1, 0] : [0, 1]);
        }
      }
    }
  });

  it('go together by their other values where the row has no account and two accounts have the ID', async () => {
    for (const records of [
      [whole, otherAccount],
      [otherAccount, whole],
    ]) {
      expect(await shown({ 'a.csv': table(columns), 'b.json': records })).toEqual(['records 0', 'records 0']);
    }
  });

  it('leave the row as an event of its own when the record is removed', async () => {
    const engine = await opened({ 'a.csv': table(columns) });
    const path = join(await temporaryFolder(), 'whole.json');
    await writeFile(path, JSON.stringify({ Records: [whole] }));
    const source = sourceAt(path, 'w');
    const formats = async (): Promise<unknown[]> => (await engine.rows('')).map(({ format }) => format);
    await engine.call('engine.add', { sources: [source], limits: defaultLimits });
    expect(await formats()).toEqual(['records']);
    await engine.call('engine.remove', source.sourceId);
    expect(await formats()).toEqual(['query-csv']);
  });
});

describe('two rows of tables that lack different columns', () => {
  it('are one event, of which the fuller row counts', async () => {
    expect(await shown({ 'a.csv': table(history), 'b.csv': table(withAccount) })).toEqual(['query-csv 0']);
    expect(await shown({ 'a.csv': table(withAccount), 'b.csv': table(history) })).toEqual(['query-csv 0']);
  });

  it('are two versions where each has what the other lacks, or where values differ', async () => {
    const key = { ...history, 'AWS access key': 'AKIAEXAMPLE' };
    expect(await shown({ 'a.csv': table(key), 'b.csv': table(withAccount) })).toEqual([
      'event-history-csv 1',
      'query-csv 1',
    ]);
    const other = { ...withAccount, eventname: 'PutObject' };
    expect(await shown({ 'a.csv': table(other), 'b.csv': table(withAccount) })).toEqual(['query-csv 1', 'query-csv 1']);
  });
});
