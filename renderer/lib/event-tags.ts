/** What is to be said of an event as such, in a word and a sentence. */
import { assertNever } from '#contract/result';
import type { RecordKind, EventRow } from '#contract/events';
import type { RecordFormat } from '#contract/record-formats';
import { recordFormats } from '#contract/record-formats';
import { readTime } from '#core/time';

/** A word for a row of the list; the sentence is its tooltip. */
export interface EventTag {
  readonly kind: 'record-kind' | 'appended' | 'summary' | 'versions' | 'duplicate';
  readonly text: string;
  /** Where there is no room for the word. */
  readonly short: string;
  readonly sentence: string;
}

/** Why an event came without request and response, in a sentence. */
export function summarySentence(format: RecordFormat): string {
  return `Summary only: ${recordFormats[format].summaryReason ?? 'this came without request and response'}.`;
}

/** Which member is genuine cannot be told: a forged one can stand before it as well. */
export const appendedSentence =
  'This file has more than one gzip member; CloudTrail writes one. This event is in a later member. Not all of the file is what CloudTrail wrote, and either part can be what was added.';

/** AWS's own pages show calls that have nothing in common but their ID: whether it is one event cannot be told from the ID. */
export const versionsSentence =
  'Conflicting versions: events with one ID and different content. They are versions of one event, or different calls; each is kept.';

/** What is to be known of an event's time beside the time itself; empty for nearly all events. */
export function timeSentence({ timeText, timeFrom }: EventRow): string {
  const from = timeFrom === undefined ? '' : `The record has no eventTime: its time is that of ${timeFrom}.`;
  const zone = readTime(timeText)?.isZoneAssumed === true ? 'The time is written without a zone: UTC is assumed.' : '';
  return [from, zone].filter((part) => part !== '').join(' ');
}

/** In the order they are shown; none for nearly all events. */
export function eventTags(event: EventRow): readonly EventTag[] {
  const { recordKind, isAppended, isSummary, otherVersions, isDuplicate, format } = event;
  const tags: EventTag[] = [];
  if (recordKind !== null) tags.push(recordKindTag(recordKind));
  if (isAppended === true) {
    tags.push({ kind: 'appended', text: 'appended', short: 'A', sentence: `Appended: ${appendedSentence}` });
  }
  if (isSummary) tags.push({ kind: 'summary', text: 'summary', short: 'S', sentence: summarySentence(format) });
  if (otherVersions > 0) {
    const count = otherVersions + 1;
    tags.push({ kind: 'versions', text: `${count} versions`, short: `×${count}`, sentence: versionsSentence });
  }
  if (isDuplicate)
    tags.push({
      kind: 'duplicate',
      text: 'duplicate',
      short: 'D',
      sentence: 'The same event was also read elsewhere.',
    });
  return tags;
}

function recordKindTag(recordKind: RecordKind): EventTag {
  switch (recordKind.kind) {
    case 'insight': {
      const text = recordKind.state === '' ? 'Insight' : `Insight ${recordKind.state.toLowerCase()}`;
      return {
        kind: 'record-kind',
        text,
        short: 'Ins',
        sentence: 'No call: CloudTrail Insights tells that calls were unusual.',
      };
    }
    case 'aggregated':
      return {
        kind: 'record-kind',
        text: 'aggregated',
        short: 'Agg',
        sentence: 'No call: CloudTrail sums up many calls.',
      };
    default:
      return assertNever(recordKind);
  }
}
