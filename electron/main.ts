/** The desktop app: the order of its start, and of its end. */
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { configDir } from '#host/config-dir';
import { createEnding } from '#host/end-process';
import { createEvidence } from '#host/evidence';
import { forTerminal } from '#host/log';
import { sweepOwnFolders } from '#host/own-folders';
import { registerAppScheme } from './app-protocol';
import { makeChromiumFolder } from './chromium-folder';
import { readCommandLine } from './command-line';
import { startDesktop, type Desktop } from './desktop';
import { catchEverything, fatal, ignoreClosedOutput, type ErrorRecord } from './fatal';
import { createRingLog, errorFacts, type RingLog } from './ring-log';
import { secureApp } from './security';

/** `out/`, where the build puts this file into a folder of its own. */
const out = join(import.meta.dirname, '..');
const log = (line: string): void => {
  process.stderr.write(`${forTerminal(line)}\n`);
};
ignoreClosedOutput();
let diary: RingLog | null = null;
const errors: ErrorRecord = { log, record: (code, error) => diary?.record(code, errorFacts(error)) };
let hasWindow = false;
catchEverything(() => hasWindow, errors);

const place = { platform: process.platform, env: process.env, home: homedir() };
const said = readCommandLine(process.argv, { isPackaged: app.isPackaged, workingDirectory: process.cwd() });
const config = configDir(place, said.config);

/** Sources on the command line become evidence before anything is written. */
const evidence = createEvidence();
evidence.add(said.paths);

const ringLog = createRingLog(config, evidence);
diary = ringLog;

// Before anything asks for it, the lock below included: Chromium's own files get a folder beside the settings.
sweepOwnFolders(tmpdir(), evidence);
const userData = makeChromiumFolder(config, tmpdir(), evidence, log);
if (userData === null) {
  const problem = `${config} and ${tmpdir()} lie within what is to be opened, and nothing may be written there.`;
  dialog.showErrorBox('Trailglass', `${problem} Start Trailglass with --config FOLDER, outside of it.`);
  process.exit(1);
}
app.setPath('userData', userData);
app.setPath('sessionData', userData);
secureApp(app, log);
registerAppScheme();

if (app.requestSingleInstanceLock({ paths: said.paths })) start(userData);
else app.quit();

function start(userData: string): void {
  ringLog.record('start', { version: app.getVersion(), platform: process.platform });
  /** Asked for before the app was ready: macOS hands files over early. */
  let early: readonly string[] = said.paths;
  let desktop: Desktop | null = null;
  let hasEnded = false;
  const end = createEnding({
    close: () => desktop?.close() ?? Promise.resolve(true),
    exit: () => {
      hasEnded = true;
      ringLog.record('end');
      app.quit();
    },
    log,
  });

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
    if (desktop === null || hasEnded) return;
    event.preventDefault();
    end();
  });

  void app
    .whenReady()
    .then(() => startDesktop({ out, config, userData, evidence, diary: ringLog, log }))
    .then(async (started) => {
      await started.show();
      hasWindow = true;
      desktop = started;
      await started.openPaths(early);
    })
    .catch((error: unknown) => fatal(error, errors));
}

/** The paths from another start of the app, which may be another version: so they are checked. */
function pathsIn(data: unknown): readonly string[] {
  if (typeof data !== 'object' || data === null || !('paths' in data) || !Array.isArray(data.paths)) return [];
  return data.paths.filter((path): path is string => typeof path === 'string');
}
