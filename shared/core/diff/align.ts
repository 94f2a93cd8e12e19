/**
 * Which elements of two arrays, and which members of two objects, belong together.
 *
 * The answer is the same from either side: ties are decided from the first side, which the caller keeps the same (see
 * {@link Aligner.isSwapped}).
 */
import { identitiesOf, statementIdentities, statementLabel, type Identity } from './identity';
import type { DiffNode } from './prepare';
import { similarities } from './likeness';
import { Budget, longestRising, matchSequences } from './sequence';

export interface Alignment {
  /** In the order to be shown: that of the right side; what only the left has comes after what it follows there. -1: that side has none. */
  readonly pairs: readonly (readonly [number, number])[];
  /** What identifies an element; null where only its index does. */
  readonly label: (element: DiffNode) => string | null;
  /** The order matters and has changed; elements were matched by what identifies them. */
  readonly isReordered: boolean;
}

type Nodes = readonly DiffNode[];

export class Aligner {
  readonly budget = new Budget();
  private readonly isSwapped: boolean;

  /** `isSwapped`: decide ties from the right side. It must be set for just one of `(a, b)` and `(b, a)`. */
  constructor(isSwapped: boolean) {
    this.isSwapped = isSwapped;
  }

  /** Members by key; among members of one key, by their order. */
  objects(left: Nodes, right: Nodes): Alignment['pairs'] {
    const places = new Map<string, number[]>();
    right.forEach(({ key }, at) => {
      const known = places.get(key ?? '');
      if (known === undefined) places.set(key ?? '', [at]);
      else known.push(at);
    });
    const used = new Map<string, number>();
    const partners = left.map(({ key }) => {
      const nth = used.get(key ?? '') ?? 0;
      used.set(key ?? '', nth + 1);
      return places.get(key ?? '')?.[nth] ?? -1;
    });
    return inOrder(partners, right.length);
  }

  arrays(left: DiffNode, right: DiffNode): Alignment {
    const isSet = left.isSet && right.isSet;
    const [a, b] = [left.children, right.children];
    if (left.shape === 'statements' && right.shape === 'statements') {
      return { pairs: inOrder(this.statements(a, b), b.length), label: statementName, isReordered: false };
    }
    const known = this.byIdentity(a, b);
    if (known !== null) {
      const { partners, label } = known;
      return { pairs: inOrder(partners, b.length), label, isReordered: !isSet && !isRising(partners) };
    }
    const partners = isSet ? this.sets(a, b) : this.sequences(a, b);
    const label = isSet ? valueLabel : noLabel;
    return { pairs: inOrder(partners, b.length), label, isReordered: false };
  }

  /** By the first identity that fits; null where none does. */
  private byIdentity(left: Nodes, right: Nodes): { partners: readonly number[]; label: Identity['label'] } | null {
    for (const identity of identitiesOf(left, right)) {
      const places = new Map(right.map((element, at) => [identity.of(element), at]));
      const partners = left.map((element) => places.get(identity.of(element)) ?? -1);
      if (identity.isStrong || partners.some((partner) => partner >= 0) || left.length === 0 || right.length === 0) {
        return { partners, label: identity.label };
      }
    }
    return null;
  }

  private statements(left: Nodes, right: Nodes): readonly number[] {
    const partners = left.map(() => -1);
    const taken = new Set<number>();
    for (const of of statementIdentities) {
      const free = placesOf(right, of, (at) => !taken.has(at));
      for (const [identity, [at, ...others]] of placesOf(left, of, (place) => partners[place] === -1)) {
        const [partner, ...more] = free.get(identity) ?? [];
        // An identity that two statements share identifies neither.
        if (at === undefined || partner === undefined || others.length > 0 || more.length > 0) continue;
        partners[at] = partner;
        taken.add(partner);
      }
    }
    return this.addLike(left, right, partners);
  }

  /** Equal elements first, wherever they are, then similar ones. */
  private sets(left: Nodes, right: Nodes): readonly number[] {
    const places = placesOf(
      right,
      ({ id }) => String(id),
      () => true,
    );
    const partners = left.map(({ id }) => places.get(String(id))?.shift() ?? -1);
    return this.addRest(left, right, partners);
  }

  /** Equal elements in order; between those, similar ones; then by index where both sides have equally many left. */
  private sequences(left: Nodes, right: Nodes): readonly number[] {
    const ids = (nodes: Nodes): number[] => nodes.map(({ id }) => id);
    const equal = this.isSwapped
      ? inverse(matchSequences(ids(right), ids(left), this.budget), left.length)
      : Array.from(matchSequences(ids(left), ids(right), this.budget));
    const partners = [...equal];
    forEachGap(equal, right.length, (from, to, rightFrom, rightTo) => {
      const [a, b] = [left.slice(from, to), right.slice(rightFrom, rightTo)];
      const like = this.addRest(
        a,
        b,
        a.map(() => -1),
      );
      const kept = this.keepOrder(like);
      kept.forEach((partner, at) => {
        if (partner >= 0) partners[from + at] = rightFrom + partner;
      });
    });
    forEachGap(partners, right.length, (from, to, rightFrom, rightTo) => {
      if (to - from !== rightTo - rightFrom) return;
      for (let at = from; at < to; at++) {
        const partner = rightFrom + at - from;
        if (isScalar(left[at]) && isScalar(right[partner])) partners[at] = partner;
      }
    });
    return partners;
  }

  /** Without the partners that cross others. */
  private keepOrder(partners: readonly number[]): readonly number[] {
    const pairs = partners.flatMap((partner, at) => (partner < 0 ? [] : [[at, partner] as const]));
    if (this.isSwapped) pairs.sort(([, a], [, b]) => a - b);
    const rising = longestRising(pairs.map(([at, partner]) => (this.isSwapped ? at : partner)));
    const kept = new Set(pairs.filter((_, at) => rising.has(at)).map(([at]) => at));
    return partners.map((partner, at) => (kept.has(at) ? partner : -1));
  }

  /** Adds partners: the only element left on either side, if both are of one kind; else the most similar pairs. */
  private addRest(left: Nodes, right: Nodes, partners: readonly number[]): readonly number[] {
    const taken = new Set(partners);
    const a = left.flatMap((node, at) => (partners[at] === -1 && isOpen(node) ? at : []));
    const b = right.flatMap((node, at) => (!taken.has(at) && isOpen(node) ? at : []));
    const [only, other] = [a[0], b[0]];
    if (a.length !== 1 || b.length !== 1 || only === undefined || other === undefined) {
      return this.addLike(left, right, partners);
    }
    return partners.map((partner, at) => (at === only && left[at]?.kind === right[other]?.kind ? other : partner));
  }

  /** Adds partners: the most similar pairs among the elements left. */
  private addLike(left: Nodes, right: Nodes, partners: readonly number[]): readonly number[] {
    const taken = new Set(partners);
    const a = left.map((_, at) => at).filter((at) => partners[at] === -1 && isOpen(left[at]));
    const b = right.map((_, at) => at).filter((at) => !taken.has(at) && isOpen(right[at]));
    const all = [...partners];
    const nodes = (from: Nodes, places: readonly number[]): Nodes => places.flatMap((at) => from[at] ?? []);
    const [one, other] = [nodes(left, a), nodes(right, b)];
    for (const [first, second] of this.isSwapped ? similarities(other, one) : similarities(one, other)) {
      const [at, partner] = this.isSwapped ? [a[second], b[first]] : [a[first], b[second]];
      if (at !== undefined && partner !== undefined) all[at] = partner;
    }
    return all;
  }
}

const statementName = (statement: DiffNode): string | null => statementLabel(statement) || null;
const noLabel = (): null => null;
const valueLabel = (element: DiffNode): string | null => (isScalar(element) ? element.text : null);
const isScalar = (node: DiffNode | undefined): boolean => node?.kind !== 'object' && node?.kind !== 'array';
const isOpen = (node: DiffNode | undefined): boolean => !isScalar(node) && node?.isClosed === false;

function placesOf(
  nodes: Nodes,
  of: (node: DiffNode) => string | null,
  isFree: (at: number) => boolean,
): Map<string, number[]> {
  const places = new Map<string, number[]>();
  nodes.forEach((node, at) => {
    const identity = isFree(at) ? of(node) : null;
    if (identity === null) return;
    const known = places.get(identity);
    if (known === undefined) places.set(identity, [at]);
    else known.push(at);
  });
  return places;
}

function inverse(partners: Int32Array, length: number): number[] {
  const found = new Array<number>(length).fill(-1);
  partners.forEach((partner, at) => {
    if (partner >= 0) found[partner] = at;
  });
  return found;
}

function isRising(partners: readonly number[]): boolean {
  const known = partners.filter((partner) => partner >= 0);
  return known.every((partner, at) => at === 0 || partner > (known[at - 1] ?? -1));
}

/** Calls back for each stretch between partners that has something on both sides. Partners must be in order. */
function forEachGap(
  partners: readonly number[],
  rightLength: number,
  visit: (from: number, to: number, rightFrom: number, rightTo: number) => void,
): void {
  let [from, rightFrom] = [0, 0];
  const close = (to: number, rightTo: number): void => {
    if (to > from && rightTo > rightFrom) visit(from, to, rightFrom, rightTo);
    [from, rightFrom] = [to + 1, rightTo + 1];
  };
  partners.forEach((partner, at) => {
    if (partner >= 0) close(at, partner);
  });
  close(partners.length, rightLength);
}

function inOrder(partners: readonly number[], rightLength: number): Alignment['pairs'] {
  const lefts = new Int32Array(rightLength).fill(-1);
  partners.forEach((partner, at) => {
    if (partner >= 0) lefts[partner] = at;
  });
  const pairs: (readonly [number, number])[] = [];
  const addAlone = (from: number): void => {
    for (let at = from; at < partners.length && partners[at] === -1; at++) pairs.push([at, -1]);
  };
  addAlone(0);
  for (let at = 0; at < rightLength; at++) {
    const left = lefts[at] ?? -1;
    pairs.push([left, at]);
    if (left >= 0) addAlone(left + 1);
  }
  return pairs;
}
