/**
 * Events put together from the fields that Elastic's AWS integration makes of them, in documents that do not keep the event itself.
 *
 * What the integration drops (nulls, empty texts, the name of a role's issuer and its user in one field) cannot be restored, so
 * such an event is marked as converted, not as what CloudTrail wrote.
 *
 * Source: elastic/integrations, packages/aws/data_stream/cloudtrail/elasticsearch/ingest_pipeline/default.yml, read backwards.
 */
import { readTime } from '#core/time';
import type { Lacks } from '../scan/row-origins';
import { decodeWtf8, encodeWtf8 } from '../text/wtf8';
import { allMembers, elementsOf, textOf, type Span } from './json-walk';
import { object } from './summary-event';

const openBracket = 0x5b;
const openBrace = 0x7b;
const maxDepth = 8;

/** Each such document has one of these keys. */
export const ecsKeys: readonly string[] = ['aws', 'aws.cloudtrail.event_version', 'event.dataset', 'event.action'];

const cloudtrail = 'aws.cloudtrail.';
const identity = `${cloudtrail}user_identity.`;
const session = `${identity}session_context.`;
const errorCode = `${cloudtrail}error_code`;
const outcome = 'event.outcome';

/** An event that was put together. */
export interface ConvertedEvent extends Lacks {
  readonly json: Uint8Array;
}

/** The event in a document of Elastic; null where the document is about something else. */
export function ecsEvent(document: Span): ConvertedEvent | null {
  const fields: Fields = { byName: new Map(), isCloudTrail: false, isAssumed: false };
  gather(document, '', 0, fields);
  if (!fields.isCloudTrail || !fields.byName.has('event.action')) return null;
  const { byName, isAssumed } = fields;
  const json = encodeWtf8(eventOf((name) => byName.get(name), isAssumed));
  // The integration leaves out an error code that is not there, and says how the call ended.
  const isOutcomeUnstated = !byName.has(errorCode) && jsonOf(byName.get(outcome)) !== '"success"';
  return { json, isSummary: true, isOutcomeUnstated };
}

/** The fields of a document that an event is made of. A limit on others never drops these. */
interface Fields {
  readonly byName: Map<string, Span>;
  isCloudTrail: boolean;
  /** Whether a role was assumed. */
  isAssumed: boolean;
}

function eventOf(valueOf: (name: string) => Span | undefined, isAssumed: boolean): string {
  const field = (name: string): string | null => jsonOf(valueOf(name));
  const time = (name: string): string | null => {
    const value = valueOf(name);
    return timeJson(value) ?? jsonOf(value);
  };
  const free = (name: string): string | null =>
    field(`${cloudtrail}flattened.${name}`) ?? field(`${cloudtrail}${name}`);
  return object([
    ['eventVersion', field(`${cloudtrail}event_version`)],
    [
      'userIdentity',
      filled([
        ['type', field(`${identity}type`)],
        ['principalId', field('user.id')],
        ['arn', field(`${identity}arn`)],
        ['accountId', field('cloud.account.id')],
        ['accessKeyId', field(`${identity}access_key_id`)],
        ['userName', isAssumed ? null : field('user.name')],
        [
          'sessionContext',
          filled([
            [
              'sessionIssuer',
              filled([
                ['type', field(`${session}session_issuer.type`)],
                ['principalId', field(`${session}session_issuer.principal_id`)],
                ['arn', field(`${session}session_issuer.arn`)],
                ['accountId', field(`${session}session_issuer.account_id`)],
                ['userName', isAssumed ? field('user.name') : null],
              ]),
            ],
            [
              'attributes',
              filled([
                ['creationDate', time(`${session}creation_date`)],
                ['mfaAuthenticated', field(`${session}mfa_authenticated`)],
              ]),
            ],
          ]),
        ],
        ['invokedBy', field(`${identity}invoked_by`)],
      ]),
    ],
    ['eventTime', time('@timestamp')],
    ['eventSource', field('event.provider')],
    ['eventName', field('event.action')],
    ['awsRegion', field('cloud.region')],
    ['sourceIPAddress', field('source.address') ?? field('source.ip')],
    ['userAgent', field('user_agent.original')],
    ['errorCode', field(`${cloudtrail}error_code`)],
    ['errorMessage', field(`${cloudtrail}error_message`)],
    ['requestParameters', free('request_parameters')],
    ['responseElements', free('response_elements')],
    ['additionalEventData', free('additional_eventdata')],
    ['serviceEventDetails', free('service_event_details')],
    ['requestID', field(`${cloudtrail}request_id`)],
    ['eventID', field('event.id')],
    ['readOnly', field(`${cloudtrail}read_only`)],
    ['resources', resourcesJson(valueOf(`${cloudtrail}resources`))],
    ['eventType', field(`${cloudtrail}event_type`)],
    ['apiVersion', field(`${cloudtrail}api_version`)],
    ['managementEvent', field(`${cloudtrail}management_event`)],
    ['recipientAccountId', field(`${cloudtrail}recipient_account_id`)],
    ['sharedEventID', field(`${cloudtrail}shared_event_id`)],
    ['vpcEndpointId', field(`${cloudtrail}vpc_endpoint_id`)],
    ['eventCategory', field(`${cloudtrail}event_category`)],
  ]);
}

/** All fields that are read, found by asking for each of them. */
const fieldsRead = new Set<string>([outcome]);
for (const isAssumed of [false, true]) {
  eventOf((name) => {
    fieldsRead.add(name);
    return undefined;
  }, isAssumed);
}

/** The fields by their dotted names, whether nested, with dots in their names, or both. */
function gather(value: Span, name: string, depth: number, fields: Fields): void {
  const isWhole = name.startsWith(`${cloudtrail}flattened.`);
  if (value.bytes[value.start] !== openBrace || isWhole || depth > maxDepth) {
    fields.isCloudTrail ||= name.startsWith(cloudtrail);
    fields.isAssumed ||= name.startsWith(`${session}session_issuer.`);
    if (fieldsRead.has(name)) fields.byName.set(name, value);
    return;
  }
  for (const { key, value: inner } of allMembers(value)) {
    const own = textOf(key) ?? '';
    gather(inner, name === '' ? own : `${name}.${own}`, depth + 1, fields);
  }
}

/** The JSON of a field; of its first value where it came as a list, as Kibana has them; null where it is not there. */
function jsonOf(value: Span | undefined): string | null {
  if (value === undefined) return null;
  const [first = value] = value.bytes[value.start] === openBracket ? elementsOf(value) : [];
  return decodeWtf8(first.bytes, first.start, first.end);
}

/** As CloudTrail writes times, to the second; null where it is not a time, or has no zone. */
function timeJson(value: Span | undefined): string | null {
  const [first = value] = value?.bytes[value.start] === openBracket ? elementsOf(value) : [];
  const read = readTime(textOf(first) ?? '');
  return read === null || read.isZoneAssumed
    ? null
    : JSON.stringify(new Date(read.time).toISOString().replace('.000Z', 'Z'));
}

function resourcesJson(value: Span | undefined): string | null {
  if (value?.bytes[value.start] !== openBracket) return null;
  const names: ReadonlyMap<string, string> = new Map([
    ['arn', 'ARN'],
    ['account_id', 'accountId'],
  ]);
  const list = Array.from(elementsOf(value), (element) =>
    object(
      Array.from(allMembers(element), ({ key, value: inner }) => {
        const name = textOf(key) ?? '';
        return [names.get(name) ?? name, decodeWtf8(inner.bytes, inner.start, inner.end)] as const;
      }),
    ),
  );
  return `[${list.join(',')}]`;
}

/** An object of the members that are present; null where none is. */
function filled(members: readonly (readonly [string, string | null])[]): string | null {
  return members.some(([, value]) => value !== null) ? object(members) : null;
}
