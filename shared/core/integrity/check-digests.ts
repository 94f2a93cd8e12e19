/**
 * What digests say of each other: which are unaltered, which are missing, and how well that is proven.
 *
 * Each is held against the digest after it, which names it with its hash and its signature, so the newest are looked at first. A wrong
 * signature may be the fault of either of the two, unless one of them is proven by another.
 */
import type { DigestLevel, DigestState, DigestVerdict } from '#contract/integrity';
import { epochMs } from '#contract/ids';
import { formatIso } from '../time';
import { isSignature, type Digest } from './digest';
import { digestKeyAt } from './trail-files';

/** A digest that was read. */
export interface DigestFile {
  readonly path: string;
  readonly digest: Digest;
  /** SHA-256 of its unpacked bytes, of the first gzip member where there are several; hex. */
  readonly sha256: string;
  /** Whether more follows behind the end of the file that CloudTrail wrote. */
  readonly isAppended: boolean;
}

/** What a signature says of a digest with this content. */
export type SignatureCheck =
  | 'valid'
  | 'invalid'
  /** There is no key with the digest's fingerprint. */
  | 'no-key'
  /** The key was not valid when the digest was written. */
  | 'key-expired'
  /** The digest names another algorithm than CloudTrail's. */
  | 'unknown-algorithm'
  /** What should be a signature is none. */
  | 'malformed';

export interface DigestWitnesses {
  /** The signature of a digest that came beside the logs, hex; null where none did. */
  readonly signatureOf: (digest: Digest) => string | null;
  readonly check: (digest: Digest, sha256: string, signature: string) => SignatureCheck;
}

/** A digest with its verdict. */
export interface CheckedDigest {
  readonly file: DigestFile;
  readonly verdict: DigestVerdict;
}

export interface CheckedDigests {
  readonly checked: readonly CheckedDigest[];
  /** What is named, or follows from the times of others, and is not here. */
  readonly missing: readonly DigestVerdict[];
  /** Spans without a digest where the chain begins anew: validation or logging was stopped and started. */
  readonly restarts: readonly { readonly path: string; readonly from: number; readonly to: number }[];
}

/** Digests are written once an hour. */
export const digestSpan = 3_600_000;
/** Missing digests beyond this are not named one by one. */
const maxInferred = 10_000;
/** One name has one content, and one digest after it. Hostile ones have many, and each is held against each. */
const maxContents = 100;
const maxFollowers = 100;

/** A digest while it is looked at. */
interface Candidate {
  readonly file: DigestFile;
  level: DigestLevel;
  /** What speaks against it; null: nothing. */
  fault: string | null;
  state: DigestState;
  readonly notes: string[];
}

/** One digest's candidates: the same one more than once, or different contents under one name. */
interface Slot {
  readonly candidates: readonly Candidate[];
  chosen: Candidate | null;
}

/** The object in the bucket that a digest says it is. */
const idOf = ({ bucket, key }: { readonly bucket: string; readonly key: string }): string => `${bucket}/${key}`;

export function checkDigests(files: readonly DigestFile[], witnesses: DigestWitnesses): CheckedDigests {
  const slots = slotsOf(files);
  /** Digests that were chosen, by the digest they name as the one before. */
  const followers = new Map<string, Candidate[]>();
  for (const [id, slot] of followersFirst(slots)) {
    const after = followers.get(id) ?? [];
    choose(slot, after, witnesses);
    const { chosen } = slot;
    const previous = chosen?.file.digest.previous ?? null;
    if (chosen === null || previous === null) continue;
    const named = followers.get(idOf(previous));
    if (named === undefined) followers.set(idOf(previous), [chosen]);
    else named.push(chosen);
  }
  const missing = new Map<string, DigestVerdict>();
  const restarts: { path: string; from: number; to: number }[] = [];
  for (const chain of chainsOf(slots)) lookForGaps(chain, slots, missing, restarts);
  const checked = [...slots.values()].flatMap(({ candidates }) => candidates.map(checkedOf));
  return { checked, missing: [...missing.values()], restarts };
}

/**
 * Each digest after all that name it as the one before: a forged time must not put one before its witnesses. Where digests name each other
 * in a circle, which hashes cannot, the newest comes first and is at fault.
 */
function followersFirst(slots: ReadonlyMap<string, Slot>): (readonly [id: string, slot: Slot])[] {
  const namedBy = new Map<string, number>();
  for (const slot of slots.values()) for (const id of namedIn(slot)) namedBy.set(id, (namedBy.get(id) ?? 0) + 1);
  const newestFirst = [...slots.entries()].sort(([, one], [, other]) => endOf(other) - endOf(one));
  const order = newestFirst.filter(([id]) => !namedBy.has(id));
  const done = new Set(order.map(([id]) => id));
  let at = 0;
  const follow = (): void => {
    for (; at < order.length; at++) {
      const [, slot] = order[at] ?? [];
      for (const id of slot === undefined ? [] : namedIn(slot)) {
        const left = (namedBy.get(id) ?? 0) - 1;
        namedBy.set(id, left);
        const named = slots.get(id);
        if (left > 0 || named === undefined || done.has(id)) continue;
        done.add(id);
        order.push([id, named]);
      }
    }
  };
  follow();
  for (const [id, slot] of newestFirst) {
    if (done.has(id)) continue;
    for (const candidate of slot.candidates)
      candidate.fault = 'the digests that it names as those before it lead back to it';
    done.add(id);
    order.push([id, slot]);
    follow();
  }
  return order;
}

function namedIn({ candidates }: Slot): Set<string> {
  return new Set(candidates.flatMap(({ file: { digest } }) => (digest.previous === null ? [] : idOf(digest.previous))));
}

function slotsOf(files: readonly DigestFile[]): Map<string, Slot> {
  const byId = new Map<string, Candidate[]>();
  for (const file of files) {
    const candidate: Candidate = { file, level: 'nothing', fault: null, state: 'ok', notes: [] };
    const same = byId.get(idOf(file.digest));
    if (same === undefined) byId.set(idOf(file.digest), [candidate]);
    else same.push(candidate);
  }
  return new Map(Array.from(byId, ([id, candidates]) => [id, { candidates, chosen: null }]));
}

/** Decides which content of a slot is the digest, and what speaks against it. */
function choose(slot: Slot, after: readonly Candidate[], witnesses: DigestWitnesses): void {
  const contents = new Set(slot.candidates.map(({ file }) => file.sha256));
  if (contents.size <= maxContents) for (const candidate of slot.candidates) weigh(candidate, after, witnesses);
  const sound = slot.candidates.filter(({ fault }) => fault === null);
  const best = sound.find(({ level }) => level === 'signed') ?? sound.find(({ level }) => level === 'chained');
  if (contents.size > 1 && best === undefined) {
    for (const candidate of slot.candidates) {
      candidate.state = 'ambiguous';
      candidate.fault = 'there are several contents of this digest, and nothing says which one CloudTrail wrote';
    }
    return;
  }
  slot.chosen = best ?? slot.candidates[0] ?? null;
  for (const candidate of slot.candidates) {
    if (candidate.file.sha256 !== slot.chosen?.file.sha256) {
      candidate.state = 'changed';
      candidate.fault = `another file has the content of this digest: ${slot.chosen?.file.path ?? ''}`;
    } else if (candidate.fault !== null) candidate.state = 'changed';
  }
}

/** What the digests after it, and a signature beside it, say of a candidate. */
function weigh(candidate: Candidate, all: readonly Candidate[], { signatureOf, check }: DigestWitnesses): void {
  const { digest, sha256 } = candidate.file;
  const after = all.slice(0, maxFollowers);
  if (all.length > maxFollowers) candidate.notes.push('more than 100 digests name it as the one before');
  const beside = signatureOf(digest);
  const outcomes = [
    ...(beside === null ? [] : [{ by: null, outcome: check(digest, sha256, beside) }]),
    ...after.flatMap((by) => {
      const signature = by.file.digest.previousSignature;
      return signature === null ? [] : [{ by, outcome: check(digest, sha256, signature) }];
    }),
  ];
  const isSigned = outcomes.some(({ outcome }) => outcome === 'valid');
  const hashes = after.flatMap((by) => {
    const hash = by.file.digest.previous?.sha256 ?? null;
    return hash === null ? [] : [{ by, isSame: hash === sha256 }];
  });
  if (isSigned) candidate.fault = null;
  else candidate.fault ??= faultOf(digest);
  candidate.level = isSigned
    ? 'signed'
    : hashes.some(({ isSame }) => isSame)
      ? 'chained'
      : after.length > 0
        ? 'listed'
        : 'nothing';
  for (const { by, outcome } of outcomes) {
    if (outcome === 'no-key' || outcome === 'key-expired' || outcome === 'unknown-algorithm')
      candidate.notes.push(signatureNotes[outcome](digest));
    else if (outcome === 'malformed') candidate.notes.push(`what should be its signature is none${byText(by)}`);
    else if (outcome === 'invalid' && isSigned && by !== null)
      blame(by, 'it gives a wrong signature for the digest before it, which another signature proves');
    else if (outcome === 'invalid' && isSigned) candidate.notes.push('the signature that came beside it is wrong');
    else if (outcome === 'invalid' && by?.level === 'signed')
      candidate.fault = 'its signature in the digest after it, which is signed, does not fit: it was changed';
    else if (outcome === 'invalid')
      candidate.fault ??= `its signature is wrong: it was changed, or ${by === null ? 'the signature' : 'the digest after it'} was`;
  }
  for (const { by, isSame } of hashes) {
    if (isSame) continue;
    if (isSigned) blame(by, 'it gives a wrong hash for the digest before it, which is signed');
    else if (by.level === 'signed')
      candidate.fault = 'its content is not the one that the digest after it lists, which is signed';
    else candidate.fault ??= 'its content is not the one that the digest after it lists: one of the two was changed';
  }
}

/** What CloudTrail would not write, whatever others say of it. */
function faultOf({ previous, previousSignature }: Digest): string | null {
  if (previous === null) return null;
  return previousSignature !== null && isSignature(previousSignature)
    ? null
    : 'it names the digest before it, and has no signature of that one, as each digest of CloudTrail has';
}

/** A digest after the one looked at is at fault. */
function blame(candidate: Candidate, fault: string): void {
  if (candidate.level === 'signed') candidate.notes.push(fault);
  else {
    candidate.fault ??= fault;
    candidate.state = 'changed';
  }
}

const byText = (by: Candidate | null): string => (by === null ? '' : `, in ${by.file.path}`);

const signatureNotes = {
  'no-key': ({ fingerprint }: Digest) => `no public key with the fingerprint ${fingerprint} is at hand`,
  'key-expired': () => 'the public key with its fingerprint was not valid when it was written',
  'unknown-algorithm': ({ algorithm }: Digest) => `its signature is by ${algorithm}, not by SHA256withRSA`,
} as const;

function endOf({ candidates }: Slot): number {
  return candidates.reduce((latest, { file }) => Math.max(latest, file.digest.end), -Infinity);
}

/** The chosen digests of each chain, oldest first. Where a chain is by its key alone: account, Region, trail, and backfill apart. */
function chainsOf(slots: ReadonlyMap<string, Slot>): Candidate[][] {
  const chains = new Map<string, Candidate[]>();
  for (const { chosen } of slots.values()) {
    if (chosen === null) continue;
    const { bucket, key } = chosen.file.digest;
    // The same key at a fixed time: all that tells chains apart stands in it.
    const chain = `${bucket}/${digestKeyAt(key, 0)}`;
    const known = chains.get(chain);
    if (known === undefined) chains.set(chain, [chosen]);
    else known.push(chosen);
  }
  for (const chain of chains.values()) chain.sort((one, other) => one.file.digest.end - other.file.digest.end);
  return [...chains.values()];
}

/** Holds each digest of a chain against the one it names as the one before. */
function lookForGaps(
  chain: readonly Candidate[],
  slots: ReadonlyMap<string, Slot>,
  missing: Map<string, DigestVerdict>,
  restarts: { path: string; from: number; to: number }[],
): void {
  chain.forEach((candidate, at) => {
    const { digest, path } = candidate.file;
    const before = chain[at - 1] ?? null;
    const { previous } = digest;
    if (previous === null) {
      if (before !== null) restarts.push({ path, from: before.file.digest.end, to: digest.start });
      return;
    }
    const slot = slots.get(idOf(previous));
    if (slot === undefined && before === null) {
      candidate.notes.push('the digest before it is earlier than what is open');
      return;
    }
    if (slot === undefined) {
      missing.set(idOf(previous), missingVerdict(previous.key, 'listed', `${path} names it as the digest before it`));
      for (const end of endsBetween(before?.file.digest.end ?? null, digest.start)) {
        const key = digestKeyAt(digest.key, end);
        if (missing.size >= maxInferred || slots.has(`${digest.bucket}/${key}`)) break;
        missing.set(
          `${digest.bucket}/${key}`,
          missingVerdict(
            key,
            'nothing',
            'no digest names it; one is written every hour, and the hour before and after have theirs missing or here',
          ),
        );
      }
      return;
    }
    const named = slot.candidates.find(({ file }) => file.sha256 === previous.sha256);
    if (named === undefined) return;
    if (candidate.level === 'listed' || candidate.level === 'nothing') candidate.level = 'chained';
    const { end } = named.file.digest;
    if (end === digest.start || candidate.level === 'signed') return;
    candidate.fault ??= `it begins at ${isoOf(digest.start)}, and the digest it names as the one before ends at ${isoOf(end)}`;
    candidate.state = 'changed';
  });
}

/** The ends of the hours between one digest and the start of a later one, but the last, which that one names. */
function* endsBetween(end: number | null, start: number): Generator<number> {
  if (end === null) return;
  for (let at = start - digestSpan; at > end; at -= digestSpan) yield at;
}

const isoOf = (time: number): string => formatIso(epochMs(time));

function missingVerdict(path: string, level: DigestLevel, reason: string): DigestVerdict {
  return { path, state: 'missing', level, reason };
}

function checkedOf({ file, level, fault, state, notes }: Candidate): CheckedDigest {
  const isAppended = state === 'ok' && file.isAppended;
  const said = [
    fault ?? (isAppended ? 'more follows behind the end of the file that CloudTrail wrote' : levelReasons[level]),
    ...notes,
  ];
  const verdict = {
    path: file.path,
    state: isAppended ? ('appended' as const) : state,
    level,
    reason: said.join('; '),
  };
  return { file, verdict };
}

const levelReasons: Readonly<Record<DigestLevel, string>> = {
  signed: 'signed by AWS with a key at hand',
  chained: 'its hash fits the digests beside it',
  listed: 'another digest names it, without its hash',
  nothing: 'no other digest says anything of it',
};
