/**
 * Runs one of the headless programs, built from the present sources: `node build/scripts/run.mjs query PATH… --json`.
 *
 * Nothing but the program itself writes to stdout.
 */
import { ensure } from './ensure.mjs';
import { PlainError, runMain, runNode } from './project.mjs';

const names = ['query', 'make-archive', 'bench'];

await runMain(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  if (!names.includes(name)) throw new PlainError(`Usage: node build/scripts/run.mjs ${names.join('|')} [arguments]`);
  await ensure();
  // npm moves to the project's folder; a relative path means the folder the person stands in.
  return runNode(`out/cli/${name}.js`, args, { stdout: 'inherit', cwd: process.env['INIT_CWD'] ?? process.cwd() });
});
