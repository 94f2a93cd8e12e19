/** The browser host as a person starts it: the built program, in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..', '..');

export interface HostOptions {
  /** Where settings and recent archives are kept. */
  readonly config: string;
  /** The person's home: where the folder picker starts, and what `~` means. */
  readonly home: string;
  /** Opened at once. */
  readonly paths: readonly string[];
  /** A folder with the program that starts the browser; without it none is started. */
  readonly tools?: string;
}

export interface RunningHost {
  /** With the token that lets the page in. */
  readonly address: string;
  /** What it wrote on its standard error. */
  complaints(): string;
  /** Ends it as Ctrl-C does, and answers with its exit code. */
  stop(): Promise<number | null>;
}

/** Resolves once the address is printed; rejects where the host ends before. */
export async function startHost({ config, home, paths, tools }: HostOptions): Promise<RunningHost> {
  const program = join(projectRoot, 'out', 'host', 'serve.js');
  const noOpen = tools === undefined ? ['--no-open'] : [];
  const path = tools === undefined ? {} : { PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}` };
  const child = spawn(process.execPath, [program, '--port', '0', ...noOpen, '--config', config, ...paths], {
    env: { ...process.env, HOME: home, USERPROFILE: home, ...path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = once(child, 'close');
  const address = await Promise.race([printedAddress(child), ended.then(() => null)]);
  if (address === null) throw new Error(`the browser host did not start: ${complaints}`);
  return {
    address,
    complaints: () => complaints,
    async stop() {
      child.kill('SIGINT');
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

async function printedAddress(child: ChildProcess): Promise<string> {
  let out = '';
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const address = /^Trailglass: (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)$/m.exec(out)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}
