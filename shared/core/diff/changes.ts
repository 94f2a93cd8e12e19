import type { DiffCell, DiffKind, DiffRow, DiffSection } from '#contract/diff';

/** One value that was added, removed or changed. */
export interface Change {
  readonly path: string;
  readonly kind: Exclude<DiffKind, 'equal'>;
  readonly left: DiffCell | null;
  readonly right: DiffCell | null;
  /** The response repeats the request here. */
  readonly isRepeated: boolean;
}

/**
 * The changes of a section: single values, not their containers.
 *
 * Where a single value became an object, or the reverse, the value counts as removed (or added), and so does each of the object's
 * members. A `null` that was replaced is not counted.
 */
export function changesIn({ rows }: Pick<DiffSection, 'rows'>): readonly Change[] {
  return rows.flatMap(({ kind, path, left, right, members, isRepeated }): Change | [] => {
    if (kind === 'equal') return [];
    if (members === 0) return { path, kind, left, right, isRepeated };
    if (kind !== 'changed') return [];
    if (isValue(left)) return { path, kind: 'removed', left, right: null, isRepeated };
    return isValue(right) ? { path, kind: 'added', left: null, right, isRepeated } : [];
  });
}

/** Whether it is a value to count: not null, and not a container that is compared member by member. */
function isValue(cell: DiffRow['left']): boolean {
  if (cell === null || cell.type === 'null') return false;
  return cell.omitted !== null || (cell.type !== 'object' && cell.type !== 'array');
}
