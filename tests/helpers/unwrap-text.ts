/** What stands inside a JSON value, as an import finds it. */
import { Unwrapper } from '#engine/formats/unwrap';
import { decodeWtf8, encodeWtf8 } from '#engine/text/wtf8';

export interface UnwrappedText {
  readonly events: readonly string[];
  /** Each as `code: message`. */
  readonly problems: readonly string[];
}

/** Reads one JSON value and all that is wrapped in it. */
export function unwrapText(text: string): UnwrappedText {
  const events: string[] = [];
  const problems: string[] = [];
  const bytes = encodeWtf8(text);
  new Unwrapper(
    ({ span }) => events.push(decodeWtf8(span.bytes, span.start, span.end)),
    (code, message) => problems.push(`${code}: ${message}`),
  ).value({ bytes, start: 0, end: bytes.length }, null);
  return { events, problems };
}
