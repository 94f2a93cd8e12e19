/** Comparisons in as few words as a test needs. */
import type { DiffRow, DiffSection } from '#contract/diff';
import { changesIn } from '#core/diff/changes';
import { diffRecords, type RecordDiff } from '#core/diff/event-diff';

/** Compares two records' texts, with noise unless told otherwise. */
export function diffTexts(left: string, right: string, withNoise = true): RecordDiff {
  const result = diffRecords(left, right, withNoise);
  if (!result.ok) throw new Error(`${result.error.message} at ${String(result.error.at)}`);
  return result.value;
}

/** Compares two calls' request parameters. */
export function diffRequests(left: unknown, right: unknown): DiffSection {
  const record = (requestParameters: unknown): string => JSON.stringify({ requestParameters });
  const [section] = diffTexts(record(left), record(right)).sections;
  if (section === undefined) throw new Error('there is no section');
  return section;
}

/** `- path: value`, `+ path: value`, `~ path: before → after`, without `requestParameters`. */
export function changeLines(section: DiffSection): readonly string[] {
  return changesIn(section).map(({ path, kind, left, right }) => {
    const at = path.replace(/^requestParameters\.?/, '');
    if (kind === 'changed') return `~ ${at}: ${left?.text ?? ''} → ${right?.text ?? ''}`;
    return kind === 'added' ? `+ ${at}: ${right?.text ?? ''}` : `- ${at}: ${left?.text ?? ''}`;
  });
}

/** What a section says of its policies, `widened: statement …`. */
export function policyLines(section: DiffSection): readonly string[] {
  return section.policies.flatMap(({ lines }) => lines.map(({ kind, text }) => `${kind}: ${text}`));
}

/** The row at a path, without `requestParameters`. */
export function rowAt(section: DiffSection, path: string): DiffRow {
  const row = section.rows.find((each) => each.path === `requestParameters.${path}`);
  if (row === undefined) throw new Error(`no row at ${path} among ${section.rows.map((each) => each.path).join(' ')}`);
  return row;
}
