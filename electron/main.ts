/** The desktop app: the order of its start, and of its end. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { configDir } from '#host/config-dir';
import { forTerminal } from '#host/log';
import { registerAppScheme } from './app-protocol';
import { readCommandLine } from './command-line';
import { startDesktop, type Desktop } from './desktop';
import { secureApp } from './security';

/** `out/`, where the build puts this file into a folder of its own. */
const out = join(import.meta.dirname, '..');
const log = (line: string): void => {
  process.stderr.write(`${forTerminal(line)}\n`);
};

const place = { platform: process.platform, env: process.env, home: homedir() };
const said = readCommandLine(process.argv, { isPackaged: app.isPackaged, workingDirectory: process.cwd() });
const config = configDir(place, said.config);

// Before anything asks for it, the lock below included: Chromium's own files get a folder beside the settings.
const userData = join(config, 'window');
mkdirSync(userData, { recursive: true, mode: 0o700 });
app.setPath('userData', userData);
app.setPath('sessionData', userData);
secureApp(app, log);
registerAppScheme();

if (app.requestSingleInstanceLock({ paths: said.paths })) start();
else app.quit();

function start(): void {
  /** Asked for before the app was ready: macOS hands files over early. */
  let early: readonly string[] = said.paths;
  let desktop: Desktop | null = null;
  let isEnding = false;

  function open(paths: readonly string[]): void {
    if (desktop === null) early = [...early, ...paths];
    else void desktop.show().then(() => desktop?.openPaths(paths));
  }

  app.on('second-instance', (_event, _argv, _workingDirectory, data) => {
    open(pathsIn(data));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app.on('activate', () => {
    void desktop?.show();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (desktop === null || isEnding) return;
    event.preventDefault();
    isEnding = true;
    void desktop.close().finally(() => {
      app.quit();
    });
  });

  void app
    .whenReady()
    .then(() => startDesktop({ out, config, log }))
    .then(async (started) => {
      await started.show();
      desktop = started;
      await started.openPaths(early);
    })
    .catch((error: unknown) => {
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      app.exit(1);
    });
}

/** The paths another start of the app hands over. It is our own code, of another version perhaps. */
function pathsIn(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('paths' in data) || !Array.isArray(data.paths)) return [];
  return data.paths.filter((path): path is string => typeof path === 'string');
}
