/**
 * UTF-8 that keeps lone surrogates (WTF-8), since JSON strings may hold them and the index must not change any value.
 */
const encoder = new TextEncoder();

/** The bytes of any JavaScript string; a lone surrogate becomes its own three bytes. */
export function encodeWtf8(text: string): Uint8Array {
  return isWellFormed(text) ? encoder.encode(text) : encodeSlowly(text);
}

/** The reverse of {@link encodeWtf8}. Bytes that are neither UTF-8 nor a surrogate become U+FFFD. */
export function decodeWtf8(bytes: Uint8Array, from = 0, to = bytes.length): string {
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from);
  return holdsSurrogate(part) ? decodeSlowly(part) : part.toString('utf8');
}

/** Whether every surrogate of the string is paired. */
export function isWellFormed(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    if (unit > 0xdbff) return false;
    const next = text.charCodeAt(at + 1);
    if (!(next >= 0xdc00 && next <= 0xdfff)) return false;
    at++;
  }
  return true;
}

function encodeSlowly(text: string): Uint8Array {
  const parts: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) {
      parts.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    } else parts.push(...encoder.encode(character));
  }
  return Uint8Array.from(parts);
}

/** Whether all three bytes of a surrogate are here: an incomplete one must not consume the text after it. */
function isSurrogateAt(bytes: Uint8Array, at: number): boolean {
  const second = bytes[at + 1] ?? 0;
  return bytes[at] === 0xed && second >= 0xa0 && second <= 0xbf && ((bytes[at + 2] ?? 0) & 0xc0) === 0x80;
}

function holdsSurrogate(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    if (isSurrogateAt(bytes, at)) return true;
  }
  return false;
}

function decodeSlowly(bytes: Buffer): string {
  let text = '';
  let done = 0;
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    if (!isSurrogateAt(bytes, at)) continue;
    text += bytes.toString('utf8', done, at);
    const unit = 0xd000 | (((bytes[at + 1] ?? 0) & 0x3f) << 6) | ((bytes[at + 2] ?? 0) & 0x3f);
    text += String.fromCharCode(unit);
    done = at + 3;
  }
  return text + bytes.toString('utf8', done);
}
