/** What is to be said of an event as such, in a word and a sentence. */
import { assertNever } from '#contract/result';
import type { RecordKind, EventRow } from '#contract/events';
import type { RecordFormat } from '#contract/record-formats';
import { recordFormats } from '#contract/record-formats';
import { readTime } from '#core/time';
import { eventTagTexts as texts } from './event-tag-texts';

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
  return texts.summary.sentence(recordFormats[format].summaryReason ?? texts.summary.noReason);
}

/** What is to be known of an event's time beside the time itself; empty for nearly all events. */
export function timeSentence({ timeText, timeFrom }: EventRow): string {
  const from = timeFrom === undefined ? '' : texts.time.otherField(timeFrom);
  const zone = readTime(timeText)?.isZoneAssumed === true ? texts.time.zoneAssumed : '';
  return [from, zone].filter((part) => part !== '').join(' ');
}

/** In the order they are shown; none for nearly all events. */
export function eventTags(event: EventRow): readonly EventTag[] {
  const { recordKind, isAppended, isSummary, otherVersions, isDuplicate, format } = event;
  const tags: EventTag[] = [];
  if (recordKind !== null) tags.push(recordKindTag(recordKind));
  if (isAppended === true) {
    const { text, short, tagSentence } = texts.appended;
    tags.push({ kind: 'appended', text, short, sentence: tagSentence });
  }
  if (isSummary) {
    const { text, short } = texts.summary;
    tags.push({ kind: 'summary', text, short, sentence: summarySentence(format) });
  }
  if (otherVersions > 0) {
    const { text, short, sentence } = texts.versions;
    tags.push({ kind: 'versions', text: text(otherVersions + 1), short: short(otherVersions + 1), sentence });
  }
  if (isDuplicate) tags.push({ kind: 'duplicate', ...texts.duplicate });
  return tags;
}

function recordKindTag(recordKind: RecordKind): EventTag {
  switch (recordKind.kind) {
    case 'insight':
      return { kind: 'record-kind', ...texts.insight, text: texts.insight.text(recordKind.state) };
    case 'aggregated':
      return { kind: 'record-kind', ...texts.aggregated };
    default:
      return assertNever(recordKind);
  }
}
