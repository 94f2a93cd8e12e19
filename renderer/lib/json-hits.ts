/** The values of a JSON tree that a search found: in the order of the record, and what has to be open to see one. */
import type { JsonNode } from '#core/json/tree';
import { contentOf, placeOf, topMembers, topOf } from './json-rows';

/** Whether a value is a hit by itself. `isDecoded`: it stands within the JSON of a text, so its path is no path of the record. */
export type HitTest = (node: JsonNode, isDecoded: boolean) => boolean;

/** Values looked through: a record has a hundred, a hostile one a million. */
const searchBudget = 20_000;

/**
 * The ids of the rows that are hits, in the order of the rows: `firstKeys` are the members that stand first. A text that holds JSON is shown opened: its hits are the values in it, and the
 * text itself only where none of them is.
 */
export function hitIds(root: JsonNode, isHit: HitTest, firstKeys: readonly string[] = []): readonly string[] {
  const ids: string[] = [];
  let left = searchBudget;
  const visit = (node: JsonNode, id: string, isDecoded: boolean): void => {
    if (left-- <= 0) return;
    const { children, isEmbedded } = contentOf(node);
    const before = ids.length;
    if (!isEmbedded && isHit(node, isDecoded)) ids.push(id);
    for (const [index, child] of children.entries()) visit(child, `${id}.${index}`, isDecoded || isEmbedded);
    if (isEmbedded && ids.length === before && isHit(node, isDecoded)) ids.push(id);
  };
  const { first, rest } = topMembers(root, firstKeys);
  for (const { node, index } of [...first, ...rest]) visit(node, String(index), false);
  return ids;
}

/** A row on the way to another. */
export interface Step {
  readonly place: string;
  readonly node: JsonNode;
  /** Its number among its siblings, from 0. */
  readonly index: number;
}

/** The rows from the top down to the one with this id. */
export function stepsTo(root: JsonNode, id: string): readonly Step[] {
  const steps: Step[] = [];
  let children = topOf(root);
  for (const index of id.split('.').map(Number)) {
    const node = children[index];
    if (node === undefined) return steps;
    steps.push({ place: placeOf(steps.at(-1)?.place ?? null, node, index), node, index });
    children = contentOf(node).children;
  }
  return steps;
}
