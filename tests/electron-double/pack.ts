/**
 * The packaged app with the double as its program: electron-builder packs a stand-in for Electron's distribution with the project's own
 * configuration, and its archive is unpacked into a folder of the same name, since plain Node reads no archives.
 */
import { createHash } from 'node:crypto';
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { deriveApiTable } from './api-table';
import { fuseMark, runElectronBuilder } from '../helpers/electron-builder';
import { extractAsar } from './asar';

const projectRoot = join(import.meta.dirname, '..', '..');
const output = join(projectRoot, 'out', 'double');
const distribution = join(output, 'distribution');
const packed = join(output, 'packed');
const unpacked = join(packed, 'linux-unpacked');
const stampFile = join(output, 'stamp');

/** The packaged app's program. */
export const doubleProgram = join(unpacked, 'trailglass');

/** Where electron-builder's fuses go: the mark Electron's program has, a version, how many, and the fuses. */
const fuses = `${fuseMark}\x01\x09${'1'.repeat(9)}`;

/** Packs anew where the app, the double or the configuration has changed. */
export async function packDouble(): Promise<void> {
  const stamp = stampOf();
  if (existsSync(doubleProgram) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(output, { recursive: true, force: true });
  writeDistribution();
  await runElectronBuilder({ distribution, output: packed, args: ['--linux', 'dir'] });
  const archive = join(unpacked, 'resources', 'app.asar');
  extractAsar(archive, join(output, 'app'));
  rmSync(archive);
  renameSync(join(output, 'app'), archive);
  await bundleDouble(join(unpacked, 'double'));
  linkModules();
  writeFileSync(stampFile, stamp);
}

function stampOf(): string {
  const hash = createHash('sha256');
  const files = readdirSync(import.meta.dirname).map((name) => join(import.meta.dirname, name));
  const others = [
    'out/.stamps.json',
    'build/electron-builder.yml',
    'package.json',
    'node_modules/electron/package.json',
  ];
  for (const path of [...files, ...others.map((each) => join(projectRoot, each))])
    hash.update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function writeDistribution(): void {
  mkdirSync(join(distribution, 'resources'), { recursive: true });
  mkdirSync(join(distribution, 'locales'));
  writeFileSync(join(distribution, 'locales', 'en-US.pak'), '');
  const script = readFileSync(join(import.meta.dirname, 'program.sh'), 'utf8');
  writeFileSync(join(distribution, 'electron'), Buffer.from(`${script}exit 1\n${fuses}\n`, 'latin1'));
  chmodSync(join(distribution, 'electron'), 0o755);
}

/** `double/`: the double's own start, its module, what is loaded in each thread, and what the app is held to. */
async function bundleDouble(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20.19',
      minify: false,
      rolldownOptions: {
        input: ['start.ts', 'asar-fs.ts'].map((name) => join(import.meta.dirname, name)),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  });
  writeFileSync(join(folder, 'api.json'), JSON.stringify(deriveApiTable(projectRoot)));
}

/** Node finds `electron` and `original-fs` as it finds any package: above the app, so that nothing of the app's has to be changed. */
function linkModules(): void {
  const exported = [...readFileSync(join(import.meta.dirname, 'module.ts'), 'utf8').matchAll(/^export const (\w+)/gm)];
  const names = exported.map(([, name = '']) => name);
  linkModule('electron', { '.': { variable: 'electronDouble', names } });
  linkModule('original-fs', {
    '.': { variable: 'electronDoubleFs', names: Object.keys(fs) },
    './promises': { variable: 'electronDoubleFs.promises', names: Object.keys(fs.promises) },
  });
}

interface Exported {
  /** A global of the double that has the exports. */
  readonly variable: string;
  readonly names: readonly string[];
}

function linkModule(name: string, entries: Readonly<Record<string, Exported>>): void {
  const folder = join(unpacked, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const exports: Record<string, object> = {};
  for (const [entry, { variable, names }] of Object.entries(entries)) {
    const file = entry === '.' ? './index' : entry;
    exports[entry] = { import: `${file}.mjs`, require: `${file}.cjs` };
    writeFileSync(join(folder, `${file}.cjs`), `module.exports = globalThis.${variable};\n`);
    const lines = names.map((each) => `export const ${each} = globalThis.${variable}.${each};`);
    writeFileSync(join(folder, `${file}.mjs`), `${lines.join('\n')}\n`);
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, exports }));
}
