import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withLock } from '../../build/scripts/lock.mjs';

const root = join(import.meta.dirname, '../..');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trailglass-start-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

/** `npm start -- …args`, as typed in `folder`. */
function start(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [join(root, 'build/scripts/start.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, INIT_CWD: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function outcome(
  ...args: string[]
): Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }> {
  const child = start(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, stdout, stderr };
}

describe('npm start', () => {
  it('explains itself', async () => {
    const { code, stdout, stderr } = await outcome('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: npm start');
  });

  it('refuses an option it does not know, and says which', async () => {
    const { code, stderr } = await outcome('--colour');
    expect(code).toBe(2);
    expect(stderr).toContain('--colour');
  });

  it('says which path does not exist, seen from where it was typed', async () => {
    const { code, stderr } = await outcome('--no-open', '--config', 'settings', 'no-such-folder');
    expect(code).toBe(2);
    expect(stderr).toContain(join(folder, 'no-such-folder'));
  });

  it('waits for nobody and writes nothing where all is installed and built', async () => {
    // Held as by another command: who wanted to install or build would wait for it.
    const { code, stderr } = await withLock(() => outcome('--no-open', '--config', 'settings', 'no-such-folder'));
    expect(code).toBe(2);
    expect(stderr).not.toContain('Waiting');
  });

  it('prints an address that answers with the window, and ends when asked to', async () => {
    writeFileSync(join(folder, 'empty.json'), '{"Records":[]}');
    const child = start('--no-open', '--config', 'settings', 'empty.json');
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'exit')]);
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(String(line))?.[0] ?? 'no address';
    const welcome = await fetch(address, { redirect: 'manual' });
    const cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL('/', address), { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Trailglass');

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
