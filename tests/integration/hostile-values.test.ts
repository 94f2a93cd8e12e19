import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '#contract/events';
import { engineOfFile, type TestEngine } from '../helpers/engine';
import { envelope, record, writeEvidence } from '../helpers/evidence';

const startedEngine = engineOfFile();

/** Whoever is investigated may have chosen the names and values in a log. They are data, whatever they look like. */

/** An event with these texts in it, in front of what every event has; the texts are JSON. */
function eventWith(name: string, json: string, minute = 0): string {
  return record(name, {}, minute).replace('{', `{${json},`);
}

async function opened(...records: readonly string[]): Promise<TestEngine> {
  const engine = startedEngine();
  const status = await engine.open(await writeEvidence(['log.json.gz', gzipSync(envelope(...records), { level: 1 })]));
  expect(status).toMatchObject({ events: records.length, filesRead: 1 });
  return engine;
}

async function onlyRow(engine: TestEngine, text: string, columns: readonly string[] = []): Promise<EventRow> {
  const rows = await engine.rows(text, columns);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
const padding = (): string => record('Padding');

/** Written in JSON, and what it means. */
const values: readonly (readonly [what: string, json: string, text: string])[] = [
  ['HTML', '"<img src=x onerror=alert(1)><script>x</script>"', '<img src=x onerror=alert(1)><script>x</script>'],
  ['a template', String.raw`"{{constructor}} #{7*7} %s \\u0041"`, '{{constructor}} #{7*7} %s \\u0041'],
  ['a bidirectional override', '"\u202egnp.exe\u2069"', '\u202egnp.exe\u2069'],
  ['control characters', String.raw`"\u0000\u001b[2J\u0007\r\n\t\u007f"`, '\0\u001b[2J\u0007\r\n\t\u007f'],
  ['a lone high surrogate', String.raw`"x\ud83dy"`, 'x\ud83dy'],
  ['a lone low surrogate', String.raw`"x\ude00y"`, 'x\ude00y'],
  ['surrogates the wrong way round', String.raw`"\ude00\ud83d"`, '\ude00\ud83d'],
  ['a pair of escaped surrogates', String.raw`"\ud83d\ude00"`, '😀'],
  ['what is no character', String.raw`"\uffff\ufffe\ufdd0"`, '\uffff\ufffe\ufdd0'],
  ['line separators', '"a\u2028b\u2029c"', 'a\u2028b\u2029c'],
  ['a combined character', '"e\u0301\u0302"', 'e\u0301\u0302'],
  ['letters that change their length in lower case', '"İSTANBUL ΣΊΣΥΦΟΣ"', 'İSTANBUL ΣΊΣΥΦΟΣ'],
  ['an empty text', '""', ''],
  ['white space', '"   "', '   '],
  ['quotes and backslashes', String.raw`"\"\\\" OR x:*"`, '"\\" OR x:*'],
  ['the name of an inherited property', '"__proto__"', '__proto__'],
  ['a formula', `"=HYPERLINK(\\"http://x\\")"`, '=HYPERLINK("http://x")'],
  ['an integer above 2^53', '12345678901234567890123', '12345678901234567890123'],
  ['a number with a zero behind the point', '1.0', '1.0'],
  ['a number beyond all bounds', '1E400', '1E400'],
  ['a number next to nothing', '-1.0e-999', '-1.0e-999'],
  ['a negative zero', '-0', '-0'],
  ['a long number', `0.${'3'.repeat(400)}`, `0.${'3'.repeat(400)}`],
];

describe('a value', () => {
  it.each(values)('that is %s is found, counted, shown and read back as written', async (_, json, text) => {
    const hostile = eventWith('Hostile', `"requestParameters":{"value":${json}}`, 1);
    const engine = await opened(padding(), hostile, padding());
    const field = `requestParameters.value:${quoted(text)}`;
    const row = await onlyRow(engine, field, ['requestParameters.value']);
    expect(row).toMatchObject({ event: 'Hostile', cells: [text] });
    if (text !== '') expect(await engine.names(quoted(text))).toContain('Hostile');
    expect(await engine.facet('', 'requestParameters.value')).toMatchObject({
      values: [{ value: text, label: text, count: 1, state: 'none' }],
      distinct: 1,
      missing: 2,
    });
    expect(await engine.facet(field, 'requestParameters.value')).toMatchObject({
      values: [{ value: text, state: 'included' }],
    });
    expect((await engine.run(`-${field}`)).matched).toBe(2);
    const { raw, location } = await engine.detail(row.row);
    expect(raw).toBe(hostile);
    expect(location.length).toBe(Buffer.byteLength(hostile));
  });

  it('is shown as it is in the columns every row has', async () => {
    const text = '<b>\u202e\u0000\ud800';
    const names = ['eventName', 'eventSource', 'awsRegion', 'sourceIPAddress', 'eventTime', 'errorCode'];
    const identity = { type: 'IAMUser', userName: text };
    const engine = await opened(
      record('x', { ...Object.fromEntries(names.map((name) => [name, text])), userIdentity: identity }),
    );
    const row = await onlyRow(engine, '');
    expect(row).toMatchObject({
      time: null,
      timeText: text,
      service: text,
      event: text,
      identity: text,
      region: text,
      ip: text,
      result: text,
      eventClass: 'error',
    });
  });

  it('that is true, "true", 1 or "1" stays what it is in the record, and is one value to a search', async () => {
    const engine = await opened(...['true', '"true"', '1', '"1"', '1.0'].map((json) => eventWith('E', `"x":${json}`)));
    expect((await engine.run('x:true')).matched).toBe(2);
    expect((await engine.facet('', 'x')).values.map(({ value, count }) => [value, count])).toEqual([
      ['1', 2],
      ['true', 2],
      ['1.0', 1],
    ]);
  });

  it('that is no UTF-8 loses only what is broken', async () => {
    const [before, after] = eventWith('Odd', '"x":"Zo|able"').split('|');
    // As Latin-1 writes letters, these two bytes begin a character of three in UTF-8.
    const odd = Buffer.concat([Buffer.from(before!), Buffer.from([0xed, 0xf1]), Buffer.from(after!)]);
    const engine = startedEngine();
    await engine.open(await writeEvidence(['log.json', odd]));
    const row = await onlyRow(engine, 'able', ['x']);
    expect(row.cells).toEqual(['Zo\ufffd\ufffdable']);
    expect(await engine.names('zo')).toEqual(['Odd']);
    expect((await engine.detail(row.row)).raw).toBe(odd.toString('utf8'));
  });

  it('of 20 MB is searched to its end, and costs one event only', async () => {
    const size = 20 * 2 ** 20;
    const huge = eventWith('Huge', `"blob":"${'x'.repeat(size)}Needle${'y'.repeat(1000)}"`);
    const engine = await opened(padding(), huge, padding());
    const row = await onlyRow(engine, 'xneedley');
    expect((await onlyRow(engine, 'blob:*needle*')).row).toBe(row.row);
    expect((await engine.run('event:padding')).matched).toBe(2);
    const facet = await engine.facet('', 'blob');
    expect(facet.values.map(({ value, count }) => [value.length, count])).toEqual([[size + 1006, 1]]);
    expect((await engine.detail(row.row)).raw === huge).toBe(true);
  });
});

describe('a key', () => {
  it.each([
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'prototype',
    '<b>',
    '\u202e',
    'a b',
    '"',
    '',
    '@x',
    '@identity',
  ])('%j is a field like any other', async (key) => {
    const member = `${JSON.stringify(key)}:"Outer value"`;
    const nested = `"requestParameters":{${JSON.stringify(key)}:{"in":"Inner value"}}`;
    const hostile = eventWith('Hostile', `${member},${nested}`, 1);
    const engine = await opened(padding(), hostile, padding());
    expect(await engine.names('"outer value"')).toEqual(['Hostile']);
    expect(await engine.names('"inner value"')).toEqual(['Hostile']);
    const path = `requestParameters.${key}.in`;
    const listed = await engine.call('field.list', null);
    expect(listed).toContainEqual(expect.objectContaining({ name: path, events: 1, distinct: 1 }));
    expect(await engine.facet('', path)).toMatchObject({ values: [{ value: 'Inner value', count: 1 }], missing: 2 });
    expect(await engine.names(`${quoted(path)}:"inner value"`)).toEqual(['Hostile']);
    const row = await onlyRow(engine, 'event:hostile', [path]);
    expect(row.cells).toEqual(['Inner value']);
    // Who called is told by what AWS wrote, whatever else the record claims.
    expect(row.identity).toBe('alice');
    expect((await engine.detail(row.row)).raw).toBe(hostile);
  });

  it('that comes twice keeps both values', async () => {
    const hostile = eventWith('Twice', '"x":"first","y":{"z":1},"x":"second","y":{"x":"third"}');
    const engine = await opened(padding(), hostile);
    for (const text of ['first', 'second', 'third', 'x:first', 'x:second', 'y.x:third', 'y.z:1']) {
      expect(await engine.names(text), text).toEqual(['Twice']);
    }
    const row = await onlyRow(engine, 'event:twice', ['x', 'y.x']);
    expect(row.cells).toEqual(['first, second', 'third']);
    expect((await engine.facet('', 'x')).values.map(({ value, count }) => [value, count])).toEqual([
      ['first', 1],
      ['second', 1],
    ]);
    expect((await engine.detail(row.row)).raw).toBe(hostile);
  });

  it('may be one of 100,000 in a record, and one of 100,000 over all records', async () => {
    const count = 50_000;
    const members = (from: number): string =>
      Array.from({ length: count }, (_, i) => `"k${String(from + i)}":"v${String(from + i)}"`).join(',');
    const engine = await opened(
      padding(),
      eventWith('One', `"requestParameters":{${members(0)},${members(count)}}`),
      ...Array.from({ length: 100 }, (_, i) =>
        eventWith(
          'Many',
          `"requestParameters":{"own${String(i)}":{${members(i)
            .slice(0, 2_000)
            .replace(/,[^,]*$/, '')}}}`,
        ),
      ),
    );
    expect(await engine.names('requestParameters.k99999:v99999')).toEqual(['One']);
    expect(await engine.names('v77777')).toEqual(['One']);
    expect(await engine.names('requestParameters.own99.k99:*')).toEqual(['Many']);
    expect(await engine.facet('', 'requestParameters.k50000')).toMatchObject({ distinct: 1, missing: 101 });
    const fields = await engine.call('field.list', null);
    expect(fields.length).toBeGreaterThan(count * 2);
    const completions = await engine.call('query.complete', { text: 'k9999', cursor: 5, limit: 10 });
    expect(completions.length).toBeGreaterThan(0);
  });
});

describe('an array', () => {
  it('of 10,000 elements is searched to its last', async () => {
    const elements = Array.from({ length: 10_000 }, (_, i) => `{"id":"i-${String(i)}","even":${String(i % 2 === 0)}}`);
    const hostile = eventWith('Long', `"list":[${elements.join(',')}]`);
    const engine = await opened(padding(), hostile, padding());
    expect(await engine.names('list.id:i-9999')).toEqual(['Long']);
    expect(await engine.names('i-10000')).toEqual([]);
    // An event counts once for a value, however often it holds it.
    expect((await engine.facet('', 'list.even')).values.map(({ value, count }) => [value, count])).toEqual([
      ['false', 1],
      ['true', 1],
    ]);
    expect(await engine.facet('', 'list.id', { limit: 5 })).toMatchObject({ distinct: 10_000, missing: 2 });
    const row = await onlyRow(engine, 'event:long', ['list.id']);
    // A cell of a list is cut, and says so; the record is not.
    const whole = elements.map((_, i) => `i-${String(i)}`).join(', ');
    const cell = row.cells[0] ?? '';
    expect(cell.endsWith('…')).toBe(true);
    expect(cell.length).toBeGreaterThan(1000);
    expect(whole.startsWith(cell.slice(0, -1))).toBe(true);
    expect((await engine.detail(row.row)).raw).toBe(hostile);
  });

  it('within arrays is one list of values', async () => {
    const engine = await opened(eventWith('E', '"list":[[["a"],[]],["d",{"x":["b",[null,"c"]]}]]'));
    const columns = ['list', 'list.x'];
    expect(await onlyRow(engine, 'list:a list:d list.x:b list.x:c', columns)).toMatchObject({
      cells: ['a, d', 'b, c'],
    });
  });
});
