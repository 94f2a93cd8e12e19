import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from '#engine/index/arena';
import { TextStore } from '#engine/index/text-store';
import { encodeWtf8, isWellFormed } from '#engine/text/wtf8';

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B', '-', '1'), maxLength: 6 }),
  fc.string({ unit: 'binary-ascii', maxLength: 90 }),
  fc.string({
    unit: fc.constantFrom('a', 'É', 'é', 'Σ', 'ς', 'İ', 'Я', 'ẞ', '\ud800', '\udc00', '𝒳', 'ÿ'),
    maxLength: 5,
  }),
  fc.string({ unit: 'binary', maxLength: 5 }),
);
const asciiText = fc.string({ unit: 'binary-ascii', maxLength: 9 });
const texts = fc.oneof(fc.array(text, { maxLength: 30 }), fc.array(asciiText, { maxLength: 30 }));

type Make = (all: readonly string[]) => TextStore;

const growing: Make = (all) => fill(TextStore.empty(), all);
const settled: Make = (all) => {
  const store = growing(all);
  store.settle(new Arena());
  return store;
};
const atOnce: Make = (all) => {
  const parts = all.map(encodeWtf8);
  let end = 0;
  const ends = Uint32Array.from(parts, (part) => (end += part.length));
  return TextStore.of({ bytes: Buffer.concat([...parts, Buffer.from('beyond')]), ends }, new Arena());
};

function fill(store: TextStore, all: readonly string[]): TextStore {
  // Every text stands within other bytes, as in the segments of a decode thread.
  for (const each of all) {
    const bytes = encodeWtf8(each);
    store.append(Uint8Array.of(0x41, ...bytes, 0x42), 1, 1 + bytes.length);
  }
  return store;
}

function found(search: (visit: (index: number) => void) => void): number[] {
  const hits: number[] = [];
  search((index) => hits.push(index));
  return hits;
}

describe.each([
  ['that grows', growing],
  ['that has settled', settled],
  ['made at once', atOnce],
] as const)('TextStore %s', (_, make) => {
  it('gives every text back, as it was and in lower case', () => {
    fc.assert(
      fc.property(texts, (all) => {
        const store = make(all);
        expect(store.length).toBe(all.length);
        expect(all.map((_text, index) => store.text(index))).toEqual(all);
        expect(all.map((_text, index) => store.lowerText(index))).toEqual(all.map((each) => each.toLowerCase()));
      }),
    );
  });

  it('finds each text that holds a word, once and in order', () => {
    fc.assert(
      fc.property(texts, text, (all, word) => {
        const wanted = word.toLowerCase();
        fc.pre(wanted !== '' && isWellFormed(wanted));
        const expected = [...all.keys()].filter((index) => all[index]?.toLowerCase().includes(wanted));
        expect(found((visit) => make(all).find(encodeWtf8(wanted), (index) => visit(index)))).toEqual(expected);
      }),
    );
  });

  it('finds each text that is a word as a whole', () => {
    fc.assert(
      fc.property(texts, text, fc.nat(30), (all, other, at) => {
        const wanted = (all[at] ?? other).toLowerCase();
        const expected = [...all.keys()].filter((index) => all[index]?.toLowerCase() === wanted);
        const store = make(all);
        expect(found((visit) => store.findWhole(encodeWtf8(wanted), visit))).toEqual(expected);
        const bytes = encodeWtf8(wanted);
        expect([...all.keys()].filter((index) => store.equalsLower(index, bytes))).toEqual(expected);
      }),
    );
  });

  it('knows which texts begin with a text, and which are it, in lower case', () => {
    fc.assert(
      fc.property(texts, text, (all, other) => {
        const store = make(all);
        for (const each of [...all, other, other.slice(0, 1)]) {
          const bytes = encodeWtf8(each.toLowerCase());
          const lower = all.map((known) => Buffer.from(encodeWtf8(known.toLowerCase())));
          const found = (test: (index: number) => boolean): number[] => [...all.keys()].filter(test);
          expect(found((index) => store.startsLower(index, bytes))).toEqual(
            found((index) => lower[index]?.subarray(0, bytes.length).equals(bytes) === true),
          );
          expect(found((index) => store.equalsLower(index, bytes))).toEqual(
            found((index) => lower[index]?.equals(bytes) === true),
          );
        }
      }),
    );
  });

  it('knows whether a text is exactly these bytes', () => {
    fc.assert(
      fc.property(texts, text, (all, other) => {
        const store = make(all);
        for (const each of [...all, other]) {
          const bytes = encodeWtf8(each);
          const expected = [...all.keys()].filter((index) => all[index] === each);
          expect([...all.keys()].filter((index) => store.equals(index, bytes, 0, bytes.length))).toEqual(expected);
        }
      }),
    );
  });
});

describe('TextStore', () => {
  it('stops searching when asked to', () => {
    const seen: number[] = [];
    growing(['abc', 'xabc', 'abcd']).find(encodeWtf8('abc'), (index) => {
      seen.push(index);
      return seen.length < 2;
    });
    expect(seen).toEqual([0, 1]);
  });
});
