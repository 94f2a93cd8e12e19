/** What ends the app before its window can say anything: always with words, never as a process without a window. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { escapeInvisible } from '#core/visible';
import { isInstalled } from './installed-files';

/** Shows an error in a dialog. It may name a file: what cannot be seen is escaped. */
export function showError(title: string, error: unknown): void {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  dialog.showErrorBox(title, lines.map((line) => escapeInvisible(line, { isLayout: true })).join('\n'));
}

/** Where errors are written down. */
export interface ErrorRecord {
  /** With the whole message, which may name files of the evidence. */
  readonly log: (line: string) => void;
  /** On disk: what is known of the error without its message. */
  readonly record: (code: 'fatal' | 'fault', error: unknown) => void;
}

/** Says why Trailglass cannot go on, in a dialog and in the log, and ends it with exit code 1. */
export function fatal(error: unknown, { log, record }: ErrorRecord): void {
  log(withStack(error));
  record('fatal', error);
  showError('Trailglass cannot go on', error);
  app.exit(1);
}

/** Errors that nothing else has caught end a start; once there is a window, what is open in it is worth more, and they are only logged. */
export function catchEverything(hasWindow: () => boolean, errors: ErrorRecord): void {
  const caught = (error: unknown): void => {
    if (!hasWindow()) {
      fatal(error, errors);
      return;
    }
    errors.log(`unexpected: ${withStack(error)}`);
    errors.record('fault', error);
  };
  process.on('uncaughtException', caught);
  process.on('unhandledRejection', caught);
}

function withStack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Whoever started us may have closed what we write to: that is no reason to end. */
export function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** What must be there beside this program; see `files` in the packaging's configuration. */
const needed = [
  ['renderer', 'index.html'],
  ['electron', 'preload.cjs'],
] as const;

/** Threads and the sample are on disk, beside the archive. */
const neededOnDisk = [
  ['engine', 'engine-worker.js'],
  ['engine', 'decode-worker.js'],
] as const;

/** @throws where a file of the installed app is missing */
export function checkInstallation(out: string, onDisk: string): void {
  const paths = [...needed.map((parts) => join(out, ...parts)), ...neededOnDisk.map((parts) => join(onDisk, ...parts))];
  const missing = paths.find((path) => !isInstalled(path));
  if (missing === undefined) return;
  throw new Error(`A part of Trailglass is missing: ${missing}\nInstall Trailglass again.`);
}
