import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const suffix = '?wasm-base64';

const assemblyScriptFolder = fileURLToPath(new URL('../node_modules/assemblyscript/', import.meta.url));
const licenseFiles = ['LICENSE', 'NOTICE'];
const cacheFolder = fileURLToPath(new URL('../node_modules/.cache/trailglass/', import.meta.url));

/**
 * `import kernel from './kernel/index.ts?wasm-base64'` gives the AssemblyScript program at that path, compiled to WebAssembly, as
 * base64. Inside the bundle rather than beside it: a few kilobytes, and nothing to find at run time in a packaged app.
 */
export function assemblyScript(): Plugin {
  let hasProgram = false;
  return {
    name: 'trailglass:assemblyscript',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(suffix)) return null;
      const resolved = await this.resolve(source.slice(0, -suffix.length), importer, { skipSelf: true });
      return resolved === null ? null : resolved.id + suffix;
    },
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const entry = id.slice(0, -suffix.length);
      for (const source of await sourcesOf(entry)) this.addWatchFile(source);
      hasProgram = true;
      return `export default ${JSON.stringify((await compileOnce(entry)).toString('base64'))};`;
    },
    // Its memory management is compiled into the program, so its licence goes where the program goes.
    generateBundle: {
      // Last: Vite takes the assets of a program for Node out of the bundle before.
      order: 'post',
      async handler() {
        if (!hasProgram) return;
        const texts = await Promise.all(licenseFiles.map((name) => readFile(join(assemblyScriptFolder, name), 'utf8')));
        this.emitFile({ type: 'asset', fileName: 'licenses-assemblyscript.txt', source: texts.join('\n') });
      },
    },
  };
}

const flags = ['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'minimal'];

/** The files of the program: those beside its entry. */
async function sourcesOf(entry: string): Promise<string[]> {
  const names = await readdir(dirname(entry));
  return names.sort().map((name) => join(dirname(entry), name));
}

/**
 * Compiling takes seconds, and every test run would pay for it: the outcome is kept under a hash of all it is made from.
 */
async function compileOnce(entry: string): Promise<Buffer> {
  const hash = createHash('sha256').update(JSON.stringify([asc.version, flags, basename(entry)]));
  for (const source of await sourcesOf(entry)) hash.update(`${basename(source)}\0`).update(await readFile(source));
  const kept = join(cacheFolder, `kernel-${hash.digest('hex')}.wasm`);
  try {
    return await readFile(kept);
  } catch {
    const program = await compile(entry);
    await mkdir(cacheFolder, { recursive: true });
    // Renamed into place, so that another build never reads a half-written one.
    const unfinished = `${kept}.${String(process.pid)}`;
    await writeFile(unfinished, program);
    await rename(unfinished, kept);
    return program;
  }
}

async function compile(entry: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'trailglass-wasm-'));
  try {
    const outFile = join(folder, 'program.wasm');
    const { error, stderr } = await asc.main([entry, '--outFile', outFile, ...flags]);
    if (error !== null) throw new Error(`${entry} does not compile:\n${stderr.toString()}`);
    return await readFile(outFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
