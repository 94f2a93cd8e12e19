import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineBreakOf, readRow } from '#engine/formats/csv';
import { encodeWtf8 } from '#engine/text/wtf8';

const comma = 0x2c;

/** Every row of a text, or what stopped the reading. */
function rowsOf(text: string, delimiter = comma): (readonly string[] | string)[] {
  const bytes = encodeWtf8(text);
  const rows: (readonly string[] | string)[] = [];
  for (let at = 0; at < bytes.length;) {
    const row = readRow(bytes, at, bytes.length, delimiter, true);
    if (row.kind !== 'row') return [...rows, row.kind];
    rows.push(row.cells);
    at = row.next;
  }
  return rows;
}

describe('the rows of a table', () => {
  it.each([
    [
      'plain cells',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'no line break at the end',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CRLF',
      'a,"b"\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'two carriage returns before the line feed, as Windows writes them',
      'a,"b"\r\r\nc,d\r\r\n"e",f\r\r',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ],
    ['empty cells', ',"",\n', [['', '', '']]],
    ['delimiters, quotes and line breaks in quotes', '"a,b","c ""d""","e\r\nf"\n', [['a,b', 'c "d"', 'e\r\nf']]],
    ['a quote within a cell without', 'a"b,c\n', [['a"b', 'c']]],
    ['a carriage return within a cell', 'a\rb,c\n', [['a\rb', 'c']]],
    ['an empty line', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['text behind a closing quote', '"a"b,c\n', ['broken']],
    ['a quote that is never closed', 'a,"b\nc\n', ['needMore']],
  ])('are read with %s', (_, text, rows) => {
    expect(rowsOf(text)).toEqual(rows);
  });

  it('have no thousands of cells', () => {
    expect(rowsOf(`${','.repeat(4095)}\n`)).toEqual([Array(4096).fill('')]);
    expect(rowsOf(`${','.repeat(4096)}\n`)).toEqual(['broken']);
  });

  it('are cut by another delimiter where that is the one', () => {
    expect(rowsOf('a;"b;c"\n', 0x3b)).toEqual([['a', 'b;c']]);
  });

  it('come out as they went in, whatever is in their cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ä', '😀', '\ud800') });
    const row = fc.array(cell, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const text = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join() + '\n').join('');
        expect(rowsOf(text)).toEqual(rows);
      }),
    );
  });

  it('wait for more bytes, wherever they are cut, and are then the same', () => {
    const bytes = encodeWtf8('a,"b ""c""\r\nd",e\r\n');
    for (let end = 0; end < bytes.length; end++) {
      expect({ end, kind: readRow(bytes, 0, end, comma, false).kind }).toEqual({ end, kind: 'needMore' });
    }
    expect(readRow(bytes, 0, bytes.length, comma, false)).toEqual({
      kind: 'row',
      cells: ['a', 'b "c"\r\nd', 'e'],
      end: bytes.length - 2,
      next: bytes.length,
    });
  });
});

describe('what ends the rows of a table', () => {
  const lineFeed = 0x0a;
  const carriageReturn = 0x0d;

  it.each([
    ['a line feed', 'a,b\nc', lineFeed],
    ['a line feed behind carriage returns', 'a,b\r\r\nc', lineFeed],
    ['a carriage return alone', 'a,b\rc\n', carriageReturn],
    ['a carriage return that is the last byte', 'a,b\r', carriageReturn],
    ['a line feed, where there is one row', 'a,b', lineFeed],
    ['the first line break outside of quotes', '"a\rb",c\nd', lineFeed],
  ])('is %s', (_, text, lineBreak) => {
    const bytes = encodeWtf8(text);
    expect(lineBreakOf(bytes, 0, bytes.length, true)).toBe(lineBreak);
  });

  it('is not looked for behind the end', () => {
    expect(lineBreakOf(encodeWtf8('a,b\r\n'), 0, 4, true)).toBe(carriageReturn);
  });

  it('needs more bytes where the next one could change it', () => {
    for (const text of ['a,b', 'a,b\r', '"a\n']) {
      expect(lineBreakOf(encodeWtf8(text), 0, text.length, false)).toBe('needMore');
    }
  });
});
