/** The best match among elements that nothing identifies: those with most values in common. */
import type { DiffNode } from './prepare';

/** Values of one element that count. */
const mostTraits = 40;
/** A value in more elements than this does not distinguish them. */
const mostHolders = 16;

interface Candidate {
  readonly left: number;
  readonly right: number;
  readonly score: number;
}

/**
 * Pairs of elements that share more than half of their values, or of their keys' values; the most similar first, each element once.
 *
 * Near linear: only elements that share a value which few others hold are compared with each other.
 */
export function similarities(
  left: readonly DiffNode[],
  right: readonly DiffNode[],
): readonly (readonly [number, number])[] {
  if (left.length === 0 || right.length === 0) return [];
  const [leftTraits, rightTraits] = [left.map(traitsOf), right.map(traitsOf)];
  const holders = new Map<string, number[]>();
  rightTraits.forEach((traits, at) => {
    for (const trait of traits.values) {
      const known = holders.get(trait);
      if (known === undefined) holders.set(trait, [at]);
      else known.push(at);
    }
  });
  const candidates: Candidate[] = [];
  leftTraits.forEach((traits, at) => {
    const seen = new Set<number>();
    for (const trait of traits.values) {
      const found = holders.get(trait) ?? [];
      if (found.length > mostHolders) continue;
      for (const other of found) {
        if (seen.has(other) || left[at]?.kind !== right[other]?.kind) continue;
        seen.add(other);
        const score = similarity(traits, rightTraits[other] ?? noTraits);
        if (score > 0.5) candidates.push({ left: at, right: other, score });
      }
    }
  });
  candidates.sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right);
  const takenLeft = new Set<number>();
  const takenRight = new Set<number>();
  const pairs: (readonly [number, number])[] = [];
  for (const { left: at, right: other } of candidates) {
    if (takenLeft.has(at) || takenRight.has(other)) continue;
    takenLeft.add(at);
    takenRight.add(other);
    pairs.push([at, other]);
  }
  return pairs;
}

interface Traits {
  /** Path within the element and number of the value. */
  readonly values: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

const noTraits: Traits = { values: new Set(), paths: new Set() };

/** 1 for equal, else between 0 and 1: an equal value counts fully, another value under the same key half. */
function similarity(one: Traits, other: Traits): number {
  const values = countShared(one.values, other.values);
  const paths = countShared(one.paths, other.paths);
  const most = Math.max(one.values.size, other.values.size);
  return most === 0 ? 0 : (values + Math.max(values, Math.min(paths, most))) / (2 * most);
}

function countShared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const element of one) if (other.has(element)) count++;
  return count;
}

function traitsOf(element: DiffNode): Traits {
  const values = new Set<string>();
  const paths = new Set<string>();
  const collect = (node: DiffNode, path: string): void => {
    for (const child of node.children) {
      if (values.size >= mostTraits) return;
      const childPath = `${path}\n${child.key ?? ''}`;
      if (child.children.length > 0) collect(child, childPath);
      else {
        values.add(`${childPath}\n${child.id}`);
        paths.add(childPath);
      }
    }
  };
  collect(element, '');
  return { values, paths };
}
