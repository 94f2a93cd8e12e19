import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textParts } from '#core/untrusted/parts';
import { escapeForTerminal, escapeInvisible, escapeJson } from '#core/visible';
import { hostileText, invisible } from '../../helpers/hostile-text';

/** Back from what is shown to the text it was made of; whatever is shown stands for one text alone. */
function meant(shown: string): string {
  return shown.replace(/⟨U\+([0-9A-F]+)(?: ×(\d+))?⟩|⟨[^:⟩]+: ([^⟩]*)⟩/gu, (_, hex, count, letters) =>
    typeof letters === 'string' ? letters : String.fromCodePoint(parseInt(hex, 16)).repeat(Number(count ?? 1)),
  );
}

function meantOnTerminal(shown: string): string {
  return shown.replace(
    /\\u([0-9a-f]{4})|\\u\{([0-9a-f]+)(?:\*(\d+))?\}|\\u\{[^:}]+:([^}]*)\}/gu,
    (_, short, long, count, letters) =>
      typeof letters === 'string'
        ? letters
        : String.fromCodePoint(parseInt(short ?? long, 16)).repeat(Number(count ?? 1)),
  );
}

describe('text from a log on screen', () => {
  it('shows what cannot be seen or would reorder other text', () => {
    expect(escapeInvisible('a\u202eb\u200bc\u0000\n\u2066\ufeff\u00ad')).toBe(
      'a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩⟨U+000A⟩⟨U+2066⟩⟨U+FEFF⟩⟨U+00AD⟩',
    );
    expect(escapeInvisible('\ud800x\u{e0041}')).toBe('⟨U+D800⟩x⟨U+E0041⟩');
  });

  it.each([
    ['variation selectors', 'admin\ufe0f', 'admin⟨U+FE0F⟩'],
    ['variation selectors of ideographs', '\u845b\u{e0100}', '\u845b⟨U+E0100⟩'],
    ['fillers', '\u115f\u3164\uffa0', '⟨U+115F⟩⟨U+3164⟩⟨U+FFA0⟩'],
    ['private and unassigned characters', '\ue000\u0378', '⟨U+E000⟩⟨U+0378⟩'],
    ['the blank of Braille', 'a\u2800', 'a⟨U+2800⟩'],
    ['joiners in an emoji', '👩\u200d💻', '👩⟨U+200D⟩💻'],
  ])('shows %s, which are drawn as nothing or as a box', (_, text, shown) => {
    expect(escapeInvisible(text)).toBe(shown);
  });

  it('shows spaces other than the usual one, those at the ends, and how many there are', () => {
    expect(escapeInvisible('alice\u00a0b')).toBe('alice⟨U+00A0⟩b');
    expect(escapeInvisible('\u3000')).toBe('⟨U+3000⟩');
    expect(escapeInvisible('alice ')).toBe('alice⟨U+0020⟩');
    expect(escapeInvisible(' a b   c')).toBe('⟨U+0020⟩a b⟨U+0020 ×3⟩c');
    expect(escapeInvisible('a\tb')).toBe('a⟨U+0009⟩b');
    expect(escapeInvisible('  "a": \t1', { isLayout: true })).toBe('  "a": \t1');
  });

  it('takes a space where a text was cut for one inside the value', () => {
    expect(escapeInvisible(' b ', { isCutBefore: true, isCutAfter: true })).toBe(' b ');
    expect(escapeInvisible(' b ', { isCutBefore: true })).toBe(' b⟨U+0020⟩');
  });

  it('distinguishes what is written from what is escaped', () => {
    expect(escapeInvisible('⟨U+202E⟩')).toBe('⟨U+27E8⟩U+202E⟩');
    expect(escapeInvisible('〈U+202E〉')).toBe('⟨U+3008⟩U+202E〉');
  });

  it('leaves everything else as it is', () => {
    const text = 'Zoë 名前 😀 <b>&amp; нет é ü';
    expect(escapeInvisible(text)).toBe(text);
  });
});

describe('letters that pass for others', () => {
  it.each([
    ['a Cyrillic letter in a Latin word', '\u0430dmin', '⟨Cyrillic: \u0430⟩dmin'],
    ['a Greek letter in a Latin word', 'r\u03bfot', 'r⟨Greek: \u03bf⟩ot'],
    [
      'a word of Cyrillic letters that all look Latin',
      '\u0455\u0441\u043e\u0440\u0435',
      '⟨Cyrillic: \u0455\u0441\u043e\u0440\u0435⟩',
    ],
    ['a letter alone that looks Latin', 'user/\u0430', 'user/⟨Cyrillic: \u0430⟩'],
    ['mathematical letters', '\u{1d5ba}\u{1d5bd}', '⟨not ASCII: \u{1d5ba}\u{1d5bd}⟩'],
    ['a Roman numeral', '\u217cambda', '⟨not ASCII: \u217c⟩ambda'],
    ['a letter of phonetics', '\u0261oogle', '⟨not ASCII: \u0261⟩oogle'],
    ['a ligature', 'con\ufb01g', 'con⟨not ASCII: \ufb01⟩g'],
    ['a digraph', '\u01c9ubljana', '⟨not ASCII: \u01c9⟩ubljana'],
    ['a long s', '\u017fystem', '⟨not ASCII: \u017f⟩ystem'],
    ['a numeral of several letters', 'role-\u2163', 'role-⟨not ASCII: \u2163⟩'],
    ['wide letters and digits', '\uff41\uff44min\uff11', '⟨not ASCII: \uff41\uff44⟩min⟨not ASCII: \uff11⟩'],
    ['a wide sign between ASCII', 's3\uff1aGetObject\uff0e', 's3⟨U+FF1A⟩GetObject\uff0e'],
    ['an i without its dot', 'adm\u0131n', 'adm⟨dotless i: \u0131⟩n'],
    ['an i without its dot, and a dot', 'adm\u0131\u0307n \u015f', 'adm\u0131⟨U+0307⟩n \u015f'],
    ['a small capital of phonetics', 'adm\u026an', 'adm⟨not ASCII: \u026a⟩n'],
    ['digits of another script in a number', '1\u09e60', '1⟨Bengali: \u09e6⟩0'],
    ['a dot that is none', 's3\u2024amazonaws', 's3⟨U+2024⟩amazonaws'],
    ['a slash that is none', 'a\u2215b', 'a⟨U+2215⟩b'],
    ['a hyphen that is none', 'us\u2010east\u20111', 'us⟨U+2010⟩east⟨U+2011⟩1'],
    ['a letter written in two characters', 'Jose\u0301', 'Jos⟨not NFC: e\u0301⟩'],
    ['the sign of Kelvin', '\u212aey', '⟨U+212A⟩ey'],
    ['a letter in an order of marks that is not the usual', 'e\u0301\u0323', 'e⟨U+0301⟩⟨U+0323⟩'],
    ['Korean in parts of syllables', '\u1112\u1161\u11ab', '⟨jamo: \u1112\u1161\u11ab⟩'],
    ['a dot on a letter that has one', 'i\u0307', 'i⟨U+0307⟩'],
    ['a mark without a letter', '\u0301a', '⟨U+0301⟩a'],
    ['marks in a heap', 'z\u0335\u0336\u0337\u0338\u0321\u0322', 'z\u0335\u0336\u0337\u0338⟨U+0321⟩⟨U+0322⟩'],
    ['one mark twice', 'x\u0336\u0336', 'x\u0336⟨U+0336⟩'],
  ])('%s: named', (_, text, shown) => {
    expect(escapeInvisible(text)).toBe(shown);
  });

  it.each([
    ['Russian', 'Пользователь а и я'],
    ['Greek', 'διαχειριστής'],
    ['Hindi', 'नमस्ते'],
    ['Thai', 'กำลังโหลด'],
    ['Arabic', 'مرحبا'],
    ['Hebrew', 'שלום'],
    ['Vietnamese', 'Nguyễn Việt'],
    ['Japanese with Latin', 'AWSのテスト用バケット'],
    ['Korean with Latin', 'S3버킷'],
    ['Chinese with Latin', 'test用户'],
    ['Turkish', 'Yıldız İstanbul'],
    ['signs of several letters', 'Foo™ No. № m² 1º ①'],
    ['Chinese punctuation', '用户：admin，角色／只读'],
    ['words of two scripts beside each other', 'bucket-отчёт-2024'],
  ])('%s stays as it is', (_, text) => {
    expect(escapeInvisible(text)).toBe(text);
  });

  it('says of which script they are in a sentence', () => {
    expect(textParts('\u0430dmin')[0]).toMatchObject({
      text: '\u0430',
      label: 'Cyrillic',
      reason: 'Cyrillic in a word of another script: letters that look alike need not be the same.',
    });
  });
});

describe('any text', () => {
  it('never shows an invisible character', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(escapeInvisible(text)).not.toMatch(invisible);
        expect(escapeForTerminal(text)).not.toMatch(invisible);
      }),
    );
  });

  it('is shown unlike any other', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(meant(escapeInvisible(text))).toBe(text);
        expect(meantOnTerminal(escapeForTerminal(text))).toBe(text);
      }),
    );
  });

  it('is the same as another in no form that looks the same', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const form of ['NFC', 'NFD'] as const) {
          const other = text.normalize(form);
          // Without its marks `é` in one character and in two are one drawing.
          if (other !== text)
            expect(escapeInvisible(other).normalize('NFC')).not.toBe(escapeInvisible(text).normalize('NFC'));
        }
        expect(escapeInvisible(`${text} `).trim()).not.toBe(escapeInvisible(text).trim());
      }),
    );
  });

  it('comes in runs that joined are the text', () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), (text, isLayout) => {
        const parts = textParts(text, { isLayout });
        expect(parts.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
        for (const part of parts) if (part.kind !== 'escaped') expect(text.slice(part.from, part.to)).toBe(part.text);
      }),
    );
  });

  it.each([
    ['of letters that each need a mark', 'a\u0430'],
    ['of marks without a letter', '\u0301'],
    ['of invisible characters', '\u202ea'],
    ['of letters that are words of their own', '\u0430 '],
    ['of two forms of letters', '\u00e9e\u0301'],
  ])('%s alone, however long, is gone through', (_, unit) => {
    const text = unit.repeat(70_000);
    expect(meant(escapeInvisible(text)) === text).toBe(true);
  });

  it('is the same JSON with its invisible characters escaped', () => {
    fc.assert(
      fc.property(fc.array(hostileText), (values) => {
        const json = JSON.stringify({ values }, null, 2);
        expect(JSON.parse(escapeJson(json))).toEqual({ values });
        expect(escapeJson(json).replace(/[\n ]/g, '')).not.toMatch(invisible);
      }),
    );
  });
});
