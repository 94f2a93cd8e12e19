/** The tree of pairs as rows to be drawn. */
import type { DiffCell, DiffRow } from '#contract/diff';
import type { Pair } from './compare';
import type { DiffNode } from './prepare';
import { compareWords } from './words';
import type { Budget } from './sequence';

/** The most that is shown of a value too large to compare member by member. */
const longestSource = 20_000;

export interface RowOptions {
  readonly budget: Budget;
  readonly isSwapped: boolean;
}

/** The rows of some pairs and of what is in them, depth first. */
export function rowsOf(pairs: readonly Pair[], options: RowOptions): DiffRow[] {
  const rows: DiffRow[] = [];
  const add = (pair: Pair, depth: number): void => {
    const { kind, path, label, left, right, children } = pair;
    const words = wordsOf(pair, options);
    rows.push({
      kind,
      depth,
      path,
      label,
      left: cellOf(left, words?.left ?? null),
      right: cellOf(right, words?.right ?? null),
      members: children.length,
      decoded: right?.decoded ?? left?.decoded ?? null,
      isRepeated: false,
    });
    for (const child of children) add(child, depth + 1);
  };
  for (const pair of pairs) add(pair, 0);
  return rows;
}

function wordsOf({ kind, left, right }: Pair, { budget, isSwapped }: RowOptions): ReturnType<typeof compareWords> {
  if (kind !== 'changed' || left?.kind !== 'string' || right?.kind !== 'string') return null;
  if (left.isRedacted || right.isRedacted) return null;
  return compareWords(left.text, right.text, budget, isSwapped);
}

function cellOf(node: DiffNode | null, pieces: DiffCell['pieces']): DiffCell | null {
  if (node === null) return null;
  const { isRedacted, omitted } = node;
  const type = node.kind === 'true' || node.kind === 'false' ? 'boolean' : node.kind;
  return { text: cellText(node), type, pieces, isRedacted, omitted };
}

function cellText(node: DiffNode): string {
  if (node.isClosed) return node.text.length > longestSource ? `${node.text.slice(0, longestSource)}…` : node.text;
  if (node.kind !== 'object' && node.kind !== 'array') return node.text;
  if (node.members === 0) return node.kind === 'object' ? '{}' : '[]';
  return node.kind === 'object' ? `{…} ${node.members}` : `[…] ${node.members}`;
}
