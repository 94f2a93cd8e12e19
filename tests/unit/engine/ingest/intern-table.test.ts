import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLACK } from '#engine/decode/bytes';
import { InternTable } from '#engine/decode/intern-table';

const text = fc.oneof(
  fc.constantFrom('', 'a', 'ab', 'abc', 'abcd', 'abcde', 'abcdefgh'),
  fc.string({ unit: 'binary' }),
  fc.string({ minLength: 60, maxLength: 80 }),
);
const step = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({ kind: fc.constant('intern' as const), tag: fc.integer({ min: -2, max: 3 }), text }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('truncate' as const), keep: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
);

describe('the intern table', () => {
  it('numbers byte strings as a map of strings would, also after taking some back', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600 }), (steps) => {
        const table = new InternTable();
        const naive: string[] = [];
        for (const action of steps) {
          if (action.kind === 'truncate') {
            naive.length = Math.floor(naive.length * action.keep);
            table.truncate(naive.length);
            continue;
          }
          // Surrounded by other bytes, which must not count.
          const bytes = Buffer.concat([Buffer.from('x'), Buffer.from(action.text), Buffer.alloc(SLACK, 'y')]);
          const source = new Uint8Array(bytes);
          const view = new DataView(source.buffer);
          const length = source.length - SLACK - 1;
          const hash = table.hash(action.tag, view, 1, length);
          const name = `${String(action.tag)} ${Buffer.from(action.text).toString('hex')}`;
          expect(table.find(action.tag, hash, view, 1, length)).toBe(naive.indexOf(name));
          if (naive.includes(name)) continue;
          expect(table.add(action.tag, hash, source, 1, length, 0)).toBe(naive.length);
          naive.push(name);
        }
        expect(table.count).toBe(naive.length);
        expect(naive.map((_, id) => Buffer.from(table.bytesOf(id)).toString('hex'))).toEqual(
          naive.map((name) => name.split(' ')[1]),
        );
      }),
      { numRuns: 100 },
    );
  });
});
