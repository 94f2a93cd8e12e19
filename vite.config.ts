import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin, ProxyOptions } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { assemblyScript } from './build/vite-assemblyscript.ts';

/**
 * One `vite build --mode MODE` per program, since each runs in another place with other rules. Everything is bundled: an
 * installed Trailglass has no node_modules, and so no package of ours can load another at run time.
 *
 * A shared chunk lies beside its entries, never in a folder of its own: `new URL('./decode-worker.js', import.meta.url)` then
 * means the same file wherever the bundler put the line.
 */
const nodePrograms: Readonly<
  Record<string, { readonly outDir: string; readonly entries: Readonly<Record<string, string>> }>
> = {
  engine: {
    outDir: 'out/engine',
    entries: {
      'engine-worker': 'shared/engine/engine-worker.ts',
      'decode-worker': 'shared/engine/decode/decode-worker.ts',
    },
  },
  host: { outDir: 'out/host', entries: { serve: 'shared/host/serve.ts' } },
  cli: { outDir: 'out/cli', entries: { query: 'shared/cli/query.ts' } },
  tools: {
    outDir: 'out/tools',
    entries: { 'make-archive': 'build/tools/make-archive.ts', bench: 'build/tools/bench.ts' },
  },
  main: { outDir: 'out/electron', entries: { main: 'electron/main.ts' } },
  preload: { outDir: 'out/electron', entries: { preload: 'electron/preload.ts' } },
};

function fromRoot(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The licences of the packages bundled into a program go where the program goes: most of them ask for that. */
function licensesOf(mode: string): { readonly fileName: string } {
  return { fileName: `licenses-${mode}.md` };
}

/** Of the package: the engine's reports tell which version made them. */
function appVersion(): string {
  const json = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as { readonly version: string };
  return json.version;
}

/** SHA-256 in hexadecimal of each file in a folder. */
function checksumsBelow(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(fromRoot(folder)).sort();
  const sums = names.map((name) =>
    createHash('sha256')
      .update(readFileSync(fromRoot(`${folder}/${name}`)))
      .digest('hex'),
  );
  return Object.fromEntries(names.map((name, at) => [name, sums[at] ?? '']));
}

/** A program for Node or for Electron's two Node-like processes. */
function nodeProgram(mode: string): ViteUserConfig {
  const program = nodePrograms[mode];
  if (!program) throw new Error(`vite.config.ts knows no mode "${mode}"`);
  const isPreload = mode === 'preload';
  const isElectron = isPreload || mode === 'main';
  const entries = Object.entries(program.entries);
  return {
    plugins: [
      assemblyScript(),
      ...(mode === 'engine' ? [moduleType()] : []),
      ...(mode === 'main' ? [originalFs()] : []),
    ],
    define: {
      trailglassVersion: JSON.stringify(appVersion()),
      // The engine is built before: see build/scripts/build.mjs.
      ...(mode === 'main' ? { builtEngineChecksums: JSON.stringify(checksumsBelow('out/engine')) } : {}),
    },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20.19',
      outDir: fromRoot(program.outDir),
      // Main and preload share a folder, so neither may empty it: build/scripts/build.mjs does, before both.
      emptyOutDir: !isElectron,
      minify: false,
      copyPublicDir: false,
      license: licensesOf(mode),
      rolldownOptions: {
        input: Object.fromEntries(entries.map(([name, file]) => [name, fromRoot(file)])),
        checks: { pluginTimings: false },
        external: isElectron ? ['electron', /^electron\//] : [],
        output: {
          // A sandboxed preload has no module loader: it must be one CommonJS file.
          format: isPreload ? 'cjs' : 'es',
          entryFileNames: isPreload ? '[name].cjs' : '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  };
}

/**
 * The calls of the window under development, handed to the browser host that build/scripts/dev.mjs has started. The host answers
 * only its own page, so Host and Origin are written as that page would send them.
 */
function hostProxy(): Record<string, ProxyOptions> {
  const target = process.env['TRAILGLASS_HOST'];
  if (target === undefined) return {};
  const options: ProxyOptions = { target, changeOrigin: true, headers: { origin: target } };
  return { '/rpc': options, '/events': options, '/upload': options, '^/\\?token=': options };
}

/** In a packaged app the engine's files lie on disk by themselves, away from the package.json that says they are ES modules. */
function moduleType(): Plugin {
  return {
    name: 'trailglass:module-type',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "module" }\n' });
    },
  };
}

/**
 * In Electron's main process `node:fs` takes a file named `x.asar` for an archive, and evidence may have any name. `original-fs` is Node's own; see
 * electron/installed-files.ts. https://www.electronjs.org/docs/latest/tutorial/asar-archives#treating-an-asar-archive-as-a-normal-file
 */
function originalFs(): Plugin {
  const archiveReader = fromRoot('electron/installed-files.ts');
  return {
    name: 'trailglass:original-fs',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || resolve(importer) === resolve(archiveReader)) return null;
      const isFs = source === 'node:fs' || source === 'node:fs/promises';
      return isFs ? { id: source.replace('node:', 'original-'), external: true } : null;
    },
  };
}

/** The window. Strict CSP: no inline script or style, nothing as a `data:` script, no preload polyfill. */
function renderer(): ViteUserConfig {
  return {
    root: fromRoot('renderer'),
    base: './',
    server: { proxy: hostProxy(), fs: { allow: [fromRoot('.')] } },
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
    build: {
      target: 'chrome140',
      outDir: fromRoot('out/renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      license: licensesOf('renderer'),
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // Read from the disk, not over a network: one file is as good as several.
      chunkSizeWarningLimit: 1000,
    },
  };
}

/** Los Angeles and Turkish catch what silently takes the machine's zone or locale for granted (`I` and `ı`, `1.000`). */
const foreignPlace = { TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };

const properties = fromRoot('tests/helpers/properties.ts');

/** The test files that put a double in a module's place: each needs modules of its own, the others share theirs. */
function filesWithDoubles(): string[] {
  return readdirSync(fromRoot('tests/unit'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => `tests/unit/${path.replaceAll('\\', '/')}`)
    .filter((path) => readFileSync(fromRoot(path), 'utf8').includes('vi.mock('));
}

function tests(): ViteUserConfig {
  const doubled = filesWithDoubles();
  // Forked workers take their zone and locale from the environment at their start; setting it inside them comes too late.
  Object.assign(process.env, foreignPlace);
  return {
    test: {
      watch: false,
      bail: 0,
      pool: 'forks',
      maxWorkers: Math.min(availableParallelism(), 4),
      projects: [
        {
          plugins: [assemblyScript()],
          test: {
            name: 'unit',
            include: ['tests/unit/**/*.test.ts'],
            exclude: ['tests/unit/renderer/**', ...doubled],
            // Loading the modules anew for each file took longer than most of its tests.
            isolate: false,
            setupFiles: [properties],
            env: foreignPlace,
            // A property is tried hundreds of times, and a busy machine is slow.
            testTimeout: 120_000,
          },
        },
        {
          plugins: [assemblyScript()],
          test: {
            name: 'doubles',
            include: doubled,
            setupFiles: [properties],
            env: foreignPlace,
            testTimeout: 120_000,
          },
        },
        {
          // State classes are runes: they are tested as the browser runs them, though in Node.
          plugins: [svelte({ configFile: false, dynamicCompileOptions: () => ({ generate: 'client' }) })],
          ssr: { resolve: { conditions: ['browser', 'module', 'node', 'development'] } },
          test: {
            name: 'renderer',
            include: ['tests/unit/renderer/**/*.test.ts'],
            exclude: doubled,
            isolate: false,
            setupFiles: [properties],
            env: foreignPlace,
            testTimeout: 120_000,
            server: { deps: { inline: ['svelte'] } },
          },
        },
        {
          plugins: [assemblyScript()],
          test: {
            name: 'security',
            include: ['tests/security/**/*.exploit.test.ts'],
            setupFiles: [properties],
            env: foreignPlace,
          },
        },
        {
          plugins: [assemblyScript()],
          test: {
            name: 'integration',
            include: ['tests/integration/**/*.test.ts'],
            setupFiles: [properties],
            env: foreignPlace,
            testTimeout: 120_000,
            hookTimeout: 60_000,
          },
        },
      ],
    },
  };
}

export default defineConfig(({ mode }) => {
  if (mode === 'test') return tests();
  if (mode === 'renderer' || mode === 'development') return renderer();
  return nodeProgram(mode);
});
