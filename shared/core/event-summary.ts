/** One event in one sentence: who did what, where from, when, with what result. */
import type { EpochMs } from '#contract/ids';
import type { EventDetail, EventRow, EventTarget, RecordKind, TargetName } from '#contract/events';
import { formatCount } from './figures';
import { unstatedResult } from './outcome';
import { parsePrincipal } from './principal';
import { formatTimeWithZone, parseEventTime, type Zone } from './time';

/** A piece of the sentence; one that shows a value has the field and value to filter by. */
export interface SummaryPart {
  readonly text: string;
  readonly field?: string;
  readonly value?: string;
}

/** What a sentence says that an event's row does not hold. */
export type SentenceDetail = Pick<EventDetail, 'target' | 'errorMessage'>;

/** The most targets that are named, and characters of an error's message; the record below the sentence has the rest. */
const mostNamed = 3;
const longestMessage = 160;

/**
 * The sentence in parts, to be joined. What the record does not say is left out, except who and when, which the sentence calls missing.
 */
export function summarizeEvent(row: EventRow, zone: Zone, detail: SentenceDetail = {}): readonly SummaryPart[] {
  if (row.recordKind?.kind === 'insight') return insight(row, row.recordKind, zone);
  if (row.recordKind?.kind === 'aggregated') return aggregated(row, row.recordKind.windowEnd, zone);
  const parts = [
    ...[...who(row), ...what(row, detail.target)],
    ...[...place(' in ', 'region', row.region), ...place(' from ', 'ip', row.ip)],
  ];
  return [...parts, at(row.time, zone), ...result(row), ...message(detail.errorMessage ?? '')];
}

type Insight = Extract<RecordKind, { readonly kind: 'insight' }>;

/** The kinds of Insights, in words. */
const unusual: ReadonlyMap<string, string> = new Map([
  ['ApiCallRateInsight', 'an unusual rate of calls'],
  ['ApiErrorRateInsight', 'an unusual rate of failed calls'],
]);

/** `CloudTrail Insights: an unusual rate of calls to RunInstances on ec2 in us-east-1 began at …`. */
function insight(row: EventRow, { type, state, errorCode }: Insight, zone: Zone): readonly SummaryPart[] {
  const what = unusual.get(type) ?? (type === '' ? 'something unusual' : `something unusual (${type})`);
  const verb = state === 'Start' ? 'began' : state === 'End' ? 'ended' : 'was found';
  return [
    ...speaker(row),
    { text: `: ${what}` },
    ...(errorCode === '' ? [] : [...named(' (', 'error', errorCode), { text: ')' }]),
    ...place(' to ', 'event', row.event),
    ...place(' on ', 'service', row.service),
    ...place(' in ', 'region', row.region),
    { text: ` ${verb}` },
    at(row.time, zone),
  ];
}

/** `CloudTrail aggregation: calls to s3 in us-east-1, summed up from … to …`. */
function aggregated(row: EventRow, windowEnd: string, zone: Zone): readonly SummaryPart[] {
  const end = parseEventTime(windowEnd);
  const time = (instant: EpochMs | null): string =>
    instant === null ? 'an unstated time' : formatTimeWithZone(instant, zone);
  return [
    ...speaker(row),
    { text: ': calls' },
    ...place(' of ', 'event', row.event),
    ...place(' to ', 'service', row.service),
    ...place(' in ', 'region', row.region),
    { text: `, summed up from ${time(row.time)} to ${time(end)}` },
  ];
}

/** Who reports what is not a call. If the record names an identity, that one is used. */
function speaker({ identity, principal }: EventRow): readonly SummaryPart[] {
  return [{ text: identity, field: 'identity', value: principal }];
}

function at(time: EpochMs | null, zone: Zone): SummaryPart {
  return { text: time === null ? ' at an unstated time' : ` at ${formatTimeWithZone(time, zone)}` };
}

/** `alice (IAM user, 111122223333)`: a name alone is not one principal. */
function who({ identity, identityKind, principal }: EventRow): readonly SummaryPart[] {
  if (identityKind === 'none') return [{ text: 'No stated identity', field: 'kind', value: 'none' }];
  const name = { text: identity, field: 'identity', value: principal };
  const account = parsePrincipal(principal)?.account ?? '';
  if (identityKind === 'Root') return [name, { text: account === '' ? '' : ` of ${account}` }];
  const kind = { text: identityKind, field: 'kind', value: identityKind };
  return [name, { text: ' (' }, kind, { text: account === '' ? ')' : `, ${account})` }];
}

function what(
  { event, service, eventClass, result: outcome }: EventRow,
  target: EventTarget | undefined,
): readonly SummaryPart[] {
  if (event === 'ConsoleLogin') {
    const text =
      eventClass === 'error' || outcome === unstatedResult
        ? 'tried to sign in to the console'
        : 'signed in to the console';
    return [{ text: ' ' }, { text, field: 'event', value: event }];
  }
  const call = event === '' ? [{ text: ' made an unnamed call' }] : named(' called ', 'event', event);
  if (target === undefined) return [...call, ...place(' on ', 'service', service)];
  return [...call, ...acted(target), ...place(' through ', 'service', service)];
}

/** ` on user jmerckle (policy zlj9i0k83o)`. */
function acted({ names, beside }: EventTarget): readonly SummaryPart[] {
  const parts = names.slice(0, mostNamed).flatMap((name, at) => nameParts(at === 0 ? ' on ' : ', ', name, at === 0));
  const more = names.length - mostNamed;
  const rest = more > 0 ? [{ text: ` and ${formatCount(more)} more` }] : [];
  if (beside.length === 0) return [...parts, ...rest];
  const others = beside.flatMap((name, at) => nameParts(at === 0 ? ' (' : ', ', name, true));
  return [...parts, ...rest, ...others, { text: ')' }];
}

function nameParts(before: string, { kind, text, field }: TargetName, isKindSaid: boolean): readonly SummaryPart[] {
  const said = isKindSaid && kind !== '' ? `${before}${kind} ` : before;
  return [{ text: said }, { text, field, value: text }];
}

/** An error's message, which has enough words to differ from others. */
function message(text: string): readonly SummaryPart[] {
  if (text === '') return [];
  const start = text.length > longestMessage ? text.slice(0, text.lastIndexOf(' ', longestMessage)) : text;
  const shown = start.length < text.length ? `${start.slice(0, longestMessage)}…` : text;
  return [{ text: ': ' }, { text: shown, field: 'errorMessage', value: text }];
}

function place(before: string, field: string, value: string): readonly SummaryPart[] {
  return value === '' ? [] : named(before, field, value);
}

function named(before: string, field: string, value: string): readonly SummaryPart[] {
  return [{ text: before }, { text: value, field, value }];
}

function result(row: EventRow): readonly SummaryPart[] {
  const isUnstated = row.result === unstatedResult;
  return [{ text: ': ' }, { text: isUnstated ? 'result not stated' : row.result, field: 'result', value: row.result }];
}
