/** The sentences about two policies, each of them proved, statement by statement as they were aligned. */
import type { PolicyDiff } from '#contract/diff';
import { implies, type Condition } from './condition';
import { isApart, isStatementWithin, areApart, notCovered, partNames } from './policy-scope';
import { Witnesses, type Scope } from './policy-witness';
import { listWords, partWords, scopeWords, verbOf } from './policy-words';
import type { Part, PartName, Parts, Policy, Statement } from './statement';

export type Line = PolicyDiff['lines'][number];
type Side = 'before' | 'after';

export class PolicyLines {
  private readonly before: Policy;
  private readonly after: Policy;
  private readonly witnesses: Witnesses;

  constructor(before: Policy, after: Policy) {
    this.before = before;
    this.after = after;
    this.witnesses = new Witnesses(before, after);
  }

  /** A session that, on this side, has no policy of its own. */
  ofUnlimited(side: Side): readonly Line[] {
    const [statement] = (side === 'after' ? this.after : this.before).statements;
    if (statement === undefined || !this.witnesses.isDecidedOnlyIn(side, { statement, parts: statement.parts }))
      return [];
    return side === 'after'
      ? [{ kind: 'widened', text: 'no session policy limits the session now: it may do all that its role may' }]
      : [{ kind: 'narrowed', text: 'a session policy now limits what the session may do of all that its role may' }];
  }

  /** Each statement of the policy after, as a clause. */
  ofAfter(): readonly string[] {
    return this.after.statements.map(
      (statement) =>
        `${this.subject('after', statement)} ${verbOf(statement)} ${scopeWords(statement, statement.parts)}`,
    );
  }

  /** The statements at two places, from 0; -1 for none. */
  ofPair(left: number, right: number): readonly Line[] {
    const [old, now] = [this.before.statements[left], this.after.statements[right]];
    if (old !== undefined && now !== undefined) return this.changed(old, now);
    if (old !== undefined) return [this.alone('before', old, `${this.subject('before', old)} is gone`)];
    return now === undefined ? [] : [this.alone('after', now, `${this.subject('after', now)} is new`)];
  }

  private alone(side: Side, statement: Statement, what: string): Line {
    if (isStatementWithin(statement, side === 'after' ? this.before : this.after)) {
      const others = side === 'after' ? 'what was there' : 'what is left';
      return { kind: 'same', text: `${what}; ${others} ${verbOf(statement)} the same` };
    }
    const it = { before: { Allow: 'allowed', Deny: 'denied' }, after: { Allow: 'allows', Deny: 'denies' } }[side];
    const text = `${what}; it ${it[statement.effect]} ${scopeWords(statement, statement.parts)}`;
    return { kind: this.proved(side, { statement, parts: statement.parts }), text };
  }

  private changed(old: Statement, now: Statement): readonly Line[] {
    const subject = this.subject('after', now);
    if (old.effect !== now.effect) return this.turned(subject, old, now);
    const more = this.partLines('after', now, old);
    const less = this.partLines('before', old, now);
    const lines = [
      ...more.lines.map(({ kind, text }) => ({ kind, text: `${subject} now ${text}` })),
      ...less.lines.map(({ kind, text }) => ({ kind, text: `${subject} no longer ${text}` })),
    ];
    const unproved = partNames.filter((name) => more.unproved.has(name) || less.unproved.has(name));
    const texts = unproved.map((name) => `${subject}: ${changeWords(name, wordsOf(old, name), wordsOf(now, name))}`);
    return [
      ...lines,
      ...texts.map((text): Line => ({ kind: 'changed', text })),
      ...this.conditionLines(subject, [old, less.common], [now, more.common]),
    ];
  }

  private turned(subject: string, old: Statement, now: Statement): readonly Line[] {
    const [was, is] = [scopeWords(old, old.parts), scopeWords(now, now.parts)];
    if (was === is && this.witnesses.isTurned({ statement: now, parts: now.parts })) {
      return now.effect === 'Allow'
        ? [{ kind: 'widened', text: `${subject} now allows what it denied: ${is}` }]
        : [{ kind: 'narrowed', text: `${subject} now denies what it allowed: ${is}` }];
    }
    const [less, more] = [
      { statement: old, parts: old.parts },
      { statement: now, parts: now.parts },
    ];
    const kinds = [this.proved('before', less), this.proved('after', more)] as const;
    if (kinds.includes('changed')) {
      const text = `${subject}: it ${old.effect === 'Allow' ? 'allowed' : 'denied'} ${was}; it ${verbOf(now)} ${is}`;
      return [{ kind: 'changed', text }];
    }
    return [
      { kind: kinds[0], text: `${subject} no longer ${this.phrase('before', less)}` },
      { kind: kinds[1], text: `${subject} now ${this.phrase('after', more)}` },
    ];
  }

  /**
   * What `own` covers and `other`, the same statement on the other side, does not, part by part. What a later part gains is described
   * only for what the earlier parts have in common, so that nothing is said twice.
   */
  private partLines(side: Side, own: Statement, other: Statement): PartLines {
    const lines: Line[] = [];
    const unproved = new Set<PartName>();
    let common: Parts = own.parts;
    for (const name of partNames) {
      const [mine, theirs] = [own.parts[name], other.parts[name]];
      if (mine === null && theirs === null) continue;
      if (mine === null || theirs === null || mine.isExcluding !== theirs.isExcluding) {
        unproved.add(name);
        continue;
      }
      const gained = mine.isExcluding
        ? notCovered(theirs.names, mine.names, name)
        : notCovered(mine.names, theirs.names, name);
      if (gained.length === 0) continue;
      const scope = { statement: own, parts: { ...common, [name]: { isExcluding: false, names: gained } } };
      const kind = this.proved(side, scope);
      if (kind === 'changed') unproved.add(name);
      else lines.push({ kind, text: this.phrase(side, scope) });
      const kept = mine.isExcluding
        ? { isExcluding: true, names: [...new Set([...mine.names, ...gained])] }
        : { isExcluding: false, names: mine.names.filter((each) => !gained.includes(each)) };
      if (kept.names.length === 0) return { lines, unproved, common: null };
      common = { ...common, [name]: kept };
    }
    return { lines, unproved, common };
  }

  /**
   * `allows …`, with a word before the names where other names or statements leave a rest: `some of`, after `no longer` `all of`.
   */
  private phrase(side: Side, { statement, parts }: Scope): string {
    const { effect } = statement;
    const words = `${verbOf(statement)} `;
    const what = scopeWords(statement, parts);
    const inAfter = (other: Statement['effect']): boolean =>
      this.after.statements.some((each) => each.effect === other && !isApart(parts, each));
    if (side === 'before') return `${words}${inAfter(effect) ? 'all of ' : ''}${what}`;
    const isHalf = partNames.some((name) => isPartlyExcluded(parts[name], statement.parts[name], name));
    const unless = effect === 'Allow' && inAfter('Deny') ? ', except what a statement denies' : '';
    return `${words}${isHalf ? 'some of ' : ''}${what}${unless}`;
  }

  /** Each condition must hold, by one of its values. So another condition narrows what a statement is about. */
  private conditionLines(
    subject: string,
    [old, oldCommon]: readonly [Statement, Parts | null],
    [now, nowCommon]: readonly [Statement, Parts | null],
  ): readonly Line[] {
    const kindOf = (side: Side, statement: Statement, parts: Parts | null): Line['kind'] =>
      parts === null ? 'changed' : this.proved(side, { statement, parts });
    const more = (text: string): Line => ({ kind: kindOf('after', now, nowCommon), text });
    const less = (text: string): Line => ({ kind: kindOf('before', old, oldCommon), text });
    const lines: Line[] = [];
    for (const condition of now.conditions) {
      const before = old.conditions.find(({ name }) => name.toLowerCase() === condition.name.toLowerCase());
      const { name, values } = condition;
      if (before === undefined) {
        if (!isImplied(condition, old))
          lines.push(less(`${subject} now applies only if ${name} is ${listWords(values)}`));
        continue;
      }
      const [isWider, isNarrower] = [implies(before, condition), implies(condition, before)];
      if (isWider && isNarrower) continue;
      const added = values.filter((value) => !before.values.includes(value));
      const removed = before.values.filter((value) => !values.includes(value));
      const text =
        removed.length === 0
          ? `${subject}: ${name} now also names ${listWords(added)}`
          : added.length === 0
            ? `${subject}: ${name} no longer names ${listWords(removed)}`
            : `${subject}: ${name} was ${listWords(before.values)}, is ${listWords(values)}`;
      lines.push(isWider ? more(text) : isNarrower ? less(text) : { kind: 'changed', text });
    }
    for (const condition of old.conditions) {
      const { name, values } = condition;
      if (now.conditions.some((each) => each.name.toLowerCase() === name.toLowerCase()) || isImplied(condition, now))
        continue;
      lines.push(more(`${subject} no longer requires that ${name} is ${listWords(values)}`));
    }
    return lines;
  }

  /** What it means that one policy has this scope and the other does not; `changed` where no request proves it. */
  private proved(side: Side, scope: Scope): Line['kind'] {
    if (!this.witnesses.isDecidedOnlyIn(side, scope)) return 'changed';
    return (side === 'after') === (scope.statement.effect === 'Allow') ? 'widened' : 'narrowed';
  }

  /** Named by its Sid where no other statement has it, else by its place. */
  private subject(side: Side, { sid, place }: Statement): string {
    const { statements } = side === 'after' ? this.after : this.before;
    return sid !== null && statements.filter((each) => each.sid === sid).length === 1
      ? `statement ${sid}`
      : `statement ${place}`;
  }
}

interface PartLines {
  readonly lines: readonly Line[];
  /** Parts that differ, where the effect is not proved. */
  readonly unproved: ReadonlySet<PartName>;
  /** The parts that are the same on both sides; null: there are none. */
  readonly common: Parts | null;
}

const isImplied = (condition: Condition, { conditions }: Statement): boolean =>
  conditions.some((each) => implies(each, condition));

/** The statement leaves out some of what the names match. */
function isPartlyExcluded(named: Part | null, own: Part | null, name: PartName): boolean {
  if (named === null || named.isExcluding || own?.isExcluding !== true) return false;
  return named.names.some((each) => own.names.some((excluded) => !areApart(each, excluded, name)));
}

function changeWords(name: PartName, was: string, is: string): string {
  // The same text of two versions of the policy language.
  return was === is ? `${name}: \${…} is a variable only in Version 2012-10-17` : `${name} was ${was}, is ${is}`;
}

function wordsOf({ parts }: Statement, name: PartName): string {
  const part = parts[name];
  return part === null ? 'none' : partWords(part, name);
}
