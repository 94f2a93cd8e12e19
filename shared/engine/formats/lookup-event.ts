/** The fields that `aws cloudtrail lookup-events` has beside an event's own text. */
import type { Lacks } from '../scan/row-origins';
import { elementsOf, membersOf, textOf, type Span } from './json-walk';
import { summaryEvent } from './summary-event';

/** The names of an element's members, and of the members of its resources. */
export const lookupKeys: readonly string[] = [
  ...['EventId', 'EventName', 'EventTime', 'EventSource', 'Username', 'AccessKeyId', 'ReadOnly', 'Resources'],
  ...['ResourceType', 'ResourceName'],
];

const resourceKeys: ReadonlySet<string> = new Set(lookupKeys);
const OPEN_BRACKET = 0x5b;
/** Beside the event's own text stands no error either (CloudTrail API Reference, "Event"). */
export const lookupLacks: Lacks = { isSummary: true, isOutcomeUnstated: true };
const encoder = new TextEncoder();

/** Whether an object of these members is an element of lookup-events. */
export function isLookup(members: ReadonlyMap<string, Span>): boolean {
  return members.has('CloudTrailEvent') || (members.has('EventId') && members.has('EventName'));
}

/** What the members say of the event. */
export function lookupEvent(members: ReadonlyMap<string, Span>): Uint8Array {
  const field = (name: string): string | null => textOf(members.get(name));
  const resources = members.get('Resources');
  const json = summaryEvent({
    eventTime: field('EventTime'),
    eventSource: field('EventSource'),
    eventName: field('EventName'),
    userName: field('Username'),
    accessKeyId: field('AccessKeyId'),
    eventID: field('EventId'),
    readOnly: field('ReadOnly'),
    resources:
      resources?.bytes[resources.start] !== OPEN_BRACKET
        ? []
        : Array.from(elementsOf(resources), (element) => {
            const { byName: resource } = membersOf(element, resourceKeys);
            return { type: textOf(resource.get('ResourceType')), name: textOf(resource.get('ResourceName')) };
          }),
  });
  return encoder.encode(json);
}
