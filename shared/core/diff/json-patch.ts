/**
 * JSON Patch (RFC 6902) from one record to another. Exact in every value, including those that the comparison in the window leaves out.
 *
 * Pointers are those of the parsed records: texts that hold JSON are replaced whole, and of two members of one name the last counts.
 * Values are copied from the source, so that numbers stay as they are written; only what is invisible is escaped.
 */
import { err, ok, type Result } from '#contract/result';
import { escapeJson } from '../visible';
import { parseTree, type JsonSyntaxError, type JsonNode } from '../json/tree';
import { Budget, matchSequences } from './sequence';

/** The patch as text: an array with one operation per line. The error says what is wrong with one of the records. */
export function jsonPatch(left: string, right: string): Result<string, JsonSyntaxError> {
  const [one, other] = [parseTree(left), parseTree(right)];
  if (!one.ok) return err(one.error);
  if (!other.ok) return err(other.error);
  const writer = new PatchWriter(left, right);
  writer.compare(one.value, other.value, '');
  const { operations } = writer;
  return ok(operations.length === 0 ? '[]\n' : `[\n  ${operations.map(escapeJson).join(',\n  ')}\n]\n`);
}

class PatchWriter {
  readonly operations: string[] = [];
  private readonly left: string;
  private readonly right: string;
  private readonly budget = new Budget();
  private readonly numbers = new Map<string, number>();

  constructor(left: string, right: string) {
    this.left = left;
    this.right = right;
  }

  compare(left: JsonNode, right: JsonNode, pointer: string): void {
    if (left.kind === 'object' && right.kind === 'object') this.objects(left, right, pointer);
    else if (left.kind === 'array' && right.kind === 'array') this.arrays(left, right, pointer);
    else if (left.kind !== right.kind || left.text !== right.text) this.write('replace', pointer, right);
  }

  private objects(left: JsonNode, right: JsonNode, pointer: string): void {
    const [before, after] = [membersOf(left), membersOf(right)];
    for (const [key, node] of before) {
      const other = after.get(key);
      if (other === undefined) this.write('remove', `${pointer}/${escaped(key)}`, null);
      else this.compare(node, other, `${pointer}/${escaped(key)}`);
    }
    for (const [key, node] of after) if (!before.has(key)) this.write('add', `${pointer}/${escaped(key)}`, node);
  }

  /**
   * Equal elements stay. Between them, place by place: what both sides have is changed in place, the rest is removed or added.
   * From the last to the first, so that no operation moves what a later one points to.
   */
  private arrays(left: JsonNode, right: JsonNode, pointer: string): void {
    const numbered = (nodes: readonly JsonNode[], source: string): number[] =>
      nodes.map((node) => this.numberOf(source.slice(node.from, node.to)));
    const [a, b] = [left.children, right.children];
    const partners = matchSequences(numbered(a, this.left), numbered(b, this.right), this.budget);
    let [to, rightTo] = [a.length, b.length];
    for (let at = a.length - 1; at >= -1; at--) {
      const partner = at < 0 ? -1 : (partners[at] as number);
      if (at >= 0 && partner < 0) continue;
      this.stretch(a.slice(at + 1, to), b.slice(partner + 1, rightTo), at + 1, pointer);
      [to, rightTo] = [at, partner];
    }
  }

  /** `from`: where the stretch begins on the left, before which nothing has been touched yet. */
  private stretch(left: readonly JsonNode[], right: readonly JsonNode[], from: number, pointer: string): void {
    const both = Math.min(left.length, right.length);
    for (let at = left.length - 1; at >= both; at--) this.write('remove', `${pointer}/${from + at}`, null);
    for (let at = both; at < right.length; at++) this.write('add', `${pointer}/${from + at}`, right[at] ?? null);
    for (let at = 0; at < both; at++) {
      const [one, other] = [left[at], right[at]];
      if (one !== undefined && other !== undefined) this.compare(one, other, `${pointer}/${from + at}`);
    }
  }

  private write(op: 'add' | 'remove' | 'replace', pointer: string, value: JsonNode | null): void {
    const source = value === null ? '' : `, "value": ${this.right.slice(value.from, value.to)}`;
    this.operations.push(`{ "op": "${op}", "path": ${JSON.stringify(pointer)}${source} }`);
  }

  private numberOf(source: string): number {
    const known = this.numbers.get(source) ?? this.numbers.size;
    this.numbers.set(source, known);
    return known;
  }
}

function membersOf(node: JsonNode): ReadonlyMap<string, JsonNode> {
  return new Map(node.children.map((child) => [child.key ?? '', child]));
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
