import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fetchElectron } from '../../../build/scripts/electron-fetch.mjs';
import { makeZip } from '../../helpers/make-zip';
import { temporaryFolder } from '../../helpers/temporary-folder';

const version = '45.0.0';
const zipName = `electron-v${version}-linux-x64.zip`;
/** Random bytes do not shrink, so that there is something to wait for. */
const content = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 251));
const zip = Buffer.from(
  makeZip([
    { name: 'electron', bytes: content, stored: true, mode: 0o100755 },
    { name: 'version', bytes: Buffer.from(version), stored: true },
  ]),
);

/** A mirror of Electron's releases on this machine, and an npm package of Electron without its program. */
async function setUp(answer: RequestListener, checksum = createHash('sha256').update(zip).digest('hex')) {
  const folder = await temporaryFolder();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    vi.unstubAllEnvs();
  });
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${String(port)}/`);
  vi.stubEnv('ELECTRON_INSTALL_PLATFORM', 'linux');
  vi.stubEnv('ELECTRON_INSTALL_ARCH', 'x64');
  vi.stubEnv('electron_config_cache', join(folder, 'cache'));
  const npmPackage = join(folder, 'electron');
  await mkdir(npmPackage);
  await writeFile(join(npmPackage, 'package.json'), JSON.stringify({ name: 'electron', version }));
  await writeFile(join(npmPackage, 'checksums.json'), JSON.stringify({ [zipName]: checksum }));
  const said: string[] = [];
  const fetchIt = (stallMs?: number): Promise<void> =>
    fetchElectron({
      folder: npmPackage,
      program: 'electron',
      say: (message) => said.push(message),
      ...(stallMs === undefined ? {} : { stallMs }),
    });
  return { npmPackage, requests, said, fetchIt };
}

const whole: RequestListener = (_request, response) => {
  response.setHeader('content-length', zip.length).end(zip);
};

/** A tenth of the file every `everyMs`, at most `tenths` of them. */
function slowly(everyMs: number, tenths = 10): RequestListener {
  return (_request, response) => {
    response.setHeader('content-length', zip.length);
    void (async () => {
      const size = Math.ceil(zip.length / 10);
      for (let tenth = 0; tenth < tenths && !response.destroyed; tenth++) {
        response.write(zip.subarray(tenth * size, (tenth + 1) * size));
        await wait(everyMs);
      }
      if (tenths === 10) response.end();
    })();
  };
}

const untouched = ['checksums.json', 'package.json'];

describe('Electron is fetched', () => {
  it('whole, with its progress, to where its package looks for it', async () => {
    const { npmPackage, said, fetchIt, requests } = await setUp(slowly(1));
    await fetchIt();
    expect(await readFile(join(npmPackage, 'dist', 'electron'))).toEqual(content);
    expect(await readFile(join(npmPackage, 'path.txt'), 'utf8')).toBe('electron');
    expect(await readdir(npmPackage)).toEqual(['checksums.json', 'dist', 'package.json', 'path.txt']);
    expect(said.length).toBeGreaterThan(5);
    expect(said).toContain('Unpacking …');
    expect(requests).toEqual([`/v${version}/${zipName}`]);
  });

  it('however long it takes, as long as bytes arrive', async () => {
    const { npmPackage, fetchIt } = await setUp(slowly(300));
    await fetchIt(2_500);
    expect(await readdir(join(npmPackage, 'dist'))).toEqual(['electron', 'version']);
  });

  it('from its cache where it is there, with no network', async () => {
    const { npmPackage, fetchIt, requests } = await setUp(whole);
    await fetchIt();
    await fetchIt();
    expect(requests).toHaveLength(1);
    expect(await readFile(join(npmPackage, 'dist', 'version'), 'utf8')).toBe(version);
  });
});

describe('a fetch that fails says why, and leaves nothing half done', () => {
  it.each<[string, RequestListener, RegExp]>([
    ['that stalls', slowly(1, 4), /^nothing arrived for 0\.5 s$/],
    ['that is never answered', () => undefined, /^nothing arrived for 0\.5 s$/],
    ['that is refused', (_request, response) => response.writeHead(404).end(), /404 \(Not Found\) for http/],
    [
      'that breaks off',
      (_request, response) => {
        response.setHeader('content-length', zip.length).write(zip.subarray(0, 1000), () => response.destroy());
      },
      /terminated|closed|aborted|reset/,
    ],
  ])('%s', async (_name, answer, reason) => {
    const { npmPackage, fetchIt } = await setUp(answer);
    await expect(fetchIt(500)).rejects.toThrow(reason);
    expect(await readdir(npmPackage)).toEqual(untouched);
  });

  it('whose file has another checksum than its package names', async () => {
    const { npmPackage, fetchIt } = await setUp(whole, 'ab'.repeat(32));
    await expect(fetchIt()).rejects.toThrow(/checksum|mismatch/i);
    expect(await readdir(npmPackage)).toEqual(untouched);
  });
});
