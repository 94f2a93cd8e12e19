/** The verdicts as plain text, for terminals and case files. */
import type { IntegrityReport } from '#contract/integrity';
import type { TextTarget } from '#contract/report';
import { counted, formatCount } from '../figures';
import { formatIso } from '../time';
import { textWriters } from '../visible';

/** What no check can say, in the same words wherever verdicts are shown. */
export const notProven: readonly string[] = [
  'That nothing else happened: CloudTrail records what its trails were set to record.',
  'That a file that no digest covers is unaltered.',
  'That digests without a signature were not written anew together with the files they list.',
  'Who changed, removed or added a file: not everything that is missing was deleted.',
  'That keys from inside the evidence are those of AWS.',
];

type Written = (text: string) => string;

/** Everything that is not as it should be, and counts of what is. Text from the evidence is escaped. */
export function integrityText(report: IntegrityReport, target: TextTarget): string {
  const written = textWriters[target].text;
  const { summary, digests, files, ledger, names, appended, trailSettings, keys } = report;
  const lines = [
    ...summary,
    ...section(
      'Files',
      files.flatMap(({ path, state, reason }) =>
        state === 'ok' || state === 'unverified' ? [] : stateLines(written, state, path, reason),
      ),
    ),
    ...section(
      'Digests',
      digests.flatMap(({ path, state, reason }) => (state === 'ok' ? [] : stateLines(written, state, path, reason))),
    ),
    ...section(
      'Deliveries that events record',
      ledger.trails.flatMap((trail) => trailLines(written, trail)),
    ),
    ...section('Names that do not fit the content', nameLines(written, names)),
    ...section(
      'Behind the end of the file that CloudTrail wrote',
      appended.map(({ path, events }) => `  ${written(path)}: ${counted(events, 'event')}`),
    ),
    ...section(
      'Changes of what trails record',
      trailSettings.map(({ time, event, trail, by, error }) =>
        [
          `  ${time === null ? 'no time' : formatIso(time)}  ${written(event)}`,
          ...(trail === '' ? [] : [`of ${written(trail)}`]),
          `by ${written(by)}`,
          ...(error === null ? [] : [`(failed: ${written(error)})`]),
        ].join(' '),
      ),
    ),
    ...section(
      'Public keys',
      keys.map(
        ({ fingerprint, from, isInsideEvidence }) =>
          `  ${written(fingerprint)} from ${written(from)}${isInsideEvidence ? ', which is inside what is open' : ''}`,
      ),
    ),
    ...section(
      'What this does not prove',
      notProven.map((line) => `  ${line}`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** One line for all files that do not fit in the same way. */
function nameLines(written: Written, names: IntegrityReport['names']): string[] {
  const groups = new Map<string, { readonly path: string; count: number }>();
  for (const { path, expected, found } of names) {
    const said = `${written(found)} in the name or folder, ${written(expected)} by the content`;
    const group = groups.get(said) ?? { path, count: 0 };
    group.count++;
    groups.set(said, group);
  }
  return Array.from(groups, ([said, { path, count }]) => {
    const more = count === 1 ? '' : ` and ${counted(count - 1, 'more file')}`;
    return `  ${said}: ${written(path)}${more}`;
  });
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title.toUpperCase(), ...lines];
}

function stateLines(written: Written, state: string, path: string, reason: string): string[] {
  return [`  ${state.toUpperCase().padEnd(10)} ${written(path)}`, `             ${written(reason)}`];
}

function trailLines(written: Written, trail: IntegrityReport['ledger']['trails'][number]): string[] {
  const { bucket, prefix, recorded, present, repacked, absentLogs, absentDigests } = trail;
  const place = `${written(bucket)}${prefix === '' ? '' : `/${written(prefix)}`}`;
  return [
    `  ${trail.trail === '' ? 'a trail' : written(trail.trail)} to ${place}: ${counted(recorded, 'log file')} recorded as delivered, ${formatCount(present)} here`,
    ...(repacked === 0 ? [] : [`    packed anew, with another size than was delivered: ${formatCount(repacked)}`]),
    ...(absentDigests === 0 ? [] : [`    digests recorded as delivered and not here: ${formatCount(absentDigests)}`]),
    ...absentLogs.map((key) => `    recorded as delivered, not in what is open: ${written(key)}`),
  ];
}
