/** Compares two records, as sections of aligned rows for the window. */
import type { DiffSection, EventDiff, PolicyDiff } from '#contract/diff';
import { err, ok, type Result } from '#contract/result';
import { parseTree, type JsonSyntaxError } from '../json/tree';
import { changesIn } from './changes';
import { Comparer, type Pair } from './compare';
import { describePolicies, type Failures } from './policy';
import { Preparer, type DiffNode } from './prepare';
import { withRepeated } from './repeated';
import { rowsOf, type RowOptions } from './rows';

/** {@link EventDiff} without the parts from the index: the events' rows and locations. */
export type RecordDiff = Omit<EventDiff, 'left' | 'right' | 'places'>;

/** Request and response come first; then the order of the records. */
const firstFields = ['requestParameters', 'responseElements'];

/**
 * Compares two records, given as in their files. The error says what is wrong with one of them. `failures`: which of the two calls did not
 * succeed, by the rule of `core/outcome`.
 *
 * Deterministic, and the same from either side except for the direction. Bounded: past some 50,000 values, or texts of 200,000 characters,
 * the rest is compared as a whole, and `coarse` says so.
 */
export function diffRecords(
  left: string,
  right: string,
  withNoise: boolean,
  failures: Failures = { left: null, right: null },
): Result<RecordDiff, JsonSyntaxError> {
  const [one, other] = [parseTree(left), parseTree(right)];
  if (!one.ok) return err(one.error);
  if (!other.ok) return err(other.error);
  const preparer = new Preparer();
  const [before, after] = [preparer.prepare(one.value, left), preparer.prepare(other.value, right)];
  const isSwapped = left > right;
  const comparer = new Comparer(isSwapped);
  const noise = { hidden: 0 };
  const pairs = comparer.members(before, after, '').flatMap((pair) => (withNoise ? pair : withoutNoise(pair, noise)));
  const options: RowOptions = { budget: comparer.aligner.budget, isSwapped };
  const policies = describePolicies(before, after, failures, isSwapped);
  const sections = withRepeated(inOrder(pairs).map((pair) => sectionOf(pair, policies, options))).map(counted);
  const coarse = preparer.isCut || options.budget.isSpent ? coarseMessage : null;
  return ok({ sections, noiseHidden: noise.hidden, coarse });
}

const coarseMessage =
  'These records are very large. Some of their values were compared as a whole, or were not matched as closely as they could be.';

function withoutNoise(pair: Pair, noise: { hidden: number }): Pair | [] {
  if (pair.isNoise) {
    noise.hidden += countRows(pair);
    return [];
  }
  if (pair.children.length === 0 || pair.kind === 'equal') return pair;
  const hidden = noise.hidden;
  const children = pair.children.flatMap((child) => withoutNoise(child, noise));
  if (hidden === noise.hidden) return pair;
  if (pair.kind !== 'changed') return { ...pair, children };
  // A container's kind follows from what is left in it; a text that became an object has changed whatever is in that.
  const isContainer = pair.left?.kind === pair.right?.kind;
  return {
    ...pair,
    children,
    kind: isContainer && children.every(({ kind }) => kind === 'equal') ? 'equal' : 'changed',
  };
}

function countRows(pair: Pair): number {
  return pair.children.reduce((sum, child) => sum + countRows(child), 1);
}

function inOrder(pairs: readonly Pair[]): readonly Pair[] {
  const first = firstFields.flatMap((field) => pairs.filter(({ label }) => label === field));
  return [...first, ...pairs.filter((pair) => !first.includes(pair))];
}

function sectionOf(pair: Pair, policies: readonly PolicyDiff[], options: RowOptions): DiffSection {
  const { label, left, right, children } = pair;
  const oneSided = isNothing(left) && isFull(right) ? 'right' : isFull(left) && isNothing(right) ? 'left' : null;
  // A field that is one value, or is something else on the other side, has a row of its own.
  const isOther = left?.kind !== right?.kind || left?.isClosed !== right?.isClosed;
  const hasOwnRow = children.length === 0 || (oneSided === null && isOther);
  const rows = rowsOf(hasOwnRow ? [pair] : children, options);
  const own = policies.filter(({ path }) => path === label || path.startsWith(`${label}.`));
  return { field: label, changes: 0, rows, oneSided, policies: own };
}

function counted(section: DiffSection): DiffSection {
  return { ...section, changes: changesIn(section).filter(({ isRepeated }) => !isRepeated).length };
}

function isNothing(node: DiffNode | null): boolean {
  return node === null || node.kind === 'null';
}

function isFull(node: DiffNode | null): boolean {
  return node !== null && node.children.length > 0;
}
