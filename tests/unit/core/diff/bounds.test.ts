import { describe, expect, it } from 'vitest';
import { diffTexts, policyLines, putBucketPolicy, type PolicyEvent } from '../../../helpers/diffs';

const numbers = (length: number): readonly number[] => Array.from({ length }, (_, at) => at);
const record = (list: unknown): string => JSON.stringify({ requestParameters: { list } });

/** What a busy machine may take; the promise is 300 ms, which a benchmark watches. */
const generousMs = 20_000;

function timed<Value>(work: () => Value): { readonly value: Value; readonly ms: number } {
  const started = performance.now();
  return { value: work(), ms: performance.now() - started };
}

describe('large records', () => {
  const shapes: Readonly<Record<string, (seed: number) => (at: number) => unknown>> = {
    'of elements without a name': (seed: number) => (at: number) => ({
      a: `value ${(at * 7919 * seed) % 5003}`,
      b: at % 7,
      c: at * seed,
    }),
    'of named elements in another order': (seed: number) => (at: number) => ({
      id: `i-${(at * 7919 * seed) % 5003}`,
      state: at % 3,
      note: 'running since',
    }),
    'of short lists': (seed: number) => (at: number) => [at * seed, at % 5, `value-${at}-and-some-more`],
    'of names': (seed: number) => (at: number) => `a-long-identifier-that-says-little-${(at * seed) % 5003}`,
  };

  it.each(Object.entries(shapes))('with 5,000 elements %s are compared in full', (_, shape) => {
    const [left, right] = [1, 2].map((seed) => record(numbers(5000).map(shape(seed)))) as [string, string];
    const { value, ms } = timed(() => diffTexts(left, right));
    expect(ms).toBeLessThan(generousMs);
    expect(value.coarse).toBeNull();
    expect(value.sections[0]?.changes).toBeGreaterThan(1000);
  });

  it('past the bound are compared more coarsely, which is said', () => {
    const [left, right] = [1, 2].map((seed) => record(numbers(200_000).map((at) => [at * seed]))) as [string, string];
    const { value, ms } = timed(() => diffTexts(left, right));
    expect(ms).toBeLessThan(generousMs);
    expect(value.coarse).toContain('very large');
  });

  it('whose keys are long and deep do not repeat them in every row', () => {
    const deep = `${'{"k":'.repeat(900)}1${'}'.repeat(900)}`;
    const wide = JSON.stringify(Object.fromEntries(numbers(5000).map((at) => [`k${at}`, at])));
    const left = `{"requestParameters":{"${'x'.repeat(100_000)}":${wide},"deep":${deep}}}`;
    const { sections } = diffTexts(left, left.replace('"k17":17', '"k17":18'));
    expect(sections[0]?.changes).toBe(1);
    expect(Math.max(...(sections[0]?.rows.map(({ path }) => path.length) ?? []))).toBeLessThanOrEqual(2000);
  });

  it('with policies of very many names and wildcards are read in time', () => {
    const policy = (length: number, seed: number): unknown => ({
      Statement: [
        { Effect: 'Allow', Resource: '*', Action: numbers(length).map((at) => `s3:Some*Action${at * seed}`) },
      ],
    });
    const sides = (length: number): readonly [PolicyEvent, PolicyEvent] => [
      putBucketPolicy(policy(length, 3)),
      putBucketPolicy(policy(length, 5)),
    ];
    const many = timed(() => policyLines(...sides(500)));
    expect(many.ms).toBeLessThan(generousMs);
    expect(many.value).toHaveLength(2);
    const tooMany = timed(() => policyLines(...sides(5000)));
    expect(tooMany.ms).toBeLessThan(generousMs);
    expect(tooMany.value).toEqual(['unknown: the policies have too many names']);
  });
});
