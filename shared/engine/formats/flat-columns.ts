/**
 * Columns whose names join the keys of a record: Microsoft Sentinel's table AWSCloudTrail, and tables made like it.
 *
 * Source: "AWSCloudTrail" in Azure Monitor's table reference. The portal's CSV adds the zone to the time's name, and writes it as
 * `2/25/2025, 9:19:25.391 AM`.
 */

/** The path of such a column in the record, and how its cells are converted. */
export interface FlatColumn {
  readonly keys: readonly string[];
  readonly textOf?: (cell: string) => string;
}

/** The columns by their names in lower case, which are trimmed; columns with other names are not listed. */
export function flatColumns(names: readonly string[]): ReadonlyMap<string, FlatColumn> {
  const isSentinel = names.some((name) => name.startsWith('timegenerated')) && names.includes('eventname');
  const hasTime = names.includes('eventtime');
  const found = new Map<string, FlatColumn>();
  for (const name of names) {
    const keys = identity.get(name) ?? (isSentinel ? sentinel.get(name) : undefined);
    if (keys !== undefined) found.set(name, { keys });
    else if (isSentinel && !hasTime && /^timegenerated(?: \[.*\])?$/.test(name)) {
      const isUtc = name.endsWith('[utc]');
      found.set(name, { keys: ['eventTime'], ...(isUtc ? { textOf: utcOfPortal } : {}) });
    }
  }
  return found;
}

const keyPaths = (prefix: string, keys: readonly string[], names: readonly string[]): [string, readonly string[]][] =>
  names.map((name) => [`${prefix}${name}`.toLowerCase(), [...keys, name]]);

const identity: ReadonlyMap<string, readonly string[]> = new Map(
  keyPaths(
    'userIdentity',
    ['userIdentity'],
    ['type', 'principalId', 'arn', 'accountId', 'accessKeyId', 'userName', 'invokedBy'],
  ),
);

const sentinel: ReadonlyMap<string, readonly string[]> = new Map([
  ...keyPaths(
    'SessionIssuer',
    ['userIdentity', 'sessionContext', 'sessionIssuer'],
    ['type', 'principalId', 'arn', 'accountId', 'userName'],
  ),
  ...keyPaths('Session', ['userIdentity', 'sessionContext', 'attributes'], ['mfaAuthenticated', 'creationDate']),
  ...keyPaths('', ['userIdentity', 'sessionContext'], ['ec2RoleDelivery']),
  ...keyPaths('', ['tlsDetails'], ['tlsVersion', 'cipherSuite', 'clientProvidedHostHeader']),
  ['awseventid', ['eventID']],
  ['awsrequestid', ['requestID']],
  ['awsrequestid_', ['requestID']],
  ['eventtypename', ['eventType']],
  ['category', ['eventCategory']],
]);

const portalTime = /^(\d{1,2})\/(\d{1,2})\/(\d{4}), (\d{1,2}):(\d\d):(\d\d)(\.\d+)?[ \u202f](AM|PM)$/;

/** The time as CloudTrail writes it, if the portal wrote it in US format; else unchanged. */
function utcOfPortal(cell: string): string {
  const match = portalTime.exec(cell);
  if (match === null) return cell;
  const [, month = '', day = '', year = '', hour = '', minute = '', second = '', fraction = '', half] = match;
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
  const two = (part: string | number): string => String(part).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}${fraction}Z`;
}
