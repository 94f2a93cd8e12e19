/**
 * A log on disk for whoever has to find out why Trailglass failed: what happened when, in codes and counts. Nothing of the evidence is in it, no
 * name and no path, so that it can be handed on.
 */
import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Evidence } from '#host/evidence';

/** What can be written down. */
export type LogCode =
  | 'start'
  | 'window-opened'
  | 'window-shown-late'
  | 'page-not-loaded'
  | 'page-gone'
  | 'page-silent'
  | 'page-answers'
  | 'child-gone'
  | 'engine-stopped'
  | 'engine-silent'
  | 'engine-well'
  | 'import-begun'
  | 'import-ended'
  | 'fault'
  | 'fatal'
  | 'end';

/** Counts, and words from the lists of Electron or Node, such as `crashed` or `ENOSPC`: never a text that a person or a file has given. */
export type LogFacts = Readonly<Record<string, number | boolean | string>>;

export interface RingLog {
  record(code: LogCode, facts?: LogFacts): void;
  /** The last lines, of earlier runs too, oldest first. */
  lines(): readonly string[];
}

/** Two files of this size at most. */
const fileBytes = 256 * 1024;
const keptLines = 60;
const lineShape = /^\d{4}-\d\d-\d\dT[\d:.]+Z [\w-]+(?: [\w-]+=[\w.:?-]*)*$/;
const wordShape = /^[\w.:-]{1,40}$/;

/** A log in `trailglass.log` and `trailglass.1.log` of a folder; in memory only within opened evidence, and where nothing can be written. */
export function createRingLog(folder: string, evidence: Evidence, limitBytes = fileBytes): RingLog {
  const path = join(folder, 'trailglass.log');
  const kept = linesIn(path);

  function append(line: string): void {
    if (evidence.holds(path)) return;
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      if (sizeOf(path) + line.length > limitBytes) renameSync(path, join(folder, 'trailglass.1.log'));
      appendFileSync(path, line, { mode: 0o600 });
    } catch {
      // A log that cannot be written is no reason to disturb anybody: its lines stay in memory.
    }
  }

  return {
    record(code, facts = {}) {
      const written = Object.entries(facts).map(([name, value]) => `${name}=${wordOf(value)}`);
      const line = [new Date().toISOString(), code, ...written].join(' ');
      kept.push(line);
      if (kept.length > keptLines) kept.shift();
      append(`${line}\n`);
    },
    lines: () => [...kept],
  };
}

/** What is known of an error without its message, which may name a file: its kind, its code, and where in our own code it was thrown. */
export function errorFacts(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { kind: typeof error };
  const at = /[\\/]([\w-]+\.[cm]?js:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1] ?? '';
  return { kind: error.name, code: 'code' in error ? String(error.code) : '', at };
}

function wordOf(value: LogFacts[string]): string {
  const word = String(value);
  return word === '' || wordShape.test(word) ? word : '?';
}

function linesIn(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => lineShape.test(line)).slice(-keptLines);
  } catch {
    return [];
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
