/**
 * Opens Trailglass: installs what is missing, builds what is stale, and starts the desktop window or, where there can be none,
 * the same app in the browser.
 */
import { parseArgs } from 'node:util';
import { dirname, resolve } from 'node:path';
import { electronVersion, findElectron, noWindowReason } from './electron-binary.mjs';
import { ensure } from './ensure.mjs';
import { root, run, runMain, runNode, say } from './project.mjs';

const usage = `Usage: npm start -- [PATH...] [options]

  PATH              folders and files to open; none: the welcome screen
  --browser         open in the default browser, not in a window of its own
  --port N          the port on 127.0.0.1 to listen on (with --browser; default: a free one)
  --no-open         print the address and open no browser
  --config DIR      keep settings there instead of the usual place
  --retry-electron  try again to fetch Electron, although it just failed
  --prepare         install, build and fetch Electron, and open nothing: for a laptop that is never online
  --help            this text`;

/** Electron that ends by a signal this soon never showed a window: a sandbox or library of the system is missing. */
const startupLimitMs = 5_000;

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      browser: { type: 'boolean', default: false },
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      config: { type: 'string' },
      'retry-electron': { type: 'boolean', default: false },
      prepare: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
}

/**
 * @param {ReturnType<typeof readArguments>['values']} options
 * @param {readonly string[]} args for the app: paths and `--config`
 * @returns {Promise<number | string>} its exit code, or why there is no window
 */
async function openWindow(options, args) {
  const problem = noWindowReason();
  if (problem) return problem;
  const electron = await findElectron({ retry: options['retry-electron'] });
  if ('reason' in electron) return electron.reason;

  const { ELECTRON_RUN_AS_NODE: _ignored, ...env } = process.env;
  const startedAt = Date.now();
  const code = await run(electron.program, [root, ...args], { env, stdout: 'inherit' });
  if (code >= 127 && Date.now() - startedAt < startupLimitMs)
    return 'Electron cannot start on this machine (its message is above)';
  return code;
}

/** @returns {Promise<number>} the exit code: 1 where the browser host alone is ready */
async function prepare() {
  const electron = await findElectron({ retry: true });
  if ('program' in electron) {
    say(`Ready: Electron ${electronVersion()} is in ${dirname(electron.program)}. Carry this folder as it is: ${root}`);
    return 0;
  }
  say(`${electron.reason}.`);
  say(
    `The browser host is ready. For a window, bring Electron ${electronVersion()} by hand: build/README.md, "Electron by hand".`,
  );
  return 1;
}

/** @returns {Promise<number>} */
async function main() {
  let parsed;
  try {
    parsed = readArguments();
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  const { values: options, positionals } = parsed;
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  await ensure();
  if (options.prepare) return prepare();

  // npm moves to the project's folder; a relative path means the folder the person stands in.
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const config = options.config === undefined ? [] : ['--config', resolve(from, options.config)];
  const paths = positionals.map((path) => resolve(from, path));

  if (!options.browser && !options['no-open'] && options.port === undefined) {
    const outcome = await openWindow(options, [...config, ...paths]);
    if (typeof outcome === 'number') return outcome;
    say(`No desktop window: ${outcome}. Opening in the browser instead.`);
  }
  const port = options.port === undefined ? [] : ['--port', options.port];
  const noOpen = options['no-open'] ? ['--no-open'] : [];
  return runNode('out/host/serve.js', [...port, ...noOpen, ...config, ...paths], { stdout: 'inherit' });
}

await runMain(main);
