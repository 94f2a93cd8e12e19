import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventClass } from '#contract/events';
import type { Facet, Timeline } from '#contract/query';
import { fieldPaths, fieldType } from '#core/fields';
import { conjuncts, testsOnly } from '#core/query/clauses';
import type { QueryNode } from '#core/query/ast';
import { parsePrincipal } from '#core/principal';
import { createFieldLookup } from '#core/query/field-lookup';
import { shortServiceName } from '#core/query/match';
import { parseQuery } from '#core/query/parse';
import { parseEventTime } from '#core/time';
import { archiveQuery } from '../helpers/archives';
import { startEngineThread } from '../helpers/engine';
import { writeEvidence } from '../helpers/evidence';
import { arbitraryLogFiles, type LogFile } from '../helpers/log-files';
import { leavesOfRecord, matchesNaively, type Leaf } from '../helpers/naive-query';

/**
 * From the bytes of files to the answer: whatever the archive and whatever the query, the engine in its threads finds, orders, counts and
 * shows what a plain walk over every record does.
 */

interface NaiveEvent {
  readonly path: string;
  readonly offset: number;
  readonly text: string;
  readonly leaves: readonly Leaf[];
  /** Null: none, or none that is a time. */
  readonly time: number | null;
}

let engine: ReturnType<typeof startEngineThread>;
beforeAll(() => {
  engine = startEngineThread();
});
afterAll(() => engine.stop());

const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** In the engine's order: by time, then by file and place; those without a time last. */
function naiveEvents(files: readonly LogFile[]): readonly NaiveEvent[] {
  const events = [...files]
    .sort((one, other) => byCodeUnit(one.path, other.path))
    .flatMap(({ path, records }) =>
      records.map(({ text, offset }): NaiveEvent => {
        const leaves = leavesOfRecord(text);
        const written = timeText(text);
        return { path, offset, text, leaves, time: written === null ? null : parseEventTime(written) };
      }),
    );
  return events.sort((one, other) => {
    if (one.time === null || other.time === null) return Number(one.time === null) - Number(other.time === null);
    return one.time - other.time;
  });
}

function timeText(record: string): string | null {
  const { eventTime } = JSON.parse(record) as { readonly eventTime?: unknown };
  return typeof eventTime === 'string' ? eventTime : null;
}

function textsOf(event: NaiveEvent, field: string): string[] {
  const shown = fieldType(field) === 'service' ? shortServiceName : (text: string): string => text;
  const paths = fieldPaths(field).map((path) => path.toLowerCase());
  const isIn = (path: string): boolean => paths.some((each) => path === each || path.startsWith(`${each}.`));
  return event.leaves
    .filter(({ path, kind }) => kind === 'text' && isIn(path.toLowerCase()))
    .map(({ text }) => shown(text));
}

const holdsAll = (clauses: readonly QueryNode[], event: NaiveEvent): boolean =>
  clauses.every((clause) => matchesNaively(clause, event.leaves));

function naiveFacet(events: readonly NaiveEvent[], query: QueryNode, field: string): unknown {
  const clauses = conjuncts(query).filter((clause) => !testsOnly(clause, field));
  const counts = new Map<string, number>();
  let missing = 0;
  for (const event of events.filter((each) => holdsAll(clauses, each))) {
    const texts = new Set(textsOf(event, field));
    if (texts.size === 0) missing++;
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return { field, missing, distinct: counts.size, counts };
}

function countsOf({ field, missing, distinct, values }: Facet): unknown {
  // A value chosen by the query stands there also where no event has it.
  const counted = values.filter(({ count }) => count > 0);
  const counts = new Map(counted.map(({ value, count }) => [value, count]));
  expect(counts.size).toBe(counted.length);
  return { field, missing, distinct, counts };
}

type ClassCounts = Readonly<Record<EventClass, number[]>>;

function naiveBins(events: readonly NaiveEvent[], query: QueryNode, timeline: Timeline): unknown {
  const clauses = conjuncts(query).filter((clause) => !testsOnly(clause, 'time'));
  const bins = timeline.error.length;
  const empty = (): number[] => Array.from({ length: bins }, () => 0);
  const counts: ClassCounts = { error: empty(), write: empty(), read: empty(), unstated: empty() };
  let undated = 0;
  for (const event of events.filter((each) => holdsAll(clauses, each))) {
    if (event.time === null) {
      undated++;
      continue;
    }
    const bin = Math.floor((event.time - timeline.origin) / timeline.stepMs);
    const own = counts[derived(event, '@class') as EventClass];
    if (bin >= 0 && bin < bins) own[bin] = (own[bin] ?? 0) + 1;
  }
  return { ...counts, undated };
}

const derived = (event: NaiveEvent, path: string): string =>
  event.leaves.find((leaf) => leaf.path === path)?.text ?? '';

/** A part of some value of the archive, as a phrase: words made up beforehand seldom hit. */
function phraseFrom(events: readonly NaiveEvent[], seed: number): string {
  const texts = events.flatMap(({ leaves }) => leaves.map(({ text }) => text)).filter((text) => text !== '');
  const text = texts[seed % texts.length] ?? 'none';
  const from = (seed >> 3) % text.length;
  const part = text.slice(from, from + 1 + ((seed >> 6) % text.length));
  return `"${part.replace(/["\\]/g, '\\$&')}"`;
}

async function checkPage(
  events: readonly NaiveEvent[],
  query: QueryNode,
  text: string,
  sort: 'oldest-first' | 'newest-first',
) {
  const matching = events.filter((event) => matchesNaively(query, event.leaves));
  const dated = matching.filter(({ time }) => time !== null);
  const undated = matching.filter(({ time }) => time === null);
  const expected = [...(sort === 'oldest-first' ? dated : dated.reverse()), ...undated];
  const columns = ['eventName', 'requestID', 'twice', 'resources.ARN'];
  const rows = await engine.rows(text, columns, sort);
  // What a file was read as is told elsewhere, by a sample of each format.
  const found = rows.map((row) => ({ ...row, row: null, format: null, cells: row.cells.map(sortedCell) }));
  expect(found, text).toEqual(
    expected.map((event) => ({
      row: null,
      time: event.time,
      timeText: textsOf(event, 'eventTime').join(', '),
      service: textsOf(event, 'service').join(', '),
      event: textsOf(event, 'event').join(', '),
      identity: parsePrincipal(derived(event, '@identity'))?.name,
      identityKind: derived(event, '@kind'),
      principal: derived(event, '@identity'),
      region: '',
      ip: textsOf(event, 'ip').join(', '),
      result: derived(event, '@result'),
      eventClass: derived(event, '@class'),
      format: null,
      isSummary: false,
      isDuplicate: false,
      otherVersions: 0,
      recordKind: null,
      cells: columns.map((column) => {
        const texts = textsOf(event, column);
        return texts.length === 0 ? null : sortedCell(texts.join(', '));
      }),
    })),
  );
  return { rows, expected };
}

/** Several values of a column come each once, in the order they are kept in. */
const sortedCell = (cell: string | null): string | null =>
  cell === null ? null : [...new Set(cell.split(', '))].sort().join(', ');

/** Every event can be read again where it was found, and stands where it stands. */
async function checkDetails(found: Awaited<ReturnType<typeof checkPage>>): Promise<void> {
  const details = await Promise.all(found.rows.map(({ row }) => engine.detail(row)));
  expect(details.map(({ raw, location: { path, offset, length } }) => ({ raw, path, offset, length }))).toEqual(
    found.expected.map(({ text, path, offset }) => ({ raw: text, path, offset, length: Buffer.byteLength(text) })),
  );
}

const facetFields = [
  'service',
  'event',
  'readonly',
  'resource',
  'request',
  'request.inner',
  'requestID',
  'time',
  'identity',
  'ip',
  'account',
  'result',
  'twice',
  'none',
];

async function check(files: readonly LogFile[], asked: readonly string[], seeds: readonly number[]): Promise<void> {
  const folder = await writeEvidence(...files.map(({ path, bytes }) => [path, bytes] as const));
  const events = naiveEvents(files);
  const status = await engine.open(folder);
  expect(status).toMatchObject({ events: events.length, filesPartial: 0 });
  // The time of an event is a field also where no event states one.
  const paths = events.flatMap(({ leaves }) => leaves.map(({ path }) => path));
  const lookup = createFieldLookup(['eventTime', ...paths]);
  const all = parseQuery('', lookup);
  if (!all.ok) throw all.error;
  await checkDetails(await checkPage(events, all.value, '', 'oldest-first'));
  for (const text of [...asked, ...seeds.map((seed) => phraseFrom(events, seed))]) {
    const parsed = parseQuery(text, lookup);
    if (!parsed.ok) throw parsed.error;
    const query = parsed.value;
    await checkPage(events, query, text, text.length % 2 === 0 ? 'oldest-first' : 'newest-first');
    const fields = facetFields.filter((_, at) => (text.length + at) % 3 === 0);
    const result = await engine.run(text, {
      facets: fields.map((field) => ({ field, search: '', order: 'most', limit: 1000 })),
      timeline: { from: null, to: null, maxBins: 2 + (text.length % 50) },
    });
    expect(result.total).toBe(events.length);
    expect(result.matched, text).toBe(events.filter((event) => matchesNaively(query, event.leaves)).length);
    expect(result.facets.map(countsOf), text).toEqual(fields.map((field) => naiveFacet(events, query, field)));
    if (result.timeline === null) expect(events.every(({ time }) => time === null)).toBe(true);
    else expect(result.timeline, text).toMatchObject(naiveBins(events, query, result.timeline) as object);
  }
}

describe('an archive opened and queried', () => {
  it("finds a record's own key that begins with @ by its name, also one named like a derived value", async () => {
    const records = [
      { eventName: 'One', '@timestamp': '2023-07-10T12:00:00Z', '@identity': 'mary' },
      { eventName: 'Two', '@timestamp': '2023-07-11T12:00:00Z', '@fields': { '@host': 'a' } },
    ];
    await engine.open(await writeEvidence(['a.json', Buffer.from(JSON.stringify(records))]));
    const found = async (text: string): Promise<readonly string[]> =>
      (await engine.rows(text)).map(({ event }) => event);
    expect(await found('@timestamp:2023-07-10*')).toEqual(['One']);
    expect(await found('@TIMESTAMP>=2023-07-11')).toEqual(['Two']);
    expect(await found('-@timestamp:*')).toEqual([]);
    expect(await found('@fields.@host:a')).toEqual(['Two']);
    expect(await found('record.@timestamp:*')).toEqual(['One', 'Two']);
    expect(await found('@identity:mary')).toEqual(['One']);
    const { facets } = await engine.run('', {
      facets: [{ field: '@fields.@host', search: '', order: 'most', limit: 9 }],
    });
    expect(facets.map(({ values }) => values.map(({ value, count }) => [value, count]))).toEqual([[['a', 1]]]);
  });

  it('answers every query as a walk over every record of every file does', async () => {
    const property = fc.asyncProperty(
      arbitraryLogFiles,
      fc.array(archiveQuery, { minLength: 4, maxLength: 8 }),
      fc.array(fc.nat(1 << 20), { minLength: 2, maxLength: 4 }),
      check,
    );
    // On a slow machine fewer archives are tried rather than the test given up.
    await fc.assert(property, { numRuns: 150, interruptAfterTimeLimit: 35_000 });
  }, 300_000);
});
