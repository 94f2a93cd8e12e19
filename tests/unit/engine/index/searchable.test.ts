import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { indexOfBytes, searchableBuffer } from '#engine/index/searchable';

const few = fc.constantFrom(0, 1, 0xff);
const bytes = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength });
const alike = (maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.array(few, { maxLength }).map((values) => Uint8Array.from(values));

describe('searchable memory', () => {
  const buffer = searchableBuffer(3 << 20);

  it('is there, zeroed', () => {
    expect(buffer.byteLength).toBeGreaterThanOrEqual(3 << 20);
    expect(new Uint8Array(buffer).every((byte) => byte === 0)).toBe(true);
  });

  it.each([
    ['at its start', 0],
    ['anywhere', 12_345],
    ['at its very end', -1],
  ])('finds a word where Buffer.indexOf does, %s', (_, place) => {
    const word = fc.oneof(alike(12), bytes(5)).filter(({ length }) => length > 0);
    fc.assert(
      fc.property(fc.oneof(alike(90), bytes(90)), word, fc.nat(90), (text, sought, from) => {
        const at = place < 0 ? buffer.byteLength - text.length : place;
        const part = Buffer.from(buffer, at, text.length);
        part.set(text);
        expect(indexOfBytes(part, sought, from)).toBe(Buffer.from(text).indexOf(sought, from));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds no word that runs over the end, although it goes on there', () => {
    const whole = Buffer.from(buffer, 0, 40).fill('a');
    expect(indexOfBytes(whole.subarray(0, 20), Buffer.from('aaaaaa'), 15)).toBe(-1);
    expect(indexOfBytes(whole.subarray(0, 20), Buffer.from('aaaaa'), 15)).toBe(15);
  });

  it('searches plain memory just as well', () => {
    expect(indexOfBytes(Buffer.from('a word in it'), Buffer.from('word'), 0)).toBe(2);
  });

  describe('that the system does not give', () => {
    afterEach(() => vi.restoreAllMocks());

    const failWith = (error: Error): void => {
      vi.spyOn(WebAssembly, 'Instance').mockImplementation(function () {
        throw error;
      });
    };

    it('is plain memory of the size asked for, searched just as well', () => {
      failWith(new RangeError('could not allocate memory'));
      const plain = searchableBuffer(100);
      expect(plain.byteLength).toBe(100);
      const text = Buffer.from(plain, 10, 20);
      text.set(Buffer.from('a word in it'));
      expect(indexOfBytes(text, Buffer.from('word'), 0)).toBe(2);
    });

    it('is an error where anything else went wrong', () => {
      failWith(new TypeError('not a module'));
      expect(() => searchableBuffer(100)).toThrow('not a module');
    });
  });
});
