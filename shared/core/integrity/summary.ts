/** The verdicts in three sentences: are the files unaltered, is anything missing, and what proves it. */
import type { DigestState, FileState, IntegrityReport } from '#contract/integrity';
import { counted, formatCount } from '../figures';

type Findings = Omit<IntegrityReport, 'summary' | 'alarms' | 'counts'>;

const noFiles: Readonly<Record<FileState, number>> = {
  ok: 0,
  changed: 0,
  appended: 0,
  missing: 0,
  ambiguous: 0,
  unlisted: 0,
  unverified: 0,
};
const noDigests: Readonly<Record<DigestState, number>> = {
  ok: 0,
  changed: 0,
  appended: 0,
  missing: 0,
  ambiguous: 0,
  malformed: 0,
};

export function countsOf({ files, digests, names, trailSettings }: Findings): IntegrityReport['counts'] {
  const ofFiles = { ...noFiles };
  const ofDigests = { ...noDigests };
  for (const { state } of files) ofFiles[state]++;
  for (const { state } of digests) ofDigests[state]++;
  const signed = digests.filter(({ level, state }) => level === 'signed' && state === 'ok').length;
  return { files: ofFiles, digests: ofDigests, signed, names: names.length, trailSettings: trailSettings.length };
}

/** What needs an explanation before any finding counts. */
export function hasAlarms({ digests, files, ledger }: Findings): boolean {
  return (
    digests.some(({ state }) => state !== 'ok') ||
    files.some(({ state }) => state !== 'ok' && state !== 'unverified') ||
    ledger.trails.some(({ absentLogs }) => absentLogs.length > 0)
  );
}

export function summaryOf(findings: Findings): string[] {
  return [unaltered(findings), whole(findings), proof(findings)];
}

function unaltered({ files, digests }: Findings): string {
  const here = files.filter(({ state }) => state !== 'missing');
  const of = (state: string): number => here.filter((file) => file.state === state).length;
  if (!digests.some(({ state }) => state !== 'missing' && state !== 'malformed'))
    return `No digest is in what is open, so ${counted(here.length, 'file')} cannot be held against one.${appendedText(of('appended'))}`;
  const parts = [
    `${formatCount(of('ok'))} of ${counted(here.length, 'file')} ${of('ok') === 1 ? 'has' : 'have'} the content that a digest lists`,
    ...namesOf([
      [of('changed'), 'changed'],
      [of('appended'), 'with something appended'],
      [of('ambiguous'), 'ambiguous'],
      [of('unlisted'), 'not listed by the digests of their time'],
      [of('unverified'), 'not covered by any digest'],
    ]),
  ];
  return `${parts.join('; ')}.`;
}

const appendedText = (count: number): string =>
  count === 0
    ? ''
    : ` ${counted(count, 'file has', 'files have')} something appended behind the end that CloudTrail wrote.`;

function namesOf(counts: readonly (readonly [number, string])[]): string[] {
  return counts.flatMap(([count, name]) => (count === 0 ? [] : [`${formatCount(count)} ${name}`]));
}

function whole({ files, digests, ledger }: Findings): string {
  const recorded = ledger.trails.reduce((sum, trail) => sum + trail.recorded, 0);
  const absent = ledger.trails.reduce((sum, trail) => sum + trail.absentLogs.length, 0);
  const missing = files.filter(({ state }) => state === 'missing').length;
  const missingDigests = digests.filter(({ state }) => state === 'missing').length;
  const parts = [
    ...(missing > 0
      ? [`${counted(missing, 'log file')} that digests list ${missing === 1 ? 'is' : 'are'} not in what is open`]
      : []),
    ...(missingDigests > 0
      ? [`${counted(missingDigests, 'digest')} ${missingDigests === 1 ? 'is' : 'are'} missing from the chains`]
      : []),
    ...(absent > 0
      ? [
          `${formatCount(absent)} of ${counted(recorded, 'log file')} recorded as delivered ${absent === 1 ? 'is' : 'are'} not in what is open`,
        ]
      : recorded > 0
        ? [`all ${counted(recorded, 'log file')} that events record as delivered ${recorded === 1 ? 'is' : 'are'} here`]
        : []),
  ];
  if (parts.length === 0) {
    return digests.length === 0
      ? 'No digest and no record of a delivery says what should be here, so nothing is known of what may be missing.'
      : 'No log file that a digest here lists is missing.';
  }
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function proof({ digests, keys }: Findings): string {
  const here = digests.filter(({ state }) => state !== 'missing' && state !== 'malformed');
  const signed = here.filter(({ level }) => level === 'signed').length;
  if (here.length === 0) return 'Nothing is proven by a signature.';
  if (keys.length === 0)
    return 'Nothing is proven by a signature: add the public keys of CloudTrail to check the digests against AWS.';
  const inside = keys.some(({ isInsideEvidence }) => isInsideEvidence);
  const caution = inside ? ' Some keys come from inside what is open, and prove no more than the rest of it.' : '';
  return `${formatCount(signed)} of ${counted(here.length, 'digest')} ${signed === 1 ? 'is' : 'are'} proven by a signature of AWS.${caution}`;
}
