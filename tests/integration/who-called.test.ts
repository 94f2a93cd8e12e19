import { describe, expect, it } from 'vitest';
import { quoteValue } from '#core/query/print';
import { engineOfFile, type TestEngine } from '../helpers/engine';
import { gzipped, record, writeEvidence } from '../helpers/evidence';

const startedEngine = engineOfFile();

/** Names are chosen by whoever makes a user or a session. None passes for somebody else, whatever it is. */

const here = '111122223333';
const other = '444455556666';
const user = (userName: string, accountId = here): object => ({ type: 'IAMUser', userName, accountId });
const session = (role: string, name: string, accountId = here): object => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${name}`,
  arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${name}`,
  accountId,
});
const webUser = (userName: string, identityProvider: string): object => ({
  type: 'WebIdentityUser',
  userName,
  identityProvider,
});

/** Who is told by which text. */
const callers: readonly (readonly [principal: string, identity: object])[] = [
  ['cloudtrail.amazonaws.com (AWS service)', { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' }],
  [`cloudtrail.amazonaws.com (IAM user, ${here})`, user('cloudtrail.amazonaws.com')],
  [`cloudtrail.amazonaws.com (IAM user, ${other})`, user('cloudtrail.amazonaws.com', other)],
  [`Root (root of ${here})`, { type: 'Root', accountId: here }],
  [`Root (root of ${other})`, { type: 'Root', accountId: other }],
  [`Root (IAM user, ${here})`, user('Root')],
  [`alice (IAM user, ${here})`, user('alice')],
  [`alice (IAM user, ${other})`, user('alice', other)],
  ['alice (IAM user)', user('alice', '')],
  ['carol (IAM user, 777788889999)', { type: 'IAMUser', userName: 'carol', accountId: 777_788_889_999 }],
  ['carol (IAM user, 777788889990)', { type: 'IAMUser', userName: 'carol', accountId: 777_788_889_990 }],
  [`alice (IAM user, ${here}) (web identity user)`, { type: 'WebIdentityUser', userName: `alice (IAM user, ${here})` }],
  [`alice (type IAM user, ${here})`, { type: 'IAM user', userName: 'alice', accountId: here }],
  ['ann (web identity user, accounts.example.com)', webUser('ann', 'accounts.example.com')],
  ['ann (web identity user, login.example.org)', webUser('ann', 'login.example.org')],
  [`alice, bob (SAML user, ${here})`, { type: 'SAMLUser', userName: 'alice, bob', accountId: here }],
  [`alice (federated user, ${here})`, { type: 'FederatedUser', principalId: `${here}:alice`, accountId: here }],
  [`Admin / jdoe (role session, ${here})`, session('Admin', 'jdoe')],
  [`Admin / JDoe (role session, ${here})`, session('Admin', 'JDoe')],
  [`Reader / jdoe (role session, ${here})`, session('Reader', 'jdoe')],
  [`Admin / jdoe (role session, ${other})`, session('Admin', 'jdoe', other)],
  [`AIDAOTHER (AWS account, ${other})`, { type: 'AWSAccount', principalId: 'AIDAOTHER', accountId: other }],
  [`AROAOTHER:jdoe (AWS account, ${other})`, { type: 'AWSAccount', principalId: 'AROAOTHER:jdoe', accountId: other }],
  ['ANONYMOUS_PRINCIPAL (AWS account, ANONYMOUS_PRINCIPAL)', { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' }],
];

async function opened(): Promise<TestEngine> {
  const records = callers.map(([principal, userIdentity], at) =>
    record(`Call${String(at)}`, { userIdentity, principal }),
  );
  const engine = startedEngine();
  await engine.open(await writeEvidence(['log.json.gz', gzipped(...records)]));
  return engine;
}

describe('who called', () => {
  it('is one principal for each value of the facet, and a choice of it keeps or hides that one alone', async () => {
    const engine = await opened();
    const { values } = await engine.facet('', 'identity');
    expect(values.map(({ value, count }) => [value, count]).sort()).toEqual(
      callers.map(([principal]) => [principal, 1]).sort(),
    );
    for (const [at, [principal]] of callers.entries()) {
      const clause = `identity:${quoteValue(principal)}`;
      expect(await engine.names(clause), principal).toEqual([`Call${String(at)}`]);
      expect((await engine.run(`-${clause}`)).matched, principal).toBe(callers.length - 1);
      const facet = await engine.facet(`-${clause}`, 'identity');
      expect(facet.values.filter(({ state }) => state === 'excluded')).toMatchObject([{ value: principal, count: 1 }]);
    }
  });

  it('is found by a name alone in any case, whoever has it, and all of them are shown as chosen', async () => {
    const engine = await opened();
    const alices = callers.map(([principal]) => principal).filter((text) => /^alice \([^,]*(, \d+)?\)$/.test(text));
    expect(alices).toHaveLength(5);
    expect((await engine.rows('identity:Alice')).map((row) => row.principal)).toEqual(alices);
    const { values } = await engine.facet('identity:Alice', 'identity', { limit: 1 });
    expect(
      values
        .filter(({ state }) => state === 'included')
        .map(({ value }) => value)
        .sort(),
    ).toEqual(alices.sort());
    expect((await engine.run('identity:Root')).matched).toBe(3);
    expect((await engine.run('identity:cloudtrail.amazonaws.com')).matched).toBe(3);
    expect((await engine.run('identity:*jdoe')).matched).toBe(5);
    expect((await engine.run('identity:/^alice$/')).matched).toBe(5);
    expect((await engine.run('identity:"*(IAM user*"')).matched).toBe(0);
    expect((await engine.run(`identity:*${other}*`)).matched).toBe(6);
  });

  it('is shown by name and kind in each row, and by the whole text in what completes the query', async () => {
    const engine = await opened();
    const rows = await engine.rows('identity:root');
    expect(rows.map(({ identity, identityKind, principal }) => [identity, identityKind, principal])).toEqual([
      ['Root', 'Root', `Root (root of ${here})`],
      ['Root', 'Root', `Root (root of ${other})`],
      ['Root', 'IAM user', `Root (IAM user, ${here})`],
    ]);
    const offered = await engine.call('query.complete', { text: 'identity:root', cursor: 13, limit: 10 });
    expect(offered.map(({ insert }) => insert.trim()).sort()).toEqual([
      `"Root (IAM user, ${here})"`,
      `"Root (root of ${here})"`,
      `"Root (root of ${other})"`,
    ]);
  });

  it('is the user that a sign-in to Identity Center names', async () => {
    const engine = startedEngine();
    const signIn = record('UserAuthentication', {
      userIdentity: { type: 'IdentityCenterUser', accountId: here, onBehalfOf: { userId: '94d00cd8-e9e6' } },
      additionalEventData: { UserName: 'ann@example.com' },
    });
    await engine.open(await writeEvidence(['log.json.gz', gzipped(signIn)]));
    expect(await engine.rows('')).toMatchObject([
      { identity: 'ann@example.com', identityKind: 'Identity Center user' },
    ]);
  });
});
