/**
 * What a changed policy now does otherwise, in words: one line for each thing that plain rules can tell.
 *
 * Statements are read one by one, as they were aligned: what one allows and another denies is not weighed. Where a rule does not
 * fit there is no line, and the comparison itself has to do.
 */
import type { PolicyDiff } from '#contract/diff';
import type { Pair } from './compare';
import type { DiffNode } from './prepare';
import { listWords, notCovered, partWords, readStatement, type Part, type PartName, type Statement } from './statement';

type Line = PolicyDiff['lines'][number];

const mostLines = 50;
const partNames: readonly PartName[] = ['Principal', 'Action', 'Resource'];

/** Every changed policy under a pair, and what changed in it. */
export function describePolicies(pair: Pair): readonly PolicyDiff[] {
  if (pair.kind === 'equal') return [];
  const statements = statementsOf(pair);
  if (statements === null) return pair.children.flatMap(describePolicies);
  const lines = statements.flatMap(linesOf).slice(0, mostLines);
  return lines.length === 0 ? [] : [{ path: pair.path, lines }];
}

interface StatementPair {
  readonly left: DiffNode | null;
  readonly right: DiffNode | null;
  /** Where it stands in the policy after, else in the one before, from 1; null where it stands alone. */
  readonly place: number | null;
}

/** The statements of a policy; null where the pair is none. */
function statementsOf(pair: Pair): readonly StatementPair[] | null {
  if (isOfShape(pair, 'statement')) return [{ left: statement(pair.left), right: statement(pair.right), place: null }];
  if (!isOfShape(pair, 'policy')) return null;
  const list = pair.children.filter(
    (child) => (child.right ?? child.left)?.key === 'Statement' || isOfShape(child, 'statement'),
  );
  const pairs = list.flatMap((child) => (isOfShape(child, 'statement') ? [child] : child.children));
  const places = new Map(
    list
      .flatMap((child) => [child.left, child.right])
      .flatMap((node) => (node?.children ?? []).map((each, at) => [each, at + 1])),
  );
  return pairs.map(({ left, right }) => {
    const node = right ?? left;
    return { left: statement(left), right: statement(right), place: node === null ? null : (places.get(node) ?? null) };
  });
}

/** Both sides are, or one is and the other is nothing. */
function isOfShape({ left, right }: Pair, shape: DiffNode['shape']): boolean {
  const fits = (node: DiffNode | null): boolean => node === null || node.kind === 'null' || node.shape === shape;
  return fits(left) && fits(right) && (left?.shape === shape || right?.shape === shape);
}

const statement = (node: DiffNode | null): DiffNode | null => (node?.shape === 'statement' ? node : null);

function linesOf({ left, right, place }: StatementPair): readonly Line[] {
  if (left !== null && right !== null && left.id === right.id) return [];
  const [before, after] = [left === null ? null : readStatement(left), right === null ? null : readStatement(right)];
  const name = after?.sid ?? before?.sid ?? null;
  const subject = name === null ? (place === null ? 'the statement' : `statement ${place}`) : `statement ${name}`;
  if (right === null && before !== null) {
    const text = `${subject} is gone; it ${before.effect === 'Allow' ? 'allowed' : 'denied'} ${sentence(before)}`;
    return [{ kind: before.effect === 'Allow' ? 'narrowed' : 'widened', text }];
  }
  if (left === null && after !== null) {
    const text = `${subject} is new; it ${after.effect === 'Allow' ? 'allows' : 'denies'} ${sentence(after)}`;
    return [{ kind: after.effect === 'Allow' ? 'widened' : 'narrowed', text }];
  }
  if (before === null || after === null) return [];
  if (before.effect !== after.effect) {
    if (sentence(before) !== sentence(after)) {
      return [
        { kind: kindsOf(before)[1], text: `${subject} no longer ${verbOf(before)} ${sentence(before)}` },
        { kind: kindsOf(after)[0], text: `${subject} now ${verbOf(after)} ${sentence(after)}` },
      ];
    }
    const how = after.effect === 'Allow' ? 'now allows what it denied' : 'now denies what it allowed';
    return [{ kind: after.effect === 'Allow' ? 'widened' : 'narrowed', text: `${subject} ${how}: ${sentence(after)}` }];
  }
  if (partNames.some((part) => isReplaced(before.parts[part], after.parts[part], part))) {
    const [wider, narrower] = kindsOf(after);
    return [
      { kind: wider, text: `${subject} now ${verbOf(after)} ${sentence(after)}` },
      { kind: narrower, text: `${subject} no longer ${verbOf(after)} ${sentence(before)}` },
    ];
  }
  return [
    ...partNames.flatMap((part) => partLines(subject, before, after, part)),
    ...conditionLines(subject, before, after),
  ];
}

/** `s3:GetObject on arn:… to everyone (*), if IpAddress aws:SourceIp`. */
function sentence(of: Statement, changed: Partial<Record<PartName, Part>> = {}, isWhole = true): string {
  const { Action, Resource, Principal } = { ...of.parts, ...changed };
  const words = Action === null ? [] : [partWords(Action, 'Action')];
  if (Resource !== null && (isWhole || changed.Resource !== undefined))
    words.push(`on ${partWords(Resource, 'Resource')}`);
  if (Principal !== null) words.push(`to ${partWords(Principal, 'Principal')}`);
  const conditions = [...of.conditions.keys()];
  return `${words.join(' ')}${conditions.length === 0 ? '' : `, under its conditions (${listWords(conditions)})`}`;
}

/** Nothing of a part has stayed: all the statement was about is gone, and all it is about is new. */
function isReplaced(old: Part | null, now: Part | null, part: PartName): boolean {
  if (old === null || now === null || old.isExcluding || now.isExcluding) return false;
  return (
    notCovered(now.names, old.names, part).length === now.names.length &&
    notCovered(old.names, now.names, part).length === old.names.length
  );
}

/** What saying more, and saying less, does to what a policy lets through. */
function kindsOf({ effect }: Statement): readonly ['widened' | 'narrowed', 'widened' | 'narrowed'] {
  return effect === 'Allow' ? ['widened', 'narrowed'] : ['narrowed', 'widened'];
}

const verbOf = ({ effect }: Statement): string => (effect === 'Allow' ? 'allows' : 'denies');

function partLines(subject: string, before: Statement, after: Statement, part: PartName): readonly Line[] {
  const [old, now] = [before.parts[part], after.parts[part]];
  if (old === null && now === null) return [];
  if (old === null || now === null || old.isExcluding !== now.isExcluding) {
    const words = (of: Part | null): string => (of === null ? 'none' : partWords(of, part));
    return [{ kind: 'changed', text: `${subject}: ${part} was ${words(old)}, is ${words(now)}` }];
  }
  const added = notCovered(now.names, old.names, part);
  const removed = notCovered(old.names, now.names, part);
  const [gained, lost] = now.isExcluding ? [removed, added] : [added, removed];
  const verb = verbOf(after);
  const [wider, narrower] = kindsOf(after);
  const about = (of: Statement, names: readonly string[]): string =>
    sentence(of, { [part]: { isExcluding: false, names } }, false);
  const lines: Line[] = [];
  if (gained.length > 0) lines.push({ kind: wider, text: `${subject} now ${verb} ${about(after, gained)}` });
  if (lost.length > 0) lines.push({ kind: narrower, text: `${subject} no longer ${verb} ${about(before, lost)}` });
  return lines;
}

/** Each condition must hold, by one of its values. So another condition narrows what a statement is about, another value widens it. */
function conditionLines(subject: string, before: Statement, after: Statement): readonly Line[] {
  const [wider, narrower] = kindsOf(after);
  const lines: Line[] = [];
  for (const [name, values] of after.conditions) {
    const old = before.conditions.get(name);
    if (old === undefined) {
      lines.push({ kind: narrower, text: `${subject} now applies only if ${name} is ${listWords(values)}` });
      continue;
    }
    const added = values.filter((value) => !old.includes(value));
    const removed = old.filter((value) => !values.includes(value));
    if (added.length === 0 && removed.length === 0) continue;
    if (added.length > 0 && removed.length > 0) {
      lines.push({ kind: 'changed', text: `${subject}: ${name} was ${listWords(old)}, is ${listWords(values)}` });
    } else {
      const isAny = isAnyOf(name);
      const text =
        added.length > 0
          ? `${subject}: ${name} now also names ${listWords(added)}`
          : `${subject}: ${name} no longer names ${listWords(removed)}`;
      lines.push({ kind: !isAny ? 'changed' : added.length > 0 ? wider : narrower, text });
    }
  }
  for (const [name, values] of before.conditions) {
    if (after.conditions.has(name)) continue;
    lines.push({ kind: wider, text: `${subject} no longer requires that ${name} is ${listWords(values)}` });
  }
  return lines;
}

/** Operators that hold where any one of the values does. Those that negate mean none of them; the set operators are not so simple. */
function isAnyOf(condition: string): boolean {
  return /^(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|IpAddress)(?:IfExists)? /.test(condition);
}
