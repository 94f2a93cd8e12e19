import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import { conjuncts, testsOnly } from '#core/query/clauses';
import {
  addClause,
  clearField,
  excludeValue,
  hasClause,
  includeValue,
  missingClause,
  onlyValue,
  otherTimeClauses,
  removeClause,
  removeValue,
  selectionOf,
  timeRangeOf,
  toggleClauseOf,
  toggleExclude,
  toggleInclude,
  toggleOnly,
  topLevelClauses,
  withTimeRange,
} from '#core/query/edit';
import { outOfRangeQuery, undatedQuery } from '#core/time';
import { createFieldLookup } from '#core/query/field-lookup';
import { parseQuery } from '#core/query/parse';
import { anyText, queryPaths, queryText } from '../../../helpers/queries';
import { fieldsAmong, type Leaf } from '../../../reference/fields';
import { matches as isMatch, testsOnly as referenceTestsOnly } from '../../../reference/query-match';
import { clausesOf, readQuery } from '../../../reference/query-text';

const fields = createFieldLookup(queryPaths);
const isField = fieldsAmong(queryPaths.map((path) => ({ path })));
const matches = (text: string, leaves: readonly Leaf[]): boolean => isMatch(readQuery(text, isField), leaves);
const none = { included: [], excluded: [] };
const value = fc.oneof(fc.string(), fc.constantFrom('s3', 'S3.amazonaws.com', 'AND', '-x', 'a b', '*', '', '"', '\\'));
const fieldName = fc.constantFrom('service', 'eventSource', 'event', 'ip', 'odd name.a:b');

describe('the clauses of a query', () => {
  it('are what AND joins at its top, with a label in words for choices of values', () => {
    const clauses = topLevelClauses('root (a OR b) AND -service:(s3 OR ec2) event:"Get*" time>=2023-07-10', fields);
    expect(clauses.map(({ text, label, negated }) => [text, label, negated])).toEqual([
      ['root', 'root', false],
      ['(a OR b)', '(a OR b)', false],
      ['-service:(s3 OR ec2)', 'not Service: s3, ec2', true],
      ['event:"Get*"', 'Event: Get*', false],
      ['time>=2023-07-10', 'time>=2023-07-10', false],
    ]);
  });

  it('say in words what a press wrote', () => {
    const labels = topLevelClauses(`${undatedQuery} x (${outOfRangeQuery})`, fields).map(({ label }) => label);
    expect(labels).toEqual(['without a time', 'x', 'time out of range']);
  });

  it('are one where the top is an OR or a group, and none where nothing or a syntax error is written', () => {
    expect(topLevelClauses('a OR b c', fields)).toHaveLength(1);
    expect(topLevelClauses('(a b)', fields)).toHaveLength(1);
    expect(topLevelClauses(' ', fields)).toEqual([]);
    expect(topLevelClauses('* a (*)', fields).map(({ text }) => text)).toEqual(['a']);
    expect(topLevelClauses('a service:', fields)).toEqual([]);
  });

  it.each([
    ['a  AND b c', 0, 'b c'],
    ['a  AND b c', 1, 'a  AND c'],
    ['a  AND b c', 2, 'a  AND b'],
    ['(a OR b)', 0, ''],
    ['a OR b', 0, ''],
    ['a b', 7, 'a b'],
    ['a && b and c', 0, 'b and c'],
    ['a && b and c', 2, 'a && b'],
    ['a not b', 0, 'not b'],
    ['!a b', 0, 'b'],
  ])('%s without clause %i is %s', (text, index, expected) => {
    expect(removeClause(text, fields, index)).toBe(expected);
  });

  it('can each be removed, and the others stay as they were written', () => {
    fc.assert(
      fc.property(queryText, fc.nat(5), (text, pick) => {
        const before = topLevelClauses(text, fields).map((clause) => clause.text);
        const index = pick % before.length;
        const after = topLevelClauses(removeClause(text, fields, index), fields);
        expect(after.map((clause) => clause.text)).toEqual(before.toSpliced(index, 1));
      }),
    );
  });
});

describe('choosing values of a field', () => {
  it.each([
    ['', 'service:s3'],
    ['root', 'root service:s3'],
    ['a OR b', '(a OR b) service:s3'],
    ['service:ec2 root', 'service:(ec2 OR s3) root'],
    ['root  AND  eventSource:ec2', 'root  AND  eventSource:(ec2 OR s3)'],
    ['service:(ec2 OR "kms")', 'service:(ec2 OR "kms" OR s3)'],
    ['service:ec2*', 'service:(ec2* OR s3)'],
    ['service:*', 'service:* service:s3'],
    ['-service:s3', 'service:s3'],
    ['-service:(s3 OR ec2) x', '-service:ec2 x service:s3'],
    ['service:S3.amazonaws.com', 'service:S3.amazonaws.com'],
    ['service:ec2 OR service:kms', 'service:(ec2 OR kms OR s3)'],
    ['service:(-x)', 'service:(-x) service:s3'],
    ['service:-x', '(service:-x OR service:s3)'],
    ['service:!x', '(service:!x OR service:s3)'],
    ['service:or', '(service:or OR service:s3)'],
    ['a or b', '(a or b) service:s3'],
    ['a || b', '(a || b) service:s3'],
    ['service:(ec2 or kms) x', 'service:(ec2 OR kms OR s3) x'],
    ['!service:s3 x', 'x service:s3'],
    ['*', 'service:s3'],
    ['a service:', 'a service:'],
  ])('includes s3 in %s', (text, expected) => {
    expect(includeValue(text, fields, 'service', 's3')).toBe(expected);
  });

  it.each([
    ['root', 'root -service:s3'],
    ['-service:ec2', '-service:(ec2 OR s3)'],
    ['NOT service:ec2', '-service:(ec2 OR s3)'],
    ['not service:ec2', '-service:(ec2 OR s3)'],
    ['a or !b', '(a or !b) -service:s3'],
    ['service:s3 x', 'x -service:s3'],
    ['service:(s3 OR ec2) x', 'service:ec2 x -service:s3'],
  ])('excludes s3 from %s', (text, expected) => {
    expect(excludeValue(text, fields, 'service', 's3')).toBe(expected);
  });

  it('keeps one value only, and leaves other fields alone', () => {
    expect(onlyValue('service:(a OR b) x -eventSource:c event:d', fields, 'service', 's3')).toBe(
      'x event:d service:s3',
    );
  });

  it('takes a value back', () => {
    expect(removeValue('x service:(s3 OR ec2) y', fields, 'service', 's3')).toBe('x service:ec2 y');
    expect(removeValue('x -service:s3 y', fields, 'service', 's3')).toBe('x y');
  });

  it('reads the choice from top-level clauses of that field only, services in short', () => {
    const text = 'service:(s3 OR ec2.amazonaws.com OR k*) -eventSource:KMS (service:a x) -(service:b event:c) event:d';
    expect(selectionOf(text, fields, 'service')).toEqual({ included: ['s3', 'ec2'], excluded: ['KMS'] });
    expect(selectionOf(text, fields, 'region')).toEqual(none);
  });

  it('finds any value again after including or excluding it in any query, and never in both lists', () => {
    fc.assert(
      fc.property(queryText, fieldName, value, (text, field, chosen) => {
        const has = (values: readonly string[]): boolean => {
          const marked = selectionOf(includeValue('', fields, field, chosen), fields, field).included[0] ?? '';
          return values.some((known) => known.toLowerCase() === marked.toLowerCase());
        };
        const included = selectionOf(includeValue(text, fields, field, chosen), fields, field);
        const excluded = selectionOf(excludeValue(text, fields, field, chosen), fields, field);
        const seen = [included.included, included.excluded, excluded.included, excluded.excluded].map(has);
        expect(seen).toEqual([true, false, false, true]);
      }),
    );
  });

  it('takes back what was toggled twice, and clears to no choice', () => {
    fc.assert(
      fc.property(queryText, fieldName, value, (text, field, chosen) => {
        const cleared = clearField(text, fields, field);
        expect(selectionOf(cleared, fields, field)).toEqual(none);
        for (const toggle of [toggleInclude, toggleExclude]) {
          const twice = toggle(toggle(cleared, fields, field, chosen), fields, field, chosen);
          expect(selectionOf(twice, fields, field)).toEqual(none);
        }
      }),
    );
  });

  it('takes back a name alone where a principal it stands for is toggled, and excludes that principal beside it', () => {
    const alice = 'alice (IAM user, 111122223333)';
    expect(toggleInclude('identity:Alice', fields, 'identity', alice)).toBe('');
    expect(toggleExclude('-identity:alice', fields, 'identity', alice)).toBe('');
    expect(toggleExclude('identity:alice', fields, 'identity', alice)).toBe(`identity:alice -identity:"${alice}"`);
    expect(toggleInclude(`identity:"${alice}"`, fields, 'identity', alice)).toBe('');
    const narrowed = `identity:alice -identity:"${alice}"`;
    expect(toggleExclude(narrowed, fields, 'identity', alice)).toBe('identity:alice');
    expect(toggleInclude(narrowed, fields, 'identity', alice)).toBe('identity:alice');
    expect(toggleInclude('x -identity:alice', fields, 'identity', alice)).toBe(`x identity:"${alice}"`);
    const other = 'ALICE (IAM user, 111122223333)';
    expect(toggleInclude(`identity:"${alice}"`, fields, 'identity', other)).toBe(`identity:("${alice}" OR "${other}")`);
  });

  it('keeps every clause that has nothing to do with the field as it was written', () => {
    fc.assert(
      fc.property(queryText, value, (text, chosen) => {
        const foreign = (query: string): readonly string[] =>
          topLevelClauses(query, fields)
            .map((clause) => clause.text)
            .filter((clause) => !/service|eventSource/i.test(clause));
        const before = foreign(text);
        const after = foreign(includeValue(text, fields, 'service', chosen));
        const wrapped = topLevelClauses(text, fields).length === 1;
        expect(wrapped ? after.length : after).toEqual(wrapped ? before.length : before);
      }),
    );
  });

  it('narrows to events that have the value', () => {
    const leaves = fc.array(
      fc.record({
        path: fc.constantFrom('eventSource', 'eventName'),
        text: fc.constantFrom('s3.amazonaws.com', 'a', 'b'),
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom('', 'a OR b', 'event:a', '-service:b', 'service:s3'), leaves, (text, event) => {
        const values: readonly Leaf[] = event.map((leaf) => ({ ...leaf, kind: 'text' }));
        const only = matches(onlyValue(text, fields, 'service', 's3'), values);
        const without = matches(clearField(text, fields, 'service'), values);
        expect(only).toBe(without && event.some((leaf) => leaf.path === 'eventSource' && leaf.text.startsWith('s3')));
      }),
    );
  });
});

describe('joining a clause on', () => {
  it.each([
    ['a OR b', 'c', false, '(a OR b) c'],
    ['a', 'b OR c', false, 'a (b OR c)'],
    ['a', 'b c', true, 'a -(b c)'],
    ['a', 'event:(b OR c)', true, 'a -event:(b OR c)'],
    ['a b', 'b', false, 'a b'],
    ['', ' b ', true, '-b'],
    ['a', 'service:', false, 'a'],
    ['a', '', false, 'a'],
  ])('%s and %s (negated: %s)', (text, clause, negate, expected) => {
    expect(addClause(text, fields, clause, negate)).toBe(expected);
  });
});

describe('the time range', () => {
  const noon = epochMs(Date.UTC(2023, 6, 10, 12));
  const one = epochMs(noon + 3_600_000);

  it('is read from comparisons with the time, by either name, the narrowest winning', () => {
    expect(timeRangeOf('x time>=2023-07-10T12:00Z eventTime>=2023-07-09 time<2023-07-10T13', fields)).toEqual({
      from: noon,
      to: one,
    });
    expect(timeRangeOf('time>2023-07-10T11:59', fields)).toEqual({ from: noon, to: null });
    expect(timeRangeOf('-time>2023 x', fields)).toBeNull();
    expect(timeRangeOf('x -time>2023-07-10', fields)).toBeNull();
  });

  it('is written in UTC behind the rest, in the place of any other', () => {
    const text = 'time>=2023-07-09 a OR b';
    expect(withTimeRange('time>=2023-07-09 x eventTime:(<2023-07-11)', fields, { from: noon, to: one })).toBe(
      'x time>=2023-07-10T12:00:00Z time<2023-07-10T13:00:00Z',
    );
    expect(withTimeRange(text, fields, { from: noon, to: null })).toBe(`(${text}) time>=2023-07-10T12:00:00Z`);
    expect(withTimeRange('a time>=2023-07-09', fields, null)).toBe('a');
    expect(withTimeRange('a or !b', fields, { from: noon, to: null })).toBe('(a or !b) time>=2023-07-10T12:00:00Z');
    expect(withTimeRange('!a and time>=2023-07-09', fields, null)).toBe('!a');
  });

  it('takes the place of whatever else asks for times, and is replaced by it', () => {
    const range = { from: noon, to: one };
    const written = 'x time>=2023-07-10T12:00:00Z time<2023-07-10T13:00:00Z';
    for (const clause of [undatedQuery, `(${outOfRangeQuery})`, 'time:2023-07-09*', '-time:*']) {
      expect(withTimeRange(`x ${clause}`, fields, range)).toBe(written);
      expect(otherTimeClauses(`x ${clause} time>2023`, fields).map(({ text }) => text)).toEqual([clause]);
      expect(withTimeRange(`x ${clause}`, fields, null), 'all times: a clause of another kind stays').toBe(
        `x ${clause}`,
      );
    }
    expect(toggleClauseOf(written, fields, 'time', undatedQuery)).toBe(`x ${undatedQuery}`);
    expect(withTimeRange('(root or time:2023-07-09*)', fields, range), 'what asks for more stays').toMatch(
      /^\(root or/,
    );
    expect(otherTimeClauses(written, fields)).toEqual([]);
  });

  it('is read back as it was written, in any query without another one inside', () => {
    const time = fc.integer({ min: -60_000_000_000_000, max: 250_000_000_000_000 }).map(epochMs);
    fc.assert(
      fc.property(queryText, time, time, (text, from, to) => {
        const plain = /time|Time/.test(text) ? 'root' : text;
        expect(timeRangeOf(withTimeRange(plain, fields, { from, to }), fields)).toEqual({ from, to });
      }),
    );
  });
});

describe('cross-filtering', () => {
  it('knows the clauses that test one field and nothing else, by either name, through nested groups', () => {
    const parsed = parseQuery('service:s3 -(eventSource:a OR service:b) (x service:c) (service:d OR y) z', fields);
    const clauses = parsed.ok ? conjuncts(parsed.value) : [];
    expect(clauses.map((clause) => testsOnly(clause, 'service'))).toEqual([true, true, false, true, false, false]);
  });

  it('takes apart every query into the clauses it has, and knows whose each is', () => {
    fc.assert(
      fc.property(queryText, fieldName, (text, field) => {
        const parsed = parseQuery(text, fields);
        if (!parsed.ok) throw parsed.error;
        const own = conjuncts(parsed.value).map((clause) => testsOnly(clause, field));
        expect(own).toEqual(clausesOf(readQuery(text, isField)).map((clause) => referenceTestsOnly(clause, field)));
      }),
    );
  });
});

describe('editing', () => {
  const leaf = fc.record({
    path: fc.constantFrom('eventSource', 'eventName', 'requestParameters.bucketName', 'sourceIPAddress', 'eventTime'),
    text: fc.constantFrom('a', 'b', 's3', 'or', '10.0.0.1', '2023-07-10T12:30:00Z', '2023-07-11T12:00:00Z'),
  });
  const event = fc.array(leaf, { maxLength: 5 }).map((leaves) => leaves.map((one): Leaf => ({ ...one, kind: 'text' })));
  const exactText = queryText.filter((text) => !text.includes('~'));

  it('keeps what every other clause means, however the operators are written', () => {
    fc.assert(
      fc.property(exactText, fc.nat(5), event, (text, pick, leaves) => {
        const clauses = topLevelClauses(text, fields);
        const kept = clauses.filter((_clause, at) => at !== pick % clauses.length);
        const expected = kept.every((clause) => matches(clause.text, leaves));
        expect(matches(removeClause(text, fields, pick % clauses.length), leaves)).toBe(expected);
        const added = matches(addClause(text, fields, 'event:a or event:b'), leaves);
        expect(added).toBe(matches(text, leaves) && matches('event:(a OR b)', leaves));
        const excluded = matches(addClause(text, fields, 'event:a', true), leaves);
        expect(excluded).toBe(matches(text, leaves) && !matches('event:a', leaves));
      }),
      { numRuns: 500 },
    );
  });

  it('of the time range narrows the query to that range and changes nothing else', () => {
    const range = { from: epochMs(Date.UTC(2023, 6, 10, 12)), to: epochMs(Date.UTC(2023, 6, 10, 13)) };
    fc.assert(
      fc.property(
        exactText.filter((text) => !/time/i.test(text)),
        event,
        (text, leaves) => {
          const narrowed = withTimeRange(text, fields, range);
          const inRange = matches('time>=2023-07-10T12:00Z', leaves) && matches('time<2023-07-10T13:00Z', leaves);
          expect(matches(narrowed, leaves)).toBe(matches(text, leaves) && inRange);
          expect(matches(withTimeRange(narrowed, fields, null), leaves)).toBe(matches(text, leaves));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves a text with a syntax error as it is, and never throws', () => {
    fc.assert(
      fc.property(anyText, value, (text, chosen) => {
        const edited = [
          includeValue(text, fields, 'service', chosen),
          onlyValue(text, fields, 'service', chosen),
          addClause(text, fields, 'x', true),
          withTimeRange(text, fields, { from: epochMs(0), to: null }),
        ];
        if (!parseQuery(text, fields).ok) expect(edited).toEqual([text, text, text, text]);
        else expect(edited.every((query) => parseQuery(query, fields).ok)).toBe(true);
      }),
    );
  });
});

describe('what a press asks for and a second press takes back', () => {
  it('is one value alone', () => {
    const only = toggleOnly('alpha -service:ec2 service:(s3 OR iam)', fields, 'service', 's3');
    expect(only).toBe('alpha service:s3');
    expect(toggleOnly(only, fields, 'service', 'iam')).toBe('alpha service:iam');
    expect(toggleOnly(only, fields, 'service', 's3')).toBe('alpha');
  });

  it('is a clause in place of the others of its field', () => {
    for (const clause of [undatedQuery, `(${outOfRangeQuery})`]) {
      const asked = toggleClauseOf('alpha time>=2023-07-10 time<2023-07-11', fields, 'time', clause);
      expect(asked).toBe(`alpha ${clause}`);
      expect(hasClause(asked, fields, clause)).toBe(true);
      expect(toggleClauseOf(asked, fields, 'time', clause)).toBe('alpha');
      expect(toggleClauseOf(clause, fields, 'time', clause)).toBe('');
    }
    expect(toggleClauseOf('service:s3', fields, 'service', missingClause('service'))).toBe('-service:*');
  });
});
