import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';

/** One value kept in one JSON file. */
export interface JsonFile<Value> {
  /** What is stored, or the default where nothing is. */
  read(): Promise<Value>;
  /** Replaces the value. Writes follow one another; the file is never seen half written. */
  write(value: Value): Promise<void>;
  /** While paused the value lives in memory only; resuming writes what changed meanwhile. */
  pause(paused: boolean): Promise<void>;
  /** Ends when every write begun so far has ended, well or not. */
  settled(): Promise<void>;
}

/**
 * A JSON file with a schema.
 *
 * A file that cannot be understood is kept beside the new one as `NAME.damaged`, and the default is used: settings must never
 * keep the app from starting, nor vanish without a trace.
 */
export function jsonFile<Value>(
  path: string,
  schema: v.GenericSchema<unknown, Value>,
  fallback: Value,
  log: (line: string) => void,
): JsonFile<Value> {
  let current: Promise<Value> | null = null;
  let queue: Promise<void> = Promise.resolve();
  let isPaused = false;
  let isDirty = false;

  async function load(): Promise<Value> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') log(`${path} could not be read: ${messageOf(error)}`);
      return fallback;
    }
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    const aside = `${path}.damaged`;
    log(`${path} could not be understood (${parsed.reason}); kept as ${aside}, defaults used`);
    await rename(path, aside).catch(() => undefined);
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

  async function store(value: Value): Promise<void> {
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
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  function flush(): Promise<void> {
    const next = queue.then(async () => {
      if (isPaused || !isDirty || current === null) return;
      isDirty = false;
      await store(await current);
    });
    // A failed write is told to whoever asked for it; the next one still gets its turn.
    queue = next.catch(() => undefined);
    return next;
  }

  return {
    read: () => (current ??= load()),
    write(value) {
      current = Promise.resolve(value);
      isDirty = true;
      return flush();
    },
    pause(paused) {
      isPaused = paused;
      return flush();
    },
    settled: () => queue,
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
