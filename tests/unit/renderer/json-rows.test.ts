import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTree, type JsonNode } from '#core/json/tree';
import { hitIds, stepsTo, type HitTest } from '../../../renderer/lib/json-hits';
import { jsonRows, openAtFirst, restPlace, type JsonRow, type TreeView } from '../../../renderer/lib/json-rows';
import { hasMark } from '../../../renderer/lib/marks';

const untouched: TreeView = { toggled: new Map(), shown: new Map() };

function treeOf(text: string): JsonNode {
  const tree = parseTree(text);
  if (!tree.ok) throw new Error(tree.error.message);
  return tree.value;
}

function rowsOf(value: unknown, marks: readonly string[] = [], view = untouched): readonly JsonRow[] {
  const root = treeOf(typeof value === 'string' ? value : JSON.stringify(value));
  return jsonRows(root, openAtFirst(root, hitIds(root, holds(marks))), view);
}

/** Keys are not searched; those of decoded text are part of a value. */
function holds(marks: readonly string[]): HitTest {
  return ({ text, key }, isDecoded) => hasMark(text, marks) || (isDecoded && hasMark(key ?? '', marks));
}

/** One line per row: indented, with what it shows. */
function outline(rows: readonly JsonRow[]): readonly string[] {
  return rows.map((row) => {
    const indent = '  '.repeat(row.depth);
    if (row.kind === 'more') return `${indent}${row.hidden} more`;
    if (row.kind === 'rest') return `${indent}rest: ${row.isOpen ? '-' : '+'}${row.childCount}`;
    const tags = [row.isEmbedded && 'embedded', row.isDecoded && 'decoded', row.note].filter(Boolean);
    const content = row.childCount > 0 ? `${row.isOpen ? '-' : '+'}${row.childCount}` : row.node.text;
    return `${indent}${row.label}: ${[content, ...tags].join(' ')}`;
  });
}

describe('jsonRows', () => {
  it('does not open what has a mark in a key alone, unless the key stands within a text', () => {
    const isOpened = (inner: unknown): boolean => {
      const root = treeOf(JSON.stringify({ list: Array(500).fill({ inner }) }));
      return openAtFirst(root, hitIds(root, holds(['needle']))).has('0.499');
    };
    expect(isOpened({ needle: 1 })).toBe(false);
    expect(isOpened({ x: 'a needle' })).toBe(true);
    expect(isOpened(JSON.stringify({ needle: 1 }))).toBe(true);
  });

  it('shows every value in the order and with the repetitions of the record', () => {
    expect(outline(rowsOf('{"b":1,"a":{"x":[true,"t"]},"b":12345678901234567890,"e":{}}'))).toEqual([
      'b: 1',
      'a: -1',
      '  x: -2',
      '    0: true',
      '    1: t',
      'b: 12345678901234567890',
      'e: ',
    ]);
  });

  it('opens JSON inside strings, plain or URL-encoded, and says that it was decoded', () => {
    const policy = JSON.stringify({ Statement: [{ Effect: 'Allow' }] });
    expect(outline(rowsOf({ plain: policy, encoded: encodeURIComponent(policy), text: '{no json' }))).toEqual([
      'plain: -1 embedded',
      '  Statement: -1 decoded',
      '    0: -1 decoded',
      '      Effect: Allow decoded',
      'encoded: -1 embedded',
      '  Statement: -1 decoded',
      '    0: -1 decoded',
      '      Effect: Allow decoded',
      'text: {no json',
    ]);
  });

  it('says what AWS hid or left out', () => {
    const record = {
      userName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      password: '***',
      stars: '**',
      requestParameters: { omitted: true, originalSize: 1 },
    };
    expect(outline(rowsOf(record))).toEqual([
      'userName: HIDDEN_DUE_TO_SECURITY_REASONS redacted',
      'password: *** redacted',
      'stars: **',
      'requestParameters: -2 omitted',
      '  omitted: true',
      '  originalSize: 1',
    ]);
  });

  it('shows a hundred of ten thousand children until more are asked for', () => {
    const record = { list: Array.from({ length: 10_000 }, (_, index) => index) };
    const first = rowsOf(record);
    expect(first).toHaveLength(102);
    expect(outline(first).at(-1)).toBe('  9900 more');
    const more = rowsOf(record, [], { toggled: new Map(), shown: new Map([['list', 600]]) });
    expect(more).toHaveLength(602);
  });

  it('starts small however large the record is, and in the upper levels', () => {
    const wide = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`k${index}`, { a: { b: [1, 2, 3] } }]));
    const rows = rowsOf(wide);
    expect(rows.length).toBeLessThanOrEqual(400);
    expect(rows.filter(({ depth }) => depth === 0)).toHaveLength(90);
  });

  it('opens whatever leads to a search hit', () => {
    const deep = Object.fromEntries(
      Array.from({ length: 99 }, (_, index) => [`k${index}`, { a: [[[`value-${index}`]]], more: [1, 2, 3, 4] }]),
    );
    expect(outline(rowsOf(deep, ['VALUE-97'])).map((line) => line.trim())).toContain('0: value-97');
    expect(outline(rowsOf(deep, [])).map((line) => line.trim())).not.toContain('0: value-97');
  });

  it('lets the user open and close places, in this record and the next', () => {
    const view: TreeView = { toggled: new Map([['a', false]]), shown: new Map() };
    expect(outline(rowsOf({ a: { x: 1 }, b: { y: 2 } }, [], view))).toEqual(['a: +1', 'b: -1', '  y: 2']);
    expect(outline(rowsOf({ z: 0, a: { x: 3 } }, [], view))).toEqual(['z: 0', 'a: +1']);
  });

  it('shows a record that is one value alone', () => {
    expect(outline(rowsOf('"alone"'))).toEqual(['0: alone']);
  });

  it('gives every row an id of its own and every child its open parent', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const rows = rowsOf({ value });
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
        const byId = new Map(rows.map((row) => [row.id, row]));
        for (const row of rows) {
          if (row.kind === 'more' || row.parent === null) continue;
          expect(byId.get(row.parent)).toMatchObject({ isOpen: true, depth: row.depth - 1 });
        }
      }),
    );
  });

  it('survives a record nested as deep as the reader allows', () => {
    const text = '{"a":'.repeat(900) + '1' + '}'.repeat(900);
    expect(rowsOf(text, ['1']).length).toBe(900);
  });

  it('begins with what is to stand first, and folds the rest as one part', () => {
    const record = { a: 1, request: { x: 2 }, b: 3, error: 'no' };
    const view = { ...untouched, first: ['error', 'missing', 'request'] };
    expect(outline(rowsOf(record, [], view))).toEqual([
      'error: no',
      'request: -1',
      '  x: 2',
      'rest: -2',
      '  a: 1',
      '  b: 3',
    ]);
    const folded = { ...view, toggled: new Map([[restPlace, false]]) };
    expect(outline(rowsOf(record, [], folded)).at(-1)).toBe('rest: +2');
    expect(outline(rowsOf({ a: 1 }, [], view)), 'where nothing stands first, nothing is folded').toEqual(['a: 1']);
  });
});

describe('the hits of a record', () => {
  const root = treeOf(
    JSON.stringify({ a: ['x', 'needle', 'a Needle'], b: JSON.stringify({ needle: 'needle' }), c: 1 }),
  );

  it('are the values that hold one, in the order of the record, those of JSON in a text instead of the text', () => {
    expect(hitIds(root, holds(['needle']))).toEqual(['0.1', '0.2', '1.0']);
    expect(hitIds(root, ({ path }) => path === 'c')).toEqual(['2']);
    expect(hitIds(root, holds(['needle']), ['b'])).toEqual(['1.0', '0.1', '0.2']);
  });

  it('are reached by the rows from the top down', () => {
    expect(stepsTo(root, '0.2').map(({ place, index }) => [place, index])).toEqual([
      ['a', 0],
      ['a\u00002', 2],
    ]);
    expect(stepsTo(root, '1.0').at(-1)?.node.text).toBe('needle');
    expect(stepsTo(root, '9')).toEqual([]);
  });
});
