import type { EventKind, Scene } from './kinds';
import type { Call, CallError, Json, JsonObject } from './record';
import { accounts } from './world';

const noSuchKey: CallError = { code: 'NoSuchKey', message: 'The specified key does not exist.' };
const noSuchBucket: CallError = { code: 'NoSuchBucket', message: 'The specified bucket does not exist' };
const denied: CallError = { code: 'AccessDenied', message: 'Access Denied' };

const extensions = ['json', 'parquet', 'jpg', 'csv.gz', 'pdf', 'log.gz', 'webp', 'avro'];

/** An object's key: nearly every one is another, as in real buckets. */
export function objectKey({ random, timeMs }: Pick<Scene, 'random' | 'timeMs'>): string {
  const day = new Date(timeMs - random.below(30) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${random.pick(['events', 'users', 'orders', 'images', 'reports'])}/${day}/${random.hex(12)}.${random.pick(extensions)}`;
}

interface S3Call {
  readonly scene: Scene;
  readonly name: string;
  readonly bucket: string;
  readonly key?: string;
  readonly readOnly: boolean;
  readonly isData?: boolean;
  readonly request?: JsonObject;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
  readonly error?: CallError | undefined;
}

/** An S3 call with what all of them share: the host, the two request IDs, the bytes moved, the resources. */
export function s3Call(call: S3Call): Call {
  const { scene, bucket, key } = call;
  const { place, random } = scene;
  const host = `${bucket}.s3.${place.region}.amazonaws.com`;
  const failed = call.error !== undefined;
  const bucketArn = `arn:aws:s3:::${bucket}`;
  const bucketResource: JsonObject = { accountId: place.account.id, type: 'AWS::S3::Bucket', ARN: bucketArn };
  const additional: JsonObject = {
    SignatureVersion: 'SigV4',
    CipherSuite: 'ECDHE-RSA-AES128-GCM-SHA256',
    bytesTransferredIn: failed ? 0 : (call.bytesIn ?? 0),
    AuthenticationMethod: 'AuthHeader',
    'x-amz-id-2': `${random.base64(75)}=`,
    bytesTransferredOut: failed ? 243 + (bucket.length % 40) : (call.bytesOut ?? 0),
  };
  return {
    service: 's3',
    name: call.name,
    readOnly: call.readOnly,
    request: { bucketName: bucket, Host: host, ...call.request, ...(key === undefined ? {} : { key }) },
    additional,
    resources:
      key === undefined ? [bucketResource] : [{ type: 'AWS::S3::Object', ARN: `${bucketArn}/${key}` }, bucketResource],
    isData: call.isData === true,
    host,
    requestId: random.upper(16),
    error: call.error,
    vpcEndpointId: scene.caller.address.startsWith('10.') ? place.resourceId('vpce', 1) : undefined,
  };
}

/** Sizes as they come: a few thousand different ones, mostly small. */
const size = ({ random }: Scene): number => 512 + random.skewed(4096) * 173;

const bucketOf = ({ place, random }: Scene): string => place.bucket(random.skewed(36));

function objectCall(name: string, readOnly: boolean, moves: 'in' | 'out' | 'none', errors: readonly CallError[]) {
  return (scene: Scene): Call =>
    s3Call({
      scene,
      name,
      bucket: bucketOf(scene),
      key: objectKey(scene),
      readOnly,
      isData: true,
      ...(moves === 'in' ? { bytesIn: size(scene), request: { 'x-amz-server-side-encryption': 'aws:kms' } } : {}),
      ...(moves === 'out' ? { bytesOut: size(scene) } : {}),
      error: errors.length > 0 && scene.random.chance(0.05) ? scene.random.pick(errors) : undefined,
    });
}

function bucketCall(name: string, request: (scene: Scene) => JsonObject, errors: readonly CallError[] = []) {
  return (scene: Scene): Call =>
    s3Call({
      scene,
      name,
      bucket: bucketOf(scene),
      readOnly: true,
      request: request(scene),
      bytesOut: 180 + scene.random.below(12) * 31,
      error: errors.length > 0 && scene.random.chance(0.1) ? scene.random.pick(errors) : undefined,
    });
}

const noPolicy: CallError = { code: 'NoSuchBucketPolicy', message: 'The bucket policy does not exist' };
const noTags: CallError = { code: 'NoSuchTagSet', message: 'The TagSet does not exist' };

/** A bucket policy that lets principals read. */
export function readPolicy(bucket: string, principal: Json): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: principal === '*' ? 'PublicRead' : 'PartnerRead',
        Effect: 'Allow',
        Principal: principal,
        Action: ['s3:GetObject', 's3:ListBucket'],
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      },
    ],
  };
}

export const s3Kinds: readonly EventKind[] = [
  {
    weight: 72,
    callers: ['instance', 'function', 'machine', 'machine', 'machine'],
    make: objectCall('GetObject', true, 'out', [noSuchKey, noSuchKey, denied]),
  },
  {
    weight: 36,
    callers: ['instance', 'function', 'machine', 'service', 'service'],
    make: objectCall('PutObject', false, 'in', [denied]),
  },
  { weight: 24, callers: ['instance', 'machine'], make: objectCall('HeadObject', true, 'none', [noSuchKey]) },
  { weight: 9, callers: ['instance', 'machine'], make: objectCall('DeleteObject', false, 'none', []) },
  {
    weight: 18,
    callers: ['instance', 'function', 'person', 'console'],
    make: bucketCall(
      'ListObjects',
      ({ random }) => ({ 'list-type': '2', prefix: `events/2024/0${1 + random.below(3)}/` }),
      [noSuchBucket, denied],
    ),
  },
  { weight: 14, callers: ['service', 'scanner'], make: bucketCall('GetBucketAcl', () => ({ acl: '' })) },
  {
    weight: 8,
    callers: ['scanner', 'console'],
    make: bucketCall('GetBucketPolicy', () => ({ policy: '' }), [noPolicy]),
  },
  {
    weight: 8,
    callers: ['scanner', 'pipeline'],
    make: bucketCall('GetBucketTagging', () => ({ tagging: '' }), [noTags]),
  },
  { weight: 7, callers: ['scanner', 'pipeline'], make: bucketCall('GetBucketVersioning', () => ({ versioning: '' })) },
  { weight: 7, callers: ['scanner', 'pipeline'], make: bucketCall('GetBucketEncryption', () => ({ encryption: '' })) },
  {
    weight: 6,
    callers: ['scanner', 'console'],
    make: bucketCall('GetBucketPublicAccessBlock', () => ({ publicAccessBlock: '' })),
  },
  {
    weight: 0.5,
    callers: ['pipeline', 'person'],
    make: (scene) => {
      const bucket = bucketOf(scene);
      const partner = `arn:aws:iam::${scene.random.pick(accounts).id}:root`;
      const request = { bucketPolicy: readPolicy(bucket, { AWS: partner }), policy: '' };
      return s3Call({ scene, name: 'PutBucketPolicy', bucket, readOnly: false, request, bytesIn: 416 });
    },
  },
];
