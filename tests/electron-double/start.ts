/**
 * Starts an app as Electron does: its main script first, then Chromium, then `ready`.
 *
 * Under Playwright `ready` waits for `electronDoubleGo()`: a test can watch the window, and answer dialogs, before the app does anything.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as electron from './module';
import { app } from './app';
import { chromium, life, relay } from './life';
import { inside } from './guard';

const program = process.env['ELECTRON_DOUBLE_PROGRAM'] ?? '';
const resources = join(dirname(program), 'resources');
const folder = join(resources, 'app.asar');
const { main, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
  readonly main: string;
  readonly version: string;
};

const given = process.argv.slice(2);
const isDriven = given[0]?.startsWith('--remote-debugging-port') === true;
process.argv = [program, ...given.slice(isDriven ? 1 : 0)];
process.env['ELECTRON_DOUBLE_APP_VERSION'] = version;
Object.assign(process, { resourcesPath: resources, type: 'browser' });
Object.defineProperty(process.versions, 'electron', { value: 'double', enumerable: true });

const go = new Promise<void>((resolve) => {
  Object.assign(globalThis, { electronDouble: electron, electronDoubleGo: resolve, __playwright_run: () => undefined });
});

// Ends by way of 'exit', which takes away what the double has made.
process.on('SIGTERM', () => process.exit(143));

async function start(): Promise<void> {
  await import(pathToFileURL(join(folder, main)).href);
  if (life.isQuitting) return;
  await chromium();
  if (isDriven) {
    process.stderr.write(`DevTools listening on ${await relay()}\n`);
    await go;
  }
  inside(app).becomeReady();
}

start().catch((error: unknown) => {
  process.stderr.write(`Electron double: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
