/** A JSON tree as the rows that a view shows: what is open, how deep, and remarks about a value. */
import { embeddedJson } from '#core/json/embedded';
import { parseTree, type JsonNode } from '#core/json/tree';
import { hasMark } from './marks';

export type JsonRow = NodeRow | MoreRow;

export interface NodeRow {
  readonly kind: 'node';
  /** Unique in this tree. */
  readonly id: string;
  /** Names the same place in another record, so that what was opened in one is open in the next. */
  readonly place: string;
  /** Its parent row; null at the top. */
  readonly parent: string | null;
  readonly depth: number;
  readonly node: JsonNode;
  /** The member's name; in an array the element's number from 0. */
  readonly label: string;
  readonly isElement: boolean;
  /** How many values are directly below it; those of the decoded text where `isEmbedded`. */
  readonly childCount: number;
  readonly isOpen: boolean;
  /** A string that holds JSON, shown opened. */
  readonly isEmbedded: boolean;
  /** Is within such a string: its path is not a path of the record. */
  readonly isDecoded: boolean;
  /** From 1. */
  readonly position: number;
  readonly siblingCount: number;
  readonly note: ValueNote | null;
}

/** In place of children that are not shown yet. */
export interface MoreRow {
  readonly kind: 'more';
  readonly id: string;
  readonly place: string;
  readonly depth: number;
  readonly hidden: number;
}

/** `redacted`: hidden by AWS before it was logged. `omitted`: too large to be logged. */
export type ValueNote = 'redacted' | 'omitted';

export interface TreeView {
  /** What the user opened or closed, by place. */
  readonly toggled: ReadonlyMap<string, boolean>;
  /** How many children the user asked to see, by place. */
  readonly shown: ReadonlyMap<string, number>;
}

/** Children shown of one object or array before the user asks for more. */
export const firstChildren = 100;
/** Rows that are open from the start, at most. */
const rowBudget = 400;
/** Nodes looked through for marks: a record has a hundred, a hostile one a million. */
const searchBudget = 20_000;
/** Separates the steps of a place. A key is unlikely to contain it; two places made equal by one would only open together. */
const separator = '\u0000';

/** The rows in order. `isOpenAtFirst` is from {@link openAtFirst}; the user's choices take precedence. */
export function jsonRows(root: JsonNode, isOpenAtFirst: ReadonlySet<string>, view: TreeView): readonly JsonRow[] {
  const rows: JsonRow[] = [];

  function add(node: JsonNode, index: number, parent: NodeRow | null, siblingCount: number): void {
    const id = parent === null ? String(index) : `${parent.id}.${index}`;
    const label = node.key ?? String(index);
    const place = parent === null ? label : parent.place + separator + label;
    const { children, isEmbedded } = contentOf(node);
    const row: NodeRow = {
      kind: 'node',
      id,
      place,
      parent: parent?.id ?? null,
      depth: parent === null ? 0 : parent.depth + 1,
      node,
      label,
      isElement: node.key === null,
      childCount: children.length,
      isOpen: children.length > 0 && (view.toggled.get(place) ?? isOpenAtFirst.has(id)),
      isEmbedded,
      isDecoded: parent !== null && (parent.isEmbedded || parent.isDecoded),
      position: index + 1,
      siblingCount,
      note: noteOf(node),
    };
    rows.push(row);
    if (!row.isOpen) return;
    const limit = view.shown.get(place) ?? firstChildren;
    for (const [childIndex, child] of children.slice(0, limit).entries()) add(child, childIndex, row, children.length);
    const hidden = children.length - limit;
    if (hidden > 0) rows.push({ kind: 'more', id: `${id}.more`, place, depth: row.depth + 1, hidden });
  }

  const top = topOf(root);
  const limit = view.shown.get('') ?? firstChildren;
  for (const [index, node] of top.slice(0, limit).entries()) add(node, index, null, top.length);
  if (top.length > limit) rows.push({ kind: 'more', id: 'more', place: '', depth: 0, hidden: top.length - limit });
  return rows;
}

/**
 * The ids of the rows that start open: level by level as far as the budget goes, and whatever leads to a mark.
 */
export function openAtFirst(root: JsonNode, marks: readonly string[]): ReadonlySet<string> {
  const open = new Set<string>();
  let level = topOf(root).map((node, index) => ({ node, id: String(index) }));
  let rowCount = level.length;
  while (level.length > 0 && rowCount < rowBudget) {
    const next: typeof level = [];
    for (const { node, id } of level.slice(0, firstChildren * 4)) {
      const shown = contentOf(node).children.slice(0, firstChildren);
      if (shown.length === 0 || rowCount + shown.length > rowBudget) continue;
      open.add(id);
      rowCount += shown.length;
      next.push(...shown.map((child, index) => ({ node: child, id: `${id}.${index}` })));
    }
    level = next;
  }
  if (marks.some((mark) => mark !== '')) openMarks(root, marks, open);
  return open;
}

function openMarks(root: JsonNode, marks: readonly string[], open: Set<string>): void {
  const waiting = topOf(root).map((node, index) => ({ node, id: String(index), isDecoded: false }));
  for (let at = 0; at < waiting.length && at < searchBudget; at++) {
    const entry = waiting[at];
    if (entry === undefined) return;
    const { node, id, isDecoded } = entry;
    // Keys are not searched; those of decoded text are part of a value.
    if (hasMark(node.text, marks) || (isDecoded && hasMark(node.key ?? '', marks))) {
      for (let dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1)) open.add(id.slice(0, dot));
    }
    const { children, isEmbedded } = contentOf(node);
    for (const [index, child] of children.entries()) {
      waiting.push({ node: child, id: `${id}.${index}`, isDecoded: isDecoded || isEmbedded });
    }
  }
}

/** A root that holds others is not a row itself. */
function topOf(root: JsonNode): readonly JsonNode[] {
  return root.children.length > 0 ? root.children : [root];
}

interface Content {
  readonly children: readonly JsonNode[];
  readonly isEmbedded: boolean;
}

const contents = new WeakMap<JsonNode, Content>();

/** What is below a node: its children, or those of the JSON in its text. Decoded once. */
function contentOf(node: JsonNode): Content {
  if (node.kind !== 'string') return { children: node.children, isEmbedded: false };
  let content = contents.get(node);
  if (content === undefined) {
    const text = embeddedJson(node.text);
    const tree = text === null ? null : parseTree(text);
    content =
      tree?.ok === true ? { children: tree.value.children, isEmbedded: true } : { children: [], isEmbedded: false };
    contents.set(node, content);
  }
  return content;
}

function noteOf(node: JsonNode): ValueNote | null {
  if (node.kind === 'string') {
    return node.text === 'HIDDEN_DUE_TO_SECURITY_REASONS' || /^\*{3,}$/.test(node.text) ? 'redacted' : null;
  }
  const isOmitted =
    node.kind === 'object' && node.children.some(({ key, kind }) => key === 'omitted' && kind === 'true');
  return isOmitted ? 'omitted' : null;
}
