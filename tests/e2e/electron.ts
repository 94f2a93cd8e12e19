/** The desktop window: of Electron's own program where it is on this machine, else of the double. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type PlaywrightTestOptions } from '@playwright/test';
import { installedElectron, noWindowReason } from '../../build/scripts/electron-binary.mjs';
import { doubleProgram } from '../electron-double/pack';
import { projectRoot } from './host';

/** Whether Electron's own program runs the tests. */
export const isRealElectron = installedElectron() !== undefined && noWindowReason() === undefined;

export interface StartOptions {
  readonly config: string;
  readonly home: string;
  readonly paths: readonly string[];
  /** The Chromium that the double's windows are pages of. */
  readonly chromium: string;
  /** Another installation of the double. */
  readonly program?: string;
}

/** What the system prefers; null leaves it to the system. */
export type ColorScheme = PlaywrightTestOptions['colorScheme'];

export interface Launch extends StartOptions {
  readonly colorScheme: ColorScheme;
  readonly locale: string;
  readonly timezoneId: string;
}

export interface LaunchedElectron {
  readonly application: ElectronApplication;
  /** Of the page, as Chromium knows it. */
  readonly origin: string;
  /** Lets the app begin. */
  go(): Promise<void>;
  /** What the app wrote on its standard error; of the real program, whose Chromium writes there too, nothing. */
  complaints(): string;
  /** Ends the app as a person does, and answers with its exit code. */
  quit(): Promise<number | null>;
}

/** What Node writes there while a debugger is attached. */
const ofTheDebugger = /^(?:Debugger |For help, see|DevTools listening|Waiting for the debugger|\s*$)/;

interface Program {
  readonly executablePath: string;
  readonly cwd: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

/** What is started, and how. */
export function programFor({ config, home, paths, chromium, program }: StartOptions): Program {
  const real = installedElectron();
  const args = ['--config', config, ...paths];
  const env = { ...process.env, HOME: home, USERPROFILE: home } as Record<string, string>;
  if (isRealElectron && real !== undefined) {
    return { executablePath: real, cwd: projectRoot, args: [projectRoot, ...args], env };
  }
  const node = process.env['ELECTRON_DOUBLE_NODE'] ?? process.execPath;
  return {
    executablePath: program ?? doubleProgram,
    cwd: dirname(program ?? doubleProgram),
    args,
    env: { ...env, ELECTRON_DOUBLE_NODE: node, ...(chromium === '' ? {} : { ELECTRON_DOUBLE_CHROMIUM: chromium }) },
  };
}

/** Starts the app once more, as a double click on a file does, and waits until this start has ended. */
export async function startAgain(options: StartOptions): Promise<string> {
  const { executablePath, args, cwd, env } = programFor(options);
  const child = spawn(executablePath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let written = '';
  child.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return `${String(code)} ${written}`.trim();
}

/** Starts the built desktop app over settings of its own. */
export async function launchElectron({
  colorScheme,
  locale,
  timezoneId,
  ...options
}: Launch): Promise<LaunchedElectron> {
  // The sandbox is part of what is tested.
  const application = await _electron.launch({
    ...programFor(options),
    chromiumSandbox: true,
    colorScheme,
    locale,
    timezoneId,
  });
  const child = application.process();
  let written = '';
  child.stderr?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const ended = once(child, 'exit') as Promise<[number | null]>;
  // Nobody is there to answer it, and it stops the main process while it is open.
  await application.evaluate(
    ({ dialog }, path) => {
      dialog.showSaveDialogSync = () => path;
      // A test may end while it reads; any other question is for the test to answer.
      const others = dialog.showMessageBox.bind(dialog) as (
        ...args: unknown[]
      ) => Promise<{ response: number; checkboxChecked: boolean }>;
      dialog.showMessageBox = ((...args: unknown[]) => {
        const { message, buttons = [] } = args.at(-1) as { readonly message: string; readonly buttons?: string[] };
        if (message !== 'An import is running') return others(...args);
        return Promise.resolve({ response: buttons.indexOf('Close anyway'), checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    },
    join(options.config, 'saved.txt'),
  );
  return {
    application,
    origin: isRealElectron ? 'app://trailglass' : 'https://trailglass.app.electron-double.invalid',
    go: () =>
      application.evaluate(() => {
        (globalThis as { electronDoubleGo?: () => void }).electronDoubleGo?.();
      }),
    complaints: () =>
      isRealElectron
        ? ''
        : written
            .split('\n')
            .filter((line) => !ofTheDebugger.test(line))
            .join('\n'),
    async quit() {
      await application.close();
      const [code] = await ended;
      return code;
    },
  };
}
