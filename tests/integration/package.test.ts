import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

/**
 * Packs the app around a stand-in for Electron, which is all electron-builder needs: what goes into the package, and which
 * fuses are blown, can so be tested where Electron's program cannot be had.
 */

const root = join(import.meta.dirname, '../..');

/** What electron-builder seeks in the program: a mark, a version, the number of fuses, and one character per fuse. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrity',
  'onlyLoadAppFromAsar',
  'browserV8Snapshot',
  'fileProtocolPrivileges',
];
/** As Electron ships: all on, but for cookie encryption, the two of the asar and the V8 snapshot. */
const shippedFuses = '10110001';

interface AsarFolder {
  readonly files: Record<string, AsarFolder | { readonly offset: string; readonly size: number }>;
}

let folder: string;
let packed: string;
let asar: Buffer;
let header: AsarFolder;

/** Every file of the archive, with its path. */
function listFiles(entry: AsarFolder, prefix = ''): string[] {
  return Object.entries(entry.files).flatMap(([name, child]) =>
    'files' in child ? listFiles(child, `${prefix}${name}/`) : [`${prefix}${name}`],
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trailglass-package-'));
  const standIn = join(folder, 'electron');
  mkdirSync(join(standIn, 'resources'), { recursive: true });
  mkdirSync(join(standIn, 'locales'));
  for (const language of ['de', 'en-US']) writeFileSync(join(standIn, 'locales', `${language}.pak`), '');
  for (const file of ['version', 'LICENSE']) writeFileSync(join(standIn, file), '');
  writeFileSync(
    join(standIn, 'electron'),
    `#!/bin/sh\n${fuseMark}\x01${String.fromCharCode(shippedFuses.length)}${shippedFuses}`,
  );
  chmodSync(join(standIn, 'electron'), 0o755);

  const output = join(folder, 'dist');
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/out/cli/cli.js'),
      ...['--linux', 'dir', '--x64', '--publish', 'never', '--config', join(root, 'build/electron-builder.yml')],
      `-c.electronDist=${standIn}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root },
  );
  packed = join(output, 'linux-unpacked');
  asar = readFileSync(join(packed, 'resources/app.asar'));
  header = JSON.parse(asar.toString('utf8', 16, 16 + asar.readUInt32LE(12))) as AsarFolder;
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('packs the built programs of the desktop app and nothing else', () => {
  const files = listFiles(header);
  const folders = new Set(
    files.map((file) => (file.startsWith('out/') ? file.split('/').slice(0, 2).join('/') : file)),
  );
  expect([...folders].sort()).toEqual([
    'LICENSE',
    'out/electron',
    'out/engine',
    'out/renderer',
    'out/sample',
    'package.json',
  ]);
  expect(files).toEqual(
    expect.arrayContaining([
      'out/electron/main.js',
      'out/electron/preload.cjs',
      'out/engine/decode-worker.js',
      'out/engine/engine-worker.js',
      'out/renderer/index.html',
    ]),
  );
});

it('starts at the built main program, as an ES module', () => {
  const entry = header.files['package.json'];
  if (!entry || 'files' in entry) throw new Error('no package.json in the package');
  const start = 8 + asar.readUInt32LE(4) + Number(entry.offset);
  const manifest = JSON.parse(asar.toString('utf8', start, start + entry.size)) as Record<string, unknown>;
  expect(manifest).toMatchObject({ name: 'trailglass', main: 'out/electron/main.js', type: 'module' });
  expect(manifest).not.toHaveProperty('devDependencies');
});

it('blows the fuses that would let the app be run as something else', () => {
  const program = readFileSync(join(packed, 'trailglass'), 'latin1');
  const start = program.indexOf(fuseMark) + fuseMark.length + 2;
  const fuses = Object.fromEntries(fuseNames.map((name, index) => [name, program[start + index] === '1']));
  expect(fuses).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    nodeCliInspect: false,
    embeddedAsarIntegrity: true,
    onlyLoadAppFromAsar: true,
    browserV8Snapshot: false,
    fileProtocolPrivileges: false,
  });
});

it('leaves out the languages that the window does not speak', () => {
  expect(readdirSync(join(packed, 'locales'))).toEqual(['en-US.pak']);
});

it('keeps the threads and the sample beside the archive, as files that are known to be ES modules', () => {
  const unpacked = join(packed, 'resources/app.asar.unpacked');
  expect(readdirSync(join(unpacked, 'out/engine'))).toContain('engine-worker.js');
  expect(readdirSync(join(unpacked, 'out/engine'))).toContain('decode-worker.js');
  expect(readdirSync(join(unpacked, 'out/sample'))).toEqual(['AWSLogs']);
  const manifest = JSON.parse(readFileSync(join(unpacked, 'out/engine/package.json'), 'utf8')) as { type: string };
  expect(manifest.type).toBe('module');
});
