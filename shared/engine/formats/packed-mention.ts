/** Checks whether JSON may hold an event in a packed text: in base64, or in gzip and base64. */
import { mentionsEvent } from './event-mention';
import { stringEnd, unescaped, type Span } from './json-walk';
import type { PackedTexts } from './packed-text';

/** How base64 of gzip data begins, and of JSON: `{` or `[` followed by white space, a quote or a brace. */
const marks = ['"H4sI', '"ey', '"ew', '"W3', '"Wy', '"Wx', '"Ww'].map((mark) => Buffer.from(mark));
/** At most this many texts are unpacked to check: other tokens begin so too. */
const maxTexts = 32;
/** Base64 and gzip, each up to twice. */
const maxLayers = 4;

/** Whether a text in a span is packed and mentions an event, or cannot be unpacked. `packed` limits what is unpacked for the check. */
export function mentionsPackedEvent({ bytes, start, end }: Span, packed: PackedTexts): boolean {
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  let looked = 0;
  for (const mark of marks) {
    for (let at = part.indexOf(mark); at >= 0 && looked < maxTexts; looked++) {
      const close = stringEnd(part, at, part.length);
      if (close < 0) break;
      if (holdsEvent(unescaped({ bytes: part, start: at, end: close }), packed)) return true;
      at = part.indexOf(mark, close);
    }
  }
  return false;
}

function holdsEvent(text: Uint8Array, packed: PackedTexts): boolean {
  let bytes = text;
  for (let opened = packed.open(bytes), layers = 0; opened !== null && layers < maxLayers; layers++) {
    ({ bytes } = opened);
    // If it cannot be unpacked, reading it will report that.
    if (opened.problem?.code === 'limit' || opened.problem?.code === 'bad-gzip') return true;
    opened = packed.open(bytes);
  }
  return bytes !== text && mentionsEvent({ bytes, start: 0, end: bytes.length });
}
