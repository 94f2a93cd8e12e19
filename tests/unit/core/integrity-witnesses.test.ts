/** What each witness says of a digest, and of a file's name, where they disagree. */
import { describe, expect, test } from 'vitest';
import { checkDigests, type CheckedDigest, type SignatureCheck } from '#core/integrity/check-digests';
import { checkNames } from '#core/integrity/check-names';
import type { Content } from '#core/integrity/check-files';
import { readDigest } from '#core/integrity/digest';
import { makeTrail, sha256 } from '../../helpers/signed-trail';

const { digests } = makeTrail({ hours: [1, 1, 1] });
const files = digests.map(({ key, text }) => {
  const digest = readDigest(text);
  if (!digest.ok) throw new Error(digest.error);
  return { path: key, digest: digest.value, sha256: sha256(text), isAppended: false };
});
const [first, second, third] = files;

/** The first digest has the signature `beside` in a file beside it, and that of the second has another. */
function firstOf(outcomes: Readonly<Record<string, SignatureCheck>>): readonly CheckedDigest[] {
  return checkDigests(files, {
    signatureOf: (digest) => (digest === first?.digest ? 'beside' : null),
    check: (digest, _, signature) =>
      digest === first?.digest
        ? (outcomes[signature === 'beside' ? 'beside' : 'after'] ?? 'no-key')
        : (outcomes['second'] ?? 'valid'),
  }).checked;
}

const told = (all: readonly CheckedDigest[], path: string | undefined): unknown =>
  all.find(({ file }) => file.path === path)?.verdict;

describe('a signature beside a digest and the one in the digest after it', () => {
  test('of which only the one beside it is wrong: the digest is signed, and that is said', () => {
    expect(told(firstOf({ beside: 'invalid', after: 'valid' }), first?.path)).toMatchObject({
      state: 'ok',
      level: 'signed',
      reason: 'signed by AWS with a key at hand; the signature that came beside it is wrong',
    });
  });

  test('of which only the one after it is wrong: the digest after it is changed, unless it is signed', () => {
    const outcomes = { beside: 'valid', after: 'invalid' } as const;
    const fault = 'it gives a wrong signature for the digest before it, which another signature proves';
    expect(told(firstOf({ ...outcomes, second: 'no-key' }), second?.path)).toMatchObject({
      state: 'changed',
      reason: expect.stringContaining(fault) as string,
    });
    expect(told(firstOf(outcomes), second?.path)).toMatchObject({
      state: 'ok',
      level: 'signed',
      reason: `signed by AWS with a key at hand; ${fault}`,
    });
    expect(told(firstOf({ ...outcomes, second: 'no-key' }), third?.path)).toMatchObject({ state: 'ok' });
  });

  test('that are both wrong: one of the two was changed, and it is this one where the one after it is signed', () => {
    const outcomes = { beside: 'no-key', after: 'invalid' } as const;
    expect(told(firstOf({ ...outcomes, second: 'no-key' }), first?.path)).toMatchObject({
      state: 'changed',
      reason: expect.stringContaining('it was changed, or the digest after it was') as string,
    });
    expect(told(firstOf(outcomes), first?.path)).toMatchObject({
      state: 'changed',
      reason: expect.stringContaining(
        'its signature in the digest after it, which is signed, does not fit: it was changed',
      ) as string,
    });
  });
});

describe('a log file whose name and content disagree', () => {
  const path =
    'AWSLogs/111122223333/CloudTrail/eu-central-1/2024/05/06/111122223333_CloudTrail_eu-central-1_20240506T0720Z_x.json.gz';
  const content: Content = {
    path,
    sha256: null,
    isAppended: false,
    isLog: true,
    newest: Date.UTC(2024, 4, 6, 7, 15, 1),
    accounts: ['111122223333'],
    regions: ['eu-central-1'],
  };
  const misfits = (more: Partial<Content>): unknown =>
    checkNames([{ ...content, ...more }], () => null).map(({ expected, found }) => [expected, found]);

  test('in account, Region or time is named with both', () => {
    expect(misfits({})).toEqual([]);
    expect(misfits({ accounts: ['999900001111'] })).toEqual([['account 999900001111', '111122223333']]);
    expect(misfits({ regions: ['us-east-1'] })).toEqual([['Region us-east-1', 'eu-central-1']]);
    expect(misfits({ newest: Date.UTC(2024, 4, 6, 7, 15) })).toEqual([
      ['newest event in the five minutes before 2024-05-06T07:15:00Z', '2024-05-06T07:20:00Z'],
    ]);
  });

  test('in its folder alone is named, too', () => {
    expect(misfits({ path: path.replace('CloudTrail/eu-central-1', 'CloudTrail/us-east-1') })).toEqual([
      ['Region eu-central-1', 'us-east-1'],
    ]);
  });

  test('says nothing where several accounts share the file', () => {
    expect(misfits({ accounts: ['1', '2'], regions: [] })).toEqual([]);
  });
});
