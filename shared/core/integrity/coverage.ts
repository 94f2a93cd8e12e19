/** What is known of each hour of an account and Region, from files, digests and deliveries. */
import { epochMs } from '#contract/ids';
import type { CoverageSpan, CoverageState } from '#contract/integrity';

/** What one witness says of a span of time. */
export interface Witness {
  readonly account: string;
  readonly region: string;
  readonly from: number;
  readonly to: number;
  readonly says: 'file' | 'delivered-and-absent' | 'digest-empty' | 'digest-covers' | 'digest-lists' | 'digest-missing';
}

const hour = 3_600_000;
/** More hours than this of one account and Region are not mapped: no archive spans a century. */
const maxHours = 900_000;

/** Spans by account, Region and time; hours of which nothing is known lie between the others, not around them. */
export function coverageOf(witnesses: readonly Witness[]): CoverageSpan[] {
  const places = new Map<string, Witness[]>();
  for (const witness of witnesses) {
    const place = `${witness.account} ${witness.region}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, [witness]);
    else known.push(witness);
  }
  return [...places.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, all]) => spansOf(all));
}

function spansOf(witnesses: readonly Witness[]): CoverageSpan[] {
  const [{ account, region } = { account: '', region: '' }] = witnesses;
  const firstHour = Math.floor(witnesses.reduce((first, { from }) => Math.min(first, from), Infinity) / hour);
  const lastHour = witnesses.reduce((last, witness) => Math.max(last, hourAfter(witness)), -Infinity);
  if (!Number.isFinite(firstHour) || lastHour - firstHour > maxHours) return [];
  const said = new Uint8Array(lastHour - firstHour);
  for (const { from, to, says } of witnesses) {
    const last = hourAfter({ from, to });
    for (let at = Math.floor(from / hour); at < last; at++) {
      const cell = at - firstHour;
      said[cell] = (said[cell] ?? 0) | bits[says];
    }
  }
  const spans: CoverageSpan[] = [];
  for (let cell = 0; cell < said.length; cell++) {
    const { state, reason } = readingOf(said[cell] ?? 0);
    const from = epochMs((firstHour + cell) * hour);
    const last = spans.at(-1);
    if (last !== undefined && last.state === state && last.reason === reason)
      spans[spans.length - 1] = { ...last, to: epochMs(from + hour) };
    else spans.push({ account, region, from, to: epochMs(from + hour), state, reason });
  }
  return spans;
}

/** The first hour that a span does not reach; one without length is in its hour. */
function hourAfter({ from, to }: Pick<Witness, 'from' | 'to'>): number {
  return Math.max(Math.floor(from / hour) + 1, Math.ceil(to / hour));
}

const bits: Readonly<Record<Witness['says'], number>> = {
  file: 1,
  'delivered-and-absent': 2,
  'digest-empty': 4,
  'digest-covers': 8,
  'digest-missing': 16,
  'digest-lists': 32,
};

function readingOf(said: number): { readonly state: CoverageState; readonly reason: string } {
  const has = (what: Witness['says']): boolean => (said & bits[what]) !== 0;
  if (has('delivered-and-absent'))
    return { state: 'incomplete', reason: 'a log file is recorded as delivered, or listed, and not in what is open' };
  if (has('file') && has('digest-covers') && !has('digest-missing'))
    return { state: 'verified', reason: 'all files that the digests list are here' };
  if ((has('file') || !has('digest-missing')) && has('digest-lists'))
    return { state: 'present', reason: 'all files that the digests list are here; no signature proves the digests' };
  if (has('file')) return { state: 'present', reason: 'files are here; whether these are all is not known' };
  if (has('digest-missing')) return { state: 'unknown', reason: 'a digest is missing: no statement' };
  if (has('digest-empty')) return { state: 'empty', reason: 'the digest says that no log was delivered' };
  if (has('digest-covers')) return { state: 'verified', reason: 'all files that the digests list are here' };
  return { state: 'unknown', reason: 'no file and no witness: no statement' };
}
