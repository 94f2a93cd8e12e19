/** Builds the JSON of an event from the cells of a table's row. */
import type { FlatColumn } from './flat-columns';
import { memberName, recordName } from './record-names';
import { structJson } from './struct-text';
import { object, summaryEvent, truth } from './summary-event';

/** The required columns of the console's download, by its names; there may be more. */
export const historyColumns = ['event name', 'event time', 'event source'];

/** All columns it has today. Other cells are kept under the name of their column. */
export const allHistoryColumns: ReadonlySet<string> = new Set([
  ...historyColumns,
  'aws region',
  'source ip address',
  'user agent',
  'error code',
  'user name',
  'aws access key',
  'request id',
  'event id',
  'read-only',
  'resources',
  'event type',
  'recipient account id',
  'event category',
]);

/** An event from a row of the console's download; `others`: columns that it does not have today. */
export function historyEvent(
  names: readonly string[],
  cells: readonly string[],
  others: readonly { readonly name: string; readonly column: number }[],
): string {
  const cell = (name: string): string | null => cells[names.indexOf(name)] ?? null;
  return summaryEvent({
    eventTime: cell('event time'),
    eventSource: cell('event source'),
    eventName: cell('event name'),
    awsRegion: cell('aws region'),
    sourceIPAddress: cell('source ip address'),
    userAgent: cell('user agent'),
    errorCode: cell('error code'),
    userName: cell('user name'),
    accessKeyId: cell('aws access key'),
    requestID: cell('request id'),
    eventID: cell('event id'),
    readOnly: cell('read-only'),
    resources: historyResources(cell('resources')),
    eventType: cell('event type'),
    recipientAccountId: cell('recipient account id'),
    eventCategory: cell('event category'),
    others: others.map(({ name, column }) => [name, cells[column] ?? null] as const),
  });
}

function historyResources(text: string | null): Parameters<typeof summaryEvent>[0]['resources'] {
  if (text === null || text === '') return [];
  const list = parsed(text);
  if (!Array.isArray(list)) return [{ type: null, name: text }];
  const textAt = (element: unknown, key: string): string | null => {
    const value: unknown = typeof element === 'object' && element !== null ? Reflect.get(element, key) : null;
    return typeof value === 'string' ? value : null;
  };
  return list.map((element: unknown) => ({
    type: textAt(element, 'resourceType'),
    name: textAt(element, 'resourceName'),
  }));
}

/** A column's path in the event. */
export interface ColumnPath {
  readonly keys: readonly string[];
  readonly isKnown: boolean;
  readonly textOf?: (cell: string) => string;
}

/** A name with more dots is kept unsplit: no CloudTrail field is nested so deep. */
const maxKeys = 64;

/** `userIdentity.arn` is a nested member; an unknown name is kept as it is. */
export function pathOfColumn(name: string, flat: ReadonlyMap<string, FlatColumn>): ColumnPath {
  const known = flat.get(name.trim().toLowerCase());
  if (known !== undefined) return { ...known, isKnown: true };
  const keys = name.trim().split('.');
  const first = recordName(keys[0] ?? '');
  if (first === null || keys.length > maxKeys) return { keys: [name.trim()], isKnown: false };
  return { keys: [first, ...keys.slice(1).map((key) => memberName(key, first))], isKnown: true };
}

interface Node {
  readonly members: Map<string, Node>;
  json: string | null;
}

/** An event from a row whose columns are fields of events; empty cells are left out. */
export function columnsEvent(paths: readonly ColumnPath[], cells: readonly string[]): string {
  const root: Node = { members: new Map(), json: null };
  paths.forEach(({ keys, isKnown, textOf }, column) => {
    const written = cells[column] ?? '';
    const cell = textOf?.(written) ?? written;
    if (cell === '' || keys[0] === '') return;
    let node = root;
    for (const key of keys) {
      const next = node.members.get(key) ?? { members: new Map(), json: null };
      node.members.set(key, next);
      node = next;
    }
    node.json = isKnown ? cellJson(cell, keys) : JSON.stringify(cell);
  });
  return nodeJson(root);
}

function nodeJson({ members, json }: Node): string {
  if (json !== null) return json;
  return object(Array.from(members, ([name, node]) => [name, nodeJson(node)] as const));
}

/** A cell's value: JSON and structures as JSON, booleans for boolean fields, everything else as text. */
export function cellJson(cell: string, keys: readonly string[]): string {
  const [field = ''] = keys;
  if (keys.length === 1 && truthFields.has(field)) return truth(cell) ?? JSON.stringify(cell);
  if (keys.length > 1 || !structuredFields.has(field)) return JSON.stringify(cell);
  if (cell === 'null') return cell;
  // Only likely JSON is parsed: a failure costs as much as a whole row.
  if (/^\s*(?:\{\s*["}]|\[\s*["{[\]\d-])/.test(cell) && parsed(cell) !== undefined) return cell.trim();
  const isFree = field === 'requestParameters' || field === 'responseElements';
  const struct = isFree ? null : structJson(cell, (name) => memberName(name, field));
  return struct ?? JSON.stringify(cell);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const truthFields: ReadonlySet<string> = new Set(['readOnly', 'managementEvent']);
const structuredFields: ReadonlySet<string> = new Set([
  'userIdentity',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'resources',
  'serviceEventDetails',
  'addendum',
  'edgeDeviceDetails',
  'tlsDetails',
  'insightDetails',
  'eventContext',
]);
