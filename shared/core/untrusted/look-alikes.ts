/**
 * Characters that are drawn like those of ASCII.
 *
 * Source: Unicode Technical Standard #39, "Unicode Security Mechanisms", `confusables.txt` of Unicode 15.0: each character whose
 * skeleton is one letter, digit or sign of ASCII. Checked by hand: only scripts of which whole words can be spelt are here, and
 * marks of ordinary typography (’ “ – …) are not.
 */

/** Letters of other scripts that look like a letter or digit of ASCII. */
const letters: Readonly<Record<string, string>> = {
  Armenian: 'ՍՏՕագզհոռսցքօ',
  Canadian_Aboriginal: 'ᐯᑌᑭᑯᑲᒍᒪᒿᕁᕼᕽᖇᖯᖴᗅᗞᗪᗰᗷ',
  Cherokee: 'ᎠᎡᎢᎥᎩᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏎᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏮᏳᏴꭵꮁꮃꮓꮩꮪꮯ',
  Coptic: 'ϨⲅⲎⲒⲔⲘⲚⲞⲟⲢⲣⲤⲥⲦⲨⲬⳊⳌⳐⳒ',
  Cyrillic: 'ЅІЈАВЕЗКМНОРСТУХЬабгеорсухѕіјѡѴѵҮүһҽӀӏӠԀԁԌԚԛԜԝꙄꙇ',
  Deseret: '𐐄𐐕𐐛𐐠𐐬𐐽𐑈',
  Georgian: 'ყჿ',
  Greek: 'ͿΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγινορστυϒϜϱϲϳϹϺᴦ',
  Lisu: 'ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ',
  Old_Italic: '𐌁𐌂𐌉𐌑𐌕𐌗𐌚',
  Osage: '𐒴𐓂𐓎𐓒𐓪𐓶',
  Tifinagh: 'ⴸⴹⵏⵔⵕⵝ',
  Warang_Citi: '𑢠𑢢𑢣𑢤𑢦𑢩𑢬𑢮𑢯𑢲𑢵𑢸𑢻𑢼𑣀𑣁𑣂𑣃𑣄𑣆𑣈𑣊𑣌𑣕𑣖𑣗𑣘𑣜',
};

const letterSets = new Map(Object.entries(letters).map(([script, all]) => [script, new Set(all)]));

/** True where a word of the script could spell a letter of ASCII with this one. */
export function looksLatin(letter: string, script: string): boolean {
  return letterSets.get(script)?.has(letter) ?? false;
}

/** Letters of the Latin script itself, which no orthography of names uses. */
const latin = new Set('ƄƍƖƦƧƼƽǀǁǃɑɡɩɪɯʏʣʦʪʫᴄᴏᴑᴜᴠᴡᴢẝỿꜱꞌꞙꞲꞳꞴꬲꬵꬽꭇꭎꭒꭚᶃᶌ');

/**
 * Blocks of which NFKC makes letters and digits of ASCII that look the same: long s, digraphs, Roman numerals, ligatures, wide letters,
 * mathematical and segmented ones. What is raised, lowered, circled or a unit does not pass for ASCII.
 */
const forms =
  /^[\u0132\u0133\u017f\u01c7-\u01cc\u01f1-\u01f3\u2160-\u217f\ufb00-\ufb06\uff10-\uff5a\u{1d400}-\u{1d7ff}\u{1fbf0}-\u{1fbf9}]$/u;
/** Letterlike symbols: those of several letters, such as ™ and №, are ordinary signs. */
const letterlike = /^[\u2102-\u214f]$/;

/** True for what names of today are not written with, and looks like letters or digits of ASCII wherever it stands. */
export function isSymbolLetter(character: string): boolean {
  if (latin.has(character)) return true;
  if (forms.test(character)) return /^[a-z0-9]+$/i.test(character.normalize('NFKC'));
  return letterlike.test(character) && /^[a-z0-9]$/i.test(character.normalize('NFKC'));
}

/** A letter of Turkish and its relatives that looks like `i`. */
export const dotlessI = 'ı';

/** Letters by which a text is known to be of a language that has {@link dotlessI}. */
export const besideDotlessI = /[ğĞşŞİəƏ]/;

/** Letters of scripts that go with Latin, and look like a sign or digit of ASCII beside it. */
export const eastAsianSigns: ReadonlySet<string> = new Set('ノ丿丶〇');

/** What looks like one of `. / \ - : _ * | ~`, the signs that ARNs, paths, addresses and wildcards are made of; by code point. */
export const signs = [
  '\\u2024', // .
  '\\u2041\\u2044\\u2215\\u2571\\u27cb\\u29f8\\u3033\\u31d3', // /
  '\\u2216\\u27cd\\u29f5\\u29f9\\u31d4\\ufe68', // \
  '\\u02d7\\u2010\\u2011\\u2043\\u2212', // -
  '\\u02d0\\u02f8\\u205a\\u2236\\ua789', // :
  '\\u02cd\\ufe4d-\\ufe4f', // _
  '\\u204e\\u2217', // *
  '\\u2223\\uffe8', // |
  '\\u02dc\\u223c', // ~
].join('');

/** The wide and the small forms of these signs, ordinary between letters of Chinese and Japanese: they mislead between ASCII. */
export const wideSigns = '\\ufe52\\ufe55\\ufe61\\ufe63\\uff0a\\uff0d\\uff0e\\uff0f\\uff1a\\uff3c\\uff3f\\uff5c\\uff5e';

/** The same of single scripts, where they are ordinary: they mislead beside ASCII. */
export const scriptSigns = '\\u0589\\u05c3\\u066d\\u0701-\\u0704\\u07fa\\u16ec\\ua4f8\\ua4fd\\ua60e';
