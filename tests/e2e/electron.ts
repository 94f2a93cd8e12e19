/** The desktop window: of Electron's own program where it is on this machine, else of the double. */
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { installedElectron, noWindowReason } from '../../build/scripts/electron-binary.mjs';
import { doubleProgram } from '../electron-double/pack';
import { projectRoot } from './host';

/** Whether Electron's own program runs the tests. */
export const isRealElectron = installedElectron() !== undefined && noWindowReason() === undefined;

export interface Launch {
  readonly config: string;
  readonly home: string;
  readonly paths: readonly string[];
  /** The Chromium that the double's windows are pages of. */
  readonly chromium: string;
}

export interface LaunchedElectron {
  readonly application: ElectronApplication;
  /** Of the page, as Chromium knows it. */
  readonly origin: string;
  /** Lets the app begin. */
  go(): Promise<void>;
}

/** Starts the built desktop app over settings of its own. */
export async function launchElectron({ config, home, paths, chromium }: Launch): Promise<LaunchedElectron> {
  const real = installedElectron();
  const args = ['--config', config, ...paths];
  const env = { ...process.env, HOME: home, USERPROFILE: home } as Record<string, string>;
  // The sandbox is part of what is tested.
  const application =
    isRealElectron && real !== undefined
      ? await _electron.launch({
          executablePath: real,
          cwd: projectRoot,
          args: [projectRoot, ...args],
          env,
          chromiumSandbox: true,
        })
      : await _electron.launch({
          executablePath: doubleProgram,
          cwd: join(doubleProgram, '..'),
          args,
          env: {
            ...env,
            ELECTRON_DOUBLE_NODE: process.env['ELECTRON_DOUBLE_NODE'] ?? process.execPath,
            ELECTRON_DOUBLE_CHROMIUM: chromium,
          },
          chromiumSandbox: true,
        });
  // Nobody is there to answer it, and it stops the main process while it is open.
  await application.evaluate(
    ({ dialog }, path) => {
      dialog.showSaveDialogSync = () => path;
    },
    join(config, 'saved.txt'),
  );
  return {
    application,
    origin: isRealElectron ? 'app://trailglass' : 'https://trailglass.app.electron-double.invalid',
    go: () =>
      application.evaluate(() => {
        (globalThis as { electronDoubleGo?: () => void }).electronDoubleGo?.();
      }),
  };
}
