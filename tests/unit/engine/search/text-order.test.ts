import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankTexts as rankList } from '#engine/search/text-order';
import { TextPool } from '#engine/search/text-pool';

function rankTexts(texts: readonly string[]): Uint32Array {
  const pool = new TextPool();
  for (const text of texts) pool.push(text);
  return rankList(pool).ranks;
}

/** The texts in the order of their ranks. */
function ordered(texts: readonly string[]): string[] {
  const ranks = rankTexts(texts);
  return [...texts.keys()].sort((one, other) => (ranks[one] ?? 0) - (ranks[other] ?? 0)).map((at) => texts[at] ?? '');
}

/** By lower-cased text, then as written, one pair at a time. */
function compareTexts(one: string, other: string): number {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : one < other ? -1 : one > other ? 1 : 0;
}

describe('rankTexts', () => {
  it('puts numbers by their size before texts, and letters beside the same in capitals', () => {
    expect(ordered(['b', '10', 'B', '9', 'a', '-1.5', 'A', '1e3'])).toEqual([
      '-1.5',
      '9',
      '10',
      '1e3',
      'A',
      'a',
      'B',
      'b',
    ]);
  });

  it('gives equal texts one rank, and none the rank 0', () => {
    expect([...rankTexts(['x', '7', 'x', '', '7'])]).toEqual([3, 1, 3, 2, 1]);
  });

  it('orders thousands of texts as a comparison of each pair would', () => {
    const beginnings = ['', 'arn:aws:s3:::bucket/', 'AWSLogs/', 'a', 'a\u0000', '\ud800', 'é', 'x'.repeat(300)];
    const text = fc.tuple(fc.constantFrom(...beginnings), fc.string({ maxLength: 4, unit: 'binary' }));
    const many = fc.array(text, { minLength: 5_000, maxLength: 6_000 });
    fc.assert(
      fc.property(many, (pairs) => {
        const texts = pairs.map(([start, end]) => `${start}${end}z`);
        expect(ordered(texts)).toEqual([...texts].sort(compareTexts));
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('orders texts of which each is the beginning of the next', () => {
    const texts = Array.from({ length: 5_000 }, (_, at) => 'a'.repeat(at >>> 6));
    expect(ordered([...texts].reverse())).toEqual(texts);
  });
});
