import { describe, expect, it } from 'vitest';
import { startEngine } from '../helpers/engine';
import { gzipped, record, writeEvidence } from '../helpers/evidence';

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
    const engine = startEngine();
    await engine.open(await writeEvidence(['log.json.gz', gzipped(failed, failed.replace('Failure', 'Success'))]));
    const rows = await engine.rows('');
    expect(rows.map(({ result, eventClass }) => [result, eventClass])).toEqual([
      ['Failure', 'error'],
      ['Success', 'write'],
    ]);
  });

  it('is not one where a response says Failure of something else', async () => {
    const engine = startEngine();
    const put = record('PutJob', { eventSource: 'x.amazonaws.com', responseElements: { status: 'Failure' } });
    await engine.open(await writeEvidence(['log.json.gz', gzipped(put)]));
    expect((await engine.rows('')).map(({ result }) => result)).toEqual(['Success']);
  });
});

describe('an error code that says there was no error', () => {
  it.each(['200', 'Success', 'None', ''])(
    '"%s" is no failure, and stands in the record as it does',
    async (errorCode) => {
      const engine = startEngine();
      await engine.open(await writeEvidence(['log.json.gz', gzipped(record('Get', { errorCode, readOnly: true }))]));
      const [row] = await engine.rows('', ['error']);
      expect(row).toMatchObject({ result: 'Success', eventClass: 'read', cells: [errorCode] });
    },
  );
});
