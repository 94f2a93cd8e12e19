import { AppError } from '#contract/errors';
import type { EpochMs, ResultId } from '#contract/ids';
import type { EventLocation, EventRow } from '#contract/events';
import type { Facet, QueryHint, QueryNote, SortOrder, Timeline } from '#contract/query';
import type { FileReport, FilesRequest, ImportReport } from '#contract/report';
import type { EngineThread } from './engine-thread';
import { formatCount } from '#core/figures';

type Client = EngineThread['client'];

/** A question to an archive. */
export interface Question {
  readonly text: string;
  readonly facets: readonly string[];
  /** The most values of one facet. */
  readonly top: number;
  /** The most bins; null for none. */
  readonly bins: number | null;
  /** Count duplicates too, instead of each event once. */
  readonly withDuplicates: boolean;
  readonly sort: SortOrder;
}

/** The archive's answer, without the events. */
export interface Answer {
  readonly total: number;
  readonly matched: number;
  readonly report: ImportReport;
  readonly first: EpochMs | null;
  readonly last: EpochMs | null;
  /** In the order asked. */
  readonly facets: readonly Facet[];
  readonly timeline: Timeline | null;
  readonly hints: readonly QueryHint[];
  readonly notes: readonly QueryNote[];
  readonly resultId: ResultId;
}

/**
 * Joined to a query by OR it changes nothing, since nothing can match it. It tests two fields, so that no clause of the query is
 * left out of any count: the window leaves a facet's own clauses out of the facet, and the brush out of the timeline, but a
 * script that asks for `service:s3` by `service` wants the events it asked for.
 */
const neverTrue = '(region:* AND -region:* AND -time:*)';

/** Asks an open archive. Rejects with `bad-query` and the place of the syntax error. */
export async function ask(client: Client, question: Question): Promise<Answer> {
  const run = (text: string, facets: readonly string[], bins: number | null) =>
    client.call('query.run', {
      text,
      facets: facets.map((field) => ({ field, search: '', order: 'most', limit: question.top })),
      timeline: bins === null ? null : { from: null, to: null, maxBins: bins },
      sort: question.sort,
      withDuplicates: question.withDuplicates,
    });
  // As typed, so that a syntax error has the right place; counts come from a second run.
  const result = await run(question.text, [], null);
  const text = question.text.trim() === '' ? '' : `(${question.text}) OR ${neverTrue}`;
  const counts =
    question.facets.length > 0 || question.bins !== null ? await run(text, question.facets, question.bins) : result;
  const report = await client.call('archive.report', null);
  const { first, last } = report;
  const { total, matched, hints, notes, resultId } = result;
  const { facets, timeline } = counts;
  return { total, matched, report, first, last, facets, timeline, hints, notes, resultId };
}

const rowsPerPage = 500;

/** The first `limit` matching rows, in the result's order. */
export async function* rowsOf(client: Client, resultId: ResultId, limit: number): AsyncGenerator<readonly EventRow[]> {
  for (let start = 0; start < limit; start += rowsPerPage) {
    const count = Math.min(rowsPerPage, limit - start);
    const page = await client.call('result.page', { resultId, start, count, columns: [] });
    yield page.rows;
  }
}

/** The files of the import, in order of their paths. */
export async function* filesOf(client: Client, which: FilesRequest['which']): AsyncGenerator<FileReport> {
  for (let start = 0, total = 1; start < total; start += rowsPerPage) {
    const page = await client.call('archive.files', { which, search: '', start, count: rowsPerPage });
    total = page.total;
    yield* page.files;
  }
}

/** A record as in its file, and its location as JSON. */
export interface PlacedRecord {
  readonly raw: string;
  readonly place: string;
  /** Why the record could not be read again; its `raw` is `null` then, and its place has this as `error`. */
  readonly error: string | null;
}

/** An event's location, as JSON. */
export function placeOf({ path, offset, length }: EventLocation): string {
  return JSON.stringify({ path, offset, length });
}

/** Records that are held at once. */
const recordsPerBatch = 4_000;
/** Calls under way at once, so that the engine need not wait for the next. */
const mostCalls = 4;

/** The records of the first `limit` matching rows as they stand in their files, in the result's order, in batches. */
export async function* recordsOf(
  client: Client,
  resultId: ResultId,
  limit: number,
): AsyncGenerator<readonly PlacedRecord[]> {
  let batch: EventRow[] = [];
  for await (const rows of rowsOf(client, resultId, limit)) {
    batch.push(...rows);
    if (batch.length < recordsPerBatch) continue;
    yield await readRecords(client, batch);
    batch = [];
  }
  yield await readRecords(client, batch);
}

async function readRecords(client: Client, rows: readonly EventRow[]): Promise<readonly PlacedRecord[]> {
  const records = new Map<number, PlacedRecord>();
  // Rows of one file follow each other by number, not by time: read so, each file is opened once per batch.
  const waiting = rows
    .map(({ row }) => row)
    .sort((a, b) => a - b)
    .values();
  async function work(): Promise<void> {
    for (const row of waiting) {
      records.set(row, await readRecord(client, row));
    }
  }
  await Promise.all(Array.from({ length: mostCalls }, work));
  return rows.map(({ row }) => records.get(row) ?? { raw: 'null', place: 'null', error: null });
}

/** One record that cannot be read must not take the others with it. */
async function readRecord(client: Client, row: EventRow['row']): Promise<PlacedRecord> {
  try {
    const { raw, location } = await client.call('event.detail', row);
    return { raw, place: placeOf(location), error: null };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'not-readable') throw thrown;
    return {
      raw: 'null',
      place: JSON.stringify({ ...thrown.details.location, error: thrown.message }),
      error: thrown.message,
    };
  }
}

/** Why a file was not read, or only in part: its first problem and how many more there are. */
export function reasonOf(file: FileReport): string {
  const [problem] = file.problems;
  if (problem === undefined) return file.status;
  const place = problem.atByte === null ? '' : ` at byte ${problem.atByte}`;
  const more = file.problemCount > 1 ? ` (and ${file.problemCount - 1} more)` : '';
  return `${problem.message}${place}${more}`;
}

/** Why a facet's list is not all of its values; null where it is. */
export function cutOf(facet: Facet): string | null {
  if (facet.uncounted === true) return 'not counted: too many values, nearly all different; narrow the query';
  const left = facet.distinct - facet.values.length;
  return left > 0 ? `${formatCount(left)} more values` : null;
}

/** All events in one bin, whatever their class. */
export function binTotals(timeline: Timeline): readonly { readonly startMs: number; readonly count: number }[] {
  return timeline.error.map((errors, index) => ({
    startMs: timeline.origin + index * timeline.stepMs,
    count: errors + (timeline.write[index] ?? 0) + (timeline.read[index] ?? 0) + (timeline.unstated[index] ?? 0),
  }));
}
