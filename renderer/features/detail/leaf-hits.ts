/** Which values of a record a query found: those that hold its words, and those that its field tests passed. */
import type { EventDetail } from '#contract/events';
import { computedPaths, derivedPaths, fieldPaths, fieldType, isSameField } from '#core/fields';
import type { JsonNode } from '#core/json/tree';
import { parseRange } from '#core/query/address';
import type { FieldNode } from '#core/query/ast';
import { searchedTexts, type HitTerm } from '#core/query/hit-terms';
import { compileTest, type LeafKind, type ValueTest } from '#core/query/match';
import { hasMark } from '../../lib/marks';
import type { HitTest } from '../../lib/json-hits';

/** What the sentence says: a test of such a field is no reason to begin further down than the record does. */
const inSentence = ['service', 'event', 'identity', 'ip', 'region', 'result', 'account', 'kind', 'class', 'target'];

export interface LeafHits {
  /** Any hit. */
  readonly isHit: HitTest;
  /** The whole value is the hit, rather than a word in it. */
  readonly isWhole: HitTest;
  /** A hit that the sentence does not say already. */
  readonly isNews: HitTest;
}

/** Times are seen on the timeline, and each event has one. */
export function leafHits(terms: readonly HitTerm[], event: EventDetail): LeafHits {
  const marks = searchedTexts(terms);
  const ranges = terms.flatMap((term) => {
    const range = term.kind === 'addresses' ? parseRange(term.network) : null;
    return range?.ok === true ? [range.value] : [];
  });
  const tests = terms
    .filter((term) => term.kind === 'field')
    .filter(({ field }) => !isSameField(field, 'time'))
    .map((term) => ({
      passes: fieldHit(term, event),
      isSaid: inSentence.some((said) => isSameField(said, term.field)),
    }));

  const hasWord: HitTest = ({ text, key }, isDecoded) =>
    hasMark(text, marks) || (isDecoded && hasMark(key ?? '', marks));
  const isAddress: HitTest = ({ text, kind }) => kind === 'string' && ranges.some((isIn) => isIn(text));
  const passes = (node: JsonNode, isDecoded: boolean, isAny: boolean): boolean =>
    !isDecoded && node.children.length === 0 && tests.some((test) => (isAny || !test.isSaid) && test.passes(node));
  return {
    isHit: (node, isDecoded) => hasWord(node, isDecoded) || isAddress(node, isDecoded) || passes(node, isDecoded, true),
    isWhole: (node, isDecoded) =>
      !hasWord(node, isDecoded) && (isAddress(node, isDecoded) || passes(node, isDecoded, true)),
    isNews: (node, isDecoded) =>
      hasWord(node, isDecoded) || isAddress(node, isDecoded) || passes(node, isDecoded, false),
  };
}

type NodeTest = (node: JsonNode) => boolean;

function fieldHit({ field, test }: FieldNode, event: EventDetail): NodeTest {
  const passes = valueTest(field, test);
  const under = fieldPaths(field).map((path) => ({ path, derived: derivedHit(path, passes, event) }));
  return (node) =>
    under.some(({ path, derived }) =>
      derived === null ? isUnder(node.path, path) && passes(node.text, kindOf(node)) : derived(node),
    );
}

/** The engine bounds an expression in time; here it would stop the window. The event matched: its value under the path is what did. */
function valueTest(field: string, test: FieldNode['test']): ValueTest {
  return compileTest(test.kind === 'regex' ? { kind: 'exists' } : test, fieldType(field));
}

/** For a value that is made of others: those that it is made of. Null for a path of the record. */
function derivedHit(path: string, passes: ValueTest, event: EventDetail): NodeTest | null {
  const oneOf =
    (...paths: readonly string[]): NodeTest =>
    (node) =>
      paths.some((each) => isUnder(node.path, each)) && passes(node.text, kindOf(node));
  switch (path) {
    case derivedPaths.account:
      return oneOf('recipientAccountId', 'accountId', 'userIdentity.accountId');
    case derivedPaths.result:
      return oneOf('errorCode');
    case derivedPaths.eventClass:
      return ({ path: at }) => at === (event.summary.eventClass === 'error' ? 'errorCode' : 'readOnly');
    case derivedPaths.identityKind:
      return ({ path: at }) => at === 'userIdentity.type';
    case derivedPaths.identity: {
      const { identity } = event.summary;
      return (node) => isUnder(node.path, 'userIdentity') && identity !== '' && hasMark(node.text, [identity]);
    }
    case computedPaths.target: {
      const names = (event.target?.names ?? []).map(({ text }) => text).filter((text) => passes(text, 'text'));
      const parts = new Set(names.flatMap((text) => [text, ...text.split('/')]));
      return ({ text }) => text !== '' && parts.has(text);
    }
    default:
      return path.startsWith('@') ? () => false : null;
  }
}

/** A path means itself and all beneath it, in any case. */
function isUnder(path: string, wanted: string): boolean {
  const [at, above] = [path.toLowerCase(), wanted.toLowerCase()];
  return at === above || at.startsWith(`${above}.`);
}

function kindOf({ kind }: JsonNode): LeafKind {
  if (kind === 'null') return 'null';
  return kind === 'object' || kind === 'array' ? 'empty' : 'text';
}
