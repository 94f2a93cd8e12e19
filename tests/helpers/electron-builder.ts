/** Runs electron-builder with the project's own configuration around a stand-in for Electron. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

/** What electron-builder seeks in Electron's program, before the number of fuses and one character per fuse. */
export const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

export interface Packing {
  /** The folder of the stand-in. */
  readonly distribution: string;
  /** The folder for the packages. */
  readonly output: string;
  /** System, targets and processor, as on the command line. */
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Rejects with what electron-builder printed where it fails. */
export async function runElectronBuilder({ distribution, output, args, env = process.env }: Packing): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/out/cli/cli.js'),
      ...[...args, '--publish', 'never', '--config', join(root, 'build/electron-builder.yml')],
      ...[`-c.electronDist=${distribution}`, `-c.directories.output=${output}`],
    ],
    { cwd: root, env },
  ).catch((error: unknown) => {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`electron-builder failed:\n${stdout}${stderr}`, { cause: error });
  });
}
