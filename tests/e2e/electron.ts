/** The desktop window, where Electron's program is on this machine. */
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { installedElectron, noWindowReason } from '../../build/scripts/electron-binary.mjs';
import { projectRoot } from './host';

/** Why the desktop window cannot be tested here; undefined where it can. */
export function electronMissing(): string | undefined {
  if (installedElectron() === undefined) return "Electron's program is not on this machine";
  return noWindowReason();
}

/** Starts the built desktop app over settings of its own. */
export async function launchElectron(config: string, paths: readonly string[]): Promise<ElectronApplication> {
  const executablePath = installedElectron();
  if (executablePath === undefined) throw new Error(electronMissing());
  // The sandbox is part of what is tested.
  const application = await _electron.launch({
    executablePath,
    cwd: projectRoot,
    args: [projectRoot, '--config', config, ...paths],
    chromiumSandbox: true,
  });
  // Nobody is there to answer it, and it stops the main process while it is open.
  await application.evaluate(
    ({ dialog }, path) => {
      dialog.showSaveDialogSync = () => path;
    },
    join(config, 'saved.txt'),
  );
  return application;
}
