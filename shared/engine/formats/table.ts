/** What a table's header says about its rows: which columns are fields of an event, or which one holds the whole event. */
import type { RecordFormat } from '#contract/record-formats';
import { lacksNothing, type Lacks } from '../scan/row-origins';
import { decodeWtf8, encodeWtf8 } from '../text/wtf8';
import { lineBreakOf, readRow } from './csv';
import { mentionsEvent } from './event-mention';
import { flatColumns, type FlatColumn } from './flat-columns';
import { structJson } from './struct-text';
import { object, summaryEvent, truth } from './summary-event';

/** A table whose rows are events. */
export interface TableShape extends Lacks {
  readonly format: RecordFormat;
  readonly header: readonly string[];
  readonly delimiter: number;
  /** See {@link readRow}. */
  readonly lineBreak: number;
  /** The column that holds the whole event; null where the event is made of the columns. */
  readonly wholeColumn: number | null;
  /** Further columns that hold whole events by their names; they are not read. */
  readonly otherWholes: readonly number[];
  /** Repeated names in the header: their values are kept under the name with a number. */
  readonly repeated: readonly string[];
  /** Builds the event's JSON from a row's cells. */
  readonly eventOf: (cells: readonly string[]) => string;
}

const comma = 0x2c;
const delimiters = [comma, 0x3b, 0x09, 0x7c];

/** Columns that hold a whole event, in lower case; the first one present counts. */
const wholeColumns: readonly string[] = [
  'eventjson',
  'cloudtrailevent',
  'event.original',
  '_source.event.original',
  '@message',
  '_raw',
  'detail',
  'message',
];

/** The shape of the table that begins with the row at `start`; null where this is not a known header, `needMore` where it is incomplete. */
export function tableAt(bytes: Uint8Array, start: number, end: number, isLast: boolean): TableHead | 'needMore' | null {
  const lineBreak = lineBreakOf(bytes, start, end, isLast);
  if (lineBreak === 'needMore') return 'needMore';
  const told = toldDelimiter(bytes, start, end, lineBreak);
  const header = told?.next ?? start;
  let isCut = false;
  for (const delimiter of told === null ? delimiters : [told.delimiter]) {
    const row = readRow(bytes, header, end, delimiter, isLast, lineBreak);
    if (row.kind === 'needMore') isCut = true;
    if (row.kind !== 'row') continue;
    const shape = shapeOf(row.cells, { delimiter, lineBreak });
    if (shape !== null) return { shape, next: row.next };
  }
  return isCut ? 'needMore' : null;
}

/** The delimiter that a first line `sep=;` declares for Excel, and where the header follows. */
function toldDelimiter(
  bytes: Uint8Array,
  start: number,
  end: number,
  lineBreak: number,
): { readonly delimiter: number; readonly next: number } | null {
  const feed = bytes.indexOf(lineBreak, start);
  if (feed < 0 || feed >= end || feed - start > maxSepLine) return null;
  const mark = sepLine.exec(decodeWtf8(bytes, start, feed))?.[1];
  return mark === undefined ? null : { delimiter: mark.charCodeAt(0), next: feed + 1 };
}

const maxSepLine = 16;
const sepLine = /^"?sep=([,;|\t])"?\r*$/i;

/** Whether a row is that line: joined tables repeat it. */
export function isSepLine(cells: readonly string[]): boolean {
  return cells.length <= 2 && /^sep=[,;|\t]?$/i.test(cells[0] ?? '') && (cells[1] ?? '') === '';
}

export interface TableHead {
  readonly shape: TableShape;
  /** After the header. */
  readonly next: number;
}

/** The shape of a table with this header; null where its columns are not fields of events. */
export function shapeOf(
  header: readonly string[],
  dialect: Pick<TableShape, 'delimiter' | 'lineBreak'>,
): TableShape | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const whole = wholeColumns.find((name) => names.includes(name));
  if (whole !== undefined) {
    const wholeColumn = names.indexOf(whole);
    const otherWholes = names.flatMap((name, i) => (i !== wholeColumn && wholeColumns.includes(name) ? [i] : []));
    const eventOf = (cells: readonly string[]): string => cells[wholeColumn] ?? '';
    return {
      format: 'json-csv',
      ...lacksNothing,
      header,
      ...dialect,
      wholeColumn,
      otherWholes,
      repeated: [],
      eventOf,
    };
  }
  const numbered = numberRepeated(header);
  const repeated = header.filter((name, i) => numbered[i] !== name);
  const parts = { header, ...dialect, wholeColumn: null, otherWholes: [], repeated };
  if (historyColumns.every((name) => names.includes(name))) {
    const others = numbered.flatMap((name, column) => {
      const isOther = name.trim() !== '' && !allHistoryColumns.has(name.trim().toLowerCase());
      return isOther ? [{ name: name.trim(), column }] : [];
    });
    const eventOf = (cells: readonly string[]): string => historyEvent(names, cells, others);
    const isOutcomeUnstated = !names.includes('error code');
    return { format: 'event-history-csv', isSummary: true, isOutcomeUnstated, ...parts, eventOf };
  }
  const flat = flatColumns(names);
  const paths = numbered.map((name) => pathOfColumn(name, flat));
  const known = paths.filter((path) => path.isKnown).length;
  if (known < 2 || !paths.some(({ keys }) => tellingFields.has(keys[0] ?? ''))) return null;
  const isSummary = !paths.some(({ keys }) => keys[0] === 'requestParameters' || keys[0] === 'responseElements');
  const isOutcomeUnstated = !paths.some(({ keys }) => keys[0] === 'errorCode');
  const eventOf = (cells: readonly string[]): string => columnsEvent(paths, cells);
  return { format: 'query-csv', isSummary, isOutcomeUnstated, ...parts, eventOf };
}

/** A header in which each repeated name, ignoring case, gets its number: `eventName (2)`. */
function numberRepeated(header: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return header.map((name) => {
    const key = name.trim().toLowerCase();
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 || key === '' ? name : `${name.trim().replaceAll('.', '_')} (${String(count)})`;
  });
}

const maxNamesTold = 5;
const maxName = 100;

/** The message for a table whose header has a name twice; null where none is. */
export function repeatedColumns({ repeated }: TableShape): string | null {
  if (repeated.length === 0) return null;
  return `the header has more than one column named ${namesTold(repeated)}; the further ones are kept as "name (2)" and so on`;
}

/** The message for a row with a second, different event in another column for whole events; null where there is none. */
export function unreadEvents(shape: TableShape, cells: readonly string[]): string | null {
  const { header, otherWholes, wholeColumn } = shape;
  if (wholeColumn === null) return null;
  const read = cells[wholeColumn]?.trim();
  const unread = otherWholes.filter((i) => {
    const cell = cells[i] ?? '';
    if (cell.trim() === '' || cell.trim() === read) return false;
    const bytes = encodeWtf8(cell);
    return mentionsEvent({ bytes, start: 0, end: bytes.length });
  });
  if (unread.length === 0) return null;
  const names = namesTold(unread.map((i) => header[i] ?? ''));
  return `more than one column holds whole events: "${header[wholeColumn] ?? ''}" was read, and ${names} was not, though it differs here`;
}

function namesTold(names: readonly string[]): string {
  const told = names.slice(0, maxNamesTold).map((name) => JSON.stringify(name.slice(0, maxName)));
  return told.join(', ') + (names.length > maxNamesTold ? ' …' : '');
}

/** The required columns of the console's download, by its names; there may be more. */
const historyColumns = ['event name', 'event time', 'event source'];

/** All columns it has today. Other cells are kept under the name of their column. */
const allHistoryColumns: ReadonlySet<string> = new Set([
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

function historyEvent(
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
interface ColumnPath {
  readonly keys: readonly string[];
  readonly isKnown: boolean;
  readonly textOf?: (cell: string) => string;
}

/** A name with more dots is kept unsplit: no CloudTrail field is nested so deep. */
const maxKeys = 64;

/** `userIdentity.arn` is a nested member; an unknown name is kept as it is. */
function pathOfColumn(name: string, flat: ReadonlyMap<string, FlatColumn>): ColumnPath {
  const known = flat.get(name.trim().toLowerCase());
  if (known !== undefined) return { ...known, isKnown: true };
  const keys = name.trim().split('.');
  const first = recordNames.get(keys[0]?.toLowerCase() ?? '');
  if (first === undefined || keys.length > maxKeys) return { keys: [name.trim()], isKnown: false };
  return { keys: [first, ...keys.slice(1).map((key) => memberName(key, first))], isKnown: true };
}

interface Node {
  readonly members: Map<string, Node>;
  json: string | null;
}

function columnsEvent(paths: readonly ColumnPath[], cells: readonly string[]): string {
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

/** The name of a field of the record as CloudTrail writes it, ignoring case; null where there is none. */
export function recordName(name: string): string | null {
  return recordNames.get(name.toLowerCase()) ?? null;
}

/** The same for a member of one of its fields; unknown names are unchanged. */
export function memberName(name: string, field: string): string {
  const lower = name.toLowerCase();
  if (field === 'resources' && lower === 'arn') return 'ARN';
  return memberNames.get(lower) ?? name;
}

const byLowerCase = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [name.toLowerCase(), name]));

/** Names of a record's fields, which query results have in lower case. */
const recordNames = byLowerCase([
  'eventVersion',
  'userIdentity',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'requestID',
  'eventID',
  'readOnly',
  'resources',
  'eventType',
  'apiVersion',
  'managementEvent',
  'recipientAccountId',
  'serviceEventDetails',
  'sharedEventID',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'eventCategory',
  'addendum',
  'sessionCredentialFromConsole',
  'edgeDeviceDetails',
  'tlsDetails',
  'insightDetails',
  'eventContext',
]);
/** A table without one of these columns is not a table of events. */
const tellingFields: ReadonlySet<string> = new Set(['eventTime', 'eventName', 'eventSource', 'eventID']);
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
/** Names within those. */
const memberNames = byLowerCase([
  'type',
  'principalId',
  'arn',
  'accountId',
  'accessKeyId',
  'userName',
  'invokedBy',
  'identityProvider',
  'credentialId',
  'onBehalfOf',
  'userId',
  'identityStoreArn',
  'inScopeOf',
  'sourceArn',
  'sourceAccount',
  'issuerType',
  'credentialsIssuedTo',
  'sessionContext',
  'attributes',
  'mfaAuthenticated',
  'creationDate',
  'sessionIssuer',
  'webIdFederationData',
  'federatedProvider',
  'sourceIdentity',
  'ec2RoleDelivery',
  'ec2IssuedInVpc',
  'assumedRoot',
  'signInSessionArn',
  'ARNPrefix',
  'tlsVersion',
  'cipherSuite',
  'clientProvidedHostHeader',
  'keyExchange',
  'reason',
  'updatedFields',
  'originalRequestID',
  'originalEventID',
]);
