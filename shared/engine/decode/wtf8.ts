/** Text that may hold lone surrogates, which JSON allows and UTF-8 does not. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of these bytes. Three bytes of a lone surrogate become that surrogate; other broken bytes become U+FFFD. */
export function decodeWtf8(bytes: Uint8Array): string {
  // 0xED starts the surrogates (and some Hangul, which the loop below passes through).
  if (!bytes.includes(0xed)) return decoder.decode(bytes);
  let text = '';
  let start = 0;
  for (let i = 0; i + 2 < bytes.length; i += 1) {
    const second = bytes[i + 1] ?? 0;
    const third = bytes[i + 2] ?? 0;
    if (bytes[i] !== 0xed || second < 0xa0 || second > 0xbf || (third & 0xc0) !== 0x80) continue;
    text += decoder.decode(bytes.subarray(start, i));
    text += String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
    start = i + 3;
    i += 2;
  }
  return text + decoder.decode(bytes.subarray(start));
}

/** Writes one UTF-16 code unit or code point as UTF-8, a lone surrogate as its three bytes. Returns where it ends. */
export function encodeWtf8(bytes: Uint8Array, at: number, codePoint: number): number {
  let end = at;
  if (codePoint < 0x80) {
    bytes[end++] = codePoint;
  } else if (codePoint < 0x800) {
    bytes[end++] = 0xc0 | (codePoint >> 6);
    bytes[end++] = 0x80 | (codePoint & 0x3f);
  } else if (codePoint < 0x10000) {
    bytes[end++] = 0xe0 | (codePoint >> 12);
    bytes[end++] = 0x80 | ((codePoint >> 6) & 0x3f);
    bytes[end++] = 0x80 | (codePoint & 0x3f);
  } else {
    bytes[end++] = 0xf0 | (codePoint >> 18);
    bytes[end++] = 0x80 | ((codePoint >> 12) & 0x3f);
    bytes[end++] = 0x80 | ((codePoint >> 6) & 0x3f);
    bytes[end++] = 0x80 | (codePoint & 0x3f);
  }
  return end;
}
