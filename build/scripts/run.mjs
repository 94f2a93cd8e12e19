/**
 * Runs one of the headless programs, built from the present sources: `node build/scripts/run.mjs query PATH… --json`.
 *
 * Nothing but the program itself writes to stdout.
 */
import { ensure } from './ensure.mjs';
import { PlainError, runMain, runNode } from './project.mjs';

/** @type {Readonly<Record<string, string>>} */
const programs = {
  query: 'out/cli/query.js',
  'make-archive': 'out/tools/make-archive.js',
  bench: 'out/tools/bench.js',
};

await runMain(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (program === undefined) {
    throw new PlainError(`Usage: node build/scripts/run.mjs ${Object.keys(programs).join('|')} [arguments]`);
  }
  await ensure();
  // npm moves to the project's folder; a relative path means the folder the person stands in.
  return runNode(program, args, { stdout: 'inherit', cwd: process.env['INIT_CWD'] ?? process.cwd() });
});
