/** All integrity checks of an open archive, in the order in which they build upon each other. */
import type { DigestVerdict, IntegrityReport, UsedKey } from '#contract/integrity';
import { checkDigests, type CheckedDigest, type DigestFile } from '#core/integrity/check-digests';
import { checkFiles, regionOf } from '#core/integrity/check-files';
import { checkLedger, type Delivery } from '#core/integrity/ledger';
import { checkNames } from '#core/integrity/check-names';
import { coverageOf, type Witness } from '#core/integrity/coverage';
import { readDigest } from '#core/integrity/digest';
import { countsOf, hasAlarms, summaryOf } from '#core/integrity/summary';
import { baseName, readDigestName, readLogName, type LogName } from '#core/integrity/trail-files';
import type { TrailSetting } from '#contract/integrity';
import type { EvidenceFile } from './evidence-files';
import { checkSignature, type PublicKey } from './public-keys';

/** Keys and signatures at hand. */
export interface ProofsAtHand {
  readonly keys: ReadonlyMap<string, PublicKey>;
  readonly used: readonly UsedKey[];
  /** Hex, by the base name of the digest. */
  readonly signatures: ReadonlyMap<string, string>;
}

export interface EvidenceToCheck {
  readonly files: readonly EvidenceFile[];
  readonly deliveries: readonly Delivery[];
  readonly trailSettings: readonly TrailSetting[];
}

const hour = 3_600_000;

export function verifyEvidence(
  { files, deliveries, trailSettings }: EvidenceToCheck,
  { keys, used, signatures }: ProofsAtHand,
): IntegrityReport {
  const { read, malformed } = readDigests(
    files.filter(({ isDigest, path }) => isDigest || readDigestName(path) !== null),
  );
  const { checked, missing: lacking } = checkDigests(read, {
    signatureOf: ({ key }) => signatures.get(baseName(key)) ?? null,
    check: (digest, sha256, signature) => checkSignature(keys, digest, sha256, signature),
  });
  const broken = new Set(malformed.map(({ path }) => baseName(path)));
  const missing = lacking.filter(({ path }) => !broken.has(baseName(path)));
  const logs = files.filter(({ isDigest }) => !isDigest);
  const verdicts = checkFiles(logs, checked);
  const ledger = checkLedger(
    deliveries,
    files.map(({ path, packedBytes }) => ({ path, bytes: packedBytes })),
  );
  const listedNames = new Map(checked.flatMap(({ file }) => file.digest.logs.map((log) => [log.sha256, log.key])));
  const absent = new Set([...ledger.absent, ...verdicts.flatMap((one) => (one.state === 'missing' ? one.path : []))]);
  const findings = {
    digests: [...checked.map(({ verdict }) => verdict), ...malformed, ...missing],
    files: verdicts,
    ledger: { trails: ledger.trails },
    names: checkNames(logs, (sha256) => listedNames.get(sha256) ?? null),
    appended: files.flatMap(({ path, isAppended, appendedEvents }) =>
      isAppended || appendedEvents > 0 ? [{ path, events: appendedEvents }] : [],
    ),
    trailSettings,
    coverage: coverageOf([
      ...filesAsWitnesses(logs),
      ...checked.flatMap(digestAsWitness),
      ...[...absent].flatMap(absentAsWitness),
      ...missing.flatMap(missingDigestAsWitness),
    ]),
    keys: used,
  };
  return { summary: summaryOf(findings), alarms: hasAlarms(findings), counts: countsOf(findings), ...findings };
}

function readDigests(files: readonly EvidenceFile[]): {
  readonly read: readonly DigestFile[];
  readonly malformed: readonly DigestVerdict[];
} {
  const read: DigestFile[] = [];
  const malformed: DigestVerdict[] = [];
  for (const { path, digest, sha256, isAppended } of files) {
    const say = (reason: string): void => {
      malformed.push({ path, state: 'malformed', level: 'nothing', reason });
    };
    if (digest === null || sha256 === null) {
      say('it is named or begins like a digest, and is none, or is larger than 64 MB');
      continue;
    }
    const parsed = readDigest(new TextDecoder().decode(digest));
    if (parsed.ok) read.push({ path, digest: parsed.value, sha256, isAppended });
    else say(parsed.error);
  }
  return { read, malformed };
}

function filesAsWitnesses(files: readonly EvidenceFile[]): Witness[] {
  return files.flatMap(({ path, newest, accounts, regions }) => {
    const name = readLogName(path);
    const to = newest ?? (name === null ? undefined : beforeOf(name));
    const account = accounts[0] ?? name?.account;
    const region = name?.region ?? regions[0];
    if (to === undefined || account === undefined || region === undefined) return [];
    return [{ account, region, from: to, to, says: 'file' as const }];
  });
}

function digestAsWitness({ file: { digest }, verdict }: CheckedDigest): Witness[] {
  const { account, key, start, end, logs } = digest;
  if (verdict.state !== 'ok' && verdict.state !== 'appended') return [];
  const says = logs.length === 0 ? 'digest-empty' : verdict.level === 'signed' ? 'digest-covers' : 'digest-lists';
  return [{ account, region: regionOf(key), from: start, to: end, says }];
}

function absentAsWitness(key: string): Witness[] {
  const name = readLogName(key);
  if (name === null) return [];
  const { account, region } = name;
  const time = beforeOf(name);
  return [{ account, region, from: time, to: time, says: 'delivered-and-absent' }];
}

/** A name's time is rounded up: what is named after the hour is of the hour before. */
const beforeOf = ({ time }: LogName): number => time - 1;

function missingDigestAsWitness({ path }: DigestVerdict): Witness[] {
  const name = readDigestName(path);
  const end = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:_backfill)?(?:\.|$)/.exec(path)?.slice(1).map(Number);
  if (name === null || end === undefined) return [];
  const [year = 0, month = 1, ...rest] = end;
  const to = Date.UTC(year, month - 1, ...rest);
  return [{ account: name.account, region: name.region, from: to - hour, to, says: 'digest-missing' }];
}
