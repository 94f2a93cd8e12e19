import { resolve } from 'node:path';

/** The command line options of the desktop app. */
export interface CommandLine {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Where settings are kept, if not in the usual place. */
  readonly config: string | undefined;
}

export interface CommandLineContext {
  /** Unpackaged, the first path is that of the app itself. */
  readonly isPackaged: boolean;
  readonly workingDirectory: string;
}

/** Switches followed by a word of their own: ours, and those that tools put in front of the app's path. */
const switchesWithValue: ReadonlySet<string> = new Set(['--config', '-r', '--require']);

/** Reads `process.argv`. Skips switches that are not ours: they belong to Chromium. */
export function readCommandLine(argv: readonly string[], context: CommandLineContext): CommandLine {
  const words: string[] = [];
  let config: string | undefined;
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (switchesWithValue.has(word)) {
      index++;
      if (word === '--config') config = argv[index];
    } else if (word.startsWith('--config=')) config = word.slice('--config='.length);
    else if (word !== '' && !word.startsWith('-')) words.push(word);
  }
  const paths = context.isPackaged ? words : words.slice(1);
  const absolute = (path: string): string => resolve(context.workingDirectory, path);
  return { paths: paths.map(absolute), config: config === undefined ? undefined : absolute(config) };
}
