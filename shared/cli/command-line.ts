/** What the three commands share: help, exit codes, and error messages. */
import process from 'node:process';
import { AppError } from '#contract/errors';
import { printableLines } from './printable';

/** The command was called wrongly: message on stderr, exit code 2. */
export class UsageError extends Error {
  readonly isPrintable: boolean;

  /** @param isPrintable the message needs no escaping: its parts have been escaped one by one */
  constructor(message: string, isPrintable = false) {
    super(message);
    this.isPrintable = isPrintable;
  }
}

/**
 * Runs a command and sets the exit code: 0 when it worked, 2 when it was called wrongly, 1 when it failed.
 *
 * `--help` anywhere prints `help` and runs nothing. The process ends by itself, so that all output is written.
 */
export async function commandLine(help: string, run: () => Promise<void>): Promise<void> {
  // The reader of a pipe may stop early (`| head`): that is not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const end = process.argv.indexOf('--');
  const options = process.argv.slice(2, end === -1 ? undefined : end);
  if (options.includes('--help') || options.includes('-h')) {
    process.stdout.write(help);
    return;
  }
  try {
    await run();
  } catch (thrown) {
    const words = wordsFor(thrown);
    const isPrintable = thrown instanceof UsageError && thrown.isPrintable;
    process.stderr.write(`${isPrintable ? words : printableLines(words)}\n`);
    process.exitCode = isUsageError(thrown) ? 2 : 1;
  }
}

/** A whole number given for an option. */
export function readCount(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${option} takes a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
}

function isUsageError(thrown: unknown): thrown is Error {
  if (thrown instanceof UsageError) return true;
  // parseArgs throws plain TypeErrors with codes such as ERR_PARSE_ARGS_UNKNOWN_OPTION.
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS_');
}

/** The message of an expected failure; a bug with its stack. */
function wordsFor(thrown: unknown): string {
  if (isUsageError(thrown)) return thrown.message;
  if (thrown instanceof AppError && thrown.code !== 'internal') {
    return thrown.details.hint === undefined ? thrown.message : `${thrown.message}\n${thrown.details.hint}`;
  }
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
