import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rowId } from '#contract/ids';
import { defaultLimits } from '#contract/limits';
import { createEngineClient, type EngineClient } from '#host/engine-client';
import { callLogging } from '#host/log';
import { temporaryFolder } from '../../helpers/temporary-folder';

/** Answers every call with its name and how many it has answered; `event.detail` ends the thread in one of four ways. */
const worker = `
import { parentPort } from 'node:worker_threads';
let count = 0;
parentPort.on('message', ({ type, id, name, request }) => {
  if (type !== 'call') return;
  if (name === 'event.detail' && request === 0) process.exit(3);
  if (name === 'event.detail' && request === 1) throw new Error('a bug');
  if (name === 'event.detail') return;
  if (name === 'engine.open') parentPort.postMessage({ type: 'event', name: 'archive.changed', payload: { events: 9 } });
  parentPort.postMessage({ type: 'result', id, result: [name, ++count] });
});`;

async function start(logCalls: 'none' | 'slow' | 'all' = 'none', source = worker) {
  const path = join(await temporaryFolder(), 'worker.mjs');
  await writeFile(path, source);
  const lines: string[] = [];
  const client = createEngineClient({ url: pathToFileURL(path), logCalls, log: (line) => lines.push(line) });
  onTestFinished(async () => {
    await client.stop();
  });
  return { client, lines };
}

const open = (client: EngineClient): Promise<unknown> =>
  client.call('engine.open', { sources: [], limits: defaultLimits });

describe('the engine client', () => {
  it('passes calls and events on', async () => {
    const { client } = await start();
    const events: unknown[] = [];
    client.onChanged((status) => events.push(status));
    expect(await client.call('archive.status', null)).toEqual(['archive.status', 1]);
    expect(await open(client)).toEqual(['engine.open', 2]);
    expect(events).toEqual([{ events: 9 }]);
  });

  it.each([
    ['ends', 0, 'The engine stopped: exit code 3'],
    ['throws', 1, 'The engine stopped: a bug'],
  ])('rejects all that waits when the thread %s, once, and starts it at the next open', async (_, way, message) => {
    const { client, lines } = await start();
    const stops: string[] = [];
    client.onStopped((error) => stops.push(error.message));
    const waiting = [client.call('event.detail', rowId(2)), client.call('event.detail', rowId(way))];
    for (const call of waiting) await expect(call).rejects.toMatchObject({ code: 'engine-stopped', message });
    await expect(client.call('archive.status', null)).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(await open(client)).toEqual(['engine.open', 1]);
    expect(await client.call('archive.status', null)).toEqual(['archive.status', 2]);
    expect([stops, lines]).toEqual([[message], [message]]);
  });

  it('rejects what waits when it is stopped, and tells nobody', async () => {
    const { client, lines } = await start();
    const stops: unknown[] = [];
    client.onStopped((error) => stops.push(error));
    const waiting = expect(client.call('event.detail', rowId(2))).rejects.toMatchObject({ code: 'engine-stopped' });
    await client.stop();
    await waiting;
    expect([stops, lines]).toEqual([[], []]);
  });

  it('lets the thread come to the end of its work before it is ended, and passes on nothing it says then', async () => {
    const proof = join(await temporaryFolder(), 'closed');
    const { client } = await start(
      'none',
      `import { writeFileSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ id, name }) => {
         if (name !== 'engine.close') return;
         parentPort.postMessage({ type: 'event', name: 'archive.changed', payload: { events: 9 } });
         setImmediate(() => {
           writeFileSync(${JSON.stringify(proof)}, name);
           parentPort.postMessage({ type: 'result', id, result: null });
         });
       });`,
    );
    const events: unknown[] = [];
    client.onChanged((status) => events.push(status));
    const waiting = expect(open(client)).rejects.toMatchObject({ code: 'engine-stopped' });
    await client.stop();
    await waiting;
    expect([await readFile(proof, 'utf8'), events]).toEqual(['engine.close', []]);
  });

  it('ends a thread that is stuck all the same', async () => {
    const { client } = await start(
      'none',
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); });",
    );
    const waiting = expect(open(client)).rejects.toMatchObject({ code: 'engine-stopped' });
    expect(await client.stop()).toBe(true);
    await waiting;
  });

  it('rejects with the reason where the worker cannot be loaded', async () => {
    const { client } = await start('none', 'import "./nothing.mjs";');
    await expect(client.call('archive.status', null)).rejects.toMatchObject({
      code: 'engine-stopped',
      message: expect.stringContaining('nothing.mjs') as string,
    });
  });

  it('logs calls when asked', async () => {
    const { client, lines } = await start('all');
    await client.call('archive.status', null);
    expect(lines).toEqual([expect.stringMatching(/^archive\.status took [\d.]+ ms$/)]);
    expect(['slow', 'all', 'x', undefined].map((value) => callLogging({ TRAILGLASS_LOG_CALLS: value }))).toEqual([
      'slow',
      'all',
      'none',
      'none',
    ]);
  });
});
