import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventClass } from '#contract/events';
import type { Facet, Timeline } from '#contract/query';
import { archiveQuery } from '../helpers/archives';
import { startEngineThread } from '../helpers/engine';
import { writeEvidence } from '../helpers/evidence';
import { arbitraryLogFiles, type LogFile } from '../helpers/log-files';
import { facetOf, shownValues } from '../reference/facet';
import { fieldsAmong, statedTime, timeOf, type Leaf } from '../reference/fields';
import { identityOf } from '../reference/identity';
import { leavesOfRecord, matches, testsOnly } from '../reference/query-match';
import { clausesOf, readQuery, type Query } from '../reference/query-text';
import { stated } from '../reference/stated';
import { tries } from '../helpers/properties';

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

/** How many archives are tried, the same ones on every machine. */
const archives = tries(40);

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
        return { path, offset, text, leaves, time: timeOf(leaves) };
      }),
    );
  return events.sort((one, other) => {
    if (one.time === null || other.time === null) return Number(one.time === null) - Number(other.time === null);
    return one.time - other.time;
  });
}

const textsOf = (event: NaiveEvent, field: string): readonly string[] => [...shownValues(event.leaves, field)];

function naiveFacet(events: readonly NaiveEvent[], query: Query, field: string): unknown {
  const { counts, missing } = facetOf(
    events.map(({ leaves }) => leaves),
    query,
    field,
  );
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

function naiveBins(events: readonly NaiveEvent[], query: Query, timeline: Timeline): unknown {
  const clauses = clausesOf(query).filter((clause) => !testsOnly(clause, 'time'));
  const bins = timeline.error.length;
  const empty = (): number[] => Array.from({ length: bins }, () => 0);
  const counts: ClassCounts = { error: empty(), write: empty(), read: empty(), unstated: empty() };
  let undated = 0;
  for (const event of events.filter(({ leaves }) => clauses.every((clause) => matches(clause, leaves)))) {
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
  query: Query,
  text: string,
  sort: 'oldest-first' | 'newest-first',
) {
  const matching = events.filter((event) => matches(query, event.leaves));
  const dated = matching.filter(({ time }) => time !== null);
  const undated = matching.filter(({ time }) => time === null);
  const expected = [...(sort === 'oldest-first' ? dated : dated.reverse()), ...undated];
  const columns = ['eventName', 'requestID', 'twice', 'resources.ARN'];
  const rows = await engine.rows(text, columns, { sort });
  // What a file was read as is told elsewhere, by a sample of each format.
  const found = rows.map((row) => ({ ...row, row: null, format: null, cells: row.cells.map(sortedCell) }));
  expect(found, text).toEqual(
    expected.map((event) => ({
      row: null,
      time: event.time,
      ...timeColumns(event),
      service: textsOf(event, 'service').join(', '),
      event: textsOf(event, 'event').join(', '),
      identity: identityOf(stated(event.text)).name,
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

/** The time as it is written, and the key it stands under where that is not the event's own. */
function timeColumns(event: NaiveEvent): { readonly timeText: string; readonly timeFrom?: string } {
  const path = statedTime(event.leaves)?.path;
  const timeText = path === undefined ? '' : textsOf(event, path).join(', ');
  const isStandIn = path !== undefined && path !== 'eventTime' && event.time !== null;
  return { timeText, ...(isStandIn ? { timeFrom: path.replace('record.', '') } : {}) };
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
  const isField = fieldsAmong(events.flatMap(({ leaves }) => leaves));
  await checkDetails(await checkPage(events, readQuery('', isField), '', 'oldest-first'));
  for (const text of [...asked, ...seeds.map((seed) => phraseFrom(events, seed))]) {
    const query = readQuery(text, isField);
    await checkPage(events, query, text, text.length % 2 === 0 ? 'oldest-first' : 'newest-first');
    const fields = facetFields.filter((_, at) => (text.length + at) % 3 === 0);
    const result = await engine.run(text, {
      facets: fields.map((field) => ({ field, search: '', order: 'most', limit: 1000 })),
      timeline: { from: null, to: null, maxBins: 2 + (text.length % 50) },
    });
    expect(result.total).toBe(events.length);
    expect(result.matched, text).toBe(events.filter((event) => matches(query, event.leaves)).length);
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
    await fc.assert(property, { numRuns: archives });
  }, 300_000);
});
