/** The built browser host ends when it is told to, whatever hangs, and leaves nothing behind. */
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder';

const root = join(import.meta.dirname, '..', '..');

/** A copy of the build, for a test to put something else in. */
async function copyBuild(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  for (const part of ['host', 'engine', 'renderer']) {
    await cp(join(root, 'out', part), join(folder, 'out', part), { recursive: true });
  }
  return folder;
}

async function start(build: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const config = join(await temporaryFolder(), 'config');
  const program = join(build, 'out', 'host', 'serve.js');
  const child = spawn(process.execPath, [program, '--config', config, ...args], { env: { ...process.env, ...env } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  await expect.poll(() => said.out, { timeout: 20_000 }).toContain('?token=');
  const address = /http:\S+/.exec(said.out)?.[0] ?? '';
  return { child, said, ended, address };
}

/** Enters as a browser does. */
async function enter(address: string): Promise<Readonly<Record<string, string>>> {
  const entered = await fetch(address);
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const key = /#key=([\w-]+)/.exec(await entered.text())?.[1] ?? '';
  return { Cookie: cookie, Authorization: `Bearer ${key}`, Origin: new URL(address).origin };
}

async function drop(address: string): Promise<string> {
  const headers = { ...(await enter(address)), 'Content-Type': 'application/json' };
  const post = (path: string, body: string, type = 'application/json'): Promise<Response> =>
    fetch(new URL(path, address), { method: 'POST', headers: { ...headers, 'Content-Type': type }, body });
  const begun = (await (await post('/upload/begin', '{"files":1,"bytes":1}')).json()) as { readonly drop: string };
  await post(`/upload/file?drop=${begun.drop}&name=a`, 'x', 'application/octet-stream');
  const ended = await post('/upload/end', JSON.stringify({ drop: begun.drop, name: 'a' }));
  return ((await ended.json()) as { readonly label: string }).label;
}

describe.skipIf(process.platform === 'win32')('the built browser host', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends on %s although its engine waits for ever for a disk',
    async (signal) => {
      const build = await copyBuild();
      const stuck = join(build, 'stuck');
      // A pipe without a writer: as a thread that reads a disk which does not answer, it cannot be ended.
      const hang = `import { execFileSync } from 'node:child_process'; import { openSync, writeFileSync } from 'node:fs';
execFileSync('mkfifo', [${JSON.stringify(`${stuck}.pipe`)}]); writeFileSync(${JSON.stringify(stuck)}, '');
openSync(${JSON.stringify(`${stuck}.pipe`)}, 'r');`;
      await writeFile(join(build, 'out', 'engine', 'engine-worker.js'), hang);
      const { child, said, ended } = await start(build, {}, '--no-open');
      await expect.poll(() => stat(stuck).catch(() => null), { timeout: 20_000 }).not.toBeNull();
      child.kill(signal);
      expect(await ended).toEqual([null, 'SIGKILL']);
      expect(said.err).toContain('does not answer');
    },
  );

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('removes copies of dropped files on %s', async (signal) => {
    const { child, ended, address } = await start(root, {}, '--no-open');
    const copy = await drop(address);
    expect(await readFile(copy, 'utf8')).toBe('x');
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    await expect(stat(copy)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('removes the copies that a crash left behind at the next start, and none of a process that lives', async () => {
    const temporary = await temporaryFolder();
    const [crashed, living] = [
      await start(root, { TMPDIR: temporary }, '--no-open'),
      await start(root, { TMPDIR: temporary }, '--no-open'),
    ];
    const [left, kept] = [await drop(crashed.address), await drop(living.address)];
    crashed.child.kill('SIGKILL');
    await crashed.ended;
    await stat(left);
    await start(root, { TMPDIR: temporary }, '--no-open');
    await expect(stat(left)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readFile(kept, 'utf8')).toBe('x');
  });

  it('starts the browser by a file that nobody else can read, and leaves no secret in any argument', async () => {
    const home = await temporaryFolder();
    const tools = join(home, 'bin');
    await mkdir(tools);
    // Stands in for the program that starts the browser, and tells what it was given.
    const xdg = `#!/bin/sh\nprintf '%s' "$1" > ${JSON.stringify(join(home, 'opened.part'))}\nmv ${join(home, 'opened.part')} ${join(home, 'opened')}\n`;
    await writeFile(join(tools, 'xdg-open'), xdg, { mode: 0o755 });
    await writeFile(join(tools, 'open'), xdg, { mode: 0o755 });
    const env = { HOME: home, TMPDIR: home, PATH: `${tools}:${process.env['PATH'] ?? ''}` };
    const { child, ended, said, address } = await start(root, env);
    await expect.poll(() => readFile(join(home, 'opened'), 'utf8').catch(() => ''), { timeout: 20_000 }).not.toBe('');
    const opened = new URL(await readFile(join(home, 'opened'), 'utf8'));
    expect([opened.protocol, opened.search, opened.hash]).toEqual(['file:', '', '']);
    const [file, folder] = [await stat(opened.pathname), await stat(join(opened.pathname, '..'))];
    expect([file.mode & 0o777, folder.mode & 0o777]).toEqual([0o600, 0o700]);
    const ticket = /url=(http:[^"]+)"/.exec(await readFile(opened.pathname, 'utf8'))?.[1] ?? '';
    expect(new URL(ticket).origin).toBe(new URL(address).origin);
    expect(ticket).not.toBe(address);

    expect((await fetch(ticket)).status).toBe(200);
    await expect(stat(opened.pathname)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await fetch(ticket)).status).toBe(403);
    await expect.poll(() => said.err).toContain('was used twice');
    expect(said.err).toContain(address);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect((await readdir(home)).filter((name) => name.startsWith('trailglass'))).toEqual([]);
  });
});
