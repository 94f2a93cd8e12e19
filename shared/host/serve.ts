/** The browser host: `node out/host/serve.js [options] [PATH...]`. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAppService } from './app-service';
import { configDir } from './config-dir';
import { createEnding } from './end-process';
import { createEngineClient } from './engine-client';
import { createEvidence } from './evidence';
import { startHttpHost } from './http-host';
import { callLogging, forTerminal } from './log';
import { openBrowser } from './open-browser';
import { sweepOwnFolders } from './own-folders';
import { makeRedirectFile, type RedirectFile } from './redirect-file';
import { parseServeOptions, serveUsage } from './serve-options';
import { createSettingsStore } from './settings-store';
import { listStaticFiles } from './static-files';

/** `out/`, where the build puts this file into a folder of its own. */
const out = join(import.meta.dirname, '..');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${forTerminal(line)}\n`);
}

async function serve(): Promise<number | null> {
  const parsed = parseServeOptions(process.argv.slice(2));
  if (!parsed.ok) {
    complain(`${parsed.error}\n\n${serveUsage}`);
    return 2;
  }
  const options = parsed.value;
  if (options.help) {
    say(serveUsage);
    return 0;
  }
  const missing = options.paths.find((path) => !existsSync(path));
  if (missing !== undefined) {
    complain(`${missing} does not exist`);
    return 2;
  }

  // Evidence before anything is written.
  const evidence = createEvidence();
  evidence.add(options.paths);
  for (const folder of redirectFolders()) sweepOwnFolders(folder, evidence);
  const files = await listStaticFiles(join(out, 'renderer')).catch(() => new Map());
  if (!files.has('/')) {
    complain('The window is not built: run "npm run build" first.');
    return 1;
  }
  const engine = createEngineClient({
    url: pathToFileURL(join(out, 'engine', 'engine-worker.js')),
    logCalls: callLogging(process.env),
    log: complain,
  });
  const place = { platform: process.platform, env: process.env, home: homedir() };
  const store = createSettingsStore(configDir(place, options.config), { log: complain, evidence });
  const service = createAppService(
    {
      info: { version: appVersion(), host: 'browser', platform: process.platform, nativeDialogs: false },
      startFolder: homedir(),
      sampleFolder: join(out, 'sample'),
      pick: () => Promise.resolve(null),
    },
    { engine, store, evidence, diagnostics: browserDiagnostics, log: complain },
  );
  let redirect: RedirectFile | null = null;
  const host = await startHttpHost({
    service,
    files,
    port: options.port,
    evidence,
    log: complain,
    onTicketUsed: () => redirect?.remove(),
  });

  let isEnding = false;
  const end = createEnding({
    async close() {
      isEnding = true;
      redirect?.remove();
      const [haveEnded] = await Promise.all([service.close(), host.close()]);
      return haveEnded;
    },
    exit: () => process.exit(0),
    log: complain,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

  say(`Trailglass: ${host.url}`);
  if (options.paths.length > 0) {
    service.openPaths(options.paths).catch((error: unknown) => {
      // The user who ends the app during an import needs no message about it.
      if (isEnding) return;
      complain(error instanceof Error ? error.message : String(error));
    });
  }
  if (options.opensBrowser) {
    redirect = makeRedirectFile(redirectFolders(), host.createTicketUrl(), evidence);
    if (redirect === null)
      complain('No file to start the browser with could be written: open the address above yourself.');
    else openBrowser(pathToFileURL(redirect.path).href, complain);
  }
  return null;
}

/** See `app.diagnostics`. */
function browserDiagnostics(): readonly string[] {
  return [`Node ${process.version}`, `System: ${process.platform} ${release()} ${process.arch}`];
}

/** Browsers that are snaps can read files in the home folder alone, and none in a hidden folder. */
function redirectFolders(): readonly string[] {
  const home = homedir();
  return existsSync(join(home, 'snap')) ? [home, tmpdir()] : [tmpdir(), home];
}

function appVersion(): string {
  const json: unknown = JSON.parse(readFileSync(join(out, '..', 'package.json'), 'utf8'));
  return typeof json === 'object' && json !== null && 'version' in json ? String(json.version) : '';
}

serve().then(
  (code) => {
    if (code !== null) process.exit(code);
  },
  (error: unknown) => {
    complain(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
