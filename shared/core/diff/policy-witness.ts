/**
 * Requests that two policies answer differently. Something is called wider or narrower only where there is such a
 * request: no statement is judged alone, since another may allow, or deny, the same.
 *
 * Source: IAM's "Policy evaluation logic" within one policy: an explicit denial, else an allowance, else an implicit denial.
 */
import { anyOf, holds, likelyValues, type Condition, type Context } from './condition';
import { instance, parsePattern, type Pattern } from './policy-pattern';
import { everyone, fitsPart, matches, type Request } from './policy-scope';
import { nameOf, type Name, type Part, type PartName, type Parts, type Policy, type Statement } from './statement';

/** Denied by a statement, allowed by none, allowed. */
type Answer = -1 | 0 | 1;

/** A part of a statement: its conditions, and these parts. */
export interface Scope {
  readonly statement: Statement;
  readonly parts: Parts;
}

const mostOfPart = 12;
const mostContexts = 200;
/** The most tests of a statement against a request in one comparison: some tenths of a second at worst. */
const mostWork = 400_000;
const fill = 'zq';

export class Witnesses {
  private readonly policies: readonly [before: Policy, after: Policy];
  private readonly conditions: readonly Condition[];
  private readonly keys: readonly string[];
  private work = 0;

  constructor(before: Policy, after: Policy) {
    this.policies = [before, after];
    this.conditions = this.policies.flatMap(({ statements }) => statements.flatMap(({ conditions }) => conditions));
    this.keys = [...new Set(this.conditions.map(({ key }) => key))];
  }

  /**
   * Whether there is a request within the scope that the policy before, or after, allows (denies, where the statement does) by one of its
   * statements, and the other policy does not. Never true where that is not certain.
   */
  isDecidedOnlyIn(side: 'before' | 'after', scope: Scope): boolean {
    const [own, other] = side === 'after' ? ([1, 0] as const) : ([0, 1] as const);
    const wanted = scope.statement.effect === 'Allow' ? 1 : -1;
    return this.some(scope, (request) => {
      const theirs = this.answers(other, request);
      return !theirs.includes(wanted) && this.answers(own, request).every((answer) => answer === wanted);
    });
  }

  /** Whether there is a request within the scope that was denied by a statement and is allowed, or, after `Deny`, the reverse. */
  isTurned(scope: Scope): boolean {
    const wanted = scope.statement.effect === 'Allow' ? 1 : -1;
    return this.some(scope, (request) => {
      const is = (side: 0 | 1, answer: number): boolean => this.answers(side, request).every((each) => each === answer);
      return is(0, -wanted) && is(1, wanted);
    });
  }

  /** The possible decisions of a policy. */
  private answers(side: 0 | 1, request: Request): readonly Answer[] {
    const { statements } = this.policies[side];
    this.work += statements.length;
    const found = (effect: Statement['effect']): boolean | null =>
      anyOf(statements.filter((each) => each.effect === effect).map((each) => matches(each, request)));
    const denied = found('Deny');
    if (denied === true) return [-1];
    const allowed = found('Allow');
    const rest: readonly Answer[] = allowed === null ? [0, 1] : [allowed ? 1 : 0];
    return denied === null ? [-1, ...rest] : rest;
  }

  private some({ statement, parts }: Scope, isFit: (request: Request) => boolean): boolean {
    const nowhere: Context = new Map();
    const blank: Request = { Action: [], Resource: null, Principal: null, context: nowhere };
    const texts = (name: 'Action' | 'Resource'): readonly Pattern[] =>
      this.texts(name, parts[name]).filter((text) => fitsPart(parts[name], { ...blank, [name]: text }, name) === true);
    const resources = parts.Resource === null ? [null] : texts('Resource');
    const principals = parts.Principal === null ? [null] : this.principals(parts.Principal);
    const contexts = this.contexts(statement.conditions);
    for (const Action of texts('Action')) {
      for (const Resource of resources) {
        for (const Principal of principals) {
          for (const context of contexts) {
            if (this.work > mostWork) return false;
            if (isFit({ Action, Resource, Principal, context })) return true;
          }
        }
      }
    }
    return false;
  }

  /** Texts that the part's own names match, then those that all others match. */
  private texts(name: 'Action' | 'Resource', own: Part | null): readonly Pattern[] {
    const fresh = name === 'Action' ? `${fill}:${fill}` : `arn:aws:${fill}:::${fill}`;
    const names = own === null || own.isExcluding ? [] : own.names;
    const texts = [...names, ...this.names(name)].flatMap(({ pattern }) => {
      // A lone `*` matches whole names.
      const filled = instance(pattern, pattern.length === 1 ? fresh : fill);
      return filled === null ? [] : [filled];
    });
    const rules = { hasWildcards: false, hasVariables: false, isAnyCase: name === 'Action' };
    return [...new Set([...texts.slice(0, mostOfPart), fresh, ...texts.slice(mostOfPart, 2 * mostOfPart)])].map(
      (text) => parsePattern(text, rules),
    );
  }

  private principals(part: Part): readonly Name[] {
    const fresh = `AWS arn:aws:iam::000000000000:user/${fill}`;
    const texts = [...(part.isExcluding ? [] : part.names), ...this.names('Principal')].map(({ text }) => text);
    const blank: Request = { Action: [], Resource: null, Principal: null, context: new Map() };
    return [...new Set([...texts.slice(0, mostOfPart), fresh, ...texts.slice(mostOfPart, 2 * mostOfPart)])]
      .filter((text) => text !== everyone)
      .map((text) => nameOf(text, []))
      .filter((Principal) => fitsPart(part, { ...blank, Principal }, 'Principal') === true);
  }

  private names(name: PartName): readonly Name[] {
    return this.policies.flatMap(({ statements }) => statements.flatMap(({ parts }) => parts[name]?.names ?? []));
  }

  /** Contexts that fulfil the conditions, and differ in what the other statements test. */
  private contexts(own: readonly Condition[]): readonly Context[] {
    let contexts: readonly Context[] = [new Map()];
    for (const key of this.keys) {
      const asked = own.filter((condition) => condition.key === key);
      const values = likelyValues(key, this.conditions).filter((each) => {
        const context: Context = each === undefined ? new Map() : new Map([[key, each]]);
        return asked.every((condition) => holds(condition, context) === true);
      });
      contexts = contexts
        .flatMap((context) => values.map((each) => (each === undefined ? context : new Map([...context, [key, each]]))))
        .slice(0, mostContexts);
    }
    return contexts;
  }
}
