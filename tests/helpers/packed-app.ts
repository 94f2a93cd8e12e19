/**
 * Packs the app around a stand-in for Electron, and with stand-ins for the tools that electron-builder fetches from the network: what goes into
 * the packages can so be tested where neither can be had.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as ResEdit from 'resedit';
import { fuseMark, runElectronBuilder } from './electron-builder';

const root = join(import.meta.dirname, '../..');

/** In the order of the characters that stand for them. */
export const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrity',
  'onlyLoadAppFromAsar',
  'browserV8Snapshot',
  'fileProtocolPrivileges',
  'wasmTrapHandlers',
];
/** As Electron 45 ships: all on, but for cookie encryption, the two of the asar and the V8 snapshot. */
const shippedFuses = '101100011';
const fuses = `${fuseMark}\x01${String.fromCharCode(shippedFuses.length)}${shippedFuses}`;

export type System = 'linux' | 'mac' | 'win';

/** The files of a stand-in for Electron that electron-builder looks for, by their paths. */
const standIns = {
  linux: {
    electron: `#!/bin/sh\n${fuses}`,
    'chrome-sandbox': '',
    'locales/de.pak': '',
    'locales/en-US.pak': '',
    'resources/none': '',
  },
  win: { 'electron.exe': emptyProgram(), 'locales/de.pak': '', 'locales/en-US.pak': '', 'resources/none': '' },
  mac: {
    'Electron.app/Contents/Info.plist': plist('Electron'),
    'Electron.app/Contents/MacOS/Electron': '',
    'Electron.app/Contents/Resources/electron.icns': '',
    'Electron.app/Contents/Frameworks/Electron Framework.framework/Electron Framework': fuses,
    'Electron.app/Contents/Frameworks/Electron Framework.framework/Versions/A/Resources/en.lproj/locale.pak': '',
    'Electron.app/Contents/Frameworks/Electron Framework.framework/Versions/A/Resources/de.lproj/locale.pak': '',
    ...Object.fromEntries(
      ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].flatMap((kind) => {
        const name = `Electron Helper${kind}`;
        const contents = `Electron.app/Contents/Frameworks/${name}.app/Contents`;
        return [
          [`${contents}/Info.plist`, plist(name)],
          [`${contents}/MacOS/${name}`, ''],
        ];
      }),
    ),
  },
} satisfies Record<System, Readonly<Record<string, string | Uint8Array>>>;

/** A program of Windows that does nothing, with a version: electron-builder writes its own and the checksum of the app's archive into it. */
function emptyProgram(): Uint8Array {
  const project = createRequire(join(root, 'package.json'));
  const builder = createRequire(createRequire(project.resolve('electron-builder')).resolve('app-builder-lib'));
  const { NtExecutable, NtExecutableResource, Resource } = builder('resedit') as typeof ResEdit;
  const program = NtExecutable.createEmpty();
  const resources = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron', FileVersion: '1.0' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  program.setExtraData(new TextEncoder().encode(fuses).buffer);
  return new Uint8Array(program.generate());
}

/** With what Electron's own asks of macOS. */
function plist(program: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${program}</string>
<key>NSAppTransportSecurity</key><dict><key>NSAllowsArbitraryLoads</key><true/></dict>
<key>NSBluetoothAlwaysUsageDescription</key><string>This app needs access to Bluetooth</string>
<key>NSCameraUsageDescription</key><string>This app needs access to the camera</string>
<key>NSHighResolutionCapable</key><true/>
</dict></plist>
`;
}

/** Stand-ins for the tools: each keeps what it was given instead of packing it. */
const tools = {
  fpm: '#!/bin/sh\nwhile [ $# -gt 0 ]; do\n  echo "$1" >> "$KEPT/fpm-arguments"\n  case "$1" in\n    *.desktop=*) cp $(echo "$1" | cut -d= -f1) "$KEPT/deb.desktop" ;;\n    --package) : > "$2" ;;\n  esac\n  shift\ndone\n',
  'appimage/mksquashfs': '#!/bin/sh\ncp -r "$1" "$KEPT/appimage"\n: > "$2"\n',
  'bin/codesign': '#!/bin/sh\necho "$*" >> "$KEPT/codesign-arguments"\n',
  'appimage/desktop-file-validate': '#!/bin/sh\n',
  'appimage/runtimes/runtime-x64': 'runtime',
  'appimage/lib/x64/none': '',
};

function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
    chmodSync(join(folder, path), 0o755);
  }
}

/**
 * Packs for a system.
 *
 * @param folder for all that is made: the packages go to `dist`, what the tools were given to `kept`
 * @param targets as electron-builder's command line takes them
 */
export async function pack(folder: string, system: System, targets: readonly string[]): Promise<void> {
  const kept = join(folder, 'kept');
  mkdirSync(kept, { recursive: true });
  const files = { LICENSE: '', version: '', ...standIns[system] };
  write(join(folder, 'electron'), files);
  write(join(folder, 'tools'), tools);
  await runElectronBuilder({
    distribution: join(folder, 'electron'),
    output: join(folder, 'dist'),
    args: [`--${system}`, ...targets, '--x64'],
    env: {
      ...process.env,
      KEPT: kept,
      PATH: `${join(folder, 'tools/bin')}:${process.env['PATH'] ?? ''}`,
      CUSTOM_FPM_PATH: join(folder, 'tools/fpm'),
      APPIMAGE_TOOLS_PATH: join(folder, 'tools/appimage'),
      CSC_IDENTITY_AUTO_DISCOVERY: 'false',
    },
  });
}
