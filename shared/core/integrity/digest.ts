/**
 * A digest: CloudTrail's hourly list of the log files it delivered, with their hashes. Source: AWS, "Digest file structure".
 */
import { err, ok, type Result } from '#contract/result';
import { readTime } from '../time';

/** A log file that a digest lists. */
export interface ListedLog {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of its unpacked bytes, hex. */
  readonly sha256: string;
}

/** The digest before this one, as this one names it. */
export interface PreviousDigest {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of its unpacked bytes, hex; null where it is not given. */
  readonly sha256: string | null;
}

export interface Digest {
  readonly account: string;
  readonly bucket: string;
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** As written, since it is part of what is signed. */
  readonly endText: string;
  readonly fingerprint: string;
  readonly algorithm: string;
  /** Null for the first of a chain. */
  readonly previous: PreviousDigest | null;
  /** Of the digest before this one, hex; null for the first of a chain. */
  readonly previousSignature: string | null;
  readonly logs: readonly ListedLog[];
}

/** CloudTrail writes some hundred; a hostile file may hold millions. */
export const maxListedLogs = 1_000_000;

/** The digest in a text, or what is wrong with it. */
export function readDigest(text: string): Result<Digest, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('not valid JSON');
  }
  if (!isObject(value)) return err('not a JSON object');
  const field = (name: string): string => (typeof value[name] === 'string' ? value[name] : '');
  const start = readTime(field('digestStartTime'))?.time ?? NaN;
  const end = readTime(field('digestEndTime'))?.time ?? NaN;
  if (Number.isNaN(start) || Number.isNaN(end)) return err('digestStartTime or digestEndTime is no time');
  if (start > end) return err('it ends before it begins');
  if (field('digestS3Bucket') === '' || field('digestS3Object') === '') return err('it does not name its own object');
  const logs = value['logFiles'];
  if (!Array.isArray(logs)) return err('logFiles is no list');
  if (logs.length > maxListedLogs) return err('it lists more than a million log files');
  const listed: ListedLog[] = [];
  for (const log of logs as unknown[]) {
    const read = readListedLog(log);
    if (typeof read === 'string') return err(read);
    listed.push(read);
  }
  const key = field('previousDigestS3Object');
  const previousHash = field('previousDigestHashValue').toLowerCase();
  return ok({
    account: field('awsAccountId'),
    bucket: field('digestS3Bucket'),
    key: field('digestS3Object'),
    start,
    end,
    endText: field('digestEndTime'),
    fingerprint: field('digestPublicKeyFingerprint').toLowerCase(),
    algorithm: field('digestSignatureAlgorithm'),
    previous:
      key === ''
        ? null
        : { bucket: field('previousDigestS3Bucket'), key, sha256: previousHash === '' ? null : previousHash },
    previousSignature: field('previousDigestSignature') === '' ? null : field('previousDigestSignature'),
    logs: listed,
  });
}

function readListedLog(value: unknown): ListedLog | string {
  if (!isObject(value)) return 'an entry of logFiles is no object';
  const { s3Bucket, s3Object, hashValue, hashAlgorithm } = value;
  if (typeof s3Object !== 'string' || typeof hashValue !== 'string')
    return 'an entry of logFiles has no key or no hash';
  if (hashAlgorithm !== 'SHA-256') return 'an entry of logFiles has a hash that is not SHA-256';
  return { bucket: typeof s3Bucket === 'string' ? s3Bucket : '', key: s3Object, sha256: hashValue.toLowerCase() };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RSA of 2,048 bits has 256 bytes; longer keys have more. */
const maxSignatureBytes = 1024;

/** Whether a text can be a signature. */
export function isSignature(text: string): boolean {
  return text.length > 0 && text.length <= maxSignatureBytes * 2 && /^(?:[0-9a-f]{2})+$/i.test(text);
}

/** What CloudTrail signs of a digest whose unpacked bytes have this hash. */
export function textToSign({ endText, bucket, key, previousSignature }: Digest, sha256: string): string {
  return [endText, `${bucket}/${key}`, sha256, previousSignature ?? 'null'].join('\n');
}
