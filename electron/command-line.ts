import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/**
 * Reads `process.argv`. Skips switches that are not ours: they belong to Chromium. Whatever follows `--` is a path, and so is a word that begins
 * with a dash where there is a file or folder of that name. A desktop hands files over as `file:` addresses.
 */
export function readCommandLine(argv: readonly string[], context: CommandLineContext): CommandLine {
  const absolute = (path: string): string => resolve(context.workingDirectory, path);
  const words: string[] = [];
  let config: string | undefined;
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--') {
      words.push(...argv.slice(index + 1).filter((each) => each !== ''));
      break;
    }
    if (switchesWithValue.has(word)) {
      index++;
      if (word === '--config') config = argv[index];
    } else if (word.startsWith('--config=')) config = word.slice('--config='.length);
    else if (word !== '' && (!word.startsWith('-') || existsSync(absolute(word)))) words.push(word);
  }
  const paths = context.isPackaged ? words : words.slice(1);
  return {
    paths: paths.map((path) => absolute(pathOf(path))),
    config: config === undefined ? undefined : absolute(config),
  };
}

/** A word as a path. An address of another computer, or one that is not well formed, stays as it is: it is reported as not found. */
function pathOf(word: string): string {
  if (!/^file:\/\//i.test(word)) return word;
  try {
    return fileURLToPath(word);
  } catch {
    return word;
  }
}
