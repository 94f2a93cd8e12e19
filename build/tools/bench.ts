/** `npm run bench -- [PATH | --events N]` */
import { fork } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { availableParallelism, cpus, platform, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { measureFloor, runFloorThread } from './bench/floor';
import { hardCaseNames, hardSizes, writeHardCase, type HardCaseName } from './bench/hard-cases';
import { measureHardImport, type HardFigures } from './bench/hard-import';
import { measureImport, type ImportFigures } from './bench/import';
import { percentile, rounded, settledRss, type Elapsed } from './bench/measure';
import { measureTables, type TableFigures } from './bench/tables';
import { commandLine, readCount, UsageError } from '../../shared/cli/command-line';
import { sourcesOf } from '../../shared/cli/sources';
import { writeArchive } from './write-archive';

const help = `Measures the engine against gunzip + JSON.parse, on this machine, with these files.

  npm run --silent bench -- [PATH | --events N] [options]

  PATH         an archive to read; a synthetic one is made where left out
  --events N   events of the synthetic archive (default 1000000)
  --seed S     its seed (default 1)
  --keep       leave the synthetic archive in place and say where
  --rounds N   import, and measure the floor, this often; the median counts (default 1)
  --runs N     queries of each kind (default 40)
  --hard       also archives that would not fit into memory; takes minutes
  --hard-percent N  of their size, to see what they are like (default 100)
  --tables     only how long the list takes to be sorted and events to be grouped, by every field there is

Prints one JSON object:
  seconds         from opening to everything read, the engine's thread already running, as in the app
  floorSeconds    gunzip + JSON.parse of the same files on as many threads, nothing kept; files in the page cache for both
  cpuSeconds      processor time of all threads, and floorCpuSeconds: steadier where other programs run beside
  rssBytes        resident memory of the process with the import, settled, less that of an empty Node process
  firstResultsMs  from opening to the first rows with facets and timeline
  queries         ms per query, each with the 12 default facets and the timeline; every text asked once
  hardCases       with --hard, each {bytes, files, events, seconds, peakRssBytes}: oneArray, a JSON array of 2 GB; manyFiles,
                  100,000 files of one event each; hugeEvent, one event of 50 MB. The memory is that of the whole process at
                  its peak, of which an empty Node process takes emptyRssBytes
With --tables it has, each {p50, p95, cpuP50, cpuP95, slowest} in ms by the clock and of processor time, over all fields:
  sort            from the request to the first page, by a field for the first time; turnedSort: then the other way
  groups, pairs   the first hundred groups by one field; by two of the common fields
`;

/** As many as the engine decodes with. */
const threads = Math.min(availableParallelism(), 8);

interface Tasks {
  readonly floor: { readonly request: readonly string[]; readonly result: Elapsed };
  readonly import: {
    readonly request: { readonly path: string; readonly runs: number };
    readonly result: ImportFigures;
  };
  readonly empty: { readonly request: null; readonly result: number };
  readonly hard: { readonly request: string; readonly result: HardFigures };
  readonly tables: {
    readonly request: { readonly path: string; readonly rounds: number };
    readonly result: TableFigures;
  };
}

type Task = { [Name in keyof Tasks]: { readonly name: Name; readonly request: Tasks[Name]['request'] } }[keyof Tasks];

if (!isMainThread) runFloorThread();
else if (process.send !== undefined && process.argv[2] === childMark()) runChild(process.send.bind(process));
else await commandLine(help, main);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      events: { type: 'string' },
      seed: { type: 'string', default: '1' },
      keep: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '1' },
      runs: { type: 'string', default: '40' },
      hard: { type: 'boolean', default: false },
      'hard-percent': { type: 'string', default: '100' },
      tables: { type: 'boolean', default: false },
    },
  });
  if (positionals.length > 1) throw new UsageError('give one path at most');
  const [given] = positionals;
  if (given !== undefined && values.events !== undefined) throw new UsageError('give a path or --events, not both');
  const events = readCount('--events', values.events ?? '1000000', 1, 100_000_000);
  const seed = readCount('--seed', values.seed, 0, 0xffffffff);
  const rounds = readCount('--rounds', values.rounds, 1, 100);
  const runs = readCount('--runs', values.runs, 20, 10_000);
  const percent = readCount('--hard-percent', values['hard-percent'], 1, 100);
  const print = async (figures: Awaited<ReturnType<typeof measure>>): Promise<void> => {
    report(values.hard ? { ...figures, hardCases: await measureHardCases(percent) } : figures);
  };
  const measureAt = async (path: string): Promise<void> => {
    if (values.tables) reportTables(await inChild('tables', { path, rounds }));
    else await print(await measure(path, rounds, runs));
  };
  if (given !== undefined) {
    await sourcesOf([given]); // says so where it does not exist
    await measureAt(resolve(given));
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'trailglass-bench-'));
  try {
    tell(`writing ${events.toLocaleString('en-US')} events`);
    await writeArchive(folder, { events, seed });
    await measureAt(folder);
  } finally {
    if (values.keep) tell(`the archive is in ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

async function measure(path: string, rounds: number, runs: number) {
  const files = await filesUnder(path);
  tell(`reading ${files.length.toLocaleString('en-US')} files once, for the page cache`);
  for (const file of files) await readAll(file);
  const emptyRss = await inChild('empty', null);
  const floors: Elapsed[] = [];
  const imports: ImportFigures[] = [];
  for (let round = 0; round < rounds; round++) {
    tell('gunzip + JSON.parse');
    floors.push(await inChild('floor', files));
    tell('import and queries');
    imports.push(await inChild('import', { path, runs }));
  }
  const floor = median(floors);
  const figures = median(imports);
  const { seconds } = figures;
  const floorSeconds = floor.seconds;
  const rssBytes = Math.max(0, figures.rssBytes - emptyRss);
  return {
    events: figures.events,
    files: figures.files,
    bytesGz: figures.bytesGz,
    bytesJson: figures.bytesJson,
    seconds: rounded(seconds, 3),
    eventsPerSecond: Math.round(figures.events / seconds),
    floorSeconds: rounded(floorSeconds, 3),
    ratioToFloor: rounded(seconds / floorSeconds, 3),
    cpuSeconds: rounded(figures.cpuSeconds, 3),
    floorCpuSeconds: rounded(floor.cpuSeconds, 3),
    emptyRssBytes: emptyRss,
    rssBytes,
    bytesPerEvent: rounded(rssBytes / Math.max(1, figures.events), 1),
    indexBytes: figures.indexBytes,
    rssAfterQueriesBytes: Math.max(0, figures.rssAfterQueriesBytes - emptyRss),
    firstResultsMs: Math.round(figures.firstResultsMs),
    queries: figures.queries,
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      threads,
      memoryBytes: totalmem(),
      platform: platform(),
      node: process.version,
    },
  };
}

/** The round in the middle by the clock. */
function median<Round extends Elapsed>(rounds: readonly Round[]): Round {
  const seconds = percentile(
    rounds.map((round) => round.seconds),
    0.5,
  );
  const round = rounds.find((candidate) => candidate.seconds === seconds);
  if (round === undefined) throw new Error('nothing was measured');
  return round;
}

/** Each made, measured in a process of its own, and removed. */
async function measureHardCases(percent: number) {
  const cases: (readonly [HardCaseName, HardFigures & { readonly bytes: number }])[] = [];
  for (const name of hardCaseNames) {
    const folder = await mkdtemp(join(tmpdir(), 'trailglass-bench-'));
    try {
      tell(`writing ${name}`);
      const made = await writeHardCase(name, folder, Math.ceil((hardSizes[name] * percent) / 100));
      tell(`reading ${name}`);
      const figures = await inChild('hard', made.path);
      if (figures.events !== made.events)
        throw new Error(`${name}: ${figures.events} of ${made.events} events were read`);
      cases.push([name, { bytes: made.bytes, ...figures, seconds: rounded(figures.seconds, 3) }]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return Object.fromEntries(cases);
}

function report(
  figures: Awaited<ReturnType<typeof measure>> & {
    readonly hardCases?: Awaited<ReturnType<typeof measureHardCases>>;
  },
): void {
  const { machine } = figures;
  tell(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  tell(
    `${figures.events.toLocaleString('en-US')} events in ${figures.seconds} s ` +
      `(${figures.eventsPerSecond.toLocaleString('en-US')}/s), ${figures.ratioToFloor} of gunzip + JSON.parse`,
  );
  tell(`${figures.bytesPerEvent} bytes resident per event; first rows after ${figures.firstResultsMs} ms`);
  for (const [name, { p50, p95 }] of Object.entries(figures.queries)) {
    tell(`${name.padEnd(14)} p50 ${p50.toFixed(1).padStart(7)} ms   p95 ${p95.toFixed(1).padStart(7)} ms`);
  }
  for (const [name, { bytes, seconds, peakRssBytes }] of Object.entries(figures.hardCases ?? {})) {
    tell(
      `${name.padEnd(14)} ${megabytes(bytes)} in ${seconds.toFixed(1)} s, at most ${megabytes(peakRssBytes)} resident`,
    );
  }
  stdout.write(`${JSON.stringify(figures)}\n`);
}

function reportTables({ events, ...tables }: TableFigures): void {
  for (const [name, { p50, p95, cpuP50, cpuP95, slowest }] of Object.entries(tables)) {
    tell(`${name.padEnd(10)} p50 ${p50} ms   p95 ${p95} ms   of processor time p50 ${cpuP50} ms   p95 ${cpuP95} ms`);
    for (const { name: slow, ms, cpuMs } of slowest) tell(`  ${slow}: ${ms} ms, ${cpuMs} ms of processor time`);
  }
  stdout.write(`${JSON.stringify({ events, ...tables })}\n`);
}

/** Runs a task in a process of its own, so that no measurement leaves anything behind for the next. */
function inChild<Name extends keyof Tasks>(
  name: Name,
  request: Tasks[Name]['request'],
): Promise<Tasks[Name]['result']> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [childMark()], { serialization: 'advanced' });
    child.once('message', (result) => {
      child.disconnect();
      resolve(result as Tasks[Name]['result']);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`measuring ${name} ended with code ${String(code)}`));
    });
    child.send({ name, request });
  });
}

function runChild(send: NonNullable<typeof process.send>): void {
  process.once('message', (task: Task) => {
    void perform(task).then((result) => send(result));
  });
}

async function perform(task: Task): Promise<Tasks[keyof Tasks]['result']> {
  switch (task.name) {
    case 'floor':
      return measureFloor(import.meta.url, task.request, threads);
    case 'import':
      return measureImport(import.meta.url, await sourcesOf([task.request.path]), task.request.runs);
    case 'empty':
      return settledRss();
    case 'tables':
      return measureTables(import.meta.url, await sourcesOf([task.request.path]), task.request.rounds);
    case 'hard':
      return measureHardImport(import.meta.url, await sourcesOf([task.request]));
  }
}

/** The argument a child process is started with; nobody calls a folder this. */
function childMark(): string {
  return '\u0001child';
}

async function filesUnder(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).sort();
}

async function readAll(path: string): Promise<void> {
  const stream = createReadStream(path, { highWaterMark: 1 << 20 });
  stream.resume();
  await new Promise<void>((resolve, reject) => {
    stream.once('close', resolve);
    stream.once('error', reject);
  });
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
}

function tell(line: string): void {
  stderr.write(`${line}\n`);
}
