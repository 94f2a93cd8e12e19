/** Builds events from separate fields, which came with the event or instead of it, as CloudTrail writes them. */
import { parseEventTime } from '#core/time';

/** Fields as written; null or empty: absent. */
export interface SummaryFields {
  readonly eventTime: string | null;
  readonly eventSource: string | null;
  readonly eventName: string | null;
  readonly awsRegion?: string | null;
  readonly sourceIPAddress?: string | null;
  readonly userAgent?: string | null;
  readonly errorCode?: string | null;
  readonly userName: string | null;
  readonly accessKeyId: string | null;
  readonly requestID?: string | null;
  readonly eventID: string | null;
  readonly readOnly: string | null;
  readonly resources: readonly SummaryResource[];
  readonly eventType?: string | null;
  readonly recipientAccountId?: string | null;
  readonly eventCategory?: string | null;
  /** Values that are not CloudTrail fields, under their own names. */
  readonly others?: readonly (readonly [name: string, text: string | null])[];
}

export interface SummaryResource {
  readonly type: string | null;
  /** An ARN, or a name. */
  readonly name: string | null;
}

/** The JSON of such an event. */
export function summaryEvent(fields: SummaryFields): string {
  const identity = objectOf([
    ['userName', fields.userName],
    ['accessKeyId', fields.accessKeyId],
  ]);
  return object([
    // First, so that a field of the same name comes later and wins.
    ...(fields.others ?? []).map(([name, text]) => [name, quoted(text)] as const),
    ['eventTime', quotedTime(fields.eventTime)],
    ['eventSource', quoted(fields.eventSource)],
    ['eventName', quoted(fields.eventName)],
    ['awsRegion', quoted(fields.awsRegion)],
    ['sourceIPAddress', quoted(fields.sourceIPAddress)],
    ['userAgent', quoted(fields.userAgent)],
    ['errorCode', quoted(fields.errorCode)],
    ['userIdentity', identity],
    ['requestID', quoted(fields.requestID)],
    ['eventID', quoted(fields.eventID)],
    ['readOnly', truth(fields.readOnly) ?? quoted(fields.readOnly)],
    ['resources', resourceList(fields.resources)],
    ['eventType', quoted(fields.eventType)],
    ['recipientAccountId', quoted(fields.recipientAccountId)],
    ['eventCategory', quoted(fields.eventCategory)],
  ]);
}

/** The JSON of an object of these members; those whose value is null are left out. */
export function object(members: readonly (readonly [string, string | null])[]): string {
  const present = members.filter((member): member is readonly [string, string] => member[1] !== null);
  return `{${present.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

/** `true` or `false` where the text says so, in any case. */
export function truth(text: string | null | undefined): string | null {
  const lower = text?.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower : null;
}

function objectOf(members: readonly (readonly [string, string | null])[]): string | null {
  const present = members.map(([name, text]) => [name, quoted(text)] as const);
  return present.some(([, value]) => value !== null) ? object(present) : null;
}

function resourceList(resources: readonly SummaryResource[]): string | null {
  if (resources.length === 0) return null;
  const list = resources.map(({ type, name }) =>
    object([
      ['type', quoted(type)],
      [name?.startsWith('arn:') === true ? 'ARN' : 'name', quoted(name)],
    ]),
  );
  return `[${list.join(',')}]`;
}

function quoted(text: string | null | undefined): string | null {
  return text === null || text === undefined || text === '' ? null : JSON.stringify(text);
}

/** Converts seconds since 1970, and times with an offset, to CloudTrail's format; anything else stays unchanged. */
function quotedTime(text: string | null): string | null {
  if (text === null || text === '') return null;
  const ms = /^\d+(?:\.\d+)?(?:[eE]\+?\d+)?$/.test(text) ? Number(text) * 1000 : parseEventTime(text);
  if (ms === null || !(Math.abs(ms) <= 8.64e15)) return JSON.stringify(text);
  const iso = new Date(ms).toISOString();
  return JSON.stringify(iso.replace('.000Z', 'Z'));
}
