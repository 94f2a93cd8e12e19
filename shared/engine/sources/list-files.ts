/**
 * Finds every file under the opened paths, in an order that depends on the names alone.
 */
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FileProblem } from '#contract/types';
import type { ContainerStep } from './member';

const MAX_BUSY_MS = 20;

/** A file, and what shows whether it has changed since. */
export interface ListedState {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export interface ListedFile extends ListedState {
  /** Relative to the opened folder, with `/`; the file's name where the file itself was opened. Members of a zip: `case.zip!/name`. */
  readonly relative: string;
  /** Which of the opened sources it belongs to, from 0. */
  readonly source: number;
  /** How it is reached from the file on disk: none, or into a zip, whose members are listed like files so that all threads share them. */
  readonly steps: readonly ContainerStep[];
  /** What has to be read of it from disk. */
  readonly packedBytes: number;
}

/** Something that was met and cannot be read as a file. */
export interface ListingProblem {
  readonly relative: string;
  readonly problem: FileProblem;
}

export interface Listing {
  /** In code-unit order of `relative`, each file once. */
  readonly files: readonly ListedFile[];
  readonly problems: readonly ListingProblem[];
}

/**
 * Lists the files at and under `paths`, at any depth. Aborting it ends it with what was found by then.
 *
 * A link is followed where the user opened it himself; inside a folder it is not: what it leads to inside the folder is listed at its own
 * place, and what lies outside was not opened. So no loop can arise and no file counts twice.
 */
export async function listFiles(paths: readonly string[], signal?: AbortSignal): Promise<Listing> {
  const files = new Map<string, ListedFile>();
  const problems: ListingProblem[] = [];
  const report = (relative: string, message: string): void => {
    problems.push({ relative, problem: { code: 'unreadable', severity: 'loss', message, atByte: null, snippet: '' } });
  };
  for (const [source, opened] of paths.entries()) {
    const root = resolve(opened);
    // Several opened paths: their names keep equal relative paths apart.
    const prefix = paths.length > 1 ? `${basename(root)}/` : '';
    try {
      const stat = statSync(root);
      if (stat.isDirectory()) await walk(realpathSync(root), prefix, source, files, report, signal);
      else if (stat.isFile()) addFile(files, realpathSync(root), basename(root), source, stat);
      else report(basename(root), 'not a file or a folder (a device, a pipe or a socket)');
    } catch (thrown) {
      report(basename(root), reasonOf(thrown));
    }
  }
  const compare = (a: { readonly relative: string }, b: { readonly relative: string }): number =>
    a.relative < b.relative ? -1 : a.relative > b.relative ? 1 : 0;
  return {
    files: [...files.values()].sort((a, b) => compare(a, b) || (a.path < b.path ? -1 : 1)),
    problems: problems.sort(compare),
  };
}

async function walk(
  root: string,
  prefix: string,
  source: number,
  files: Map<string, ListedFile>,
  report: (relative: string, message: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  let rested = performance.now();
  const waiting: { readonly path: string; readonly relative: string }[] = [{ path: root, relative: prefix }];
  for (let folder = waiting.pop(); folder !== undefined && signal?.aborted !== true; folder = waiting.pop()) {
    // The thread that lists answers queries too.
    if (performance.now() - rested > MAX_BUSY_MS) {
      await setImmediate();
      rested = performance.now();
    }
    let entries;
    try {
      entries = readdirSync(folder.path, { withFileTypes: true });
    } catch (thrown) {
      report(folder.relative === '' ? basename(folder.path) : folder.relative, reasonOf(thrown));
      continue;
    }
    for (const entry of entries) {
      const path = join(folder.path, entry.name);
      const relative = folder.relative + entry.name;
      try {
        if (entry.isDirectory()) waiting.push({ path, relative: `${relative}/` });
        else if (entry.isFile()) addFile(files, path, relative, source, lstatSync(path));
        else if (entry.isSymbolicLink()) checkLink(path, relative, root, report);
        else report(relative, 'not a file or a folder (a device, a pipe or a socket)');
      } catch (thrown) {
        report(relative, reasonOf(thrown));
      }
    }
  }
}

function checkLink(
  path: string,
  relative: string,
  root: string,
  report: (relative: string, message: string) => void,
): void {
  const target = realpathSync(path);
  if (target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)) return;
  report(relative, 'a link that leads out of the opened folder; it was not followed');
}

function addFile(
  files: Map<string, ListedFile>,
  path: string,
  relative: string,
  source: number,
  stat: { readonly size: number; readonly mtimeMs: number },
): void {
  if (!files.has(path))
    files.set(path, {
      path,
      relative,
      source,
      steps: [],
      packedBytes: stat.size,
      sizeBytes: stat.size,
      mtimeMs: stat.mtimeMs,
    });
}

/** A system error in the user's words. */
export function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'no permission to read it';
    case 'ENOENT':
      return 'it is not there (any more)';
    case 'ELOOP':
      return 'a link that leads round in a circle';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open on this computer';
    case 'EISDIR':
      return 'it is a folder now';
    default:
      return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
