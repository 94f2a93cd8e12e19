/**
 * Names of the files that CloudTrail delivers to a bucket. Sources: AWS, "CloudTrail log file name format" and "Digest file structure".
 */

/** What the name of a log file says. */
export interface LogName {
  readonly account: string;
  readonly region: string;
  /** Its newest event, rounded up to five minutes: see {@link nameTimeOf}. In ms. */
  readonly time: number;
}

/** What the key of a digest says. */
export interface DigestName {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly homeRegion: string;
  /** Digests made afterwards for earlier hours are a chain of their own. */
  readonly isBackfill: boolean;
}

const logPattern =
  /^(\d{12})_CloudTrail(?:-Insight)?_([a-z]{2}(?:-[a-z]+)+-\d)_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_[^/]*$/;
const digestPattern =
  /^(\d{12})_CloudTrail-Digest_([a-z]{2}(?:-[a-z]+)+-\d)_(.+)_([a-z]{2}(?:-[a-z]+)+-\d)_(\d{8}T\d{6}Z)(_backfill)?(?:\.|$)/;

const fiveMinutes = 5 * 60_000;
const root = 'AWSLogs/';

/** Null for a name that is not a log file's. */
export function readLogName(path: string): LogName | null {
  const match = logPattern.exec(lastPart(path));
  if (match === null) return null;
  const [, account = '', region = '', ...digits] = match;
  const [year, month, day, hour, minute] = digits.map(Number);
  const time = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute);
  return { account, region, time };
}

/** Null for a name that is not a digest's. */
export function readDigestName(path: string): DigestName | null {
  const match = digestPattern.exec(lastPart(path));
  if (match === null) return null;
  const [, account = '', region = '', trail = '', homeRegion = '', , backfill] = match;
  return { account, region, trail, homeRegion, isBackfill: backfill !== undefined };
}

/** The time in the name of a log file whose newest event is this one. */
export function nameTimeOf(newestEvent: number): number {
  return Math.ceil(newestEvent / fiveMinutes) * fiveMinutes;
}

/** The name without folders, archives around it, and the endings that unpacking takes away. */
export function baseName(path: string): string {
  return lastPart(path)
    .replace(/\.gz$/, '')
    .replace(/\.json$/, '');
}

/** The part of a path or key from `AWSLogs/` on, without `.gz`; null where there is none. */
export function keySuffix(path: string): string | null {
  const at = path.lastIndexOf(root);
  const isFolder = at === 0 || path[at - 1] === '/';
  return at < 0 || !isFolder ? null : path.slice(at).replace(/\.gz$/, '');
}

/** The part of a path or key before `AWSLogs/`; null where there is none. */
export function keyPrefix(path: string): string | null {
  const suffix = path.lastIndexOf(root);
  return suffix < 0 ? null : path.slice(0, suffix);
}

/** The key of the digest of the same chain that ends at another time. */
export function digestKeyAt(key: string, end: number): string {
  const iso = new Date(end).toISOString();
  const [date = '', time = ''] = iso.split('T');
  const stamp = `${date.replaceAll('-', '')}T${time.slice(0, 8).replaceAll(':', '')}Z`;
  return key
    .replace(/\/\d{4}\/\d\d\/\d\d\/(?=[^/]*$)/, `/${date.replaceAll('-', '/')}/`)
    .replace(/\d{8}T\d{6}Z(?=[^/]*$)/, stamp);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
