/** Comparisons in which one event came as a summary: what it did not bring is unknown there, and no difference. */
import type { DiffRow, DiffSection, EventDiff } from '#contract/diff';
import { differingPlaces } from './diff-rows';

type Side = 'left' | 'right';

/** The side that came without request and response, where the other came in full. */
export function summarySide({ left, right }: Pick<EventDiff, 'left' | 'right'>): Side | null {
  if (left.isSummary === right.isSummary) return null;
  return left.isSummary ? 'left' : 'right';
}

/**
 * The comparison with everything that only the full side has told as equal, with nothing on the summary's side: see `isUnknown` of
 * `diff-rows.ts`. Comparisons of two full events, or of two summaries, come back as they are.
 */
export function withoutUnknown(diff: EventDiff): EventDiff {
  const side = summarySide(diff);
  return side === null ? diff : { ...diff, sections: diff.sections.map((section) => knownSection(section, side)) };
}

function knownSection(section: DiffSection, side: Side): DiffSection {
  const rows = settleContainers(
    section.rows.map((row) => (row[side] === null && row.kind !== 'changed' ? { ...row, kind: 'equal' } : row)),
  );
  const changes = rows.filter(({ kind, members }) => kind !== 'equal' && members === 0).length;
  // A policy that one side does not have was not changed.
  return { ...section, rows, changes, policies: changes === 0 ? [] : section.policies };
}

/** What holds nothing but equal rows is equal itself. */
function settleContainers(rows: readonly DiffRow[]): readonly DiffRow[] {
  return rows.map((row, index) => {
    if (row.kind !== 'changed' || row.members === 0 || row.left?.type !== row.right?.type) return row;
    const after = rows.slice(index + 1);
    const end = after.findIndex(({ depth }) => depth <= row.depth);
    const inner = end === -1 ? after : after.slice(0, end);
    return differingPlaces(inner).length === 0 ? { ...row, kind: 'equal' } : row;
  });
}
