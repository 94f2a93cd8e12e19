import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns, fitted, printable, printableLines } from '../../../shared/cli/printable';

describe('values on a terminal', () => {
  it('shows what a terminal would obey as escapes', () => {
    expect(printable('\u001b[2J\u0007a\r\nb\u009b31m\u007f')).toBe(
      '\\u001b[2J\\u0007a\\u000d\\u000ab\\u009b31m\\u007f',
    );
  });

  it('shows what would hide or turn text round as escapes', () => {
    expect(printable('gpj.\u202eexe\u2066\u200b\ufeff\u2028')).toBe('gpj.\\u202eexe\\u2066\\u200b\\ufeff\\u2028');
  });

  it('shows what no terminal shows as escapes', () => {
    expect(printable('ad\u00admin\u{e0041}\u3164\u061c')).toBe('ad\\u00admin\\u{e0041}\\u3164\\u061c');
  });

  it('escapes surrogates that stand alone and leaves pairs as they are', () => {
    expect(printable('\ud83d\ude00 \ud83d \ude00')).toBe('😀 \\ud83d \\ude00');
  });

  it('leaves ordinary text of any script as it is', () => {
    expect(printable('arn:aws:iam::111122223333:user/Zoë 李 ИЖ')).toBe('arn:aws:iam::111122223333:user/Zoë 李 ИЖ');
  });

  it('never lets a control character through, whatever the text', () => {
    const anyText = fc
      .array(fc.oneof(fc.integer({ min: 0, max: 0xff }), fc.integer({ min: 0, max: 0x10ffff })))
      .map((codes) => String.fromCodePoint(...codes));
    fc.assert(
      fc.property(anyText, (text) => {
        const codes = Array.from(printable(text), (letter) => letter.codePointAt(0) ?? 0);
        expect(codes.filter((code) => code < 0x20 || (code >= 0x7f && code < 0xa0))).toEqual([]);
      }),
    );
  });

  it('distinguishes what is written from what is escaped', () => {
    expect(printable('a\\u202eb')).toBe('a\\u005cu202eb');
    expect(printable('C:\\users\\me')).toBe('C:\\users\\me');
  });

  it('names letters that pass for others, in a way that copying keeps', () => {
    expect(printable('\u0430dmin s3\u2024aws')).toBe('\\u{Cyrillic:\u0430}dmin s3\\u2024aws');
  });

  it('shows spaces at the ends and how many there are', () => {
    expect(printable('alice ')).toBe('alice\\u0020');
    expect(printable('a    b')).toBe('a\\u{20*4}b');
    expect(printableLines('  hint: a\u202e\n\tb')).toBe('  hint: a\\u202e\n\tb');
  });

  it('cuts what is too long, and says so; never an escape', () => {
    expect([fitted('abcdef', 6), fitted('abcdefg', 6), fitted('abc\u0000', 8), fitted('abc\u0000', 9)]).toEqual([
      'abcdef',
      'abcde…',
      'abc…',
      'abc\\u0000',
    ]);
  });

  it('lines columns up', () => {
    const rows = [
      ['TIME', 'EVENT', 'FROM'],
      ['1', 'GetObject', 'a'],
      ['22222', 'X', 'bb'],
    ];
    expect(columns(rows, [4, 20, 20])).toEqual(['TIME  EVENT      FROM', '1     GetObject  a', '222…  X          bb']);
  });
});
