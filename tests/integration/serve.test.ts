import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder';

const program = join(import.meta.dirname, '..', '..', 'out', 'host', 'serve.js');

/** The built host as a person starts it, with settings of its own. */
async function serve(...args: readonly string[]) {
  const config = join(await temporaryFolder(), 'config');
  const child: ChildProcess = spawn(process.execPath, [program, '--no-open', '--config', config, ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const address = (): string | undefined =>
    /^Trailglass: (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)$/m.exec(said.out)?.[1];
  return { child, said, ended, address };
}

describe('the built browser host', () => {
  it('prints its address, serves the window there, and ends cleanly on Ctrl-C', async () => {
    const { child, said, ended, address } = await serve();
    await expect.poll(address, { timeout: 20_000 }).toBeDefined();
    const entered = await fetch(address() ?? '', { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL('/', address()), { headers: { Cookie: cookie } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    child.kill('SIGINT');
    expect([await ended, said.err]).toEqual([0, '']);
  });

  it('names a path that does not exist and ends with 2', async () => {
    const { said, ended } = await serve(import.meta.dirname, '/no/such/logs');
    expect([await ended, said.err]).toEqual([2, '/no/such/logs does not exist\n']);
  });

  it('explains itself on a wrong option and ends with 2', async () => {
    const { said, ended } = await serve('--wat');
    expect(await ended).toBe(2);
    expect(said.err).toContain("'--wat'");
    expect(said.err).toContain('Usage:');
  });

  it('says so when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => {
      other.close();
    });
    await new Promise((resolve) => other.once('listening', resolve));
    const port = (other.address() as { readonly port: number }).port;
    const { said, ended } = await serve('--port', String(port));
    expect([await ended, said.err]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
  });

  it('opens what the command line names before any window asks', async () => {
    const logs = await temporaryFolder();
    const record = { eventVersion: '1.08', eventTime: '2024-01-01T00:00:00Z', eventName: 'GetUser', eventID: 'e-1' };
    await writeFile(join(logs, 'a.json'), JSON.stringify({ Records: [record] }));
    const { address } = await serve(logs);
    await expect.poll(address, { timeout: 20_000 }).toBeDefined();
    const entered = await fetch(address() ?? '', { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const key = /#key=([\w-]+)/.exec(await entered.text())?.[1] ?? '';
    const controller = new AbortController();
    const stream = await fetch(new URL('/events', address()), {
      headers: { Cookie: cookie, Authorization: `Bearer ${key}` },
      signal: controller.signal,
    });
    let text = '';
    for await (const chunk of stream.body ?? []) {
      text += new TextDecoder().decode(chunk);
      if (/"state":"ready".*"events":1\b/.test(text)) break;
    }
    controller.abort();
    expect(text).toContain('"name":"archive.changed"');
  });
});
