/** What electron-builder does once all installers are built: the archive for any Linux, the parts list, the checksums. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromRoot, npmCommand, root } from '../scripts/project.mjs';
import { writeTarGz } from './tar-gz.mjs';

/** The folders that electron-builder leaves for Linux, by processor. */
const linuxFolders = { x64: 'linux-unpacked', arm64: 'linux-arm64-unpacked' };

/**
 * @param {{ outDir: string, artifactPaths: string[], platformToTargets: ReadonlyMap<{ name: string }, unknown> }} result
 * @returns {Promise<string[]>} the files it made
 */
export async function afterAllArtifactBuild({ outDir, artifactPaths, platformToTargets }) {
  const { version, productName } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  const made = [];
  if ([...platformToTargets.keys()].some(({ name }) => name === 'linux')) {
    for (const [arch, folder] of Object.entries(linuxFolders)) {
      if (!existsSync(join(outDir, folder))) continue;
      const name = `${productName}-${version}-linux-${arch}`;
      const path = join(outDir, `${name}.tar.gz`);
      await writeTarGz(join(outDir, folder), path, name);
      made.push(path);
    }
  }
  const parts = join(outDir, `${productName}-${version}.cdx.json`);
  writeFileSync(parts, partsList());
  made.push(parts);

  const files = [...new Set([...artifactPaths, ...made])].filter((path) => !path.endsWith('.blockmap')).sort();
  const lines = [];
  for (const path of files) lines.push(`${await sha256(path)}  ${basename(path)}\n`);
  const sums = join(outDir, 'SHA256SUMS');
  writeFileSync(sums, lines.join(''));
  return [...made, sums];
}

/**
 * The packages of the lock file, which the programs are bundled from or built with, as CycloneDX JSON by npm; without the time and the
 * random number, so that the same source gives the same file.
 */
function partsList() {
  const npm = npmCommand(['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']);
  const options = { cwd: root, encoding: /** @type {const} */ ('utf8'), maxBuffer: 2 ** 26, shell: npm.shell };
  const text = execFileSync(npm.command, npm.args, options);
  const { serialNumber: _random, ...list } = JSON.parse(text);
  delete list.metadata.timestamp;
  list.metadata.component.name = 'trailglass'; // npm gives the name of the folder.
  return `${JSON.stringify(list, null, 1)}\n`;
}

/** @param {string} path */
async function sha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
