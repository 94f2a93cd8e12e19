/** Archives that a reader which holds whole files, lists or records would not survive: made here, measured in `hard-import.ts`. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { makeArchive } from '../synthetic/archive';
import { Random } from '../synthetic/random';

/** A case on disk. */
export interface HardCase {
  /** The file or the folder. */
  readonly path: string;
  readonly events: number;
  readonly files: number;
  /** Unpacked. */
  readonly bytes: number;
}

export const hardCaseNames = ['oneArray', 'manyFiles', 'hugeEvent'] as const;
export type HardCaseName = (typeof hardCaseNames)[number];

/** What the whole of each case is: 2 GB in one array, a hundred thousand files, one event of 50 MB. */
export const hardSizes: Readonly<Record<HardCaseName, number>> = {
  oneArray: 2_000_000_000,
  manyFiles: 100_000,
  hugeEvent: 50_000_000,
};

/** Makes a case in an empty folder: of so many bytes, or files. */
export function writeHardCase(name: HardCaseName, folder: string, size: number): Promise<HardCase> {
  switch (name) {
    case 'oneArray':
      return writeOneArray(folder, size);
    case 'manyFiles':
      return writeManyFiles(folder, size);
    case 'hugeEvent':
      return writeHugeEvent(folder, size);
  }
}

const pieceBytes = 2 ** 20;

/** One JSON array, packed. */
async function writeOneArray(folder: string, size: number): Promise<HardCase> {
  const path = join(folder, 'one-array.json.gz');
  let [events, bytes] = [0, 0];
  function* pieces(): Generator<string> {
    let piece = '[';
    for (const record of endlessRecords()) {
      piece += events === 0 ? record : `,\n${record}`;
      events++;
      const isLast = bytes + piece.length + 1 >= size;
      if (isLast) piece += ']';
      if (isLast || piece.length >= pieceBytes) {
        bytes += Buffer.byteLength(piece);
        yield piece;
        piece = '';
      }
      if (isLast) return;
    }
  }
  await pipeline(Readable.from(pieces()), createGzip({ level: 1 }), createWriteStream(path));
  return { path, events, files: 1, bytes };
}

const filesPerFolder = 1_000;
const writesAtOnce = 64;

/** One event per file, as some collectors write them. */
async function writeManyFiles(folder: string, size: number): Promise<HardCase> {
  let bytes = 0;
  const records = endlessRecords();
  for (let first = 0; first < size; first += filesPerFolder) {
    const sub = join(folder, String(first / filesPerFolder));
    await mkdir(sub);
    const waiting = Array.from({ length: Math.min(filesPerFolder, size - first) }, (_, at) => at).values();
    const work = async (): Promise<void> => {
      for (const at of waiting) {
        const record = String(records.next().value);
        bytes += Buffer.byteLength(record);
        await writeFile(join(sub, `${String(at)}.json`), record);
      }
    };
    await Promise.all(Array.from({ length: writesAtOnce }, work));
  }
  return { path: folder, events: size, files: size, bytes };
}

/** One event, half of it a single text and half of it many small values. */
async function writeHugeEvent(folder: string, size: number): Promise<HardCase> {
  const path = join(folder, 'huge-event.json');
  const random = new Random(1);
  const file = createWriteStream(path);
  let bytes = 0;
  const write = async (text: string): Promise<void> => {
    bytes += text.length;
    if (!file.write(text)) await once(file, 'drain');
  };
  const record = String(endlessRecords().next().value);
  await write(`{"Records":[${record.slice(0, -1)},"serviceEventDetails":{"text":"`);
  while (bytes < size / 2) await write(random.base64(pieceBytes / 16));
  await write('","items":[{"name":"first"}');
  for (let item = 0; bytes < size; item++) {
    await write(
      `,{"name":"item-${String(item)}","size":${String(random.below(100_000))},"tag":"${random.base64(12)}"}`,
    );
  }
  await write(']}}]}');
  file.end();
  await once(file, 'close');
  return { path, events: 1, files: 1, bytes };
}

const storedRecords = 20_000;
const zeroId = '00000000-0000-4000-8000-000000000000';

/** Records of the synthetic archive, over and over, each time under another ID: the same ones would be duplicates. */
function* endlessRecords(): Generator<string, never> {
  const halves: (readonly [before: string, after: string])[] = [];
  for (const { json } of makeArchive({ events: storedRecords, seed: 1 })) {
    for (const record of (JSON.parse(json) as { readonly Records: readonly object[] }).Records) {
      const [before = '', after = ''] = JSON.stringify({ ...record, eventID: zeroId }).split(zeroId);
      halves.push([before, after]);
    }
  }
  for (let number = 0; ; number++) {
    const [before = '', after = ''] = halves[number % halves.length] ?? [];
    yield `${before}${zeroId.slice(0, -12)}${String(number).padStart(12, '0')}${after}`;
  }
}
