import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './host';

const run = promisify(execFile);

/** What of the answer of `query --json` the tests read. */
export interface CliAnswer {
  readonly total: number;
  readonly matched: number;
  readonly facets: Readonly<Record<string, readonly (readonly [value: string, count: number])[]>>;
  readonly bins: readonly (readonly [start: string, count: number])[];
  readonly notes: readonly { readonly words: readonly string[]; readonly message: string }[];
}

/** Asks the command line the same question as the window. */
export async function queryByCli(path: string, query: string, more: readonly string[] = []): Promise<CliAnswer> {
  const program = join(projectRoot, 'out', 'cli', 'query.js');
  const { stdout } = await run(process.execPath, [program, path, `--q=${query}`, '--json', ...more], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as CliAnswer;
}
