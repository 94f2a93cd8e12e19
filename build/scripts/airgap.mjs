/**
 * The end-to-end tests where there is no network at all: a Linux network namespace that has nothing but loopback. What passes
 * here needs no network; what tries one fails.
 *
 *     node build/scripts/airgap.mjs [arguments of playwright test]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureChromium } from './chromium.mjs';
import { ensure } from './ensure.mjs';
import { listenForNames } from './name-listener.mjs';
import { PlainError, run, runMain, runNode, say } from './project.mjs';

const insideFlag = '--inside';

/** Bringing loopback up takes one system call; whichever of these is here makes it. */
const loopbackUp = [
  ['ip', ['link', 'set', 'lo', 'up']],
  ['ifconfig', ['lo', 'up']],
  // SIOCSIFFLAGS with IFF_UP on a socket of any kind, for systems with neither iproute2 nor net-tools.
  [
    'python3',
    [
      '-c',
      'import fcntl,socket,struct;fcntl.ioctl(socket.socket(socket.AF_INET,socket.SOCK_DGRAM),0x8914,struct.pack("16sh14x",b"lo",1))',
    ],
  ],
];

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string>} `connected`, or the code of the error
 */
function tryConnect(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    /** @param {string} outcome */
    const end = (outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(5_000, () => end('timeout'));
    socket.on('connect', () => end('connected'));
    socket.on('error', (error) => end(/** @type {NodeJS.ErrnoException} */ (error).code ?? 'error'));
  });
}

/** The two ends of it. */
const card = 'wire0';
const otherEnd = 'wire1';

/** A network card that leads nowhere: without one WebRTC waits for a network and sends nothing, which proves nothing. It has no route out. */
function addCard() {
  const steps = [
    ['link', 'add', card, 'type', 'veth', 'peer', 'name', otherEnd],
    ['addr', 'add', '198.51.100.2/24', 'dev', card],
    ['link', 'set', card, 'up'],
    ['link', 'set', otherEnd, 'up'],
  ];
  if (!steps.every((step) => spawnSync('ip', step, { stdio: 'ignore' }).status === 0))
    say('No network card could be made here (ip, of iproute2): WebRTC is left out.');
}

/**
 * Whoever asks for a name here asks us: what asks for one is seen, though it would get no answer anyway.
 *
 * @param {string} folder for files of ours
 * @returns {Promise<Record<string, string>>} for the environment of the tests: the file with the names that were asked for
 */
async function countNames(folder) {
  const asked = join(folder, 'asked');
  const files = /** @type {const} */ ([
    ['/etc/resolv.conf', 'nameserver 127.0.0.1\n'],
    // A resolver that is reached by a socket file would ask outside of the namespace.
    ['/etc/nsswitch.conf', 'hosts: files dns\n'],
  ]);
  try {
    writeFileSync(asked, '');
    for (const [path, text] of files) {
      if (!existsSync(path)) continue;
      const own = join(folder, basename(path));
      writeFileSync(own, text);
      if (spawnSync('mount', ['--bind', own, path], { stdio: 'ignore' }).status !== 0)
        throw new Error(`${path} cannot be replaced`);
    }
    await listenForNames(asked);
    return { AIRGAP_NAMES: asked };
  } catch (error) {
    say(`Names are not counted here: ${error instanceof Error ? error.message : String(error)}.`);
    return {};
  }
}

/** Loopback must work, and nothing else may: a proof that runs with a network proves nothing. */
async function assertAirgap() {
  const others = Object.keys(networkInterfaces()).filter((name) => !['lo', card, otherEnd].includes(name));
  if (others.length > 0) throw new PlainError(`Not cut off: this namespace has ${others.join(', ')}.`);
  // An address of the range kept for documentation: nothing can be there, but only a missing network says "unreachable" at once.
  const outside = await tryConnect('192.0.2.1', 443);
  if (outside !== 'ENETUNREACH')
    throw new PlainError(`Not cut off: connecting outside gave "${outside}", not ENETUNREACH.`);

  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const inside = await tryConnect('127.0.0.1', typeof address === 'object' && address ? address.port : 0);
  server.close();
  if (inside !== 'connected') throw new PlainError(`Loopback does not work in the namespace: ${inside}.`);
  say('Cut off: only loopback is here, and a connection outside fails.');
}

/** @param {readonly string[]} args of `playwright test` */
async function runInside(args) {
  const isUp = loopbackUp.some(([command, commandArgs]) => {
    return (
      spawnSync(/** @type {string} */ (command), /** @type {string[]} */ (commandArgs), { stdio: 'ignore' }).status ===
      0
    );
  });
  if (!isUp)
    throw new PlainError('Loopback could not be brought up: install iproute2 (ip), net-tools (ifconfig) or python3.');
  addCard();
  await assertAirgap();
  const folder = mkdtempSync(join(tmpdir(), 'trailglass-airgap-'));
  try {
    const env = { ...process.env, ...(await countNames(folder)), E2E: 'each-once' };
    return await runNode('node_modules/@playwright/test/cli.js', ['test', ...args], { env, stdout: 'inherit' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * How the end-to-end tests are run with no network: root may make a network namespace outright; anyone else through a user namespace, where the system
 * allows it.
 *
 * @param {readonly string[]} args of `playwright test`
 * @returns {{ command: readonly string[] } | { reason: string }}
 */
export function airgapCommand(args) {
  if (process.platform !== 'linux') return { reason: 'a network namespace needs Linux' };
  const flags = process.getuid?.() === 0 ? ['-n', '-m'] : ['-r', '-n', '-m'];
  const works = spawnSync('unshare', [...flags, 'true'], { stdio: 'ignore' });
  if (works.error) return { reason: 'it needs the command unshare (package util-linux)' };
  if (works.status !== 0) return { reason: 'this system lets nobody but root make a network namespace' };
  return { command: ['unshare', ...flags, process.execPath, fileURLToPath(import.meta.url), insideFlag, ...args] };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runMain(async () => {
    const [first, ...rest] = process.argv.slice(2);
    if (first === insideFlag) return runInside(rest);

    // What may need a network comes before it is gone.
    await ensure();
    if (!(await ensureChromium())) return 1;
    const airgap = airgapCommand(process.argv.slice(2));
    if ('reason' in airgap) throw new PlainError(`test:airgap cannot run: ${airgap.reason}.`);
    const [command = '', ...args] = airgap.command;
    return run(command, args, { stdout: 'inherit' });
  });
}
