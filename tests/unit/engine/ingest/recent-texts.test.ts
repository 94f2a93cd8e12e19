import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentTexts } from '#engine/reread/recent-texts';

const mostBytes = 10;
const mostTexts = 3;

/** The rule, naively: the texts last used, the latest first, as far as they fit. */
class NaiveTexts {
  used: { readonly name: string; readonly text: Uint8Array }[] = [];

  get(name: string): Uint8Array | undefined {
    const found = this.used.find((one) => one.name === name);
    if (found !== undefined) this.used = [found, ...this.used.filter((one) => one !== found)];
    return found?.text;
  }

  add(name: string, text: Uint8Array): void {
    this.used = this.used.filter((one) => one.name !== name);
    if (text.length > mostBytes) return;
    this.used.unshift({ name, text });
    const bytes = (): number => this.used.reduce((sum, one) => sum + one.text.length, 0);
    while (bytes() > mostBytes || this.used.length > mostTexts) this.used.pop();
  }
}

const step = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__'),
  length: fc.option(fc.nat({ max: mostBytes + 2 })),
});

describe('texts that were read of late', () => {
  it('are kept while they fit, and what has gone unused longest goes first', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const texts = new RecentTexts(mostBytes, mostTexts);
        const naive = new NaiveTexts();
        for (const { name, length } of steps) {
          if (length === null) expect(texts.get(name)).toBe(naive.get(name));
          else {
            const text = new Uint8Array(length);
            texts.add(name, text);
            naive.add(name, text);
          }
        }
        for (const { name, text } of [...naive.used]) expect(texts.get(name)).toBe(text);
        for (const name of ['a', 'b', 'c', 'd', 'e', '__proto__']) expect(texts.get(name)).toBe(naive.get(name));
      }),
    );
  });

  it('are gone once they are forgotten, and as much fits as before', () => {
    const texts = new RecentTexts(mostBytes, mostTexts);
    texts.add('a', new Uint8Array(mostBytes));
    texts.clear();
    expect(texts.get('a')).toBeUndefined();
    texts.add('b', new Uint8Array(mostBytes));
    expect(texts.get('b')).toHaveLength(mostBytes);
  });
});
