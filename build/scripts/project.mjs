/** Where the project is and how its scripts speak and start programs. Only Node's own modules: this runs before anything is installed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The project's folder, whatever the working directory. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string[]} parts of a path below the project's folder */
export function fromRoot(...parts) {
  return join(root, ...parts);
}

/**
 * Prints a message to stderr, since another program may read a command's output on stdout.
 *
 * @param {string} message
 */
export function say(message) {
  process.stderr.write(`${message}\n`);
}

/**
 * An error of the user or the machine, not a bug: shown without a stack.
 */
export class PlainError extends Error {}

/**
 * Runs `main`, and ends the process with its exit code; a `PlainError` is shown as one message, exit code 1.
 *
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    say(error instanceof PlainError ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}

/**
 * Starts a program and waits for its end. Its stdout goes to our stderr unless told otherwise.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdout?: 'inherit' | 'stderr', quiet?: boolean, timeoutMs?: number, shell?: boolean }} [options]
 *   `quiet` drops what it prints
 * @returns {Promise<number>} the exit code; 128 when a signal or the time limit ended it, 127 when it could not be started
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: options.quiet ? 'ignore' : ['inherit', options.stdout === 'inherit' ? 'inherit' : 2, 2],
      shell: options.shell ?? false,
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    // Ctrl-C reaches the child by itself, being sent to the whole group; the child decides how to end, and we wait for it.
    const onInterrupt = () => undefined;
    const onTerminate = () => child.kill('SIGTERM');
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
    /** @param {number} code */
    const end = (code) => {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      resolve(code);
    };
    child.on('error', () => end(127));
    child.on('exit', (code) => end(code ?? 128));
  });
}

/**
 * How npm is started: by the Node that runs us where npm started us, else by name.
 *
 * @param {readonly string[]} args
 * @returns {{ command: string, args: readonly string[], shell: boolean }}
 */
export function npmCommand(args) {
  const script = process.env['npm_execpath'];
  return script?.endsWith('npm-cli.js')
    ? { command: process.execPath, args: [script, ...args], shell: false }
    : { command: 'npm', args, shell: process.platform === 'win32' };
}

/**
 * With glibc, memory of a megabyte and more goes back to the operating system as soon as it is free. By default glibc comes to keep up to
 * 32 MB pieces for itself, in each thread's part of the heap: some 50 MB after a large import.
 */
const memoryReturned = { MALLOC_MMAP_THRESHOLD_: String(2 ** 20) };

/**
 * Runs one of the project's own tools with the Node that runs us.
 *
 * @param {string} script path below the project's folder, such as `node_modules/vite/bin/vite.js`
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNode(script, args, options) {
  return run(process.execPath, [fromRoot(script), ...args], {
    ...options,
    env: { ...memoryReturned, ...(options?.env ?? process.env) },
  });
}
