/** A JSON tree as the rows that a view shows: what is open, how deep, and remarks about a value. */
import { embeddedJson } from '#core/json/embedded';
import { parseTree, type JsonNode } from '#core/json/tree';

export type JsonRow = NodeRow | MoreRow | RestRow;

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

/** Above the members that do not come first; these are its children. */
export interface RestRow {
  readonly kind: 'rest';
  readonly id: string;
  readonly place: string;
  readonly parent: null;
  readonly depth: 0;
  readonly isOpen: boolean;
  readonly childCount: number;
  /** From 1. */
  readonly position: number;
  readonly siblingCount: number;
}

/** `redacted`: hidden by AWS before it was logged. `omitted`: too large to be logged. */
export type ValueNote = 'redacted' | 'omitted';

export interface TreeView {
  /** What the user opened or closed, by place. */
  readonly toggled: ReadonlyMap<string, boolean>;
  /** How many children the user asked to see, by place. */
  readonly shown: ReadonlyMap<string, number>;
  /** The members that stand first, in this order; the others follow as a part that can be folded. Left out: all, as in the record. */
  readonly first?: readonly string[];
}

/** The place of the part that does not come first. No key has this name, since it holds a separator. */
export const restPlace = 'rest\u0000';
const restId = 'rest';

/** Children shown of one object or array before the user asks for more. */
export const firstChildren = 100;
/** Rows that are open from the start, at most. */
const rowBudget = 400;
/** Separates the steps of a place. A key is unlikely to contain it; two places made equal by one would only open together. */
const separator = '\u0000';

/** The rows in order. `isOpenAtFirst` is from {@link openAtFirst}; the user's choices take precedence. */
export function jsonRows(root: JsonNode, isOpenAtFirst: ReadonlySet<string>, view: TreeView): readonly JsonRow[] {
  const rows: JsonRow[] = [];

  function add(node: JsonNode, index: number, place: Place): void {
    const { above, parent, depth } = place;
    const id = above === null ? String(index) : `${above.id}.${index}`;
    const own = placeOf(above?.place ?? null, node, index);
    const { children, isEmbedded } = contentOf(node);
    const row: NodeRow = {
      kind: 'node',
      id,
      place: own,
      parent,
      depth,
      node,
      label: node.key ?? String(index),
      isElement: node.key === null,
      childCount: children.length,
      isOpen: children.length > 0 && (view.toggled.get(own) ?? isOpenAtFirst.has(id)),
      isEmbedded,
      isDecoded: above !== null && (above.isEmbedded || above.isDecoded),
      position: place.position,
      siblingCount: place.siblingCount,
      note: noteOf(node),
    };
    rows.push(row);
    if (!row.isOpen) return;
    const limit = view.shown.get(own) ?? firstChildren;
    const below = { above: row, parent: id, depth: depth + 1, siblingCount: children.length };
    for (const [childIndex, child] of children.slice(0, limit).entries())
      add(child, childIndex, { ...below, position: childIndex + 1 });
    const hidden = children.length - limit;
    if (hidden > 0) rows.push({ kind: 'more', id: `${id}.more`, place: own, depth: row.depth + 1, hidden });
  }

  const { first, rest } = topMembers(root, view.first);
  const topCount = first.length + (rest.length > 0 ? 1 : 0);
  const limit = view.shown.get('') ?? firstChildren;

  const addTop = (members: readonly Member[], parent: string | null, siblingCount: number): void => {
    const place = { above: null, parent, depth: parent === null ? 0 : 1, siblingCount };
    for (const [at, { node, index }] of members.slice(0, limit).entries())
      add(node, index, { ...place, position: at + 1 });
    const hidden = members.length - limit;
    if (hidden > 0) rows.push({ kind: 'more', id: 'more', place: '', depth: place.depth, hidden });
  };

  addTop(first, null, topCount);
  if (rest.length === 0) return rows;
  const isOpen = view.toggled.get(restPlace) ?? true;
  const shape = { id: restId, place: restPlace, parent: null, depth: 0, childCount: rest.length } as const;
  rows.push({ kind: 'rest', ...shape, isOpen, position: topCount, siblingCount: topCount });
  if (isOpen) addTop(rest, restId, rest.length);
  return rows;
}

/** Where a node stands among the rows. */
interface Place {
  /** The node it is in; null at the top of the record. */
  readonly above: NodeRow | null;
  /** The row it is shown below. */
  readonly parent: string | null;
  readonly depth: number;
  readonly position: number;
  readonly siblingCount: number;
}

interface Member {
  readonly node: JsonNode;
  readonly index: number;
}

/** What stands first, in that order, and the others; all of them first where the record has none of those named. */
export function topMembers(
  root: JsonNode,
  firstKeys: readonly string[] = [],
): { readonly first: readonly Member[]; readonly rest: readonly Member[] } {
  const all = topOf(root).map((node, index) => ({ node, index }));
  const first = firstKeys.flatMap((key) => all.filter(({ node }) => node.key === key));
  const rest = all.filter(({ node }) => node.key === null || !firstKeys.includes(node.key));
  return first.length === 0 ? { first: rest, rest: [] } : { first, rest };
}

/** Names the place of a child below that of its parent; null at the top. */
export function placeOf(parent: string | null, node: JsonNode, index: number): string {
  const label = node.key ?? String(index);
  return parent === null ? label : parent + separator + label;
}

/**
 * The ids of the rows that start open: level by level as far as the budget goes, and whatever leads to a hit. `hits`: ids of rows.
 */
export function openAtFirst(root: JsonNode, hits: readonly string[]): ReadonlySet<string> {
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
  for (const id of hits)
    for (let dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1)) open.add(id.slice(0, dot));
  return open;
}

/** A root that holds others is not a row itself. */
export function topOf(root: JsonNode): readonly JsonNode[] {
  return root.children.length > 0 ? root.children : [root];
}

interface Content {
  readonly children: readonly JsonNode[];
  readonly isEmbedded: boolean;
}

const contents = new WeakMap<JsonNode, Content>();

/** What is below a node: its children, or those of the JSON in its text. Decoded once. */
export function contentOf(node: JsonNode): Content {
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
