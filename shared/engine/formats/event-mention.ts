/** Tells, without reading it, whether a stretch of bytes may hold an event. */
import type { Span } from './json-walk';

/**
 * A key of events with a text behind it: as it is, in lower case, or in a string, where quotes are escaped, perhaps more than once. `$.eventName`
 * is none: CloudWatch Logs writes so what its filter took out of the event beside it (CloudWatch Logs User Guide, "Filter pattern syntax").
 */
const keyWithText = /(?<!\$\.)event(?:Version|Name|Time|Source|ID)\\*"\s*:\s*\\*"/gi;
/** One of these stands in each such key but those in all capitals, which no tool is known to write. */
const parts = ['eventVersion', 'eventName', 'eventTime', 'eventSource', 'eventID', 'eventId'].flatMap((key) => [
  Buffer.from(key),
  Buffer.from(key.toLowerCase()),
]);
/** Two keys and their values take more. */
const LEAST = 32;

/** Whether two different keys of an event stand somewhere in a span, each with a text behind it. */
export function mentionsEvent({ bytes, start, end }: Span): boolean {
  if (end - start < LEAST) return false;
  const part = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  // What has nothing of an event, and there may be much of it, is passed over at full speed.
  if (!parts.some((key) => part.includes(key))) return false;
  const met = new Set<string>();
  for (const [match] of part.toString('latin1').matchAll(keyWithText)) {
    met.add(match.slice(0, match.indexOf('"')).replaceAll('\\', '').toLowerCase());
    if (met.size > 1) return true;
  }
  return false;
}
