import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuseMark } from '../helpers/electron-builder';
import { fuseNames, pack } from '../helpers/packed-app';

interface AsarFolder {
  readonly files: Record<string, AsarFolder | { readonly offset: string; readonly size: number }>;
}

let linux: string;
let packed: string;
let asar: Buffer;
let header: AsarFolder;
let again: string;
let mac: string;
let win: string;
const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trailglass-packages-'));
  folders.push(folder);
  return folder;
}

/** Every file of the archive, with its path. */
function listFiles(entry: AsarFolder, prefix = ''): string[] {
  return Object.entries(entry.files).flatMap(([name, child]) =>
    'files' in child ? listFiles(child, `${prefix}${name}/`) : [`${prefix}${name}`],
  );
}

beforeAll(async () => {
  [linux, again, mac, win] = [newFolder(), newFolder(), newFolder(), newFolder()];
  await Promise.all([pack(linux, 'linux', ['AppImage', 'deb']), pack(mac, 'mac', ['dir'])]);
  await Promise.all([pack(again, 'linux', ['AppImage', 'deb']), pack(win, 'win', ['dir'])]);
  packed = join(linux, 'dist/linux-unpacked');
  asar = readFileSync(join(packed, 'resources/app.asar'));
  header = JSON.parse(asar.toString('utf8', 16, 16 + asar.readUInt32LE(12))) as AsarFolder;
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
const filesOf = (folder: string): string[] =>
  readdirSync(join(folder, 'dist'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^Trailglass|^SHA/.test(entry.name))
    .map(({ name }) => name)
    .sort();

describe('the app', () => {
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
      wasmTrapHandlers: true,
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
});

describe('for Linux', () => {
  it('each package is named by version, system and processor', () => {
    expect(filesOf(linux)).toEqual([
      'SHA256SUMS',
      'Trailglass-0.1.0-linux-amd64.deb',
      'Trailglass-0.1.0-linux-x64.tar.gz',
      'Trailglass-0.1.0-linux-x86_64.AppImage',
      'Trailglass-0.1.0.cdx.json',
    ]);
  });

  it('no menu entry turns the sandbox off, and each offers the app for folders, logs and archives', () => {
    const appImage = readFileSync(join(linux, 'kept/appimage/trailglass.desktop'), 'utf8');
    const deb = readFileSync(join(linux, 'kept/deb.desktop'), 'utf8');
    expect(appImage).toContain('Exec=AppRun %U\n');
    expect(deb).toContain('Exec=/opt/Trailglass/trailglass %U\n');
    for (const entry of [appImage, deb]) {
      expect(entry).not.toContain('no-sandbox');
      expect(entry).toContain('MimeType=application/json;application/gzip;application/zip;inode/directory;');
    }
  });

  it('the deb names who keeps it, and brings the profile that lets its sandbox run', () => {
    const args = readFileSync(join(linux, 'kept/fpm-arguments'), 'utf8').split('\n');
    const valueOf = (name: string): string | undefined => args[args.indexOf(name) + 1];
    expect(valueOf('--maintainer')).toMatch(/^Trailglass contributors <.+>$/);
    expect(valueOf('--url')).toMatch(/^https:/);
    const profile = readFileSync(join(linux, 'dist/linux-unpacked/resources/apparmor-profile'), 'utf8');
    expect(profile).toContain('profile "trailglass" "/opt/Trailglass/trailglass" flags=(unconfined)');
    expect(profile).toContain('userns,');
  });

  it('the tar.gz holds the packed app, every name in one folder', () => {
    const path = join(linux, 'dist/Trailglass-0.1.0-linux-x64.tar.gz');
    execFileSync('tar', ['xzf', path, '-C', linux]);
    const listed = execFileSync('tar', ['tzf', path], { encoding: 'utf8' }).trim().split('\n');
    expect(listed.every((name) => name.startsWith('Trailglass-0.1.0-linux-x64/'))).toBe(true);
    const unpacked = join(linux, 'Trailglass-0.1.0-linux-x64');
    execFileSync('diff', ['-r', '--no-dereference', unpacked, join(linux, 'dist/linux-unpacked')]);
  });

  it('two builds of one source in two folders are the same to the bit', () => {
    for (const name of [
      'Trailglass-0.1.0-linux-x64.tar.gz',
      'Trailglass-0.1.0.cdx.json',
      'linux-unpacked/resources/app.asar',
    ])
      expect([name, sha256(join(again, 'dist', name))]).toEqual([name, sha256(join(linux, 'dist', name))]);
  });

  it('the checksums are those of the packages, in the form that sha256sum checks', () => {
    const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: join(linux, 'dist'), encoding: 'utf8' });
    expect(checked.trim().split('\n')).toEqual(
      filesOf(linux)
        .filter((name) => name !== 'SHA256SUMS')
        .map((name) => `${name}: OK`),
    );
  });

  it('the list of parts names what the app is made with, with licence and version', () => {
    const list = JSON.parse(readFileSync(join(linux, 'dist/Trailglass-0.1.0.cdx.json'), 'utf8')) as {
      readonly bomFormat: string;
      readonly components: readonly { readonly name: string; readonly version: string; readonly licenses: unknown }[];
    };
    expect(list.bomFormat).toBe('CycloneDX');
    for (const name of ['svelte', 'minisearch', 'electron', 'assemblyscript']) {
      const part = list.components.find((component) => component.name === name);
      expect(part).toMatchObject({ version: expect.any(String) as string, licenses: expect.any(Array) as unknown[] });
    }
  });

  it('the licences of what was compiled into the engine lie beside it', () => {
    const engine = join(linux, 'dist/linux-unpacked/resources/app.asar.unpacked/out/engine');
    expect(readFileSync(join(engine, 'licenses-assemblyscript.txt'), 'utf8')).toContain('Apache License');
  });
});

describe('for macOS', () => {
  const contents = (): string => join(mac, 'dist/mac/Trailglass.app/Contents');

  it('nothing is asked for that the app does not use, and what is needed stays', () => {
    const frameworks = join(contents(), 'Frameworks');
    const helpers = readdirSync(frameworks).filter((name) => name.endsWith('.app'));
    expect(helpers).toHaveLength(4);
    for (const folder of [contents(), ...helpers.map((name) => join(frameworks, name, 'Contents'))]) {
      const text = readFileSync(join(folder, 'Info.plist'), 'utf8');
      expect(text).not.toMatch(/NSAppTransportSecurity|UsageDescription/);
      expect(text).toContain('NSHighResolutionCapable');
    }
  });

  it('it is offered for folders, logs and archives, behind what opens them by default', () => {
    const text = readFileSync(join(contents(), 'Info.plist'), 'utf8');
    for (const type of ['public.folder', 'json', 'gz', 'zip']) expect(text).toContain(`<string>${type}</string>`);
    expect(text.match(/<key>LSHandlerRank<\/key>\s*<string>\w+/g)).toHaveLength(3);
    expect(text).not.toContain('<string>Default</string>');
  });

  it('the archive of its programs is bound to it by a checksum', () => {
    expect(readFileSync(join(contents(), 'Info.plist'), 'utf8')).toMatch(
      /ElectronAsarIntegrity<\/key>[^]*Resources\/app\.asar<\/key>[^]*SHA256[^]*<string>[\da-f]{64}</,
    );
  });

  it("is signed anew after its fuses were changed, without which Apple's processors refuse it", () => {
    const said = readFileSync(join(mac, 'kept/codesign-arguments'), 'utf8');
    expect(said).toMatch(/^--sign - .*Trailglass\.app$/m);
  });

  it('has its own icon', () => {
    expect(sha256(join(contents(), 'Resources/icon.icns'))).toBe(
      sha256(join(import.meta.dirname, '../../build/icon.icns')),
    );
  });
});

describe('for Windows', () => {
  it('the program carries the checksum of its archive', () => {
    const program = readFileSync(join(win, 'dist/win-unpacked/Trailglass.exe'), 'latin1');
    expect(program).toMatch(/"file":"resources\\\\app\.asar","alg":"SHA256","value":"[\da-f]{64}"/);
  });

  it('the program, its archive and the engine are there', () => {
    const unpacked = join(win, 'dist/win-unpacked');
    for (const path of [
      'Trailglass.exe',
      'resources/app.asar',
      'resources/app.asar.unpacked/out/engine/engine-worker.js',
    ])
      expect([path, existsSync(join(unpacked, path))]).toEqual([path, true]);
  });

  it('the installer offers it under "Open with", and takes every key away again that it made', () => {
    const script = readFileSync(join(import.meta.dirname, '../../build/pack/open-with.nsh'), 'utf8');
    const [install = '', uninstall = ''] = script.split('!macro customUnInstall');
    const made = [...install.matchAll(/SHELL_CONTEXT "(Software\\Classes\\[^\\]+\\(?:shell\\)?[^\\"]+)/g)].map(
      ([, key]) => key,
    );
    const removed = [...uninstall.matchAll(/DeleteRegKey SHELL_CONTEXT "([^"]+)"/g)].map(([, key]) => key);
    expect(removed).toHaveLength(2);
    expect(new Set(made)).toEqual(new Set(removed));
  });
});
