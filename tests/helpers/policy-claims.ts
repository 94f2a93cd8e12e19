/** What the sentences about two policies claim, held against what the policies answer. */
import type { PolicyEffect } from '#contract/diff';
import {
  fitsAction,
  fitsCaller,
  fitsConditions,
  fitsResource,
  type Answer,
  type Caller,
  type PolicyText,
} from './iam-policy';
import type { PolicyPair, Requests } from './random-policies';

/** One request as places in the lists of {@link Requests}. */
interface Asked {
  readonly action: number;
  readonly resource: number;
  readonly caller: number;
  readonly context: number;
}

/** Which statements apply to each action, resource, caller and context, each as the bits of a number. */
class Answers {
  readonly policy: PolicyText;
  private readonly bits: Readonly<Record<keyof Asked, readonly number[]>>;
  private readonly denying: number;

  constructor(policy: PolicyText, { actions, resources, callers, contexts }: Requests) {
    this.policy = policy;
    const bitsOf = (fits: (statement: PolicyText['Statement'][number]) => boolean): number =>
      policy.Statement.reduce((bits, statement, at) => bits | (fits(statement) ? 1 << at : 0), 0);
    this.denying = bitsOf(({ Effect }) => Effect === 'Deny');
    // A resource with a variable in it depends on the context: it is asked for with each.
    this.bits = {
      action: actions.map((each) => bitsOf((statement) => fitsAction(statement, each))),
      resource: resources.flatMap((each) =>
        contexts.map((context) => bitsOf((statement) => fitsResource(policy, statement, each, context))),
      ),
      caller: callers.map((each) => bitsOf((statement) => fitsCaller(statement, each))),
      context: contexts.map((each) => bitsOf((statement) => fitsConditions(policy, statement, each))),
    };
  }

  applying({ action, resource, caller, context }: Asked): number {
    const { action: ofAction, resource: ofResource, caller: ofCaller, context: ofContext } = this.bits;
    const contexts = ofContext.length;
    return (
      (ofAction[action] ?? 0) &
      (ofResource[resource * contexts + context] ?? 0) &
      (ofCaller[caller] ?? 0) &
      (ofContext[context] ?? 0)
    );
  }

  /** Whether a statement is about the action and the caller. */
  mayApply(action: number, caller: number): boolean {
    return ((this.bits.action[action] ?? 0) & (this.bits.caller[caller] ?? 0)) !== 0;
  }

  of(asked: Asked): Answer {
    const applying = this.applying(asked);
    return (applying & this.denying) !== 0 ? 'denied' : applying === 0 ? 'not allowed' : 'allowed';
  }

  /** The bit of the statement that a sentence calls so, by its Sid or its place from 1. */
  bitOf(name: string): number {
    const bySid = this.policy.Statement.flatMap(({ Sid }, at) => (Sid === name ? [at] : []));
    return 1 << (bySid.length === 1 ? (bySid[0] ?? 0) : Number(name) - 1);
  }

  /** The bits of the statements that allow, or deny. */
  bitsOf(verb: 'allow' | 'den'): number {
    return verb === 'den' ? this.denying : ~this.denying;
  }
}

const ranks: Readonly<Record<Answer, number>> = { denied: 0, 'not allowed': 1, allowed: 2 };

interface Line {
  readonly kind: PolicyEffect;
  readonly text: string;
}

export interface Verdict {
  /** Claims that some request contradicts, or that none bears out. */
  readonly wrong: readonly string[];
  readonly isWider: boolean;
  readonly isNarrower: boolean;
}

export function judge(pair: PolicyPair, lines: readonly Line[], requests: Requests): Verdict {
  const [before, after] = [new Answers(pair[0], requests), new Answers(pair[1], requests)];
  const claims = lines.map((line) => ({
    line,
    claim: claimOf(line, before, after, requests),
    isBorneOut: false,
    isWrong: false,
  }));
  let [isWider, isNarrower] = [false, false];
  for (let action = 0; action < requests.actions.length; action++) {
    for (let caller = 0; caller < requests.callers.length; caller++) {
      if (!before.mayApply(action, caller) && !after.mayApply(action, caller)) continue;
      for (let resource = 0; resource < requests.resources.length; resource++) {
        for (let context = 0; context < requests.contexts.length; context++) {
          const asked = { action, resource, caller, context };
          // Where nothing applies, neither policy says anything, and no sentence is about it.
          if (before.applying(asked) === 0 && after.applying(asked) === 0) continue;
          const [was, is] = [before.of(asked), after.of(asked)];
          if (ranks[is] > ranks[was]) isWider = true;
          if (ranks[is] < ranks[was]) isNarrower = true;
          for (const each of claims) {
            if (!each.claim.isAbout(asked)) continue;
            each.isBorneOut ||= each.claim.bears(was, is);
            each.isWrong ||= each.claim.contradicts?.(asked, was, is) ?? false;
          }
        }
      }
    }
  }
  const wrong = claims.flatMap(({ line, isBorneOut, isWrong }) => {
    const said = `${line.kind}: ${line.text}`;
    return isWrong ? [`contradicted: ${said}`] : isBorneOut || !needsProof(line) ? [] : [`never so: ${said}`];
  });
  return { wrong, isWider, isNarrower };
}

const needsProof = ({ kind }: Line): boolean => kind === 'widened' || kind === 'narrowed';

interface Claim {
  readonly isAbout: (asked: Asked) => boolean;
  /** One such request is enough to bear it out. */
  readonly bears: (was: Answer, is: Answer) => boolean;
  /** One such request is enough to refute it. */
  readonly contradicts?: (asked: Asked, was: Answer, is: Answer) => boolean;
}

const sentence =
  /^statement (\S+) (now|no longer) (allow|den)(?:s|ies) (some of |all of )?(.+?)(, except what a statement denies)?$/;
const alone = /^statement (\S+) is (gone|new); it (allow|den)/;
const covered = /^statement (\S+) is (gone|new); what (?:is left|was there) (allow|den)\w+ the same$/;

function claimOf({ kind, text }: Line, before: Answers, after: Answers, requests: Requests): Claim {
  const ofKind = (was: Answer, is: Answer): boolean =>
    kind === 'widened' ? ranks[is] > ranks[was] : kind === 'narrowed' && ranks[is] < ranks[was];
  const always = (): boolean => true;
  if (kind === 'same' && !text.startsWith('statement')) {
    return { isAbout: always, bears: always, contradicts: (_, was, is) => was !== is };
  }
  const [isCovered, ofCovered = '', which, verb] = covered.exec(text) ?? [];
  if (isCovered !== undefined) {
    const [own, other] = which === 'gone' ? [before, after] : [after, before];
    const others = other.bitsOf(verb as 'allow' | 'den');
    const isAbout = (asked: Asked): boolean => (own.applying(asked) & own.bitOf(ofCovered)) !== 0;
    return { isAbout, bears: always, contradicts: (asked) => (other.applying(asked) & others) === 0 };
  }
  const [isAlone, ofAlone = '', gone] = alone.exec(text) ?? [];
  if (isAlone !== undefined) {
    const own = gone === 'gone' ? before : after;
    return { isAbout: (asked) => (own.applying(asked) & own.bitOf(ofAlone)) !== 0, bears: ofKind };
  }
  const [isSentence, name = '', when, does, hedge, what = '', except] = sentence.exec(text) ?? [];
  if (isSentence === undefined || kind === 'changed' || what.startsWith('what it'))
    return { isAbout: always, bears: ofKind };
  const wanted: Answer = does === 'allow' ? 'allowed' : 'denied';
  const isNow = when === 'now';
  const own = isNow ? after : before;
  // A statement's Sid may have changed: the sentence has the new one, where it has one.
  const bit = isNow ? own.bitOf(name) : 0;
  const named = scopeOf(own.policy, what, requests);
  const isAbout = (asked: Asked): boolean => {
    const applying = own.applying(asked) & own.bitsOf(does as 'allow' | 'den');
    return (isNow ? (applying & bit) !== 0 : applying !== 0) && named(asked);
  };
  const bears = (was: Answer, is: Answer): boolean =>
    ofKind(was, is) && (isNow ? is === wanted && was !== wanted : was === wanted && is !== wanted);
  if (hedge !== undefined) return { isAbout, bears };
  const contradicts = (_: Asked, __: Answer, is: Answer): boolean =>
    isNow ? is !== wanted && !(except !== undefined && is === 'denied') : is === wanted;
  return { isAbout, bears, contradicts };
}

/** `s3:GetObject, s3:* on arn:… to everyone (*), under its conditions (…)`. */
function scopeOf(policy: PolicyText, what: string, requests: Requests): (asked: Asked) => boolean {
  const { actions, resources, callers, contexts } = requests;
  const [, names = '', on, to] =
    /^(.+?)(?: on (.+?))?(?: to (.+?))?(?:, under its conditions \(.*\))?$/.exec(what) ?? [];
  const [Action, Resource, Principal] = [
    namesOf(names),
    on === undefined ? null : namesOf(on),
    to === undefined ? null : namesOf(to),
  ];
  const byAction = actions.map((action) => fitsAction(partOf('Action', Action), action));
  const byResource = resources.flatMap((resource) =>
    contexts.map(
      (context) => Resource === null || fitsResource(policy, partOf('Resource', Resource), resource, context),
    ),
  );
  const byCaller = callers.map(
    (caller) => Principal === null || Principal.names.some((name) => isCalled(name, caller)) !== Principal.isExcluding,
  );
  return ({ action, resource, caller, context }) =>
    byAction[action] === true && byResource[resource * contexts.length + context] === true && byCaller[caller] === true;
}

interface Named {
  readonly names: readonly string[];
  readonly isExcluding: boolean;
}

/** `every action (*)`, `every action but a, b`, `a, b`. */
function namesOf(written: string): Named {
  const [, excluded] = /^every(?: action| resource|one) but (.+)$/.exec(written) ?? [];
  const names = (excluded ?? written).split(', ').map((name) => name.replace(/^every \w+ \(\*\)$/, '*'));
  return { names, isExcluding: excluded !== undefined };
}

const partOf = (key: string, { names, isExcluding }: Named): Readonly<Record<string, readonly string[]>> => ({
  [isExcluding ? `Not${key}` : key]: names,
});

function isCalled(name: string, { arn, account, service }: Caller): boolean {
  if (name === 'everyone (*)') return true;
  return name === arn || name === `account ${account ?? ''}` || name === `service ${service ?? ''}`;
}
