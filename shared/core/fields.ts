/**
 * The fields people name: one list for the query language, the facets, the columns and the help.
 *
 * A field reads either one or more JSON paths of the record, or a value derived from several of them at import (the paths that
 * begin with `@`; no word search reaches those, since they stand in no record).
 */

/** Paths of derived values, made once per event while it is read. */
export const derivedPaths = {
  /** Who called, as a text that is unique per principal: see `identity.ts` and `principal.ts`. */
  identity: '@identity',
  /** `Root`, `IAM user`, `role session` …: see `identity.ts`. */
  identityKind: '@kind',
  /** `recipientAccountId`, else `accountId` at the top (aggregated events), else `userIdentity.accountId`. */
  account: '@account',
  /** `Success`, the error code, `Failure` or `(not stated)`; of what is no call, what it is: see `outcome.ts`. */
  result: '@result',
  /** `error`, `write`, `read` or `unstated`: see `outcome.ts`. */
  eventClass: '@class',
  /** `RecordFormat` of the contract: what the event was read from. */
  format: '@format',
  /** `full`, or `summary only` where request and response are missing. */
  completeness: '@completeness',
} as const;

/** For an event in a gzip member after the first: CloudTrail writes one per file, so it may not be CloudTrail's. */
export const appendedValue = 'appended';

/** The completeness of an event without request and response. */
export const summaryValue = 'summary only';

/**
 * Paths of computed values. Unlike {@link derivedPaths} they are not made at import and have no column: each is worked out by a file of the
 * engine's `search/`, listed in its `computed-fields.ts`.
 */
export const computedPaths = {
  /** What the integrity checks say of the event's file, a `FileState` of the contract; {@link appendedValue} for what stands behind the file's end. */
  integrity: '@integrity',
  /** The path of the file, or of an archive's member, as shown. Many events share one. */
  file: '@file',
  /** What the call acted upon: see `target/`. An event may have several values, and many have none. */
  target: '@target',
  /** How many conflicting versions the event has; events without any have no value. Known once all is read. */
  versions: '@versions',
} as const;

export type ComputedPath = (typeof computedPaths)[keyof typeof computedPaths];

/**
 * Where the time of an event without `eventTime` may be, in order of precedence: Logstash and Splunk write the time an event happened or
 * arrived next to its fields.
 */
export const standInTimes = [
  // A record's own keys that begin with `@` are kept apart from derived values.
  { key: '@timestamp', path: 'record.@timestamp' },
  { key: '_time', path: '_time' },
] as const;

/** How a field's values are shortened and compared. */
export type FieldType =
  | 'text'
  | 'service' // `s3` stands for `s3.amazonaws.com`
  | 'identity' // `alice` stands for every `alice (IAM user, 111122223333)`
  | 'time'
  | 'address'; // takes CIDR ranges

export interface NamedField {
  readonly name: string;
  readonly label: string;
  /** One line for the help and the completion list. */
  readonly description: string;
  /**
   * A test looks in each; a column shows the first that an event has. The first path is that of calls, the others are those of other events.
   */
  readonly paths: readonly string[];
  readonly type: FieldType;
  /** How a facet shows values that say little by themselves. */
  readonly valueLabels?: ReadonlyMap<string, string>;
}

export const namedFields: readonly NamedField[] = [
  {
    name: 'service',
    label: 'Service',
    description: 'the AWS service called',
    paths: ['eventSource', 'insightDetails.eventSource'],
    type: 'service',
  },
  {
    name: 'region',
    label: 'Region',
    description: 'the Region the call was made to',
    paths: ['awsRegion'],
    type: 'text',
  },
  {
    name: 'identity',
    label: 'Identity',
    description: 'who called: a friendly name, or the whole text of one principal',
    paths: ['@identity'],
    type: 'identity',
  },
  {
    name: 'event',
    label: 'Event',
    description: 'the API called',
    paths: ['eventName', 'insightDetails.eventName'],
    type: 'text',
  },
  {
    name: 'target',
    label: 'Target',
    description: 'what the call acted upon: bucket/key, role, user, key, instance, trail …; takes wildcards',
    paths: [computedPaths.target],
    type: 'text',
  },
  {
    name: 'result',
    label: 'Result',
    description: 'Success, the error code, or (not stated) where there is no column for it',
    paths: ['@result'],
    type: 'text',
  },
  {
    name: 'ip',
    label: 'Source address',
    description: 'where the call came from; takes CIDR',
    paths: ['sourceIPAddress'],
    type: 'address',
  },
  {
    name: 'account',
    label: 'Account',
    description: 'the account the event was recorded in',
    paths: ['@account'],
    type: 'text',
  },
  {
    name: 'kind',
    label: 'Identity kind',
    description: 'root, IAM user, role session, service …',
    paths: ['@kind'],
    type: 'text',
  },
  {
    name: 'role',
    label: 'Role',
    description: 'the role behind a session, whatever the session is called',
    paths: ['userIdentity.sessionContext.sessionIssuer.userName'],
    type: 'text',
  },
  {
    name: 'key',
    label: 'Access key',
    description: 'the access key that signed the call',
    paths: ['userIdentity.accessKeyId'],
    type: 'text',
  },
  { name: 'agent', label: 'User agent', description: 'the program that called', paths: ['userAgent'], type: 'text' },
  {
    name: 'readonly',
    label: 'Read/Write',
    description: 'true where the call only reads',
    paths: ['readOnly'],
    type: 'text',
    valueLabels: new Map([
      ['true', 'Read'],
      ['false', 'Write'],
    ]),
  },
  {
    name: 'category',
    label: 'Category',
    description: 'Management, Data, NetworkActivity, Insight, Aggregated',
    paths: ['eventCategory'],
    type: 'text',
  },
  {
    name: 'class',
    label: 'Class',
    description: 'error, write, read or unstated, as on the timeline',
    paths: ['@class'],
    type: 'text',
  },
  {
    name: 'error',
    label: 'Error code',
    description: 'the error code',
    paths: ['errorCode', 'insightDetails.errorCode'],
    type: 'text',
  },
  {
    name: 'resource',
    label: 'Resource',
    description: 'the ARN of a resource the event names',
    paths: ['resources.ARN', 'resources.ARNPrefix'],
    type: 'text',
  },
  {
    name: 'time',
    label: 'Time',
    description: 'when the event happened',
    paths: ['eventTime', 'timeWindow.windowStart', ...standInTimes.map(({ path }) => path)],
    type: 'time',
  },
  {
    name: 'type',
    label: 'Event type',
    description: 'API call, console sign-in, service event …',
    paths: ['eventType'],
    type: 'text',
  },
  {
    name: 'format',
    label: 'Read from',
    description: 'the kind of file the event was read from',
    paths: ['@format'],
    type: 'text',
  },
  {
    name: 'file',
    label: 'File',
    description: 'the path of the file it was read from; takes wildcards',
    paths: [computedPaths.file],
    type: 'text',
  },
  {
    name: 'completeness',
    label: 'Completeness',
    description: 'full, or summary only: no request and response',
    paths: ['@completeness'],
    type: 'text',
  },
  {
    name: 'integrity',
    label: 'Integrity',
    description:
      'what digests say of its file: ok, changed, unlisted, ambiguous, unverified; appended: behind the end of what CloudTrail wrote',
    paths: [computedPaths.integrity],
    type: 'text',
  },
  {
    name: 'versions',
    label: 'Versions',
    description: 'how many conflicting versions: events with one ID and different content',
    paths: [computedPaths.versions],
    type: 'text',
  },
  {
    name: 'id',
    label: 'Event ID',
    description: "the event's own identifier",
    paths: ['eventID', 'eventId'],
    type: 'text',
  },
];

/** The facets a new window shows, in order: who, what, upon what, through what and from where come first. */
export const defaultFacets: readonly string[] = [
  'identity',
  'event',
  'target',
  'service',
  'ip',
  'result',
  'region',
  'account',
  'kind',
  'role',
  'key',
  'agent',
  'readonly',
  'category',
];

const byName = new Map(namedFields.map((field) => [field.name, field]));

/** The named field of this name, in any case. */
export function namedField(name: string): NamedField | undefined {
  return byName.get(name.toLowerCase());
}

/**
 * The paths a field name reads: a named field's own, else the name itself as a path.
 *
 * A record's own key that begins with `@`, such as Logstash's `@timestamp`, is kept under `record.@timestamp`, apart from the derived
 * values; a name that could be either reads both.
 */
export function fieldPaths(name: string): readonly string[] {
  const paths = namedField(name)?.paths;
  if (paths !== undefined) return paths;
  return name.startsWith('@') ? [name, `record.${name}`] : [name];
}

/** Whether a name is a short one, or a path of a short one: such a name is a field even if no open event has it. */
export function isNamed(name: string): boolean {
  return namedField(name) !== undefined || (byAnyPath.has(name.toLowerCase()) && !name.startsWith('@'));
}

/** How a field's values compare. A path that a named field reads compares as that field does: `eventSource:s3` like `service:s3`. */
export function fieldType(name: string): FieldType {
  const named = namedField(name) ?? byAnyPath.get(name.toLowerCase());
  if (named !== undefined) return named.type;
  return name.toLowerCase().endsWith('sourceipaddress') ? 'address' : 'text';
}

/** How a facet shows a value of a field; queries use the value itself. */
export function valueLabel(field: string, value: string): string {
  return namedField(field)?.valueLabels?.get(value) ?? value;
}

/** Whether two names, short or paths, in any case, mean the same field of a call. A named field's first path equals its short name. */
export function isSameField(one: string, other: string): boolean {
  return canonicalName(one) === canonicalName(other);
}

const byFirstPath = new Map(namedFields.map((field) => [String(field.paths[0]).toLowerCase(), field]));
const byAnyPath = new Map(
  namedFields.flatMap((field) => field.paths.map((path) => [path.toLowerCase(), field] as const)),
);

function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  return (namedField(lower) ?? byFirstPath.get(lower))?.name ?? (lower.startsWith('@') ? `record.${lower}` : lower);
}
