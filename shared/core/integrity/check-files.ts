/** What digests say of each log file. Contents are found by their hash, so that moving, renaming or packing anew changes no verdict. */
import type { DigestLevel, FileState, FileVerdict } from '#contract/integrity';
import type { CheckedDigest } from './check-digests';
import type { ListedLog } from './digest';
import { digestSpan } from './check-digests';
import { baseName, keyPrefix, keySuffix, nameTimeOf, readLogName } from './trail-files';

/** A text that was read: a file, or a member of an archive. */
export interface Content {
  readonly path: string;
  /** SHA-256 of its unpacked bytes, of the first gzip member where there are several; hex. Null where it was not read to its end. */
  readonly sha256: string | null;
  /** Whether more follows behind the end of the file that CloudTrail wrote. */
  readonly isAppended: boolean;
  /** Whether it is a list of records, as CloudTrail delivers to a bucket. */
  readonly isLog: boolean;
  /** The time of its newest event, in ms; null where it has none. */
  readonly newest: number | null;
  /** Of its events, each once. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** A log file that a sound digest lists. */
interface Listing {
  readonly log: ListedLog;
  readonly digestPath: string;
  readonly level: DigestLevel;
}

interface Verdict {
  readonly state: FileState;
  readonly listing: Listing | null;
  readonly reason: string;
}

/** Half-open spans of one account and Region that digests cover, in order. */
type Spans = readonly { readonly from: number; readonly to: number }[];

export function checkFiles(contents: readonly Content[], digests: readonly CheckedDigest[]): FileVerdict[] {
  const sound = digests.filter(isSound);
  const listings = listingsOf(sound);
  const doubted = listingsOf(digests.filter((digest) => !isSound(digest)));
  const byHash = groupBy(contents, ({ sha256 }) => sha256);
  // A content that is listed under another name was renamed, not changed.
  const unknown = contents.filter(({ sha256 }) => sha256 === null || !listings.byHash.has(sha256));
  const byName = groupBy(unknown, ({ path }) => baseName(path));
  const verdicts = new Map<Content, Verdict>();
  for (const listing of listings) foundByHash(listing, byHash.get(listing.log.sha256) ?? [], verdicts);
  const byListedName = groupBy([...listings], ({ log }) => baseName(log.key));
  const missing: FileVerdict[] = [];
  for (const [name, listed] of byListedName) {
    const named = byName.get(name) ?? [];
    if (named.length > 0) foundByName(listed, named, byHash, verdicts);
    else missing.push(...listed.flatMap((listing) => (byHash.has(listing.log.sha256) ? [] : missingVerdict(listing))));
  }
  const covered = coveredSpans(sound);
  const prefixes = new Set(sound.flatMap(({ file }) => keyPrefix(file.path) ?? []));
  const files = contents.map((content) => {
    const verdict = verdicts.get(content) ?? unlisted(content, doubted, covered, prefixes);
    return toVerdict(content.path, verdict);
  });
  return [...files, ...missing];
}

const isSound = ({ verdict: { state } }: CheckedDigest): boolean => state === 'ok' || state === 'appended';

/** By key; where several digests list one key with one hash, the best proven counts. */
class Listings implements Iterable<Listing> {
  readonly byHash = new Map<string, Listing>();
  private readonly byKey = new Map<string, Listing>();

  add(listing: Listing): void {
    const { log } = listing;
    const key = `${log.sha256} ${log.bucket}/${log.key}`;
    const known = this.byKey.get(key);
    if (known === undefined || levels.indexOf(listing.level) < levels.indexOf(known.level)) {
      this.byKey.set(key, listing);
      this.byHash.set(log.sha256, listing);
    }
  }

  [Symbol.iterator](): Iterator<Listing> {
    return this.byKey.values();
  }
}

const levels: readonly DigestLevel[] = ['signed', 'chained', 'listed', 'nothing'];

function listingsOf(digests: readonly CheckedDigest[]): Listings {
  const listings = new Listings();
  for (const { file, verdict } of digests)
    for (const log of file.digest.logs) listings.add({ log, digestPath: file.path, level: verdict.level });
  return listings;
}

function foundByHash(listing: Listing, same: readonly Content[], verdicts: Map<Content, Verdict>): void {
  for (const content of same) {
    verdicts.set(
      content,
      content.isAppended
        ? {
            state: 'appended',
            listing,
            reason: 'more follows behind the end of the file that CloudTrail wrote, which is unaltered',
          }
        : { state: 'ok', listing, reason: `its content is the one that the digest lists${proofs[listing.level]}` },
    );
  }
}

/**
 * Contents that no digest lists, under a name that digests list.
 *
 * @param listed of one name: more than one where digests disagree
 */
function foundByName(
  listed: readonly Listing[],
  named: readonly Content[],
  byHash: ReadonlyMap<string, readonly Content[]>,
  verdicts: Map<Content, Verdict>,
): void {
  const bySuffix = new Map(listed.map((listing) => [keySuffix(listing.log.key), listing] as const));
  const atKey = named.filter(({ path }) => keySuffix(path) !== null && bySuffix.has(keySuffix(path)));
  const found = listed.flatMap(({ log }) => byHash.get(log.sha256) ?? [])[0];
  const candidates = new Set(atKey.length > 0 ? atKey : named);
  for (const content of named) {
    const isAmbiguous = found === undefined && candidates.size > 1 && candidates.has(content);
    const reason =
      content.sha256 === null
        ? 'it was not read to its end, so it cannot be held against the digest'
        : found !== undefined
          ? `the digest lists another content under its name, which is in ${found.path}`
          : isAmbiguous
            ? 'several files have the name of a listed file, and none has its content'
            : 'the digest lists another content under its name';
    const listing = bySuffix.get(keySuffix(content.path)) ?? listed[0] ?? null;
    verdicts.set(content, { state: isAmbiguous ? 'ambiguous' : 'changed', listing, reason });
  }
}

function missingVerdict(listing: Listing): FileVerdict {
  return toVerdict(listing.log.key, {
    state: 'missing',
    listing,
    reason: 'a digest lists it, and it is not in what is open',
  });
}

const proofs: Readonly<Record<DigestLevel, string>> = {
  signed: ', which is signed',
  chained: '; the digest is not proven by a signature',
  listed: '; the digest is not proven by a signature',
  nothing: '; nothing proves the digest',
};

/** What to say of a content that no sound digest lists. */
function unlisted(
  content: Content,
  doubted: Listings,
  covered: ReadonlyMap<string, Spans>,
  prefixes: ReadonlySet<string>,
): Verdict {
  const none = (state: FileState, reason: string): Verdict => ({ state, listing: null, reason });
  if (content.isAppended) return none('appended', 'more follows behind the end of the file that CloudTrail wrote');
  const name = readLogName(content.path);
  if (!content.isLog && name === null) return none('unverified', 'not a file that CloudTrail delivers to a bucket');
  if (content.sha256 !== null && doubted.byHash.has(content.sha256))
    return none('unverified', 'the digest that lists it was changed, or may have been');
  const prefix = keyPrefix(content.path);
  const account = only(content.accounts) ?? name?.account;
  const region = only(content.regions) ?? name?.region;
  const time = content.newest === null ? name?.time : nameTimeOf(content.newest);
  if (account === undefined || region === undefined || time === undefined)
    return none('unverified', 'its account, Region or time is not clear, so no digest can be looked up');
  const isOtherRoot = prefix !== null && prefixes.size > 0 && !prefixes.has(prefix);
  const span = spanAt(covered.get(`${account} ${region}`) ?? [], time);
  if (span === undefined || isOtherRoot) return none('unverified', 'no digest covers its time, account and Region');
  if (time + digestSpan > span.to) return none('unverified', 'it may be listed in the next digest, which is not here');
  return none(
    'unlisted',
    'the digests of its time, account and Region do not list it: added, or of a trail without digests',
  );
}

/** Spans that sound digests cover without a hole, by account and Region. */
function coveredSpans(digests: readonly CheckedDigest[]): Map<string, Spans> {
  const all = groupBy(digests, ({ file }) => {
    const { account, key } = file.digest;
    return `${account} ${regionOf(key)}`;
  });
  return new Map(
    Array.from(all, ([where, group]) => {
      const spans: { from: number; to: number }[] = [];
      const sorted = group.map(({ file }) => file.digest).sort((one, other) => one.start - other.start);
      for (const { start, end } of sorted) {
        const last = spans.at(-1);
        if (last !== undefined && start <= last.to) last.to = Math.max(last.to, end);
        else spans.push({ from: start, to: end });
      }
      return [where, spans] as const;
    }),
  );
}

/** The span that a time lies in. */
function spanAt(spans: Spans, time: number): Spans[number] | undefined {
  let [from, to] = [0, spans.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((spans[middle]?.from ?? Infinity) <= time) from = middle + 1;
    else to = middle;
  }
  const span = spans[from - 1];
  return span !== undefined && time < span.to ? span : undefined;
}

/** The Region in a digest's key: `AWSLogs/…/CloudTrail-Digest/REGION/`. */
export function regionOf(digestKey: string): string {
  return /CloudTrail-Digest\/([^/]+)\//.exec(digestKey)?.[1] ?? '';
}

const only = (values: readonly string[]): string | undefined => (values.length === 1 ? values[0] : undefined);

function toVerdict(path: string, { state, listing, reason }: Verdict): FileVerdict {
  return { path, state, listedIn: listing?.digestPath ?? null, level: listing?.level ?? 'nothing', reason };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
