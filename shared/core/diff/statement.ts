/** A policy as plain statements of names and conditions. */
import { readCondition, type Condition } from './condition';
import { scalarOf, sidOf } from './identity';
import { parsePattern, plainText, type Pattern } from './policy-pattern';
import type { DiffNode } from './prepare';
import { member } from './shapes';

export type PartName = 'Principal' | 'Action' | 'Resource';

export interface Name {
  /** As written; of a principal with its kind before it, `AWS 111122223333`. */
  readonly text: string;
  readonly pattern: Pattern;
  /** The one text it matches; null where it matches many. */
  readonly plain: string | null;
}

export function nameOf(text: string, pattern: Pattern): Name {
  return { text, pattern, plain: plainText(pattern) };
}

/** Who, what, or on what: the names, or all but the names. */
export interface Part {
  readonly isExcluding: boolean;
  readonly names: readonly Name[];
}

/** Null: the statement has no such part. */
export type Parts = Readonly<Record<PartName, Part | null>>;

export interface Statement {
  readonly sid: string | null;
  /** Its place in the policy, from 1. */
  readonly place: number;
  readonly effect: 'Allow' | 'Deny';
  readonly parts: Parts;
  readonly conditions: readonly Condition[];
}

export interface Policy {
  /** In the order they are written. */
  readonly statements: readonly Statement[];
}

const policyKeys: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement']);
const statementKeys: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Condition',
  'Principal',
  'Action',
  'Resource',
  'NotPrincipal',
  'NotAction',
  'NotResource',
]);

/** Reads a policy; null where any part of it is not valid for IAM, since its effect is unknown then. */
export function readPolicy(node: DiffNode): Policy | null {
  if (!hasOnly(node, policyKeys)) return null;
  const version = member(node, 'Version')?.text ?? '2008-10-17';
  if (version !== '2008-10-17' && version !== '2012-10-17') return null;
  const nodes = member(node, 'Statement')?.children ?? [];
  const statements = nodes.flatMap((each, at) => readStatement(each, at + 1, version === '2012-10-17') ?? []);
  return statements.length < nodes.length ? null : { statements };
}

const all: Part = {
  isExcluding: false,
  names: [nameOf('*', parsePattern('*', { hasWildcards: true, hasVariables: false, isAnyCase: false }))],
};

/** A statement that allows everything. */
export const everything: Statement = {
  sid: null,
  place: 1,
  effect: 'Allow',
  parts: { Principal: null, Action: all, Resource: all },
  conditions: [],
};

function readStatement(node: DiffNode, place: number, hasVariables: boolean): Statement | null {
  const effect = scalarOf(node, 'Effect');
  if ((effect !== 'Allow' && effect !== 'Deny') || !hasOnly(node, statementKeys)) return null;
  const Principal = readPart(node, 'Principal', false);
  const Action = readPart(node, 'Action', false);
  const Resource = readPart(node, 'Resource', hasVariables);
  const conditions = readConditions(member(node, 'Condition'), hasVariables);
  if (Action === 'unclear' || Resource === 'unclear' || Principal === 'unclear') return null;
  if (Action === null || conditions === null) return null;
  return { sid: sidOf(node), place, effect, parts: { Principal, Action, Resource }, conditions };
}

/** Only these members, none of them twice: which of two AWS takes is not known. */
function hasOnly(node: DiffNode, keys: ReadonlySet<string>): boolean {
  return node.kind === 'object' && isPlain(node) && node.children.every(({ key }) => key !== null && keys.has(key));
}

function isPlain({ children, isClosed }: DiffNode): boolean {
  return !isClosed && new Set(children.map(({ key }) => key)).size === children.length;
}

function readPart(statement: DiffNode, name: PartName, hasVariables: boolean): Part | null | 'unclear' {
  const [named, excluded] = [member(statement, name), member(statement, `Not${name}`)];
  if (named !== undefined && excluded !== undefined) return 'unclear';
  const node = named ?? excluded;
  if (node === undefined) return null;
  const texts = name === 'Principal' ? principalNames(node) : namesIn(node);
  if (texts === null) return 'unclear';
  const rules = { hasWildcards: name !== 'Principal', hasVariables, isAnyCase: name === 'Action' };
  return {
    isExcluding: named === undefined,
    names: texts.map((text) => nameOf(text, parsePattern(text, rules))),
  };
}

/** A longer name, or list of them, is not compared with others: that takes the product of their lengths. */
const longestName = 2_000;

/** The texts of a list; null for an empty one, or where one is no plain text. */
function namesIn(node: DiffNode): readonly string[] | null {
  if (node.kind !== 'array' || node.children.length === 0) return null;
  const isText = ({ kind, text, isRedacted }: DiffNode): boolean =>
    kind !== 'object' &&
    kind !== 'array' &&
    kind !== 'null' &&
    !isRedacted &&
    text.length <= longestName &&
    !/[\ud800-\udfff]/.test(text);
  return node.children.every(isText) ? node.children.map(({ text }) => text) : null;
}

/** `"*"` and `{"AWS":"*"}` mean the same, and so do an account and its root. */
function principalNames(node: DiffNode): readonly string[] | null {
  if (node.kind === 'string') return node.text === '*' ? ['AWS *'] : null;
  if (node.kind !== 'object' || !isPlain(node) || node.children.length === 0) return null;
  const names: string[] = [];
  for (const kind of node.children) {
    const found = namesIn(kind);
    if (found === null) return null;
    names.push(...found.map((name) => `${kind.key ?? ''} ${name.replace(/^arn:[\w-]+:iam::(\d{12}):root$/, '$1')}`));
  }
  return names;
}

function readConditions(node: DiffNode | undefined, hasVariables: boolean): readonly Condition[] | null {
  if (node === undefined) return [];
  if (node.kind !== 'object' || !isPlain(node)) return null;
  const conditions: Condition[] = [];
  for (const operator of node.children) {
    if (operator.kind !== 'object' || !isPlain(operator)) return null;
    for (const key of operator.children) {
      const values = namesIn(key);
      const condition = values && readCondition(operator.key ?? '', key.key ?? '', values, hasVariables);
      if (condition === null) return null;
      conditions.push(condition);
    }
  }
  const names = conditions.map(({ name }) => name.toLowerCase());
  return new Set(names).size === names.length ? conditions : null;
}
