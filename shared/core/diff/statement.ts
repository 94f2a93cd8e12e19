/** A policy's statement as plain lists of names, and those lists in words. */
import { compileWildcard } from '../query/wildcard';
import { scalarOf, sidOf } from './identity';
import type { DiffNode } from './prepare';
import { member } from './shapes';

export type PartName = 'Action' | 'Resource' | 'Principal';

/** Who, what, or on what: the names, or all but the names. */
export interface Part {
  readonly isExcluding: boolean;
  readonly names: readonly string[];
}

export interface Statement {
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  /** Null: the statement has no such part. */
  readonly parts: Readonly<Record<PartName, Part | null>>;
  /** By operator and key, `IpAddress aws:SourceIp`. */
  readonly conditions: ReadonlyMap<string, readonly string[]>;
}

/** Reads a statement; null where something in it is not as IAM writes it, for then nothing can be told of it. */
export function readStatement(node: DiffNode): Statement | null {
  const effect = scalarOf(node, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') return null;
  const parts = {
    Action: readPart(node, 'Action'),
    Resource: readPart(node, 'Resource'),
    Principal: readPart(node, 'Principal'),
  };
  const conditions = readConditions(member(node, 'Condition'));
  if (parts.Action === 'unclear' || parts.Resource === 'unclear' || parts.Principal === 'unclear') return null;
  if (parts.Action === null || conditions === null) return null;
  const { Action, Resource, Principal } = parts;
  return { sid: sidOf(node), effect, parts: { Action, Resource, Principal }, conditions };
}

function readPart(statement: DiffNode, name: PartName): Part | null | 'unclear' {
  const [named, excluded] = [member(statement, name), member(statement, `Not${name}`)];
  if (named !== undefined && excluded !== undefined) return 'unclear';
  const node = named ?? excluded;
  if (node === undefined) return null;
  const names = name === 'Principal' ? principalNames(node) : namesIn(node);
  return names === null ? 'unclear' : { isExcluding: named === undefined, names };
}

function namesIn(node: DiffNode): readonly string[] | null {
  if (node.kind !== 'array' || !node.children.every(({ kind }) => kind !== 'object' && kind !== 'array')) return null;
  return node.children.map(({ text }) => text);
}

/** `AWS arn:…`, `Service ec2.amazonaws.com`. `"*"` and `{"AWS":"*"}` mean the same, and so do an account and its root. */
function principalNames(node: DiffNode): readonly string[] | null {
  if (node.kind === 'string') return node.text === '*' ? ['AWS *'] : null;
  if (node.kind !== 'object') return null;
  const names: string[] = [];
  for (const kind of node.children) {
    const found = namesIn(kind);
    if (found === null) return null;
    names.push(...found.map((name) => `${kind.key ?? ''} ${name.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, '$1')}`));
  }
  return names;
}

function readConditions(node: DiffNode | undefined): ReadonlyMap<string, readonly string[]> | null {
  const conditions = new Map<string, readonly string[]>();
  if (node === undefined) return conditions;
  if (node.kind !== 'object') return null;
  for (const operator of node.children) {
    for (const key of operator.children) {
      const values = namesIn(key);
      if (values === null) return null;
      conditions.set(`${operator.key ?? ''} ${key.key ?? ''}`, values);
    }
  }
  return conditions;
}

/** Comparing a name with a pattern takes the product of their lengths: some 50 ms for all that are compared. */
const mostWork = 4_000_000;

/**
 * Those of `names` that none of `others` stands for: `*` is any run of characters, `?` any one; among principals only `*` itself
 * stands for others. Past the bound only equal names count.
 */
export function notCovered(names: readonly string[], others: readonly string[], part: PartName): readonly string[] {
  const normal = (name: string): string => (part === 'Action' ? name.toLowerCase() : name);
  const written = new Set(others.map(normal));
  const rest = names.filter((name) => !written.has(normal(name)));
  if (part === 'Principal') return written.has('AWS *') ? rest.filter((name) => !name.startsWith('AWS ')) : rest;
  const patterns = [...written].filter((other) => /[*?]/.test(other));
  const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);
  if (lengthOf(rest) * lengthOf(patterns) > mostWork) return rest;
  const tests = patterns.map(cover);
  return rest.filter((name) => !tests.some((covers) => covers(normal(name))));
}

function cover(pattern: string): (name: string) => boolean {
  const matches = compileWildcard(pattern.replaceAll('\\', '\\\\'));
  // `?` stands for one character, which the `*` of the other name may not be.
  return (name) => (!name.includes('*') || !pattern.includes('?')) && matches(name);
}

const mostNames = 4;
const longestName = 160;

/** `a, b and 3 more`. */
export function listWords(names: readonly string[]): string {
  const shown = names
    .slice(0, mostNames)
    .map((name) => (name.length > longestName ? `${name.slice(0, longestName)}…` : name));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** Names of one part: `every action (*)`, `everyone (*)`, `account 111122223333`. */
export function partWords({ names, isExcluding }: Part, part: PartName): string {
  const every = { Action: 'every action', Resource: 'every resource', Principal: 'everyone' }[part];
  const words = listWords(
    names.map((name) => (part === 'Principal' ? principalWords(name) : name === '*' ? `${every} (*)` : name)),
  );
  return isExcluding ? `${every} but ${words}` : words;
}

function principalWords(name: string): string {
  const space = name.indexOf(' ');
  const [kind, id] = [name.slice(0, space), name.slice(space + 1)];
  switch (kind) {
    case 'AWS':
      return id === '*' ? 'everyone (*)' : /^\d{12}$/.test(id) ? `account ${id}` : id;
    case 'Service':
      return `service ${id}`;
    case 'Federated':
      return `identity provider ${id}`;
    case 'CanonicalUser':
      return `canonical user ${id}`;
    default:
      return `${kind} ${id}`;
  }
}
