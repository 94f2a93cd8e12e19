/** Makes two prepared records into one tree of pairs, each with its kind of change. */
import type { DiffKind } from '#contract/diff';
import { Aligner } from './align';
import { isNoise } from './noise';
import type { DiffNode } from './prepare';

/** One value on both sides, or on one. */
export interface Pair {
  /** A container is `changed` when anything in it is, and `equal` when nothing but the order of a set is. */
  readonly kind: DiffKind;
  readonly label: string;
  readonly path: string;
  readonly left: DiffNode | null;
  readonly right: DiffNode | null;
  readonly children: readonly Pair[];
  /** Noise: differs in every pair of calls. */
  readonly isNoise: boolean;
}

interface Place {
  readonly label: string;
  readonly path: string;
}

/** Paths and labels are for people: a key of a hundred kilobytes, or a path of a thousand keys, must not be repeated in every row. */
const longestLabel = 200;
const longestPath = 2_000;

export class Comparer {
  readonly aligner: Aligner;

  /** `isSwapped`: see {@link Aligner}. */
  constructor(isSwapped: boolean) {
    this.aligner = new Aligner(isSwapped);
  }

  /** The top-level members of two records. */
  members(left: DiffNode, right: DiffNode, path: string): readonly Pair[] {
    return this.aligner.objects(left.children, right.children).map(([at, other]) => {
      const [one, two] = [left.children[at] ?? null, right.children[other] ?? null];
      return this.pair(one, two, memberPlace(path, (two ?? one)?.key ?? ''));
    });
  }

  private pair(left: DiffNode | null, right: DiffNode | null, place: Place): Pair {
    if (left === null || right === null) return this.alone(left, right, place);
    // `"Action": "s3:GetObject"` on both sides stays one line.
    if (left.isWrapped && right.isWrapped) return this.pair(left.children[0] ?? null, right.children[0] ?? null, place);
    if (isOpen(left) && isOpen(right) && left.kind === right.kind) {
      const children =
        left.kind === 'object' ? this.members(left, right, place.path) : this.elements(left, right, place.path);
      return pairOf(left, right, children.some(({ kind }) => kind !== 'equal') ? 'changed' : 'equal', place, children);
    }
    const isEqual = left.id === right.id && left.isClosed === right.isClosed;
    if (isEqual) return pairOf(left, right, 'equal', place, []);
    // A text or nothing on one side and an object on the other: the object's members were added, or removed.
    const children = [...this.inside(left, null, place.path), ...this.inside(null, right, place.path)];
    return pairOf(left, right, 'changed', place, children);
  }

  private alone(left: DiffNode | null, right: DiffNode | null, place: Place): Pair {
    const [one, two] = [unwrapped(left), unwrapped(right)];
    return pairOf(one, two, left === null ? 'added' : 'removed', place, this.inside(one, two, place.path));
  }

  /** The members of a value without a partner. */
  private inside(left: DiffNode | null, right: DiffNode | null, path: string): readonly Pair[] {
    const node = left ?? right;
    if (node === null || node.children.length === 0) return [];
    const empty: DiffNode = { ...node, children: [] };
    const [one, two] = left === null ? [empty, node] : [node, empty];
    return node.kind === 'object' ? this.members(one, two, path) : this.elements(one, two, path);
  }

  private elements(left: DiffNode, right: DiffNode, path: string): readonly Pair[] {
    const { pairs, label, isReordered } = this.aligner.arrays(left, right);
    const found = pairs.map(([at, other]) => {
      const [one, two] = [left.children[at] ?? null, right.children[other] ?? null];
      const element = two ?? one;
      const name = element === null ? null : label(element);
      return this.pair(one, two, elementPlace(path, name, other < 0 ? at : other, two ?? one));
    });
    if (!isReordered) return found;
    const order = (nodes: readonly DiffNode[]): string => nodes.map((node) => label(node) ?? '').join(', ');
    return [orderPair(order(left.children), order(right.children), path), ...found];
  }
}

function memberPlace(path: string, key: string): Place {
  const label = cut(key, longestLabel);
  return { label, path: cutMiddle(path === '' ? label : `${path}.${label}`) };
}

/** What identifies an element is also its label; a plain value in a set identifies itself and needs none. */
function elementPlace(path: string, name: string | null, at: number, element: DiffNode | null): Place {
  const text = name === null ? String(at) : cut(name, longestLabel);
  const isOwnName = name !== null && element?.kind !== 'object';
  return { label: isOwnName ? '[]' : name === null ? `[${text}]` : text, path: cutMiddle(`${path}[${text}]`) };
}

/** Identified elements are shown side by side; a change of their order is a line of its own. */
function orderPair(left: string, right: string, path: string): Pair {
  return pairOf(
    textNode(left),
    textNode(right),
    'changed',
    { label: '(order)', path: cutMiddle(`${path}[(order)]`) },
    [],
  );
}

function textNode(text: string): DiffNode {
  return {
    kind: 'string',
    key: null,
    text,
    children: [],
    shape: 'plain',
    fieldPath: null,
    id: -1,
    isSet: false,
    isWrapped: false,
    isClosed: false,
    members: 0,
    decoded: null,
    isRedacted: false,
    omitted: null,
  };
}

function pairOf(
  left: DiffNode | null,
  right: DiffNode | null,
  kind: DiffKind,
  { label, path }: Place,
  children: readonly Pair[],
): Pair {
  const fieldPath = (right ?? left)?.fieldPath ?? null;
  return { kind, label, path, left, right, children, isNoise: kind !== 'equal' && isNoise(fieldPath) };
}

function unwrapped(node: DiffNode | null): DiffNode | null {
  return node?.isWrapped === true ? (node.children[0] ?? null) : node;
}

function isOpen(node: DiffNode): boolean {
  return (node.kind === 'object' || node.kind === 'array') && !node.isClosed;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function cutMiddle(path: string): string {
  if (path.length <= longestPath) return path;
  return `${path.slice(0, longestPath / 2)}…${path.slice(1 - longestPath / 2)}`;
}
