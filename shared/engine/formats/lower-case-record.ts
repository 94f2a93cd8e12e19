/**
 * Records whose keys are in lower case, as Athena and CloudTrail Lake make them: the keys are restored to CloudTrail's case, and
 * all values stay unchanged, except structures that came as a text.
 */
import type { Lacks } from '../scan/row-origins';
import { decodeWtf8, encodeWtf8 } from '../text/wtf8';
import { allMembers, elementsOf, textOf, type Span } from './json-walk';
import { memberName, recordName } from './record-names';
import { cellJson } from './table-event';

const quote = 0x22;
const openBracket = 0x5b;
const openBrace = 0x7b;
const maxDepth = 16;

/** Two of these identify a record; one alone does not. */
export const lowerCaseKeys: readonly string[] = ['eventversion', 'eventtime', 'eventname', 'eventsource', 'eventid'];
/** Fields with keys that callers choose. */
const freeFields: ReadonlySet<string> = new Set(['requestParameters', 'responseElements', 'additionalEventData']);

export interface LowerCaseRecord extends Lacks {
  readonly json: Uint8Array;
}

/** Whether an object of these members is such a record. */
export function isLowerCaseRecord(members: ReadonlyMap<string, Span>): boolean {
  const texts = lowerCaseKeys.filter((key) => {
    const value = members.get(key);
    return value?.bytes[value.start] === quote;
  });
  return texts.length > 1;
}

/** The record, with CloudTrail's names. */
export function lowerCaseRecord(object: Span): LowerCaseRecord {
  const names: string[] = [];
  const members = Array.from(allMembers(object), ({ key, value }) => {
    const name = recordName(textOf(key) ?? '');
    if (name === null) return `${raw(key)}:${raw(value)}`;
    names.push(name);
    return `"${name}":${fieldJson(value, name)}`;
  });
  const isSummary = !names.includes('requestParameters') && !names.includes('responseElements');
  // A full record without an error may lack the error fields; a query with chosen columns rarely includes the version.
  const isOutcomeUnstated = !names.includes('errorCode') && !names.includes('eventVersion');
  return { json: encodeWtf8(`{${members.join(',')}}`), isSummary, isOutcomeUnstated };
}

function fieldJson(value: Span, field: string): string {
  if (value.bytes[value.start] === quote) {
    const json = cellJson(textOf(value) ?? '', [field]);
    // A value that stays a text keeps its escapes.
    return json.startsWith('"') ? raw(value) : json;
  }
  return freeFields.has(field) ? raw(value) : named(value, field, 0);
}

/** A value with the keys of its members restored at any depth. */
function named(value: Span, field: string, depth: number): string {
  if (depth > maxDepth) return raw(value);
  switch (value.bytes[value.start]) {
    case openBrace: {
      const members = Array.from(allMembers(value), (member) => {
        const name = JSON.stringify(memberName(textOf(member.key) ?? '', field));
        return `${name}:${named(member.value, field, depth + 1)}`;
      });
      return `{${members.join(',')}}`;
    }
    case openBracket:
      return `[${Array.from(elementsOf(value), (element) => named(element, field, depth + 1)).join(',')}]`;
    default:
      return raw(value);
  }
}

function raw({ bytes, start, end }: Span): string {
  return decodeWtf8(bytes, start, end);
}
