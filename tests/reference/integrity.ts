/**
 * Whether digests and log files are as CloudTrail delivered them. Source: AWS, "Custom implementation of CloudTrail log file integrity
 * validation" and "Digest file structure". Everything is looked for again each time.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';

export interface HandedOver {
  readonly path: string;
  /** Unpacked, up to the end of the file that CloudTrail wrote. */
  readonly text: string;
  readonly isAppended: boolean;
}

export interface BroughtAlong {
  /** What `aws cloudtrail list-public-keys` printed. */
  readonly keyLists: readonly string[];
  /** Signatures from the metadata of the newest digests, by key. */
  readonly signatures: Readonly<Record<string, string>>;
}

/** In order: `path state` of log files, `path state level` of digests; what is missing has its key in place of a path. */
export type Verdicts = readonly string[];

interface Log {
  readonly s3Object: string;
  readonly hashValue: string;
}

interface Fields {
  readonly awsAccountId: string;
  readonly digestStartTime: string;
  readonly digestEndTime: string;
  readonly digestS3Bucket: string;
  readonly digestS3Object: string;
  readonly digestPublicKeyFingerprint: string;
  readonly digestSignatureAlgorithm: string;
  readonly previousDigestS3Bucket: string | null;
  readonly previousDigestS3Object: string | null;
  readonly previousDigestHashValue: string | null;
  readonly previousDigestSignature: string | null;
  readonly logFiles: readonly Log[];
}

interface Read {
  readonly file: HandedOver;
  readonly fields: Fields;
  readonly id: string;
  readonly previousId: string | null;
  readonly hash: string;
  isSigned: boolean;
  state: 'ok' | 'changed' | 'ambiguous' | 'appended';
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const nameOf = (path: string): string => (path.split('/').at(-1) ?? '').replace('.gz', '').replace('.json', '');
const hour = 3_600_000;

export function referenceVerdicts(files: readonly HandedOver[], brought: BroughtAlong): Verdicts {
  const isDigest = ({ text }: HandedOver): boolean => text.includes('"digestEndTime"');
  const digests = files.filter(isDigest).map(read);
  const logs = files.filter((file) => !isDigest(file));
  const chosen = judge(digests, brought);
  return [
    ...digests.map((digest) => `${digest.file.path} ${digest.state} ${levelOf(digest, digests, chosen)}`),
    ...Array.from(missingDigests(digests, chosen), ([key, level]) => `${key} missing ${level}`),
    ...logVerdicts(logs, digests),
  ].sort();
}

function read(file: HandedOver): Read {
  const fields = JSON.parse(file.text) as Fields;
  const previous = fields.previousDigestS3Object;
  return {
    file,
    fields,
    id: `${fields.digestS3Bucket}/${fields.digestS3Object}`,
    previousId: previous === null ? null : `${fields.previousDigestS3Bucket ?? ''}/${previous}`,
    hash: hashOf(file.text),
    isSigned: false,
    state: 'ok',
  };
}

/** Sets the state of each digest. Returns those that speak for their names: one of each name, or none where that is open. */
function judge(digests: readonly Read[], { keyLists, signatures }: BroughtAlong): Set<Read> {
  const chosen = new Set<Read>();
  const waiting = new Set(digests.map(({ id }) => id));
  while (waiting.size > 0) {
    // A name's digests can be judged when all that speak of them have been.
    const next = [...waiting].find(
      (id) => !digests.some((other) => other.previousId === id && other.id !== id && waiting.has(other.id)),
    );
    if (next === undefined) throw new Error('the digests name each other in a circle');
    waiting.delete(next);
    const same = digests.filter(({ id }) => id === next);
    const speakers = [...chosen].filter(({ previousId }) => previousId === next);
    for (const digest of same) {
      const beside = signatures[digest.fields.digestS3Object];
      const besideFits = beside === undefined ? null : isSigned(digest, beside, keyLists);
      const said = speakers.map((by) => ({
        by,
        fits: by.fields.previousDigestHashValue === digest.hash,
        signed: isSigned(digest, by.fields.previousDigestSignature ?? '', keyLists),
      }));
      digest.isSigned = besideFits === true || said.some(({ signed }) => signed === true);
      if (!digest.isSigned && (besideFits === false || said.some(({ fits, signed }) => !fits || signed === false)))
        digest.state = 'changed';
      const { previousDigestSignature: signature } = digest.fields;
      if (!digest.isSigned && digest.previousId !== null && !isHex(signature ?? '')) digest.state = 'changed';
      if (digest.isSigned) {
        for (const { by, fits, signed } of said)
          if ((!fits || signed === false) && !by.isSigned) {
            by.state = 'changed';
          }
      }
    }
    const isProven = (digest: Read): boolean =>
      digest.isSigned || speakers.some(({ fields }) => fields.previousDigestHashValue === digest.hash);
    const sound = same.filter(({ state }) => state === 'ok');
    const best = sound.find((digest) => digest.isSigned) ?? sound.find(isProven);
    if (best === undefined && new Set(same.map(({ hash }) => hash)).size > 1) {
      for (const digest of same) digest.state = 'ambiguous';
      continue;
    }
    const speaks = best ?? same[0];
    if (speaks === undefined) continue;
    chosen.add(speaks);
    for (const digest of same) if (digest.hash !== speaks.hash) digest.state = 'changed';
  }
  for (const digest of chosen) {
    const before = digests.find(
      ({ id, hash }) => id === digest.previousId && hash === digest.fields.previousDigestHashValue,
    );
    if (before !== undefined && before.fields.digestEndTime !== digest.fields.digestStartTime && !digest.isSigned)
      digest.state = 'changed';
  }
  for (const digest of digests) if (digest.state === 'ok' && digest.file.isAppended) digest.state = 'appended';
  return chosen;
}

/** Null where the signature can say nothing. */
function isSigned({ fields, hash }: Read, signature: string, keyLists: readonly string[]): boolean | null {
  if (!isHex(signature)) return null;
  if (fields.digestSignatureAlgorithm !== 'SHA256withRSA') return null;
  for (const list of keyLists) {
    const { PublicKeyList } = JSON.parse(list) as {
      PublicKeyList: { Value: string; Fingerprint: string; ValidityStartTime: string; ValidityEndTime: string }[];
    };
    for (const { Value, Fingerprint, ValidityStartTime, ValidityEndTime } of PublicKeyList) {
      if (Fingerprint !== fields.digestPublicKeyFingerprint) continue;
      if (Date.parse(fields.digestEndTime) < Date.parse(ValidityStartTime)) continue;
      if (Date.parse(fields.digestStartTime) > Date.parse(ValidityEndTime)) continue;
      const text = `${fields.digestEndTime}\n${fields.digestS3Bucket}/${fields.digestS3Object}\n${hash}\n${fields.previousDigestSignature ?? 'null'}`;
      return verify('sha256', Buffer.from(text), keyOf(Value), Buffer.from(signature, 'hex'));
    }
  }
  return null;
}

const isHex = (text: string): boolean => /^([0-9a-f][0-9a-f])+$/i.test(text);

function keyOf(base64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs1' });
}

function levelOf(digest: Read, digests: readonly Read[], chosen: ReadonlySet<Read>): string {
  if (digest.isSigned) return 'signed';
  const speakers = [...chosen].filter(({ previousId }) => previousId === digest.id);
  if (speakers.some(({ fields }) => fields.previousDigestHashValue === digest.hash)) return 'chained';
  const { previousDigestHashValue } = digest.fields;
  if (
    chosen.has(digest) &&
    digests.some(({ id, hash }) => id === digest.previousId && hash === previousDigestHashValue)
  )
    return 'chained';
  return speakers.length > 0 ? 'listed' : 'nothing';
}

/** Keys with their levels: one is named by another, or the hours of its chain before and after are here. */
function missingDigests(digests: readonly Read[], chosen: ReadonlySet<Read>): Map<string, string> {
  const missing = new Map<string, string>();
  const chainOf = ({ fields }: Read): string =>
    fields.digestS3Object.replace(/\d{4}\/\d\d\/\d\d\//, '').replace(/\d{8}T\d{6}Z/, '');
  for (const digest of chosen) {
    const { previousDigestS3Object: named, digestStartTime } = digest.fields;
    if (named === null || digests.some(({ id }) => id === digest.previousId)) continue;
    const earlier = [...chosen].filter(
      (other) => chainOf(other) === chainOf(digest) && other.fields.digestEndTime < digest.fields.digestEndTime,
    );
    if (earlier.length === 0) continue;
    missing.set(named, 'listed');
    const last = Math.max(...earlier.map(({ fields }) => Date.parse(fields.digestEndTime)));
    for (let end = Date.parse(digestStartTime) - hour; end > last; end -= hour) {
      const iso = new Date(end).toISOString();
      const key = digest.fields.digestS3Object
        .replace(/\d{4}\/\d\d\/\d\d\//, `${iso.slice(0, 10).replaceAll('-', '/')}/`)
        .replace(/\d{8}T\d{6}Z/, `${iso.slice(0, 19).replaceAll(/[-:]/g, '')}Z`);
      // One that is here ends the gap, even where it says another time than its name.
      if (digests.some(({ id }) => id === `${digest.fields.digestS3Bucket}/${key}`)) break;
      if (!missing.has(key)) missing.set(key, 'nothing');
    }
  }
  return missing;
}

function logVerdicts(logs: readonly HandedOver[], digests: readonly Read[]): string[] {
  const sound = digests.filter(({ state }) => state === 'ok' || state === 'appended');
  const listed = sound.flatMap(({ fields }) => fields.logFiles);
  const missing = listed.filter(({ s3Object, hashValue }) => {
    const isHere = logs.some(({ text }) => hashOf(text) === hashValue);
    return !isHere && !logs.some((log) => isOther(log, listed) && nameOf(log.path) === nameOf(s3Object));
  });
  return [
    ...logs.map((log) => `${log.path} ${logState(log, logs, listed, sound, digests)}`),
    ...new Set(missing.map(({ s3Object }) => `${s3Object} missing`)),
  ];
}

const isOther = ({ text }: HandedOver, listed: readonly Log[]): boolean =>
  !listed.some(({ hashValue }) => hashValue === hashOf(text));

function logState(
  log: HandedOver,
  logs: readonly HandedOver[],
  listed: readonly Log[],
  sound: readonly Read[],
  digests: readonly Read[],
): string {
  if (!isOther(log, listed)) return log.isAppended ? 'appended' : 'ok';
  const named = listed.filter(({ s3Object }) => nameOf(s3Object) === nameOf(log.path));
  if (named.length > 0) {
    const rivals = logs.filter((each) => isOther(each, listed) && nameOf(each.path) === nameOf(log.path));
    const atKey = rivals.filter(({ path }) => named.some(({ s3Object }) => endOf(path) === endOf(s3Object)));
    const isFound = named.some(({ hashValue }) => logs.some(({ text }) => hashOf(text) === hashValue));
    const candidates = atKey.length > 0 ? atKey : rivals;
    return !isFound && candidates.includes(log) && candidates.length > 1 ? 'ambiguous' : 'changed';
  }
  if (log.isAppended) return 'appended';
  const isDoubted = digests.some(
    (digest) =>
      !sound.includes(digest) && digest.fields.logFiles.some(({ hashValue }) => hashValue === hashOf(log.text)),
  );
  return !isDoubted && isCovered(log, sound) ? 'unlisted' : 'unverified';
}

/** From `AWSLogs/` on. */
const endOf = (path: string): string => /AWSLogs\/.*/.exec(path)?.[0].replace('.gz', '') ?? path;

/** Whether digests would list it: its own hour, and the one after, since a file can be delivered late. */
function isCovered({ path, text }: HandedOver, sound: readonly Read[]): boolean {
  const { Records: records } = JSON.parse(text) as {
    Records: { eventTime: string; awsRegion: string; recipientAccountId: string }[];
  };
  const [first] = records;
  if (first === undefined) return false;
  const newest = Math.max(...records.map(({ eventTime }) => Date.parse(eventTime)));
  const named = Math.ceil(newest / 300_000) * 300_000;
  const prefixOf = (key: string): string | null => /^(.*)AWSLogs\//.exec(key)?.[1] ?? null;
  const prefixes = sound.map(({ file }) => prefixOf(file.path)).filter((prefix) => prefix !== null);
  const prefix = prefixOf(path);
  if (prefix !== null && prefixes.length > 0 && !prefixes.includes(prefix)) return false;
  const own = sound.filter(
    ({ fields }) =>
      fields.awsAccountId === first.recipientAccountId &&
      fields.digestS3Object.includes(`/CloudTrail-Digest/${first.awsRegion}/`),
  );
  const isAt = (time: number): boolean =>
    own.some(({ fields }) => Date.parse(fields.digestStartTime) <= time && time < Date.parse(fields.digestEndTime));
  // Digests cover whole hours, so looking each minute finds every hole between them.
  for (let time = named; time < named + hour; time += 60_000) if (!isAt(time)) return false;
  return isAt(named + hour - 1);
}
