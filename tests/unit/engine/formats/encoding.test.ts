import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asUtf8 } from '#engine/text/encoding';
import { lentBytes } from '#engine/text/lent';
import { encodeWtf8 } from '#engine/text/wtf8';

function transcoded(bytes: Uint8Array, pieceBytes: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  const take = asUtf8((piece) => {
    pieces.push(piece.slice());
    return true;
  });
  for (let at = 0; at < bytes.length; at += pieceBytes) take(bytes.slice(at, at + pieceBytes), false, 0);
  take(new Uint8Array(0), true, 0);
  return Uint8Array.from(Buffer.concat(pieces));
}

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return Uint8Array.from(order === 'le' ? bytes : bytes.swap16());
}

describe('the text of a file', () => {
  it('is the same in UTF-16 of either order, lone surrogates and all, in pieces of any size', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\ud800', '\udc00', '\n', '\u0000') });
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('le' as const, 'be' as const),
        fc.integer({ min: 1, max: 9 }),
        (end, order, size) => {
          // A mark, or two letters, tell the order.
          for (const start of ['\ufeff', '{"']) {
            const expected = Uint8Array.from(encodeWtf8(start + end));
            expect(transcoded(utf16(start + end, order), size)).toEqual(expected);
          }
        },
      ),
    );
  });

  it('is passed on untouched where it is UTF-8, and not copied', () => {
    const bytes = new TextEncoder().encode('{"a":"é\u0000"}');
    const pieces: Uint8Array[] = [];
    asUtf8((piece) => {
      pieces.push(lentBytes(piece));
      return true;
    })(bytes, true, 0);
    expect(pieces).toEqual([bytes]);
    expect(pieces[0]).toBe(bytes);
    expect(transcoded(bytes, 1)).toEqual(bytes);
  });

  it.each([[''], ['{'], ['{}'], ['[]\n']])('is passed on however short: %j', (text) => {
    const bytes = new TextEncoder().encode(text);
    expect(transcoded(bytes, 1)).toEqual(bytes);
  });

  it('shows half a character at its end as one that is not known', () => {
    const bytes = utf16('\ufeffab', 'le').slice(0, -1);
    expect(Buffer.from(transcoded(bytes, 2)).toString()).toBe('\ufeffa\ufffd');
  });

  it('is read no further where nobody wants more', () => {
    const take = asUtf8(() => false);
    expect(take(utf16('\ufeffabc', 'be'), false, 0)).toBe(false);
  });
});
