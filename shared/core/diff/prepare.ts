/** From the JSON tree of a record to the tree that is compared: texts that hold JSON opened, equal values numbered alike. */
import { embeddedJson } from '../json/embedded';
import { parseTree, type JsonNode } from '../json/tree';
import { isRedacted, isSet, omittedReason, shapeOf, standsForList, type Shape } from './shapes';

export interface DiffNode {
  readonly kind: JsonNode['kind'];
  readonly key: string | null;
  /** As {@link JsonNode.text}; of a value that is not gone into, its source. */
  readonly text: string;
  readonly children: readonly DiffNode[];
  readonly shape: Shape;
  /** Keys joined by `.` from the record's top; null within an opened text. */
  readonly fieldPath: string | null;
  /** Two nodes of the same {@link Preparer} have the same number just where they mean the same. */
  readonly id: number;
  /** An array whose order says nothing. */
  readonly isSet: boolean;
  /** A single value that stands for a list of one: it is the only child. */
  readonly isWrapped: boolean;
  /** Not gone into although it has members: past the bound, or what AWS wrote for an omitted payload. */
  readonly isClosed: boolean;
  readonly members: number;
  readonly decoded: 'json' | 'url-encoded json' | null;
  readonly isRedacted: boolean;
  readonly omitted: string | null;
}

interface Surroundings {
  readonly key: string | null;
  readonly shape: Shape;
  /** The text that the nodes' offsets count in. */
  readonly source: string;
  readonly isEmbedded: boolean;
  readonly decoded: DiffNode['decoded'];
  /** How many texts were opened on the way here, and how many values enclose this one. */
  readonly opened: number;
  readonly depth: number;
}

/** A text in a text in a text: more is not opened. */
const mostOpened = 3;
/** Nothing is opened below, so that recursion stays within the stack: a text may be nested as deep as a record. */
const deepestOpened = 100;
/** Values of one record that are gone into. A record of 250 kB has some 20,000. */
const mostNodes = 60_000;

/** Prepares the records of one comparison: their numbers are to be compared with each other. */
export class Preparer {
  /** Whether something was not gone into because there was too much. */
  isCut = false;
  private readonly ids = new Map<string, number>();
  private left = 0;

  /** `text` is what the tree was parsed from. */
  prepare(tree: JsonNode, text: string): DiffNode {
    this.left = mostNodes;
    const shape = shapeOf(tree, null, 'plain');
    const around = { key: null, source: text, isEmbedded: false, decoded: null, opened: 0, depth: 0 };
    return this.node(tree, { ...around, shape });
  }

  private node(tree: JsonNode, around: Surroundings): DiffNode {
    this.left--;
    const { shape, key } = around;
    if (standsForList(shape, tree.kind)) {
      const opened = tree.kind === 'string' ? this.open(tree, around) : null;
      if (opened === null) {
        const inner = shapeOf(tree, null, shape);
        const child = this.node(tree, { ...around, key: null, shape: inner });
        return this.container('array', tree, [child], around, true);
      }
    }
    if (tree.kind === 'string') return this.open(tree, around) ?? this.leaf(tree, around, tree.text);
    if (tree.kind !== 'object' && tree.kind !== 'array') return this.leaf(tree, around, tree.text);
    const omitted = omittedReason(tree);
    if (omitted !== null || (this.left < 0 && tree.children.length > 0)) {
      if (omitted === null) this.isCut = true;
      return { ...this.leaf(tree, around, around.source.slice(tree.from, tree.to)), isClosed: true, omitted };
    }
    const depth = around.depth + 1;
    const children = tree.children.map((child) =>
      this.node(child, { ...around, key: child.key, shape: shapeOf(child, child.key, shape), decoded: null, depth }),
    );
    return this.container(tree.kind, tree, children, { ...around, key }, false);
  }

  /** The JSON a text holds, in place of the text. */
  private open(tree: JsonNode, around: Surroundings): DiffNode | null {
    if (around.opened >= mostOpened || around.depth > deepestOpened || this.left < 0) return null;
    const source = embeddedJson(tree.text);
    if (source === null) return null;
    const parsed = parseTree(source);
    if (!parsed.ok) return null;
    const shape = around.shape === 'plain' ? shapeOf(parsed.value, around.key, 'plain') : around.shape;
    const decoded = source === tree.text ? 'json' : 'url-encoded json';
    const { key, opened, depth } = around;
    return this.node(parsed.value, {
      key,
      shape,
      source,
      isEmbedded: true,
      decoded,
      opened: opened + 1,
      depth: depth + 1,
    });
  }

  private leaf(tree: JsonNode, around: Surroundings, text: string): DiffNode {
    return {
      kind: tree.kind,
      key: around.key,
      text,
      children: [],
      shape: around.shape,
      fieldPath: around.isEmbedded ? null : tree.path,
      id: this.idOf(`${tree.kind} ${text}`),
      isSet: false,
      isWrapped: false,
      isClosed: false,
      members: tree.children.length,
      decoded: around.decoded,
      isRedacted: tree.kind === 'string' && isRedacted(text),
      omitted: null,
    };
  }

  private container(
    kind: 'object' | 'array',
    tree: JsonNode,
    children: readonly DiffNode[],
    around: Surroundings,
    isWrapped: boolean,
  ): DiffNode {
    const isUnordered = kind === 'array' && isSet(around.shape, around.key);
    const parts =
      kind === 'object'
        ? children.map(({ key, id }) => [this.idOf(`key ${key ?? ''}`), id] as const).sort(([a], [b]) => a - b)
        : children.map(({ id }) => id);
    const ids = isUnordered ? (parts as number[]).sort((a, b) => a - b) : parts;
    return {
      kind,
      key: around.key,
      text: '',
      children,
      shape: around.shape,
      fieldPath: around.isEmbedded ? null : tree.path,
      id: this.idOf(`${isUnordered ? 'set' : kind} ${ids.join()}`),
      isSet: isUnordered,
      isWrapped,
      isClosed: false,
      members: children.length,
      decoded: around.decoded,
      isRedacted: false,
      omitted: null,
    };
  }

  private idOf(meaning: string): number {
    const known = this.ids.get(meaning);
    if (known !== undefined) return known;
    this.ids.set(meaning, this.ids.size);
    return this.ids.size - 1;
  }
}
