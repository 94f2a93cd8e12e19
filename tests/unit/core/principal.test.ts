import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeIdentity } from '#core/identity';
import { parsePrincipal, principalTest, principalText, type Principal } from '#core/principal';

const account = '111122223333';
const text = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: fc.constantFrom('a', ' ', '(', ')', ',', '\\', 'u', '{', '28', '}'), minLength: 1 }),
  fc.constantFrom(
    'Root',
    'alice',
    `alice (IAM user, ${account})`,
    's3.amazonaws.com (AWS service)',
    'root of 1',
    '\ud800',
  ),
);
const principal = fc.record<Principal>({
  name: text,
  kind: fc.oneof(fc.constantFrom('Root', 'IAM user', 'AWS service', 'role'), text),
  account: fc.oneof(fc.constantFrom('', account, 'ANONYMOUS_PRINCIPAL', 'an unstated account'), text),
});

describe('the text of a principal', () => {
  it('keeps an escape that stands for no character as it is written', () => {
    expect(parsePrincipal('a (\\u{110000})')).toEqual({ name: 'a', kind: '\\u{110000}', account: '' });
    expect(parsePrincipal('a (\\u{10ffff})')?.kind).toBe('\u{10ffff}');
  });

  it.each<[whole: string, principal: Principal]>([
    ['alice (IAM user, 111122223333)', { name: 'alice', kind: 'IAM user', account }],
    ['alice (IAM user)', { name: 'alice', kind: 'IAM user', account: '' }],
    ['Root (root of 111122223333)', { name: 'Root', kind: 'Root', account }],
    ['Root (root of an unstated account)', { name: 'Root', kind: 'Root', account: '' }],
    ['Root (IAM user, 111122223333)', { name: 'Root', kind: 'IAM user', account }],
    ['s3.amazonaws.com (AWS service)', { name: 's3.amazonaws.com', kind: 'AWS service', account: '' }],
    [
      'ANONYMOUS_PRINCIPAL (AWS account, ANONYMOUS_PRINCIPAL)',
      describeIdentity({ type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' }),
    ],
    [
      'alice (SAML user, arn:aws:iam::1:saml-provider/A+b=)',
      { name: 'alice', kind: 'SAML user', account: 'arn:aws:iam::1:saml-provider/A+b=' },
    ],
    ['x (type IAM user, 1)', { name: 'x', kind: 'type IAM user', account: '1' }],
    ['x (Newer\\u{20}\\u{28}Type\\u{29}, 1\\u{2c}\\u{20}2)', { name: 'x', kind: 'Newer (Type)', account: '1, 2' }],
  ])('is %s', (whole, stated) => {
    expect(principalText(stated)).toBe(whole);
  });

  it('is that of one principal alone, whatever its name, type and account hold', () => {
    fc.assert(
      fc.property(principal, (stated) => {
        expect(parsePrincipal(principalText(stated))).toEqual(stated);
      }),
    );
  });

  it('is not what a name alone looks like', () => {
    for (const name of ['alice', 'AdminRole / jdoe', '(no identity)', 'a (b', 'a b)', '(IAM user)', '']) {
      expect(parsePrincipal(name)).toBeNull();
    }
  });
});

describe('an identity that is asked for', () => {
  it('by a name alone means everybody of that name, in any case', () => {
    const isAlice = principalTest('Alice');
    expect(isAlice('alice (IAM user, 111122223333)')).toBe(true);
    expect(isAlice('ALICE (role session, 444455556666)')).toBe(true);
    expect(isAlice('alice2 (IAM user, 111122223333)')).toBe(false);
  });

  it('by its whole text means that principal alone', () => {
    fc.assert(
      fc.property(principal, principal, (one, other) => {
        const [asked, found] = [principalText(one), principalText(other)];
        expect(principalTest(asked)(asked)).toBe(true);
        expect(principalTest(asked)(found)).toBe(asked === found);
      }),
    );
    const isSession = principalTest('Admin / jdoe (role session, 1)');
    expect(isSession('Admin / JDoe (role session, 1)')).toBe(false);
    expect(isSession('Admin / jdoe (role session, 1) (SAML user)')).toBe(false);
  });
});
