/**
 * Holds what CloudTrail's own calls record as delivered against what is open.
 *
 * A trail's deliveries are logged where data events of the bucket are (`PutObject`), or where the trail encrypts with a KMS key
 * (`GenerateDataKey`, a management event).
 */
import type { LedgerTrail } from '#contract/integrity';
import { baseName, keyPrefix, keySuffix, readDigestName, readLogName } from './trail-files';

/** An object that CloudTrail was recorded to deliver. */
export interface Delivery {
  /** The trail's ARN; empty where the call does not name it. */
  readonly trail: string;
  readonly bucket: string;
  readonly key: string;
  /** Its size, where the call says it. */
  readonly bytes: number | null;
}

/** A file that is open. */
export interface PresentFile {
  readonly path: string;
  /** Of the file as it was delivered, packed; null where it was unpacked or packed otherwise since. */
  readonly bytes: number | null;
}

export interface Ledger {
  readonly trails: readonly LedgerTrail[];
  /** Log files recorded as delivered and not here, with the account, Region and time in their names. */
  readonly absent: readonly string[];
}

/** Where trails have the same bucket and prefix, a call that names its trail says to which of them a key belongs. */
export function checkLedger(deliveries: readonly Delivery[], files: readonly PresentFile[]): Ledger {
  const bySuffix = new Map<string, PresentFile>();
  const byName = new Map<string, PresentFile>();
  for (const file of files) {
    const suffix = keySuffix(file.path);
    if (suffix !== null) bySuffix.set(suffix, file);
    byName.set(baseName(file.path), file);
  }
  const trailOf = trailsByPlace(deliveries);
  const trails = new Map<string, Counts>();
  const seen = new Set<string>();
  for (const delivery of deliveries) {
    const { bucket, key } = delivery;
    const isDigest = readDigestName(key) !== null;
    // Keys that end with a slash, and test objects, are no deliveries.
    if ((!isDigest && readLogName(key) === null) || seen.has(`${bucket}/${key}`)) continue;
    seen.add(`${bucket}/${key}`);
    const prefix = keyPrefix(key) ?? '';
    const trail = delivery.trail === '' ? (trailOf.get(`${bucket}/${prefix}`) ?? '') : delivery.trail;
    const counts = countsOf(trails, { trail, bucket, prefix });
    const file = bySuffix.get(keySuffix(key) ?? '') ?? byName.get(baseName(key));
    if (isDigest) {
      if (file === undefined) counts.absentDigests++;
      continue;
    }
    counts.recorded++;
    if (file === undefined) counts.absentLogs.push(key);
    else {
      counts.present++;
      if (delivery.bytes !== null && file.bytes !== null && delivery.bytes !== file.bytes) counts.repacked++;
    }
  }
  const all = [...trails.values()];
  return { trails: all, absent: all.flatMap(({ absentLogs }) => absentLogs) };
}

interface Counts extends LedgerTrail {
  recorded: number;
  present: number;
  repacked: number;
  readonly absentLogs: string[];
  absentDigests: number;
}

function countsOf(trails: Map<string, Counts>, place: Pick<LedgerTrail, 'trail' | 'bucket' | 'prefix'>): Counts {
  const id = JSON.stringify(place);
  const known = trails.get(id);
  if (known !== undefined) return known;
  const counts = { ...place, recorded: 0, present: 0, repacked: 0, absentLogs: [], absentDigests: 0 };
  trails.set(id, counts);
  return counts;
}

/** The one trail that calls name for a bucket and prefix, where it is one. */
function trailsByPlace(deliveries: readonly Delivery[]): ReadonlyMap<string, string> {
  const byPlace = new Map<string, string>();
  for (const { trail, bucket, key } of deliveries) {
    if (trail === '') continue;
    const place = `${bucket}/${keyPrefix(key) ?? ''}`;
    const known = byPlace.get(place);
    byPlace.set(place, known === undefined || known === trail ? trail : '');
  }
  return byPlace;
}
