/** Makes the JSON tree of a record into the tree that is compared: texts that hold JSON are parsed, equal values have the same number. */
import { embeddedJson } from '../json/embedded';
import { parseTree, type JsonNode } from '../json/tree';
import { isRedacted, isSet, omittedReason, shapeOf, standsForList, type Shape } from './shapes';

export interface DiffNode {
  readonly kind: JsonNode['kind'];
  readonly key: string | null;
  /** As {@link JsonNode.text}; the source of a value whose members are not compared. */
  readonly text: string;
  readonly children: readonly DiffNode[];
  readonly shape: Shape;
  /** Keys joined by `.` from the record's top; null within an opened text. */
  readonly fieldPath: string | null;
  /** Two nodes of the same {@link Preparer} have the same number if and only if they mean the same. */
  readonly id: number;
  /** An array whose order does not matter. */
  readonly isSet: boolean;
  /** A single value that means a list of one: it is the only child. */
  readonly isWrapped: boolean;
  /** Not compared member by member: past the bound, or AWS omitted the payload. */
  readonly isClosed: boolean;
  readonly members: number;
  readonly decoded: 'json' | 'url-encoded json' | null;
  readonly isRedacted: boolean;
  readonly omitted: string | null;
}

/** The record itself, or a text within it that was opened. */
interface Source {
  /** What the nodes' offsets count in. */
  readonly text: string;
  /** How many parsed texts it is nested in: 0 for the record. */
  readonly opened: number;
}

/** Where a value is. */
interface Place {
  readonly key: string | null;
  readonly shape: Shape;
  /** Values that enclose it. */
  readonly depth: number;
  readonly decoded: DiffNode['decoded'];
}

/** A text in a text in a text: anything deeper is not parsed. */
const mostOpened = 3;
/** Nothing is parsed below this depth, so that recursion stays within the stack: a text may be nested as deep as a record. */
const deepestOpened = 100;
/** The most values of one record to compare. A record of 250 kB has some 20,000. */
const mostNodes = 50_000;

/** Prepares the records of one comparison: their numbers are to be compared with each other. */
export class Preparer {
  /** Whether some values were compared as a whole because there were too many. */
  isCut = false;
  private readonly ids = new Map<string, number>();
  private left = 0;

  /** `text` is what the tree was parsed from. */
  prepare(tree: JsonNode, text: string): DiffNode {
    this.left = mostNodes;
    return this.node(
      tree,
      { key: null, shape: shapeOf(tree, null, 'plain'), depth: 0, decoded: null },
      { text, opened: 0 },
    );
  }

  private node(tree: JsonNode, place: Place, source: Source): DiffNode {
    this.left--;
    const opened = tree.kind === 'string' ? this.open(tree, place, source) : null;
    if (opened !== null) return opened;
    if (standsForList(place.shape, tree.kind)) {
      const inner = { ...place, key: null, shape: shapeOf(tree, null, place.shape) };
      return this.container('array', tree, [this.node(tree, inner, source)], place, source);
    }
    if (tree.kind !== 'object' && tree.kind !== 'array') return this.leaf(tree, place, source, tree.text, null);
    const omitted = omittedReason(tree);
    const isTooMuch = tree.children.length > Math.max(0, this.left);
    if (isTooMuch) this.isCut = true;
    if (omitted !== null || isTooMuch) {
      return this.leaf(tree, place, source, source.text.slice(tree.from, tree.to), omitted);
    }
    const children: DiffNode[] = [];
    for (const child of tree.children) {
      const { key } = child;
      const shape = shapeOf(child, key, place.shape);
      children.push(this.node(child, { key, shape, depth: place.depth + 1, decoded: null }, source));
    }
    return this.container(tree.kind, tree, children, place, source);
  }

  /** The JSON a text holds, in place of the text. */
  private open(tree: JsonNode, { key, shape, depth }: Place, source: Source): DiffNode | null {
    if (source.opened >= mostOpened || depth > deepestOpened || this.left < 0) return null;
    const text = embeddedJson(tree.text);
    if (text === null) return null;
    const parsed = parseTree(text);
    if (!parsed.ok) return null;
    const inner = shape === 'plain' ? shapeOf(parsed.value, key, 'plain') : shape;
    const decoded = text === tree.text ? 'json' : 'url-encoded json';
    const place = { key, shape: inner, depth: depth + 1, decoded } as const;
    return this.node(parsed.value, place, { text, opened: source.opened + 1 });
  }

  /** A plain value, or one whose members are not compared. */
  private leaf(tree: JsonNode, place: Place, source: Source, text: string, omitted: string | null): DiffNode {
    return {
      kind: tree.kind,
      key: place.key,
      text,
      children: [],
      shape: place.shape,
      fieldPath: source.opened > 0 ? null : tree.path,
      id: this.idOf(`${tree.kind} ${text}`),
      isSet: false,
      isWrapped: false,
      isClosed: tree.kind === 'object' || tree.kind === 'array',
      members: tree.children.length,
      decoded: place.decoded,
      isRedacted: tree.kind === 'string' && isRedacted(text),
      omitted,
    };
  }

  /** `tree` is an array's single value where that means the array. */
  private container(
    kind: 'object' | 'array',
    tree: JsonNode,
    children: readonly DiffNode[],
    { key, shape, decoded }: Place,
    source: Source,
  ): DiffNode {
    const isUnordered = kind === 'array' && isSet(shape, key);
    return {
      kind,
      key,
      text: '',
      children,
      shape,
      fieldPath: source.opened > 0 ? null : tree.path,
      id: kind === 'object' ? this.objectId(children) : this.arrayId(children, isUnordered),
      isSet: isUnordered,
      isWrapped: kind === 'array' && tree.kind !== 'array',
      isClosed: false,
      members: children.length,
      decoded,
      isRedacted: false,
      omitted: null,
    };
  }

  /** The order of the keys does not matter; that of members with the same key does. */
  private objectId(children: readonly DiffNode[]): number {
    const members = children.map(({ key, id }) => [this.idOf(`key ${key ?? ''}`), id] as const);
    return this.idOf(`object ${members.sort(([a], [b]) => a - b).join()}`);
  }

  private arrayId(children: readonly DiffNode[], isUnordered: boolean): number {
    const ids = children.map(({ id }) => id);
    return this.idOf(isUnordered ? `set ${ids.sort((a, b) => a - b).join()}` : `array ${ids.join()}`);
  }

  private idOf(meaning: string): number {
    const known = this.ids.get(meaning);
    if (known !== undefined) return known;
    this.ids.set(meaning, this.ids.size);
    return this.ids.size - 1;
  }
}
