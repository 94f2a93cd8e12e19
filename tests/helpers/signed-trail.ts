/**
 * A trail's folder as CloudTrail delivers it, with digests signed by keys of the tests' own: log files, hourly digests in a chain, and the
 * public keys and signatures that would be asked from AWS.
 */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const hour = 3_600_000;

/** One key pair for all tests: making one takes longer than most of them. */
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const trailKey = { publicKey, privateKey };

export interface TrailShape {
  readonly account?: string;
  readonly region?: string;
  readonly trail?: string;
  readonly bucket?: string;
  /** Before `AWSLogs/`, with its slash. */
  readonly prefix?: string;
  /** As in an organization's trail: `o-…/`. */
  readonly organization?: string;
  /** Log files of each hour; 0: CloudTrail had nothing to deliver. */
  readonly hours?: readonly number[];
  readonly start?: number;
  /** Hours at which validation begins anew: their digests name none before them. */
  readonly restarts?: readonly number[];
  readonly isBackfill?: boolean;
  readonly privateKey?: KeyObject;
}

/** A file in the bucket. */
export interface TrailFile {
  readonly key: string;
  /** The text, not packed. */
  text: string;
}

export interface MadeDigest extends TrailFile {
  readonly signature: string;
  readonly end: number;
}

export interface SignedTrail {
  readonly logs: readonly TrailFile[];
  readonly digests: readonly MadeDigest[];
}

export const defaultStart = Date.UTC(2024, 4, 6, 7, 12, 30);
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function makeTrail({
  account = '111122223333',
  region = 'eu-central-1',
  trail = 'main',
  bucket = 'logs-of-tests',
  prefix = '',
  organization = '',
  hours = [2, 1, 0, 3],
  start = defaultStart,
  restarts = [],
  isBackfill = false,
  privateKey: key = privateKey,
}: TrailShape = {}): SignedTrail {
  const logs: TrailFile[] = [];
  const digests: MadeDigest[] = [];
  const root = `${prefix}AWSLogs/${organization}${account}`;
  hours.forEach((count, at) => {
    const from = start + at * hour;
    const own = Array.from({ length: count }, (_, number) =>
      makeLog(root, { account, region, trail, time: from + (number + 1) * 7 * 60_000, number }),
    );
    logs.push(...own);
    const before = restarts.includes(at) ? undefined : digests.at(-1);
    digests.push(makeDigest({ root, account, region, trail, bucket, from, own, before, isBackfill, key }));
  });
  return { logs, digests };
}

interface LogShape {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly time: number;
  readonly number: number;
}

function makeLog(root: string, { account, region, trail, time, number }: LogShape): TrailFile {
  const records = [time - 60_000, time].map((at, place) => ({
    eventVersion: '1.08',
    userIdentity: { type: 'IAMUser', userName: 'mary', accountId: account, arn: `arn:aws:iam::${account}:user/mary` },
    eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DescribeInstances',
    awsRegion: region,
    sourceIPAddress: '198.51.100.7',
    eventID: `${account} ${region} ${trail} ${String(time)} ${String(place)}`,
    readOnly: true,
    eventType: 'AwsApiCall',
    recipientAccountId: account,
  }));
  const named = new Date(Math.ceil(time / 300_000) * 300_000).toISOString();
  const stamp = `${named.slice(0, 10).replaceAll('-', '')}T${named.slice(11, 16).replace(':', '')}Z`;
  const folder = `${root}/CloudTrail/${region}/${named.slice(0, 10).replaceAll('-', '/')}`;
  const unique = sha256(`${trail} ${String(time)} ${String(number)}`).slice(0, 16);
  return {
    key: `${folder}/${account}_CloudTrail_${region}_${stamp}_${unique}.json.gz`,
    text: JSON.stringify({ Records: records }),
  };
}

interface DigestShape {
  readonly root: string;
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly bucket: string;
  readonly from: number;
  readonly own: readonly TrailFile[];
  readonly before: MadeDigest | undefined;
  readonly isBackfill: boolean;
  readonly key: KeyObject;
}

function makeDigest(shape: DigestShape): MadeDigest {
  const { root, account, region, trail, bucket, from, own, before, isBackfill, key: signingKey } = shape;
  const end = from + hour;
  const iso = `${new Date(end).toISOString().slice(0, 19)}Z`;
  const stamp = iso.replaceAll(/[-:]/g, '');
  const folder = `${root}/CloudTrail-Digest/${region}/${iso.slice(0, 10).replaceAll('-', '/')}`;
  const backfill = isBackfill ? '_backfill' : '';
  const key = `${folder}/${account}_CloudTrail-Digest_${region}_${trail}_${region}_${stamp}${backfill}.json.gz`;
  const text = JSON.stringify({
    awsAccountId: account,
    digestStartTime: `${new Date(from).toISOString().slice(0, 19)}Z`,
    digestEndTime: iso,
    digestS3Bucket: bucket,
    digestS3Object: key,
    digestPublicKeyFingerprint: fingerprintOf(signingKey),
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime: null,
    oldestEventTime: null,
    previousDigestS3Bucket: before === undefined ? null : bucket,
    previousDigestS3Object: before?.key ?? null,
    previousDigestHashValue: before === undefined ? null : sha256(before.text),
    previousDigestHashAlgorithm: before === undefined ? null : 'SHA-256',
    previousDigestSignature: before?.signature ?? null,
    logFiles: own.map((log) => ({
      s3Bucket: bucket,
      s3Object: log.key,
      hashValue: sha256(log.text),
      hashAlgorithm: 'SHA-256',
      newestEventTime: iso,
      oldestEventTime: iso,
    })),
  });
  const signed = [iso, `${bucket}/${key}`, sha256(text), before?.signature ?? 'null'].join('\n');
  return { key, text, end, signature: sign('sha256', Buffer.from(signed), signingKey).toString('hex') };
}

/** As CloudTrail names keys: the MD5 of the public key's DER. */
function fingerprintOf(key: KeyObject): string {
  return createHash('md5').update(derOf(key)).digest('hex');
}

const publicKeys = new Map<KeyObject, Buffer>();

function derOf(key: KeyObject): Buffer {
  if (key === privateKey) return publicKey.export({ type: 'pkcs1', format: 'der' });
  const known = publicKeys.get(key);
  if (known === undefined) throw new Error('make the key with makeKey');
  return known;
}

/** Another key of AWS, or of somebody who forges. */
export function makeKey(): KeyObject {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  publicKeys.set(pair.privateKey, pair.publicKey.export({ type: 'pkcs1', format: 'der' }));
  return pair.privateKey;
}

/** What `aws cloudtrail list-public-keys` prints. */
export function publicKeyList(
  key: KeyObject = privateKey,
  { from = '2020-01-01T00:00:00Z', to = '2030-01-01T00:00:00Z', form = 'pkcs1' as 'pkcs1' | 'spki' } = {},
): string {
  const der = form === 'pkcs1' ? derOf(key) : publicKey.export({ type: 'spki', format: 'der' });
  const fingerprint = createHash('md5').update(der).digest('hex');
  return JSON.stringify({
    PublicKeyList: [
      { Value: der.toString('base64'), ValidityStartTime: from, ValidityEndTime: to, Fingerprint: fingerprint },
    ],
  });
}

/** Writes the files of trails below a folder, packed, by their keys. */
export async function writeTrail(folder: string, ...files: readonly TrailFile[]): Promise<string> {
  for (const { key, text } of files) {
    const path = join(folder, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, gzipSync(text));
  }
  return folder;
}
