/** Builds the decode worker for tests, alone and quickly. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { assemblyScript } from '../../build/vite-assemblyscript';
import { temporaryFolder } from './temporary-folder';

const entry = fileURLToPath(new URL('../../shared/engine/decode/decode-worker.ts', import.meta.url));

/** The built worker, gone after the test. */
export async function builtDecodeWorker(): Promise<URL> {
  const outDir = await temporaryFolder();
  await build({
    configFile: false,
    plugins: [assemblyScript()],
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: 'decode-worker.mjs' } },
    },
  });
  return pathToFileURL(join(outDir, 'decode-worker.mjs'));
}

/** The same worker, but it dies as soon as it opens a file whose path holds `word`, or once it has read so many bytes from it. */
export async function dyingDecodeWorker(word: string, afterBytes = 0): Promise<URL> {
  return dyingWorker(`
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { openSync, readSync } = fs;
    let deadly = null;
    let left = ${String(afterBytes)};
    fs.openSync = (path, ...rest) => {
      const descriptor = openSync(path, ...rest);
      const isDeadly = path.includes(${JSON.stringify(word)});
      if (isDeadly && left === 0) process.exit(1);
      if (isDeadly) deadly = descriptor;
      else if (deadly === descriptor) deadly = null;
      return descriptor;
    };
    fs.readSync = (descriptor, ...rest) => {
      const read = readSync(descriptor, ...rest);
      if (descriptor === deadly && (left -= read) <= 0) process.exit(1);
      return read;
    };
    syncBuiltinESMExports();
  `);
}

/** The same worker, but thread N dies as soon as it opens its `opens[N]`-th file; threads beyond the list live. */
export async function decodeWorkerDyingAtOpen(opens: readonly number[]): Promise<URL> {
  return dyingWorker(`
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    import { workerData } from 'node:worker_threads';
    const { openSync } = fs;
    let left = ${JSON.stringify(opens)}[workerData.thread] ?? Infinity;
    fs.openSync = (...call) => {
      left--;
      if (left === 0) process.exit(1);
      return openSync(...call);
    };
    syncBuiltinESMExports();
  `);
}

/** The worker, once this was done before it. */
async function dyingWorker(before: string): Promise<URL> {
  const worker = await builtDecodeWorker();
  const url = new URL('./dying-worker.mjs', worker);
  await writeFile(url, `${before}\nawait import(${JSON.stringify(worker.href)});`);
  return url;
}
