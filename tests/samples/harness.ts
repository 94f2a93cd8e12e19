/** Reads a sample in every way a file can come, and holds what comes of it against what is expected. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#contract/limits';
import type { FileReport } from '#contract/report';
import type { RecordFormat } from '#contract/record-formats';
import { importSources } from '#engine/decode/decode-pool';
import { SegmentBuilder } from '#engine/scan/segment-builder';
import type { Segment } from '#engine/scan/segment';
import { asUtf8 } from '#engine/text/encoding';
import { ProblemList } from '#engine/formats/problem-list';
import { RecordReader } from '#engine/formats/record-reader';
import { rereadRecord } from '#engine/reread/event-in-slice';
import { decodeWtf8 } from '#engine/text/wtf8';
import { makeTar } from '../helpers/make-tar';
import { makeZip } from '../helpers/make-zip';
import { decodeRows, leafLines, type DecodedRows } from '../helpers/segment-leaves';
import { temporaryFolder } from '../helpers/temporary-folder';
import type { Sample } from './sample';

const headBytes = 2 ** 16;

export interface Read {
  readonly rows: DecodedRows;
  readonly report: FileReport;
  /** The text in UTF-8. */
  readonly text: Uint8Array;
}

/** The tests of one sample. */
export function readsEverywhere(sample: Sample): void {
  describe(sample.name, () => {
    it('is read as what it is, and every event is found again', () => {
      const read = readPieces(sample, Infinity);
      expectReport(read.report, sample);
      expectRows(read.rows, sample);
      expect(rereadAll(read)).toEqual(sample.events);
    });

    it.each([1, 7, 100])('is read the same in pieces of %i bytes', (pieceBytes) => {
      const { rows, report } = readPieces(sample, pieceBytes);
      expectReport(report, sample);
      expectRows(rows, sample);
    });

    it.each(containers)('is read the same in $name', async ({ file, wrap }) => {
      const { rows, report } = await readFromDisk(file, wrap(sample.bytes));
      expectReport(report, sample);
      expectRows(rows, sample);
    });
  });
}

const containers: readonly {
  readonly name: string;
  readonly file: string;
  readonly wrap: (bytes: Uint8Array) => Uint8Array;
}[] = [
  { name: 'a file of no telling name', file: 'unknown', wrap: (bytes) => bytes },
  { name: 'a zip', file: 'case.zip', wrap: (bytes) => makeZip([{ name: 'unknown', bytes }]) },
  { name: 'a tar.gz', file: 'case.tar.gz', wrap: (bytes) => gzipSync(makeTar([{ name: 'unknown', bytes }])) },
  { name: 'a gzip in a gzip', file: 'case.json.gz', wrap: (bytes) => gzipSync(gzipSync(bytes)) },
];

/** Reads a text in pieces of a size, as one file of an import. */
export function readPieces({ name, bytes }: Pick<Sample, 'name' | 'bytes'>, pieceBytes: number): Read {
  const builder = new SegmentBuilder('00'.repeat(16));
  const problems = new ProblemList();
  const segments: Segment[] = [];
  const text: Uint8Array[] = [];
  builder.startFile(0, null);
  const reader = new RecordReader(builder, problems, () => {
    if (builder.rowCount >= 2) segments.push(builder.take());
  });
  const take = asUtf8((piece, isLast) => {
    text.push(piece.slice());
    reader.push(piece, isLast);
    return reader.wantsMore;
  });
  if (pieceBytes === Infinity) take(bytes, true, 0);
  else {
    let goesOn = true;
    for (let at = 0; at < bytes.length && goesOn; at += pieceBytes) {
      goesOn = take(bytes.slice(at, at + pieceBytes), false, 0);
    }
    if (goesOn) take(new Uint8Array(0), true, 0);
  }
  if (builder.rowCount > 0) segments.push(builder.take());
  const { recognisedAs, isIgnored, events } = reader;
  const report = problems.report({ path: name, sizeBytes: bytes.length, events, recognisedAs, isIgnored });
  return { rows: decodeRows(segments), report, text: Buffer.concat(text) };
}

async function readFromDisk(file: string, bytes: Uint8Array): Promise<Omit<Read, 'text'>> {
  const path = join(await temporaryFolder(), file);
  await writeFile(path, bytes);
  const segments: Segment[] = [];
  const reports: FileReport[] = [];
  await importSources([{ path, prefix: '' }], {
    limits: defaultLimits,
    hashSeed: '00'.repeat(16),
    threads: 0,
    onSegment: (segment) => segments.push(segment),
    onFile: ({ report }) => reports.push(report),
  });
  // An archive's own report says nothing of what is in it.
  const told = reports.filter(({ recognisedAs }) => recognisedAs !== 'zip' && recognisedAs !== 'tar');
  const [report] = told;
  if (report === undefined || told.length > 1) throw new Error(`${String(told.length)} reports of one file`);
  return { rows: decodeRows(segments), report };
}

function expectReport(report: FileReport, { recognisedAs, events, status = 'read', problems = [] }: Sample): void {
  const codes = report.problems.map(({ code }) => code);
  expect({ recognisedAs: report.recognisedAs, status: report.status, events: report.events, problems: codes }).toEqual({
    recognisedAs,
    status,
    events: events.length,
    problems,
  });
}

/** What the index holds of each row is what its event says. */
function expectRows(rows: DecodedRows, { events, recognisedAs, summaries = [] }: Sample): void {
  expect(rows.leaves).toEqual(events.map(leafLines));
  const expected = events.map((_, i) => (summaries === 'all' || summaries.includes(i) ? 'summary only' : 'full'));
  expect(rows.derived.map((row) => row.get('@completeness'))).toEqual(expected);
  const formats = new Set(rows.derived.map((row) => row.get('@format')));
  if (events.length > 0 && recognisedAs !== 'mixed') expect([...formats]).toEqual([recognisedAs]);
}

/** The JSON of every row, as the window would show it. */
export function rereadAll({ rows, text }: Read): string[] {
  let before: { readonly offset: number; readonly length: number } | null = null;
  let ordinal = 0;
  return rows.places.map((place, row) => {
    ordinal = before?.offset === place.offset && before.length === place.length ? ordinal + 1 : 0;
    before = place;
    const slice = text.slice(place.offset, place.offset + place.length);
    const format = rows.derived[row]?.get('@format') as RecordFormat;
    const record = rereadRecord(format, slice, text.slice(0, headBytes), ordinal);
    return record === null ? '(not found again)' : decodeWtf8(record.raw);
  });
}
