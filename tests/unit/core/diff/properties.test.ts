import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiffCell } from '#contract/diff';
import { changesIn } from '#core/diff/changes';
import type { RecordDiff } from '#core/diff/event-diff';
import { jsonPatch } from '#core/diff/json-patch';
import { parseTree, type JsonNode } from '#core/json/tree';
import { diffRequests, diffTexts } from '../../../helpers/diffs';
import { applyPatch, valueOf, type Value } from '../../../helpers/json-patch';

/** Few keys and values, so that two of them have much in common; keys that other tools trip over among them. */
const key = fc.constantFrom('a', 'b', 'id', 'name', 'tags', 'items', '__proto__', 'a/b', '~1', '');
const leaf = fc.constantFrom(
  '"x"',
  '"y"',
  '"one two three"',
  '1',
  '1.0',
  '12345678901234567890',
  'true',
  'null',
  '"\\ud800"',
);
const { value: json } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }).map((elements) => `[${elements.join(', ')}]`),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 5 })
      .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
  ),
}));
const record = fc.tuple(json, json).map(([a, b]) => `{"requestParameters":{"one":${a},"two":${b}}}`);
/** A record, and the same with some of its text exchanged: mostly alike. */
const neighbours = fc
  .tuple(record, fc.constantFrom('"x"', '1', 'true', '"a"', '"id"'), fc.constantFrom('"y"', '2', '[1]', '"b"'))
  .map(([text, from, to]) => [text, text.replace(from, to)] as const)
  .filter(([, changed]) => isJson(changed));
const pairs = fc.oneof(fc.tuple(record, record), neighbours);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function patch(left: string, right: string): string {
  const result = jsonPatch(left, right);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Members in the order of their keys. */
function sorted(value: Value): unknown {
  if (value.kind === 'array') return value.elements.map(sorted);
  if (value.kind === 'plain') return [value.type, value.text];
  return { members: [...value.members].map(([name, each]) => [name, sorted(each)]).sort() };
}

/** The values of one side, whatever they stand in. */
function leaves(diff: RecordDiff, side: 'left' | 'right'): readonly string[] {
  return diff.sections
    .flatMap(({ rows }) => rows)
    .filter(({ label }) => label !== '(order)')
    .flatMap((row) => row[side] ?? [])
    .filter(({ type }) => type !== 'object' && type !== 'array')
    .map(({ text }) => text)
    .sort();
}

/** The values of a record, duplicate keys included. */
function leavesOfText(text: string): readonly string[] {
  const parsed = parseTree(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const all = (node: JsonNode): readonly string[] => {
    if (node.children.length > 0) return node.children.flatMap(all);
    return node.kind === 'object' || node.kind === 'array' ? [] : [node.text];
  };
  return [...all(parsed.value)].sort();
}

function swapped(diff: RecordDiff): unknown {
  const mirror = { equal: 'equal', added: 'removed', removed: 'added', changed: 'changed' } as const;
  return changeSet(diff, (kind) => mirror[kind], 'right', 'left');
}

function changeSet(
  diff: RecordDiff,
  kindOf: (kind: 'added' | 'removed' | 'changed') => string,
  before: 'left' | 'right',
  after: 'left' | 'right',
): unknown {
  const cell = (of: DiffCell | null): unknown => (of === null ? null : [of.type, of.text, of.pieces]);
  return diff.sections
    .flatMap((section) => changesIn(section))
    .map((change) => JSON.stringify([kindOf(change.kind), cell(change[before]), cell(change[after])]))
    .sort();
}

describe('a comparison', () => {
  it('as a patch makes the right record of the left one', () => {
    fc.assert(
      fc.property(pairs, ([left, right]) => {
        expect(sorted(applyPatch(valueOf(left), patch(left, right)))).toEqual(sorted(valueOf(right)));
      }),
      { numRuns: 1000 },
    );
  });

  it('of a record with itself finds nothing, and the patch is empty', () => {
    fc.assert(
      fc.property(record, (text) => {
        const spaced = text.replaceAll(',', ' ,\n');
        const diff = diffTexts(text, spaced);
        expect(diff.sections.map(({ changes, rows }) => [changes, rows.every(({ kind }) => kind === 'equal')])).toEqual(
          diff.sections.map(() => [0, true]),
        );
        expect(patch(text, text)).toBe('[]\n');
      }),
    );
  });

  it('finds something wherever two records differ in more than the order of a set', () => {
    fc.assert(
      fc.property(pairs, ([left, right]) => {
        fc.pre(!/"(?:tags|items)"/.test(left + right) && !hasDuplicates(left) && !hasDuplicates(right));
        const isSame = JSON.stringify(sorted(valueOf(left))) === JSON.stringify(sorted(valueOf(right)));
        expect(diffTexts(left, right).sections.some(({ changes }) => changes > 0)).toBe(!isSame);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same from either side', () => {
    fc.assert(
      fc.property(pairs, ([left, right]) => {
        expect(swapped(diffTexts(right, left))).toEqual(
          changeSet(diffTexts(left, right), (kind) => kind, 'left', 'right'),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('shows every value of both records once', () => {
    fc.assert(
      fc.property(pairs, ([left, right]) => {
        const diff = diffTexts(left, right);
        expect(leaves(diff, 'left')).toEqual(leavesOfText(left));
        expect(leaves(diff, 'right')).toEqual(leavesOfText(right));
      }),
      { numRuns: 500 },
    );
  });

  it('calls equal what has the same text on both sides, and changed what has not', () => {
    fc.assert(
      fc.property(pairs, ([left, right]) => {
        for (const row of diffTexts(left, right).sections.flatMap(({ rows }) => rows)) {
          if (row.members > 0) continue;
          const sides = [row.left, row.right].map((cell) => (cell === null ? null : `${cell.type} ${cell.text}`));
          const kind =
            sides[0] === null ? 'added' : sides[1] === null ? 'removed' : sides[0] === sides[1] ? 'equal' : 'changed';
          expect(row.kind).toBe(kind);
        }
      }),
    );
  });
});

function hasDuplicates(text: string): boolean {
  let count = 0;
  JSON.parse(text, (_, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) count += Object.keys(value).length;
    return value;
  });
  return count !== (text.match(/"(?:[^"\\]|\\.)*"\s*:/g) ?? []).length;
}

describe('sets', () => {
  const name = fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket', 's3:*');
  const names = fc.uniqueArray(name, { minLength: 1 });
  const shuffled = <T>(elements: fc.Arbitrary<readonly T[]>): fc.Arbitrary<readonly [readonly T[], readonly T[]]> =>
    elements.chain((all) =>
      fc.shuffledSubarray([...all], { minLength: all.length }).map((other) => [all, other] as const),
    );
  const cases = {
    'the actions of a statement': shuffled(names).map((sides) =>
      sides.map((Action) => ({ policy: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } })),
    ),
    'the statements of a policy in a text': shuffled(
      fc.uniqueArray(fc.record({ Effect: fc.constant('Allow'), Action: name, Resource: fc.constantFrom('a', 'b') }), {
        selector: ({ Action, Resource }) => `${Action} ${Resource}`,
      }),
    ).map((sides) =>
      sides.map((Statement) => ({ policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) })),
    ),
    'the principals of a statement': shuffled(names).map((sides) =>
      sides.map((AWS) => ({ policy: { Statement: { Effect: 'Allow', Action: '*', Principal: { AWS } } } })),
    ),
    'the values of a condition': shuffled(names).map((sides) =>
      sides.map((values) => ({
        policy: { Statement: { Effect: 'Allow', Action: '*', Condition: { StringEquals: { 'aws:x': values } } } },
      })),
    ),
    tags: shuffled(
      fc.uniqueArray(fc.record({ key: name, value: fc.string() }), { selector: ({ key: own }) => own }),
    ).map((sides) => sides.map((tags) => ({ tags }))),
    'the ranges of a security group': shuffled(names).map((sides) =>
      sides.map((all) => ({
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 22,
              toPort: 22,
              ipRanges: { items: all.map((cidrIp) => ({ cidrIp })) },
            },
          ],
        },
      })),
    ),
    'the values of an event pattern': shuffled(names).map((sides) =>
      sides.map((source) => ({ eventPattern: JSON.stringify({ source, detail: { state: source } }) })),
    ),
  };

  it.each(Object.entries(cases))('may be in any order: %s', (_, sides) => {
    fc.assert(
      fc.property(sides, ([left, right]) => {
        expect(diffRequests(left, right).changes).toBe(0);
      }),
    );
  });
});
