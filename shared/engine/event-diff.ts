/** Comparisons of two events of the archive, from their records in the files. */
import type { DiffTextFormat, EventDiff } from '#contract/diff';
import { AppError } from '#contract/errors';
import type { Result } from '#contract/result';
import { assertNever } from '#contract/result';
import type { EventDetail } from '#contract/events';
import { diffRecords } from '#core/diff/event-diff';
import { whyNoSuccess } from '#core/outcome';
import { jsonPatch } from '#core/diff/json-patch';
import { markdownText, unifiedText } from '#core/diff/text';
import { type JsonSyntaxError, type JsonNode, parseTree } from '#core/json/tree';

export interface EventPair {
  readonly left: EventDetail;
  readonly right: EventDetail;
}

/** Throws `not-readable`. */
export function diffEvents({ left, right }: EventPair, withNoise: boolean): EventDiff {
  const places = { left: left.location, right: right.location };
  const failures = { left: whyNoSuccess(left.summary), right: whyNoSuccess(right.summary) };
  return {
    left: left.summary,
    right: right.summary,
    places,
    ...read(diffRecords(left.raw, right.raw, withNoise, failures)),
  };
}

/** Throws `not-readable`. */
export function diffText(pair: EventPair, withNoise: boolean, format: DiffTextFormat): string {
  switch (format) {
    case 'markdown':
      return markdownText(diffEvents(pair, withNoise));
    case 'unified':
      return unifiedText(diffEvents(pair, withNoise));
    case 'json-patch':
      return read(jsonPatch(pair.left.raw, pair.right.raw));
    default:
      return assertNever(format);
  }
}

/** Throws `not-readable`. */
export function parsedRecord(raw: string): JsonNode {
  return read(parseTree(raw));
}

/** The record was JSON when it was indexed: the file has changed, but kept its size and time. */
function read<Value>(result: Result<Value, JsonSyntaxError>): Value {
  if (result.ok) return result.value;
  const { message, at } = result.error;
  throw new AppError(
    'not-readable',
    `the record is no longer valid JSON, so the file must have changed: ${message} at character ${at}`,
  );
}
