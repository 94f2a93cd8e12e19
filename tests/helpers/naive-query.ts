/** The query language by its meaning alone: one event, all its leaves, no index. What the engine finds has to agree with this. */
import { describeRecordKind, recordKindPaths } from '#core/record-kind';
import { derivedPaths, fieldPaths, fieldType } from '#core/fields';
import { describeIdentity, identityPaths } from '#core/identity';
import { parseTree, type JsonNode } from '#core/json/tree';
import { describeOutcome, outcomeParents, outcomePaths } from '#core/outcome';
import { principalText } from '#core/principal';
import { parseRange } from '#core/query/address';
import type { QueryNode } from '#core/query/ast';
import { compileTest, type LeafKind } from '#core/query/match';

/** One value of an event. Arrays collapse: `resources.ARN` is the path of each. Derived values have paths that begin with `@`. */
export interface Leaf {
  readonly path: string;
  readonly text: string;
  readonly kind: LeafKind;
}

/** Whether the event with these leaves matches. `~word` is not exact and has no naive meaning: it throws. */
export function matchesNaively(node: QueryNode, leaves: readonly Leaf[]): boolean {
  switch (node.kind) {
    case 'all':
      return true;
    case 'and':
      return node.children.every((child) => matchesNaively(child, leaves));
    case 'or':
      return node.children.some((child) => matchesNaively(child, leaves));
    case 'not':
      return !matchesNaively(node.child, leaves);
    case 'word': {
      const word = node.text.toLowerCase();
      return leaves.some((leaf) => isWordTarget(leaf) && leaf.text.toLowerCase().includes(word));
    }
    case 'addresses': {
      const range = parseRange(node.network);
      const text = node.network.toLowerCase();
      const isHit = (value: string): boolean => (range.ok && range.value(value)) || value.toLowerCase().includes(text);
      return leaves.some((leaf) => isWordTarget(leaf) && isHit(leaf.text));
    }
    case 'field': {
      const test = compileTest(node.test, fieldType(node.field));
      const paths = fieldPaths(node.field);
      return leaves.some((leaf) => paths.some((path) => isAtOrBeneath(leaf.path, path)) && test(leaf.text, leaf.kind));
    }
    case 'like':
      throw new Error('~word has no naive meaning');
  }
}

/** No word reaches a derived value, since it stands in no record, nor an empty object or array, which has no text. */
function isWordTarget(leaf: Leaf): boolean {
  return leaf.kind !== 'empty' && !leaf.path.startsWith('@');
}

function isAtOrBeneath(path: string, field: string): boolean {
  const [one, other] = [path.toLowerCase(), field.toLowerCase()];
  return one === other || one.startsWith(`${other}.`);
}

/** The leaves of a record, and the values derived from it, found by a plain walk over its text. */
export function leavesOfRecord(text: string): readonly Leaf[] {
  const tree = parseTree(text);
  if (!tree.ok) throw new Error(tree.error.message);
  const nodes = leavesOf(tree.value);
  const leaves = nodes.map(({ path, text, kind }) => ({ path: ownPath(path), text, kind: leafKind(kind) }));
  return [...leaves, ...derivedLeaves(nodes)];
}

/** A record's own key that begins with `@` is no derived value. */
function ownPath(path: string): string {
  return path.startsWith('@') ? `record.${path}` : path;
}

/** Every value that holds no others, in order; empty objects and arrays too. */
export function leavesOf(node: JsonNode): readonly JsonNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leavesOf);
}

function leafKind(kind: JsonNode['kind']): LeafKind {
  if (kind === 'null') return 'null';
  return kind === 'object' || kind === 'array' ? 'empty' : 'text';
}

function derivedLeaves(nodes: readonly JsonNode[]): readonly Leaf[] {
  const last = (path: string): JsonNode | undefined => nodes.findLast((node) => node.path === path);
  const textAt = (path: string): string | undefined => (last(path)?.kind === 'string' ? last(path)?.text : undefined);
  const wordAt = (path: string): string | undefined =>
    last(path)?.kind === 'null' ? undefined : last(path)?.text || undefined;
  const textsAt = <Part extends string>(paths: Readonly<Record<Part, string>>): Partial<Record<Part, string>> =>
    Object.fromEntries(Object.entries<string>(paths).map(([part, path]) => [part, textAt(path)])) as Partial<
      Record<Part, string>
    >;
  const hasIdentity = nodes.some(
    ({ path, kind, text }) =>
      path.startsWith('userIdentity.') ||
      (path === 'userIdentity' && kind !== 'null' && (kind !== 'string' || text !== '')),
  );
  const recordKind = describeRecordKind(textsAt(recordKindPaths));
  const textOrNumberAt = (path: string): string | undefined =>
    ['string', 'number'].includes(last(path)?.kind ?? '') ? wordAt(path) : undefined;
  const parts = { ...textsAt(identityPaths), accountId: textOrNumberAt(identityPaths.accountId) };
  const identity = describeIdentity(hasIdentity ? parts : null, recordKind);
  const said = {
    ...textsAt(outcomePaths),
    errorCode: textOrNumberAt(outcomePaths.errorCode),
    errorMessage: wordAt(outcomePaths.errorMessage),
    readOnly: wordAt(outcomePaths.readOnly),
    failedKey: failedKey(nodes),
  };
  const outcome = describeOutcome(said, recordKind);
  const texts: Readonly<Record<keyof typeof derivedPaths, string | null>> = {
    identity: principalText(identity),
    identityKind: identity.kind,
    account: wordAt('recipientAccountId') ?? wordAt('accountId') ?? wordAt('userIdentity.accountId') ?? '(not stated)',
    result: outcome.result,
    eventClass: outcome.eventClass,
    format: 'records',
    completeness: 'full',
    integrity: null,
  };
  return Object.entries(derivedPaths).flatMap(([name, path]) => {
    const text = texts[name as keyof typeof derivedPaths];
    return text === null ? [] : [{ path, text, kind: 'text' as const }];
  });
}

/** The key under which the record tells of a failure; null where several do. */
function failedKey(nodes: readonly JsonNode[]): string | null | undefined {
  const failed = nodes.filter(({ kind, text, path }) => {
    const parent = path.slice(0, path.lastIndexOf('.'));
    return kind === 'string' && text === 'Failure' && outcomeParents.some((each) => each === parent);
  });
  const paths = [...new Set(failed.map(({ path }) => path))];
  return paths.length > 1 ? null : paths[0]?.slice(paths[0].lastIndexOf('.') + 1);
}
