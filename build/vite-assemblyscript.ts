import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Plugin } from 'vite';

const SUFFIX = '?wasm-base64';

/**
 * `import kernel from './kernel/index.ts?wasm-base64'` gives the AssemblyScript program at that path, compiled to WebAssembly, as
 * base64. Inside the bundle rather than beside it: a few kilobytes, and nothing to find at run time in a packaged app.
 */
export function assemblyScript(): Plugin {
  return {
    name: 'trailglass:assemblyscript',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(SUFFIX)) return null;
      const resolved = await this.resolve(source.slice(0, -SUFFIX.length), importer, { skipSelf: true });
      return resolved === null ? null : resolved.id + SUFFIX;
    },
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const entry = id.slice(0, -SUFFIX.length);
      for (const file of await readdir(dirname(entry))) this.addWatchFile(join(dirname(entry), file));
      return `export default ${JSON.stringify((await compile(entry)).toString('base64'))};`;
    },
  };
}

async function compile(entry: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'trailglass-wasm-'));
  try {
    const outFile = join(folder, 'program.wasm');
    const { error, stderr } = await asc.main([
      entry,
      '--outFile',
      outFile,
      '-O3',
      '--noAssert',
      '--enable',
      'simd',
      '--runtime',
      'minimal',
    ]);
    if (error !== null) throw new Error(`${entry} does not compile:\n${stderr.toString()}`);
    return await readFile(outFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
