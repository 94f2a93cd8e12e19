import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#contract/limits';
import type { ImportReport } from '#contract/report';
import type { ArchiveStatus } from '#contract/sources';
import { record } from '../helpers/evidence';
import { temporaryFolder } from '../helpers/temporary-folder';

/** One file that is larger than what may be held in memory: it has to run through. */

interface Opened {
  readonly status: ArchiveStatus;
  readonly report: ImportReport;
  readonly answers: readonly { readonly matched: number; readonly raw: string | null }[];
  /** Peaks of the process's resident memory, in bytes. */
  readonly atStart: number;
  readonly afterImport: number;
  readonly atEnd: number;
}

const program = fileURLToPath(new URL('../helpers/open-in-process.mjs', import.meta.url));
const worker = fileURLToPath(new URL('../../out/engine/engine-worker.js', import.meta.url));

async function openInProcess(path: string, ...queries: readonly string[]): Promise<Opened> {
  // One letter 300 million times is what the limit on ratios is there to refuse; here it stands for a record of some length.
  const limits = JSON.stringify({ ...defaultLimits, ratio: 2_000 });
  const { stdout } = await promisify(execFile)(process.execPath, [program, worker, limits, path, ...queries], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as Opened;
}

const megabyte = 2 ** 20;
const wantedBytes = 300 * megabyte;

/** Event `number`, about as long as an event is. */
function event(number: number): string {
  return record(
    ['GetObject', 'PutObject', 'ListBuckets', 'AssumeRole'][number % 4]!,
    {
      eventID: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      userAgent: `client/${String(number % 50)} ${'(long, as they are) '.repeat(10)}`,
      requestParameters: { bucketName: `bucket-${String(number % 300)}`, key: `folder/${String(number % 5000)}` },
      additionalEventData: { note: 'the same in each of them, and long '.repeat(12) },
    },
    number % 10_000,
  );
}

interface Stream {
  readonly path: string;
  readonly events: number;
  readonly bytes: number;
}

async function writePacked(pieces: Iterable<string>): Promise<string> {
  const path = join(await temporaryFolder(), 'stream.json.gz');
  await pipeline(Readable.from(pieces), createGzip({ level: 1 }), createWriteStream(path));
  return path;
}

async function writeEvents(upTo: number): Promise<Stream> {
  let [events, bytes] = [0, 0];
  function* pieces(): Generator<string> {
    let piece = '{"Records":[';
    while (bytes + piece.length < upTo) {
      piece += `${events === 0 ? '' : ',\n'}${event(events)}`;
      events++;
      if (piece.length < megabyte) continue;
      bytes += piece.length;
      yield piece;
      piece = '';
    }
    piece += ']}';
    bytes += piece.length;
    yield piece;
  }
  return { path: await writePacked(pieces()), events, bytes };
}

/** One record whose text has no end for `length` bytes, between two that are sound. */
function* withEndlessRecord(length: number): Generator<string> {
  const filler = 'x'.repeat(megabyte);
  yield `[${event(0)},{"eventName":"`;
  for (let at = 0; at < length; at += megabyte) yield filler;
  yield `"},${event(1)}]`;
}

describe('one file of 300 MB', () => {
  it('is read in bounded memory, to its last event', async () => {
    const large = await writeEvents(wantedBytes);
    const last = event(large.events - 1);
    const lastId = `id:00000000-0000-4000-8000-${String(large.events - 1).padStart(12, '0')}`;
    const usual = await openInProcess((await writeEvents(2 * megabyte)).path);
    const opened = await openInProcess(large.path, lastId, 'event:assumerole');
    const { status, report, answers } = opened;
    expect(status).toMatchObject({ events: large.events, filesRead: 1 });
    expect(report).toMatchObject({ bytesJson: large.bytes, files: [] });
    expect(large.bytes).toBeGreaterThan(wantedBytes * 0.99);
    expect(answers).toEqual([
      { matched: 1, raw: last },
      { matched: Math.floor(large.events / 4), raw: event(3) },
    ]);
    // What 150 times as much takes more: the index, and what is on its way between the threads.
    expect(opened.afterImport - usual.afterImport).toBeLessThan(wantedBytes / 2);
    // A record at its end is read again without the whole of it.
    expect(opened.atEnd - usual.atEnd).toBeLessThan(wantedBytes);
  }, 120_000);

  it('that is one record is given up in memory that does not grow with it, and what follows is read', async () => {
    const peaks: number[] = [];
    for (const length of [wantedBytes / 2, wantedBytes]) {
      const { report, afterImport } = await openInProcess(await writePacked(withEndlessRecord(length)));
      expect(report).toMatchObject({
        events: 2,
        files: [{ status: 'partial', problems: [{ code: 'limit', atByte: event(0).length + 2 }], problemCount: 1 }],
      });
      peaks.push(afterImport);
    }
    expect(peaks[1]! - peaks[0]!).toBeLessThan(wantedBytes / 6);
  }, 120_000);
});
