/** Remembers the last events read from a value, so that another form of the same event next to it is not counted again. */
import { parseTree, type JsonNode } from '#core/json/tree';
import { decodeWtf8 } from '../text/wtf8';
import type { Span } from './json-walk';
import { recordName } from './record-names';

/** Tools that write an event twice write both forms next to each other. */
const maxKept = 16;

/** A text, number or literal as written; a list; an object. */
type Plain = string | Plain[] | Map<string, Plain>;

export class ReadEvents {
  private readonly kept: { readonly span: Span; plain?: Plain | null }[] = [];

  add(span: Span): void {
    this.kept.push({ span });
    if (this.kept.length > maxKept) this.kept.shift();
  }

  /**
   * Whether one of those events contains all values of this one, in any spacing and order.
   *
   * A tool may add its own labels to fields it extracted from the event, as in Grafana's log downloads.
   */
  has(span: Span): boolean {
    if (this.kept.some((event) => isSameText(event.span, span))) return true;
    const tree = treeOf(span);
    if (tree === null || tree.kind !== 'object') return false;
    const told = { ...tree, children: tree.children.filter((child) => !isLabel(child)) };
    return this.kept.some((event) => {
      if (event.plain === undefined) {
        const read = treeOf(event.span);
        event.plain = read === null ? null : plainOf(read);
      }
      return event.plain !== null && isWithin(told, event.plain);
    });
  }
}

/** A text under a key that no record has. */
function isLabel({ kind, key }: JsonNode): boolean {
  return kind === 'string' && recordName(key ?? '') === null;
}

function isSameText(one: Span, other: Span): boolean {
  return Buffer.compare(one.bytes.subarray(one.start, one.end), other.bytes.subarray(other.start, other.end)) === 0;
}

function treeOf({ bytes, start, end }: Span): JsonNode | null {
  const tree = parseTree(decodeWtf8(bytes, start, end));
  return tree.ok ? tree.value : null;
}

/** Where a key occurs twice, the last one counts. */
function plainOf(node: JsonNode): Plain {
  if (node.kind === 'array') return node.children.map(plainOf);
  if (node.kind !== 'object') return node.text;
  return new Map(node.children.map((child) => [child.key ?? '', plainOf(child)] as const));
}

function isWithin(node: JsonNode, read: Plain | undefined): boolean {
  if (node.kind === 'object') {
    return read instanceof Map && node.children.every((child) => isWithin(child, read.get(child.key ?? '')));
  }
  if (node.kind !== 'array') return node.text === read;
  const { children } = node;
  return (
    Array.isArray(read) && children.length === read.length && children.every((child, i) => isWithin(child, read[i]))
  );
}
