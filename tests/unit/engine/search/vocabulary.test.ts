import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { findLike } from '#engine/search/like-search';
import { forgivenEdits, termsOf } from '#engine/search/terms';
import { Vocabulary } from '#engine/search/vocabulary';
import { indexOfRecords, rowsIn } from '../../../helpers/indexes';

async function vocabularyOf(index: VisibleIndex): Promise<Vocabulary> {
  const vocabulary = new Vocabulary(index);
  await vocabulary.update();
  return vocabulary;
}

const names = (...all: readonly string[]): VisibleIndex => indexOfRecords(all.map((eventName) => ({ eventName })));

describe('termsOf', () => {
  it('cuts a name into words and their parts, and leaves identifiers out', () => {
    expect([...termsOf('arn:aws:iam::111122223333:role/DBAdmin-prod')]).toEqual([
      'arn',
      'aws',
      'iam',
      'role',
      'dbadmin',
      'admin',
      'prod',
    ]);
    expect([...termsOf('DeleteTrail')]).toEqual(['deletetrail', 'delete', 'trail']);
    expect([...termsOf('2023 0a1b2c3d4e x')]).toEqual([]);
  });
});

describe('Vocabulary', () => {
  it('finds every term a few edits away, and no other', async () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 3, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 20 }), word, async (all, sought) => {
        const vocabulary = await vocabularyOf(names(...all));
        const expected = new Set(all.filter((term) => slips(term, sought) <= forgivenEdits(sought)));
        const found = vocabulary.nearTerms(sought, 100);
        expect(new Set(found.map(({ term }) => term))).toEqual(expected);
        expect(found.map(({ edits }) => edits)).toEqual(found.map(({ term }) => slips(term, sought)));
      }),
    );
  });

  it('ranks by nearness, then by events, and writes a term as the data does', async () => {
    const vocabulary = await vocabularyOf(names('DeleteTrails', 'DeleteTrial', 'DeleteTrail', 'DeleteTrail'));
    expect(vocabulary.nearTerms('deletetrial', 2).map(({ written, edits }) => [written, edits])).toEqual([
      ['DeleteTrial', 0],
      ['DeleteTrail', 1],
    ]);
  });

  it('ranks the term of more events first among equally near ones', async () => {
    const vocabulary = await vocabularyOf(names('Aetabcd', 'Zetabcd', 'Zetabcd'));
    expect(vocabulary.nearTerms('betabcd', 2).map(({ written }) => written)).toEqual(['Zetabcd', 'Aetabcd']);
  });

  it('finds field names, and paths by their last part', async () => {
    const vocabulary = await vocabularyOf(indexOfRecords([{ eventName: 'x', requestParameters: { bucketName: 'y' } }]));
    expect(vocabulary.nearFields('evntName', 1).map(({ written }) => written)).toEqual(['eventName']);
    expect(vocabulary.nearFields('bucktName', 1).map(({ written }) => written)).toEqual([
      'requestParameters.bucketName',
    ]);
    expect(vocabulary.nearFields('servise', 1).map(({ written }) => written)).toEqual(['service']);
  });

  it('leaves out values that are pasted, not typed: times, identifiers, keys, addresses, accounts', async () => {
    const record = {
      eventID: 'pastedid',
      eventTime: 'pastedtime',
      sourceIPAddress: 'pastedip.amazonaws.com',
      recipientAccountId: 'pastedaccount',
      userIdentity: { accessKeyId: 'pastedkey', accountId: 'pastedaccount' },
      awsRegion: 'typedregion',
    };
    const vocabulary = await vocabularyOf(indexOfRecords([record]));
    const known = ['pastedid', 'pastedtime', 'pastedip', 'pastedaccount', 'pastedkey', 'typedregion'];
    expect(known.filter((word) => vocabulary.nearTerms(word, 9).some(({ term }) => term === word))).toEqual([
      'typedregion',
    ]);
  });
});

describe('~word', () => {
  const index = names('DeleteTrail', 'StopLogging', 'CreateTrail', 'detail');

  it.each([
    ['delettrail', [0]],
    ['trial', [0, 2]],
    ['stoplogin', [1]],
    ['stop', [1]],
    ['sotp', [1]],
    ['stop loging', [1]],
    ['detail', [3]],
    ['', []],
  ] as const)('%j finds rows %j', async (text, rows) => {
    expect(rowsIn(findLike(index, await vocabularyOf(index), text))).toEqual(rows);
  });
});

/** Levenshtein's distance, but one where two neighbours are swapped. */
function slips(one: string, other: string): number {
  const at = [...one].findIndex((character, place) => character !== other[place]);
  const isSwap = one.slice(0, at) + one.charAt(at + 1) + one.charAt(at) + one.slice(at + 2) === other;
  return at >= 0 && isSwap && one.length === other.length ? 1 : distance(one, other);
}

/** Levenshtein's, by the definition. */
function distance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const change = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(change, (previous[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    previous = next;
  }
  return previous[other.length] ?? 0;
}
