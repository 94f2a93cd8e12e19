/** CloudTrail's own deliveries, and the calls that change what it records, from the events of the archive. */
import { epochMs } from '#contract/ids';
import type { TrailSetting } from '#contract/integrity';
import type { Delivery } from '#core/integrity/ledger';
import { trailSettingCalls } from '#core/integrity/trail-settings';
import { RowReader } from '../search/event-rows';
import type { VisibleIndex } from '../visibility/visible-index';

/** The rows that match a query, in order of time. */
export type FindRows = (query: string) => Iterable<number>;

const deliveryQuery =
  '(event:PutObject OR event:GenerateDataKey) userIdentity.invokedBy:"cloudtrail.amazonaws.com" -errorCode:*';
const contextOf = 'requestParameters.encryptionContext.aws';
const deliveryColumns = [
  'event',
  'requestParameters.bucketName',
  'requestParameters.key',
  'additionalEventData.bytesTransferredIn',
  `${contextOf}:cloudtrail:arn`,
  `${contextOf}:s3:arn`,
] as const;
const s3Arn = /^arn:[^:]+:s3:::([^/]+)\/(.+)$/;

/** Longer texts are no names. */
const longest = 4096;

export function findDeliveries(index: VisibleIndex, find: FindRows): Delivery[] {
  const reader = new RowReader(index, deliveryColumns, longest);
  const found: Delivery[] = [];
  for (const row of find(deliveryQuery)) {
    const read = reader.read(row);
    // Forged events behind the end of a file would name deliveries that never were.
    if (read === undefined || read.isAppended === true) continue;
    const [event, bucket = null, key = null, bytes, trail, object] = read.cells;
    if (event === 'PutObject' && bucket !== null && key !== null) {
      const size = Number(bytes ?? NaN);
      found.push({ trail: '', bucket, key, bytes: Number.isFinite(size) ? size : null });
    }
    // With S3 Bucket Keys the object is the bucket alone, which says nothing of files.
    const [, inBucket, objectKey] = s3Arn.exec(object ?? '') ?? [];
    if (event === 'GenerateDataKey' && inBucket !== undefined && objectKey !== undefined)
      found.push({ trail: trail ?? '', bucket: inBucket, key: objectKey, bytes: null });
  }
  // One that names its trail comes first, and a size counts wherever it stands.
  return mergeDeliveries(found);
}

/** One delivery an object, with the trail and the size that any of its calls names. */
function mergeDeliveries(found: readonly Delivery[]): Delivery[] {
  const merged = new Map<string, Delivery>();
  for (const delivery of found) {
    const id = `${delivery.bucket}/${delivery.key}`;
    const known = merged.get(id);
    merged.set(
      id,
      known === undefined
        ? delivery
        : { ...known, trail: known.trail === '' ? delivery.trail : known.trail, bytes: known.bytes ?? delivery.bytes },
    );
  }
  return [...merged.values()];
}

const settingQuery = `service:cloudtrail (${trailSettingCalls.map((call) => `event:${call}`).join(' OR ')})`;
const settingColumns = ['requestParameters.name', 'requestParameters.trailName', 'errorCode', 'id'] as const;

export function findTrailSettings(index: VisibleIndex, find: FindRows): TrailSetting[] {
  const reader = new RowReader(index, settingColumns, longest);
  return [...find(settingQuery)].flatMap((row) => {
    const read = reader.read(row);
    if (read === undefined) return [];
    const [name, trailName, error, eventID] = read.cells;
    return [
      {
        eventID: eventID ?? '',
        time: read.time === null ? null : epochMs(read.time),
        event: read.event,
        trail: name ?? trailName ?? '',
        by: read.identity,
        error: error ?? null,
      },
    ];
  });
}
