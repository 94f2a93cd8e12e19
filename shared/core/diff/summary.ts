/** Comparisons where one event is summary only: values that it lacks are unknown, not differences. */
import type { DiffCell, DiffRow, DiffSection, EventDiff } from '#contract/diff';

type Side = 'left' | 'right';

/** A value that one side lacks because it is summary only. */
export interface Unknown {
  readonly path: string;
  /** Null on the summary's side. */
  readonly left: DiffCell | null;
  readonly right: DiffCell | null;
}

/** The side that is summary only, where the other is full. */
export function summarySide({ left, right }: Pick<EventDiff, 'left' | 'right'>): Side | null {
  if (left.isSummary === right.isSummary) return null;
  return left.isSummary ? 'left' : 'right';
}

/**
 * Marks rows that only the full side has as equal, with nothing on the summary's side: see {@link isUnknown}. Comparisons of two full events,
 * or of two summaries, are returned unchanged.
 */
export function withoutUnknown(diff: EventDiff): EventDiff {
  const side = summarySide(diff);
  return side === null ? diff : { ...diff, sections: diff.sections.map((section) => knownSection(section, side)) };
}

/** Of a row of {@link withoutUnknown}: true where one side lacks the value because it is summary only. */
export function isUnknown({ kind, left, right }: DiffRow): boolean {
  return kind === 'equal' && (left === null) !== (right === null);
}

/** The values of a section of {@link withoutUnknown} that are unknown on one side, without the values that contain them. */
export function unknownIn({ rows }: Pick<DiffSection, 'rows'>): readonly Unknown[] {
  return rows
    .filter((row) => row.members === 0 && isUnknown(row))
    .map(({ path, left, right }) => ({ path, left, right }));
}

function knownSection(section: DiffSection, side: Side): DiffSection {
  const rows = settleContainers(
    section.rows.map((row) => (row[side] === null && row.kind !== 'changed' ? { ...row, kind: 'equal' } : row)),
  );
  const changes = rows.filter(
    ({ kind, members, isRepeated }) => kind !== 'equal' && members === 0 && !isRepeated,
  ).length;
  // A policy that one side does not have was not changed.
  return { ...section, rows, changes, policies: changes === 0 ? [] : section.policies };
}

/** A container of nothing but equal rows is equal itself. */
function settleContainers(rows: readonly DiffRow[]): readonly DiffRow[] {
  return rows.map((row, index) => {
    if (!isAround(row)) return row;
    const after = rows.slice(index + 1);
    const end = after.findIndex(({ depth }) => depth <= row.depth);
    const inner = end === -1 ? after : after.slice(0, end);
    return inner.every((each) => each.kind === 'equal' || isAround(each)) ? { ...row, kind: 'equal' } : row;
  });
}

/** A container on both sides that differs only in its members. */
function isAround({ kind, members, left, right }: DiffRow): boolean {
  return kind === 'changed' && members > 0 && left?.type === right?.type;
}
