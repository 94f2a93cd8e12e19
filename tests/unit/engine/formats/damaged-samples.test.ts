import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allSamples } from '../../../samples/all-samples';
import { leafLines } from '../../../helpers/segment-leaves';
import { readPieces, rereadAll } from '../../../samples/harness';
import { tries } from '../../../helpers/properties';

const texts = allSamples.flatMap(([, samples]) => samples).filter(({ bytes }) => bytes.length > 0);

/** Bytes that JSON and tables are made of, and some that they are not. */
const byte = fc.constantFrom(...Buffer.from('{}[]",:\\ \n\r\0aeu0-;='), 0xef, 0xff, 0x80);
const change = fc.record({
  /** Where, as a part of the length. */
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constantFrom(0, 1, 2), fc.nat(400)),
  added: fc.uint8Array({ maxLength: 0 }).chain(() => fc.array(byte, { maxLength: 6 })),
});
const damaged = fc
  .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([{ name, bytes }, changes]) => {
    let text = Buffer.from(bytes);
    for (const { at, removed, added } of changes) {
      const start = Math.floor(at * text.length);
      text = Buffer.concat([text.subarray(0, start), Buffer.from(added), text.subarray(start + removed)]);
    }
    return { name, bytes: Uint8Array.from(text) };
  });

describe('samples with any bytes changed, left out or put in', () => {
  it('come to the same in pieces of any size, and whatever is read of them is found again', () => {
    fc.assert(
      fc.property(damaged, fc.integer({ min: 1, max: 200 }), (file, pieceBytes) => {
        const whole = readPieces(file, Infinity);
        const pieces = readPieces(file, pieceBytes);
        expect(pieces.rows.leaves).toEqual(whole.rows.leaves);
        expect(pieces.rows.places).toEqual(whole.rows.places);
        const told = ({ problems, ...report }: typeof whole.report): unknown => [
          report,
          problems.map(({ code, atByte }) => [code, atByte]),
        ];
        expect(told(pieces.report)).toEqual(told(whole.report));
        expect(rereadAll(whole).map(leafLines)).toEqual(whole.rows.leaves);
      }),
      { numRuns: tries(120) },
    );
  }, 600_000);
});
