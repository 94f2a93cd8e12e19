/** One seed: an archive is made, damaged, imported, and what came of it held against what was left whole. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits, type ImportLimits } from '#contract/limits';
import { Random } from '../../build/tools/synthetic/random';
import { engineHere } from '../helpers/engine-here';
import { damage, undamaged, wholeRecords, type Damaged } from './damage';
import { isPacked, makeGoodArchive, oddNames, type GoodArchive } from './good-archives';

/** What an import told. */
export interface Outcome {
  /** The IDs of all rows, duplicates included. */
  readonly ids: ReadonlySet<string>;
  /** Whether any file was reported as not, or not wholly, read. */
  readonly hasLoss: boolean;
  /** Rows whose record, read again, is not the one that was indexed. */
  readonly misread: readonly string[];
}

/** Far below the defaults, so that they are met. */
const limits: ImportLimits = {
  ...defaultLimits,
  ratio: 100,
  memberBytes: 64 * 2 ** 20,
  entries: 1_000,
  nesting: 5,
  heldBytes: 4 * 2 ** 20,
  recordBytes: 2 ** 20,
  folderDepth: 10,
};

const mostFaults = 3;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What is wrong with how this seed's archive is read; empty: nothing. */
export async function fuzzCase(seed: number): Promise<readonly string[]> {
  const random = new Random(seed);
  const archive = makeGoodArchive(random);
  // An archive that is odd by itself may be all that is wrong.
  const isSound = archive.containers.some((name) => oddNames.includes(name)) && random.chance(0.5);
  const damaged = isSound ? undamaged(archive.bytes) : damage(random, archive.bytes);
  const wrong: string[] = [];
  const from = performance.now();
  try {
    wrong.push(...faults(archive, damaged, await importBytes(damaged.bytes)));
  } catch (thrown) {
    wrong.push(`it threw ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
  }
  const seconds = (performance.now() - from) / 1000;
  if (seconds > 20) wrong.push(`it took ${seconds.toFixed(1)} s`);
  if (wrong.length === 0) return wrong;
  if (wrong.length > mostFaults) wrong.splice(mostFaults, Infinity, `and ${String(wrong.length - mostFaults)} more`);
  return [`${archive.text.shape} in ${archive.containers.join(' in ') || 'nothing'}`, ...damaged.said, ...wrong];
}

function faults({ text, containers }: GoodArchive, { bytes, runs }: Damaged, outcome: Outcome): readonly string[] {
  const wrong = outcome.misread.map((id) => `${id} is another record when it is read again`);
  // Bytes of a packed file are no bytes of records: where they are changed and nothing is said of it, all must be there.
  const kept = isPacked(containers)
    ? text.records.map(({ id }) => id)
    : text.records.filter(({ start, end }) => bytes.includes(text.bytes.subarray(start, end))).map(({ id }) => id);
  const isAlone = containers.length === 0 && text.isFoundAlone;
  const sound = isAlone ? wholeRecords(text, runs) : new Set<string>();
  for (const id of kept) {
    if (outcome.ids.has(id)) continue;
    if (sound.has(id)) wrong.push(`${id} is whole, and so are its neighbours, but it was not found`);
    else if (!outcome.hasLoss) wrong.push(`${id} was not found, and no loss is reported`);
  }
  return wrong;
}

/** Imports a file of these bytes on this thread. */
export async function importBytes(bytes: Uint8Array): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'trailglass-fuzz-'));
  try {
    const path = join(folder, 'unknown');
    await writeFile(path, bytes);
    return await readAll(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readAll(path: string): Promise<Outcome> {
  const engine = engineHere();
  await engine.open(path, { limits });
  const ids = new Set<string>();
  const misread: string[] = [];
  for (const { row, cells } of await engine.rows('', ['eventID'], { withDuplicates: true })) {
    const id = cells[0] ?? '';
    const { raw } = await engine.detail(row);
    ids.add(id);
    // Damage to a table's header leaves its IDs under another name.
    if (id === '') for (const [other] of raw.matchAll(uuid)) ids.add(other);
    if (!isRecordOf(raw, id)) misread.push(id);
  }
  const { filesPartial, filesUnread } = await engine.report();
  await engine.call('engine.close', null);
  return { ids, hasLoss: filesPartial + filesUnread > 0, misread };
}

function isRecordOf(raw: string, id: string): boolean {
  try {
    const record = JSON.parse(raw) as { readonly eventID?: unknown };
    // An ID that became something else than a text is shown as what it can; of a key that came twice both values are shown.
    return typeof record.eventID !== 'string' || id === '' || id.split(', ').includes(record.eventID);
  } catch {
    return false;
  }
}
