import { randomUUID } from 'node:crypto';
import { closeSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { AppError } from '#contract/errors';
import { openEvidence } from '#engine/sources/open-evidence';
import type { Evidence } from './evidence';

/** One value kept in one JSON file. */
export interface JsonFile<Value> {
  /** The stored value, or the default. */
  read(): Promise<Value>;
  /**
   * Replaces the value. Writes follow one another; the file is never seen half written.
   *
   * Within opened evidence, and where nothing can be written, the value is kept in memory only. The first such write rejects with `not-written`,
   * so that it is reported once.
   */
  write(value: Value): Promise<void>;
  /** Ends when every write begun so far has ended, well or not. */
  settled(): Promise<void>;
}

export interface JsonFileContext {
  /** Called with a line where a stored file could not be used. */
  readonly log: (line: string) => void;
  readonly evidence: Evidence;
}

/**
 * A JSON file with a schema.
 *
 * A file that cannot be understood is kept beside the new one as `NAME.damaged`, and the default is used: settings must never
 * keep the app from starting, nor vanish without a trace. Reading alone changes nothing on disk: the file may be a part of the evidence.
 */
export function jsonFile<Value>(
  path: string,
  schema: v.GenericSchema<unknown, Value>,
  fallback: Value,
  { log, evidence }: JsonFileContext,
): JsonFile<Value> {
  const ignored = `${path}.damaged`;
  let current: { value: Value } | null = null;
  let queue: Promise<void> = Promise.resolve();
  let isDamaged = false;
  let isRefusalTold = false;

  function load(): Value {
    let text: string;
    try {
      text = readText(path);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') log(`${path} could not be read: ${messageOf(error)}`);
      return fallback;
    }
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    isDamaged = true;
    log(
      `${path} could not be understood (${parsed.reason}); defaults are used, and it is kept as ${ignored} at the next save`,
    );
    return fallback;
  }

  function parse(text: string): { ok: true; value: Value } | { ok: false; reason: string } {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      return { ok: false, reason: messageOf(error) };
    }
    const result = v.safeParse(schema, json);
    return result.success ? { ok: true, value: result.output } : { ok: false, reason: v.summarize(result.issues) };
  }

  /** The value stays in memory. */
  function refuse(reason: string, hint: string): void {
    if (isRefusalTold) return;
    isRefusalTold = true;
    throw new AppError('not-written', `${path} ${reason}; changes last until Trailglass ends`, { hint });
  }

  async function store(value: Value): Promise<void> {
    if (evidence.holds(path)) {
      return refuse('lies within the opened evidence', 'Start Trailglass with --config FOLDER, outside of it.');
    }
    try {
      await replace(value);
    } catch (error) {
      if (!unwritable.has(String(codeOf(error)))) throw error;
      refuse(
        `cannot be written (${String(codeOf(error))})`,
        'Start Trailglass with --config FOLDER, where you may write.',
      );
    }
  }

  async function replace(value: Value): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        await file.writeFile(`${JSON.stringify(value, null, 2)}\n`, 'utf8');
        await file.sync();
      } finally {
        await file.close();
      }
      if (isDamaged) await rename(path, ignored).catch(() => undefined);
      isDamaged = false;
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  return {
    read: () => Promise.resolve((current ??= { value: load() }).value),
    write(value) {
      current ??= { value: load() };
      current.value = value;
      const next = queue.then(() => store(value));
      // A failed write rejects for its caller only; the next one still runs.
      queue = next.catch(() => undefined);
      return next;
    },
    settled: () => queue,
  };
}

/** What a folder answers in which nothing can be written, now or later. */
const unwritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/** Only regular files: reading a pipe could wait for ever. */
function readText(path: string): string {
  const { descriptor } = openEvidence(path);
  try {
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
