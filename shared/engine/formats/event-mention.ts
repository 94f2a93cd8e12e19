/** Checks quickly, without parsing, whether a range of bytes may hold an event. */
import type { Span } from './json-walk';

/**
 * A key of events followed by a text: as written, in lower case, or in a string, where quotes are escaped, perhaps more than once. `$.eventName`
 * is not one: CloudWatch Logs writes this for what its filter extracted from the event next to it
 * (CloudWatch Logs User Guide, "Filter pattern syntax").
 */
const keyWithText = /(?<!\$\.)event(?:Version|Name|Time|Source|ID)\\*"\s*:\s*\\*"/gi;
/** Every such key contains one of these, except in all capitals, which no known tool writes. */
const parts = ['eventVersion', 'eventName', 'eventTime', 'eventSource', 'eventID', 'eventId'].flatMap((key) => [
  Buffer.from(key),
  Buffer.from(key.toLowerCase()),
]);
/** Two keys with values are longer. */
const least = 32;

/** Whether a span contains two different keys of an event, each followed by a text. */
export function mentionsEvent({ bytes, start, end }: Span): boolean {
  if (end - start < least) return false;
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  // A fast check first, since most of the bytes may have no event.
  if (!parts.some((key) => part.includes(key))) return false;
  const met = new Set<string>();
  for (const [match] of part.toString('latin1').matchAll(keyWithText)) {
    met.add(match.slice(0, match.indexOf('"')).replaceAll('\\', '').toLowerCase());
    if (met.size > 1) return true;
  }
  return false;
}
