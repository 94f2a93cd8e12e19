/**
 * What a call did to a policy that an earlier call set, in words.
 *
 * Compares two calls only where both succeeded, set or deleted the same policy of the same target, and show it. "Wider" or "narrower" is
 * said only where a request proves it: see `policy-witness.ts`.
 */
import type { PolicyDiff } from '#contract/diff';
import { Aligner } from './align';
import { isSameEffect } from './policy-scope';
import {
  differentTargets,
  hasManagedPolicies,
  policyRecord,
  type PolicyRecord,
  type PolicyState,
} from './policy-state';
import type { DiffNode } from './prepare';
import { PolicyLines, type Line } from './policy-lines';
import { member } from './shapes';
import { everything, readPolicy, type Policy } from './statement';

/** Why a call is not known to have succeeded, as a clause: `is of a call that failed (AccessDenied) …`. Null: it did. */
export interface Failures {
  readonly left: string | null;
  readonly right: string | null;
}

const mostLines = 50;
/** In both policies together; AWS's own limits keep them below. */
const mostNames = 1_200;

/** `isSwapped`: see {@link Aligner}. */
export function describePolicies(
  left: DiffNode,
  right: DiffNode,
  failures: Failures,
  isSwapped: boolean,
): readonly PolicyDiff[] {
  const [before, after] = [policyRecord(left, failures.left), policyRecord(right, failures.right)];
  if (after === null) return [];
  if (before === null) return saidBy(after, linesOfFirst(after));
  if (before.call.policy !== after.call.policy || before.call.service !== after.call.service) return [];
  const isManaged = hasManagedPolicies(left) || hasManagedPolicies(right);
  return saidBy(after.path === '' ? before : after, linesOf(before, after, isManaged, isSwapped));
}

function saidBy({ path }: PolicyRecord, lines: readonly Line[]): readonly PolicyDiff[] {
  return lines.length === 0 ? [] : [{ path: path || 'requestParameters', lines: lines.slice(0, mostLines) }];
}

/** Describes a policy that only the later event shows, with no statement about the one before. */
function linesOfFirst({ state }: PolicyRecord): readonly Line[] {
  return wordsOf(state).map((words) => unknown(`the event before shows no such policy; in the one after, ${words}`));
}

/** Each statement in words; none where the record shows no policy that can be read. */
function wordsOf(state: PolicyState): readonly string[] {
  if (state.kind !== 'shown') return [];
  const policy = policyOf(state);
  if (policy === null || namesIn(policy) > mostNames) return [];
  return new PolicyLines({ statements: [] }, policy).ofAfter();
}

/** Two policies of different things: each stands for itself, and nothing became wider or narrower. */
function linesOfTwo(old: PolicyState, now: PolicyState, others: string): readonly Line[] {
  const isSame = old.kind === 'shown' && now.kind === 'shown' && old.policy.id === now.policy.id;
  if (isSame) return [unknown(`two policies with the same text, not one: ${others}`)];
  return [
    unknown(`two policies, not one that changed: ${others}`),
    ...wordsOf(old).map((words) => unknown(`only on the left: ${words}`)),
    ...wordsOf(now).map((words) => unknown(`only on the right: ${words}`)),
  ];
}

function linesOf(before: PolicyRecord, after: PolicyRecord, isManaged: boolean, isSwapped: boolean): readonly Line[] {
  const [old, now] = [before.state, after.state];
  if (old.kind !== 'shown' && now.kind !== 'shown') return [];
  if (old.kind === 'unknown') return [unknown(`the policy before ${old.why}`)];
  if (now.kind === 'unknown') return [unknown(`the policy after ${now.why}`)];
  const others = differentTargets(before, after);
  if (others !== null) return linesOfTwo(old, now, others);
  const [left, right] = [nodeOf(old), nodeOf(now)];
  if (left?.id === right?.id) return [];
  if (isManaged) return [unknown('managed policies limit these sessions too, and are not shown')];
  const policies = [policyOf(old), policyOf(now)] as const;
  if (policies[0] === null || policies[1] === null)
    return [unknown('a statement is not written as these rules know it')];
  if (namesIn(policies[0]) + namesIn(policies[1]) > mostNames) return [unknown('the policies have too many names')];
  const lines = new PolicyLines(policies[0], policies[1]);
  if (now.kind === 'unlimited') return lines.ofUnlimited('after');
  if (old.kind === 'unlimited') return lines.ofUnlimited('before');
  if (isSameEffect(policies[0], policies[1]))
    return [{ kind: 'same', text: 'written differently, with the same effect' }];
  return placesOf(left, right, isSwapped).flatMap(([one, other]) => lines.ofPair(one, other));
}

const unknown = (text: string): Line => ({ kind: 'unknown', text });

type Known = Exclude<PolicyState, { kind: 'unknown' }>;

const nodeOf = (state: Known): DiffNode | null => (state.kind === 'shown' ? state.policy : null);

/** Null: it could not be read. */
function policyOf(state: Known): Policy | null {
  switch (state.kind) {
    case 'shown':
      return readPolicy(state.policy);
    case 'deleted':
      return { statements: [] };
    case 'unlimited':
      return { statements: [everything] };
  }
}

function namesIn({ statements }: Policy): number {
  const counts = statements.flatMap(({ parts, conditions }) => [
    ...Object.values(parts).map((part) => part?.names.length ?? 0),
    ...conditions.map(({ values }) => values.length),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Which statements belong together, by their places from 0; -1: that side has none. */
function placesOf(
  left: DiffNode | null,
  right: DiffNode | null,
  isSwapped: boolean,
): readonly (readonly [number, number])[] {
  const [one, other] = [left && member(left, 'Statement'), right && member(right, 'Statement')];
  if (one && other) return new Aligner(isSwapped).arrays(one, other).pairs;
  return [
    ...(one?.children ?? []).map((_, at) => [at, -1] as const),
    ...(other?.children ?? []).map((_, at) => [-1, at] as const),
  ];
}
