import { describe, expect, it } from 'vitest';
import { showPrincipals } from '../../../renderer/lib/principals';

const notes = (...texts: readonly string[]): unknown =>
  Array.from(showPrincipals(texts).values(), ({ name, note }) => `${name}|${note}`);

describe('principals in little room', () => {
  it('have a kind in short beside the name, and an account only where they need it', () => {
    expect(
      notes(
        'alice (IAM user, 111122223333)',
        'Admin / jdoe (role session, 111122223333)',
        's3.amazonaws.com (AWS service)',
        's3.amazonaws.com (IAM user, 111122223333)',
        'x (type NewerType, 111122223333)',
      ),
    ).toEqual([
      'alice|IAM',
      'Admin / jdoe|session',
      's3.amazonaws.com|service',
      's3.amazonaws.com|IAM',
      'x|type NewerType',
    ]);
  });

  it('of one name and kind have their accounts', () => {
    expect(notes('alice (IAM user, 1)', 'alice (IAM user, 2)', 'alice (role session, 2)', 'alice (IAM user)')).toEqual([
      'alice|IAM 1',
      'alice|IAM 2',
      'alice|session',
      'alice|IAM',
    ]);
  });

  it('that are root always have an account, whoever else is called so', () => {
    expect(notes('Root (root of 1)', 'Root (IAM user, 1)', 'Root (root of an unstated account)')).toEqual([
      'Root|root 1',
      'Root|IAM',
      'Root|root',
    ]);
  });

  it('have the last digits of their account where these tell it from the others, and all of it else', () => {
    const ofAlice = (...accounts: readonly string[]): unknown =>
      notes(...accounts.map((account) => `alice (IAM user, ${account})`));
    expect(ofAlice('111122223333', '444455556666')).toEqual(['alice|IAM …3333', 'alice|IAM …6666']);
    expect(ofAlice('111122223333', '999922223333')).toEqual(['alice|IAM 111122223333', 'alice|IAM 999922223333']);
  });

  it('of two identity providers have the whole name of the provider', () => {
    expect(notes('ann (web identity user, a.example.com)', 'ann (web identity user, b.example.com)')).toEqual([
      'ann|web a.example.com',
      'ann|web b.example.com',
    ]);
  });

  it('that are nobody have no kind, and a name that was typed is shown as it is', () => {
    expect(notes('(no identity) (none)', 'alice')).toEqual(['(no identity)|', 'alice|']);
  });
});
