/** One event in one sentence: who did what, where from, when, with what result. */
import type { EventRow } from '#contract/types';
import { formatTimeWithZone, type Zone } from './time';

/** A run of the sentence. Where it shows a value, the field and value to filter by come with it. */
export interface SummaryPart {
  readonly text: string;
  readonly field?: string;
  readonly value?: string;
}

/**
 * The sentence in parts; joined, their texts read as it stands. What the record does not say is left out, apart from who and
 * when, which are said to be missing.
 */
export function summarizeEvent(row: EventRow, zone: Zone): readonly SummaryPart[] {
  const parts = [...who(row), ...what(row), ...place(' in ', 'region', row.region), ...place(' from ', 'ip', row.ip)];
  const at = row.time === null ? ' at an unstated time' : ` at ${formatTimeWithZone(row.time, zone)}`;
  return [...parts, { text: at }, ...result(row)];
}

function who({ identity, identityKind }: EventRow): readonly SummaryPart[] {
  if (identityKind === 'none') return [{ text: 'No stated identity', field: 'kind', value: 'none' }];
  const name = { text: identity, field: 'identity', value: identity };
  if (identityKind === identity) return [name];
  return [name, { text: ' (' }, { text: identityKind, field: 'kind', value: identityKind }, { text: ')' }];
}

function what({ event, service, eventClass }: EventRow): readonly SummaryPart[] {
  if (event === 'ConsoleLogin') {
    const text = eventClass === 'error' ? 'tried to sign in to the console' : 'signed in to the console';
    return [{ text: ' ' }, { text, field: 'event', value: event }];
  }
  const call = event === '' ? [{ text: ' made an unnamed call' }] : named(' called ', 'event', event);
  return [...call, ...place(' on ', 'service', service)];
}

function place(before: string, field: string, value: string): readonly SummaryPart[] {
  return value === '' ? [] : named(before, field, value);
}

function named(before: string, field: string, value: string): readonly SummaryPart[] {
  return [{ text: before }, { text: value, field, value }];
}

function result(row: EventRow): readonly SummaryPart[] {
  return [{ text: ': ' }, { text: row.result, field: 'result', value: row.result }];
}
