import { describe, expect, it } from 'vitest';
import { principalNotes } from '#engine/search/principal-notes';
import { indexOf, parseFor } from '../../../helpers/indexes';

const callers = ['alice (IAM user, 1)', 'alice (IAM user, 2)', 'alice (IAM user, 2)', 'bob (IAM user, 1)'];
const { index } = indexOf({
  segments: [{ thread: 0, events: callers.map((identity) => ({ record: {}, derived: { '@identity': identity } })) }],
});
const wordsOf = (text: string): readonly (readonly string[])[] =>
  principalNotes(index, parseFor(index, text)).map(({ words }) => words);

describe('a name that several principals have', () => {
  it('is said with them, the most frequent first, also where it is negated or in a group, and once', () => {
    const both = ['alice (IAM user, 2)', 'alice (IAM user, 1)'];
    for (const text of ['identity:alice', '-identity:ALICE', 'identity:(alice OR bob)', 'x OR NOT identity:alice']) {
      expect(wordsOf(text)).toEqual([both]);
    }
    expect(wordsOf('identity:alice OR identity:Alice')).toEqual([both]);
  });

  it('is not said of one principal, of a whole one, of a pattern and of other fields', () => {
    const texts = [
      'identity:bob',
      'identity:"alice (IAM user, 1)"',
      'identity:al*',
      'event:alice',
      'alice',
      'identity:carol',
    ];
    for (const text of texts) expect(wordsOf(text)).toEqual([]);
  });

  it('is not said of principals of a removed source', () => {
    const events = callers.map((identity, file) => ({ record: {}, file, derived: { '@identity': identity } }));
    const { index: all } = indexOf({ segments: [{ thread: 0, events }] });
    const said = (): number => principalNotes(all, parseFor(all, 'identity:alice')).length;
    expect(said()).toBe(1);
    all.visible.remove((file) => file === 0);
    expect(said()).toBe(0);
  });
});
