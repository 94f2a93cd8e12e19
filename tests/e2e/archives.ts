/** The logs the tests open. */
import { execFile } from 'node:child_process';
import { cp, mkdir, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { projectRoot } from './host';

const run = promisify(execFile);

/** Our own samples of the shapes AWS documents. */
export const documentedShapes = join(projectRoot, 'tests', 'samples', 'documented-shapes');

/** Archives made once for all tests, by `global-setup.ts`. */
export interface SharedArchives {
  /** 20,000 events of three accounts and four Regions in some 40 files, with a break-in to look for. */
  readonly synthetic: string;
  /** 1,500,000 tiny events: more rows than an element can be tall. */
  readonly tiny: string;
}

const sharedFolderVariable = 'TRAILGLASS_E2E_ARCHIVES';

/** The archives of this run. */
export function sharedArchives(): SharedArchives {
  const folder = process.env[sharedFolderVariable];
  if (folder === undefined) throw new Error('the archives are made by tests/e2e/global-setup.ts');
  return { synthetic: join(folder, 'synthetic'), tiny: join(folder, 'tiny') };
}

/** Makes {@link sharedArchives} in a folder. */
export async function makeSharedArchives(folder: string): Promise<void> {
  process.env[sharedFolderVariable] = folder;
  const { synthetic, tiny } = sharedArchives();
  await Promise.all([makeSynthetic(synthetic, 20_000, 2), makeTiny(tiny)]);
}

async function makeSynthetic(folder: string, events: number, seed: number): Promise<void> {
  const program = join(projectRoot, 'out', 'tools', 'make-archive.js');
  await run(process.execPath, [program, folder, '--events', String(events), '--seed', String(seed)]);
}

/** An archive whose import goes on until it is let go, however fast the machine. */
export interface HeldArchive {
  readonly folder: string;
  /** What has been read when it has ended. */
  readonly events: number;
  /** Lets the import come to its end. */
  release(): Promise<void>;
}

/**
 * The synthetic archive and, last of all, a file with an event, a hole of 60 GB that takes no room on the disk, and another event. It
 * takes minutes to read, unless the file is cut off before the hole: then whoever reads it is at its end.
 */
export async function makeHeld(folder: string): Promise<HeldArchive> {
  await cp(sharedArchives().synthetic, folder, { recursive: true });
  const path = join(folder, 'zzz-held.json');
  const first = Buffer.from(`${JSON.stringify(event({ eventID: 'aaaaaaaa-0000-4000-8000-000000000002' }))}\n`);
  const last = Buffer.from(JSON.stringify(event({ eventID: 'aaaaaaaa-0000-4000-8000-000000000003' })));
  const file = await open(path, 'w');
  await file.write(first);
  await file.write(last, 0, last.length, 60 * 2 ** 30);
  await file.close();
  return { folder, events: 20_001, release: () => truncate(path, first.length) };
}

/** When the first tiny event happened; each later one a second after the one before. */
export const tinyStart = Date.parse('2024-01-01T00:00:00Z');
export const tinyEvents = 1_500_000;

async function makeTiny(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const perFile = tinyEvents / 10;
  for (let file = 0; file < 10; file++) {
    const lines: string[] = [];
    for (let event = file * perFile; event < (file + 1) * perFile; event++) {
      lines.push(`{"eventVersion":"1.08","eventTime":"${isoSecond(tinyStart + event * 1000)}","eventName":"Tick"}`);
    }
    await writeFile(join(folder, `${String(file)}.json.gz`), gzipSync(lines.join('\n'), { level: 1 }));
  }
}

/** `2024-01-01T00:00:00Z`. */
export function isoSecond(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** The paths of all files below a folder, relative to it. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

export interface LogRecord {
  readonly [field: string]: unknown;
}

/** Every record of an archive of ours, read the plain way: what answers are held to. */
export async function recordsOf(folder: string): Promise<readonly LogRecord[]> {
  const files = (await filesBelow(folder)).filter((file) => file.endsWith('.json.gz'));
  const read = await Promise.all(files.map((file) => readFile(join(folder, file))));
  return read.flatMap((bytes) => (JSON.parse(gunzipSync(bytes).toString('utf8')) as { Records: LogRecord[] }).Records);
}

/** Writes files below a folder; answers with the folder. What is no text or buffer is written as JSON. */
export async function writeArchive(folder: string, files: Readonly<Record<string, unknown>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    const isBytes = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(target, isBytes ? content : JSON.stringify(content));
  }
  return folder;
}

/** An event as most are, to be made special in what a test is about. */
export function event(over: LogRecord = {}): LogRecord {
  return {
    eventVersion: '1.08',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/Mary_Major',
      accountId: '111122223333',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      userName: 'Mary_Major',
    },
    eventTime: '2024-05-06T07:08:09Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.15.0',
    requestParameters: null,
    responseElements: null,
    eventID: 'aaaaaaaa-0000-4000-8000-000000000001',
    readOnly: true,
    eventType: 'AwsApiCall',
    managementEvent: false,
    eventCategory: 'Data',
    recipientAccountId: '111122223333',
    ...over,
  };
}
