/** The fields that `aws cloudtrail lookup-events` adds to an event's own text. */
import type { Lacks } from '../scan/row-origins';
import { elementsOf, membersOf, textOf, type Span } from './json-walk';
import { summaryEvent } from './summary-event';

/** The keys of an element, and of its resources. */
export const lookupKeys: readonly string[] = [
  ...['EventId', 'EventName', 'EventTime', 'EventSource', 'Username', 'AccessKeyId', 'ReadOnly', 'Resources'],
  ...['ResourceType', 'ResourceName'],
];

const resourceKeys: ReadonlySet<string> = new Set(lookupKeys);
const openBracket = 0x5b;
/** Without the event's own text, the error is not given either (CloudTrail API Reference, "Event"). */
export const lookupLacks: Lacks = { isSummary: true, isOutcomeUnstated: true };
const encoder = new TextEncoder();

/** Whether an object of these members is an element of lookup-events. */
export function isLookup(members: ReadonlyMap<string, Span>): boolean {
  return members.has('CloudTrailEvent') || (members.has('EventId') && members.has('EventName'));
}

/** The event's fields from these members. */
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
      resources?.bytes[resources.start] !== openBracket
        ? []
        : Array.from(elementsOf(resources), (element) => {
            const { byName: resource } = membersOf(element, resourceKeys);
            return { type: textOf(resource.get('ResourceType')), name: textOf(resource.get('ResourceName')) };
          }),
  });
  return encoder.encode(json);
}
