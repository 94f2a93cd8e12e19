/** What electron-builder does with each packed app, before its fuses are changed and it is signed. */
import { existsSync, lstatSync, lutimesSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packedAt } from './packed-at.mjs';

/** With what electron-builder itself reads and writes these files. */
const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { parsePlistFile, savePlistFile } = /** @type {typeof import('app-builder-lib/out/util/plist.js')} */ (
  builder('app-builder-lib/out/util/plist.js')
);

/** What Electron's own Info.plist asks of macOS, and the app never uses: plain HTTP, the camera, the microphone, Bluetooth. */
const unusedKeys = /^NSAppTransportSecurity$|^NS\w+UsageDescription$/;

/**
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { appInfo: { productFilename: string } } }} context
 */
export async function afterPack({ appOutDir, electronPlatformName, packager }) {
  if (electronPlatformName === 'darwin') {
    const contents = join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents');
    for (const path of plistsIn(contents)) {
      const settings = await parsePlistFile(path);
      await savePlistFile(path, Object.fromEntries(Object.entries(settings).filter(([key]) => !unusedKeys.test(key))));
    }
  }
  setTimes(appOutDir);
}

/**
 * @param {string} contents of the app
 * @returns {string[]} the Info.plist of the app and of its helpers
 */
function plistsIn(contents) {
  const frameworks = join(contents, 'Frameworks');
  const helpers = existsSync(frameworks) ? readdirSync(frameworks).filter((name) => name.endsWith('.app')) : [];
  return [contents, ...helpers.map((name) => join(frameworks, name, 'Contents'))]
    .map((folder) => join(folder, 'Info.plist'))
    .filter((path) => existsSync(path));
}

/**
 * Gives every file one time, so that two builds of one source are the same to the bit.
 *
 * @param {string} path of a folder, a file or a link
 */
function setTimes(path) {
  const stats = lstatSync(path);
  if (stats.isDirectory()) for (const name of readdirSync(path)) setTimes(join(path, name));
  lutimesSync(path, packedAt, packedAt);
}
