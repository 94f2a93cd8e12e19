import { describe, expect, it } from 'vitest';
import { engineOfFile } from '../helpers/engine';
import { gzipped, record, writeEvidence } from '../helpers/evidence';

const startedEngine = engineOfFile();

describe('an attempt to sign in', () => {
  it.each([
    ['SwitchRole', 'signin.amazonaws.com', { responseElements: { SwitchRole: 'Failure' } }],
    ['CheckMfa', 'signin.amazonaws.com', { responseElements: { CheckMfa: 'Failure' }, eventType: 'AwsConsoleSignIn' }],
    [
      'PasswordRecoveryRequested',
      'signin.amazonaws.com',
      { responseElements: { PasswordRecoveryRequested: 'Failure' } },
    ],
    ['GetSigninToken', 'signin.amazonaws.com', { responseElements: { credentials: null, GetSigninToken: 'Failure' } }],
    ['CredentialVerification', 'signin.amazonaws.com', { serviceEventDetails: { CredentialVerification: 'Failure' } }],
    ['Authenticate', 'sso.amazonaws.com', { serviceEventDetails: { Outcome: 'Failure' } }],
    ['NewerSignIn', 'newer.amazonaws.com', { serviceEventDetails: { NewerSignIn: 'Failure' } }],
  ])('that failed is an error: %s of %s', async (eventName, eventSource, more) => {
    const failed = record(eventName, { eventSource, readOnly: false, ...more });
    const engine = startedEngine();
    await engine.open(await writeEvidence(['log.json.gz', gzipped(failed, failed.replace('Failure', 'Success'))]));
    const rows = await engine.rows('');
    expect(rows.map(({ result, eventClass }) => [result, eventClass])).toEqual([
      ['Failure', 'error'],
      ['Success', 'write'],
    ]);
  });

  it('is not one where a response says Failure of something else', async () => {
    const engine = startedEngine();
    const put = record('PutJob', { eventSource: 'x.amazonaws.com', responseElements: { status: 'Failure' } });
    await engine.open(await writeEvidence(['log.json.gz', gzipped(put)]));
    expect((await engine.rows('')).map(({ result }) => result)).toEqual(['Success']);
  });
});

describe('an error code that says there was no error', () => {
  it.each(['200', 'Success', 'None', ''])(
    '"%s" is no failure, and stands in the record as it does',
    async (errorCode) => {
      const engine = startedEngine();
      await engine.open(await writeEvidence(['log.json.gz', gzipped(record('Get', { errorCode, readOnly: true }))]));
      const [row] = await engine.rows('', ['error']);
      expect(row).toMatchObject({ result: 'Success', eventClass: 'read', cells: [errorCode] });
    },
  );
});

describe('an event of which nothing says how it ended', () => {
  const row = (columns: Readonly<Record<string, string>>): string =>
    `${Object.keys(columns).join(',')}\n${Object.values(columns).join(',')}\n`;
  const asked = { eventtime: '2024-03-04T10:00:00Z', eventname: 'PutUserPolicy', eventsource: 'iam.amazonaws.com' };
  const history = { 'Event name': 'Put', 'Event time': '2024-03-04T10:00:00Z', 'Event source': 'iam.amazonaws.com' };
  const lake = Object.entries(asked).map(([name, value]) => ({ [name]: value }));
  const athena = {
    Rows: [{ Data: Object.values(asked).map((VarCharValue) => ({ VarCharValue })) }],
    ResultSetMetadata: { ColumnInfo: Object.keys(asked).map((Name) => ({ Name })) },
  };
  const ecs = {
    event: { action: 'Put', provider: 'iam.amazonaws.com' },
    aws: { cloudtrail: { event_version: '1.08' } },
  };
  const outer = { EventId: 'e-1', EventName: 'Put', EventSource: 'iam.amazonaws.com', Username: 'alice' };

  it.each<[source: string, name: string, content: string]>([
    ['a table without the column', 'a.csv', row({ ...asked, readonly: 'false' })],
    ['a table with messages alone', 'a.csv', row({ ...asked, readonly: 'false', errormessage: '' })],
    ['a history without the column', 'a.csv', row({ ...history, 'Read-only': 'false' })],
    ['rows by name', 'a.json', JSON.stringify({ ...asked, readonly: false })],
    ['a Lake result', 'a.json', JSON.stringify({ QueryResultRows: [[...lake, { readonly: 'false' }]] })],
    ['the outer fields of lookup-events', 'a.json', JSON.stringify({ Events: [{ ...outer, ReadOnly: 'false' }] })],
  ])('has a result that is not stated, and is not found as a success: %s', async (_, name, content) => {
    const engine = startedEngine();
    await engine.open(await writeEvidence([name, content]));
    expect((await engine.rows('')).map(({ result, eventClass }) => [result, eventClass])).toEqual([
      ['(not stated)', 'write'],
    ]);
    expect((await engine.run('result:success')).matched).toBe(0);
    expect((await engine.run('-result:success')).matched).toBe(1);
    expect((await engine.run('result:"(not stated)"')).matched).toBe(1);
    expect((await engine.facet('', 'result')).values).toMatchObject([{ value: '(not stated)', count: 1 }]);
  });

  it.each<[result: string, source: string, name: string, content: string]>([
    ['Success', 'a table with the column', 'a.csv', row({ ...asked, errorcode: '' })],
    ['AccessDenied', 'a table with the column', 'a.csv', row({ ...asked, errorcode: 'AccessDenied' })],
    ['Failure', 'a table with a message', 'a.csv', row({ ...asked, errormessage: 'not allowed' })],
    ['Success', 'a history with the column', 'a.csv', row({ ...history, 'Error code': '' })],
    ['Success', 'rows by name with null', 'a.json', JSON.stringify({ ...asked, errorcode: null })],
    ['Success', 'a whole record in lower case', 'a.json', JSON.stringify({ ...asked, eventversion: '1.08' })],
    ['(not stated)', 'an Athena result', 'a.json', JSON.stringify({ ResultSet: athena })],
    ['(not stated)', 'a document of Elastic', 'a.json', JSON.stringify(ecs)],
    [
      'Success',
      'one with an outcome',
      'a.json',
      JSON.stringify({ ...ecs, event: { ...ecs.event, outcome: 'success' } }),
    ],
  ])('%s is shown for %s', async (result, _, name, content) => {
    const engine = startedEngine();
    await engine.open(await writeEvidence([name, content]));
    expect((await engine.rows('')).map((found) => found.result)).toEqual([result]);
  });

  it('stands beside events that say it, in one archive', async () => {
    const engine = startedEngine();
    await engine.open(
      await writeEvidence(
        ['a.csv', row(asked)],
        ['b.json.gz', gzipped(record('Get'))],
        ['c.csv', row({ ...asked, errorcode: '' })],
        ['d.json', record('Put')],
      ),
    );
    const found = (await engine.rows('')).map(({ event, result }) => `${event} ${result}`).sort();
    expect(found).toEqual(['Get Success', 'Put Success', 'PutUserPolicy (not stated)', 'PutUserPolicy Success']);
  });
});
