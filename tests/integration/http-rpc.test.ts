import { describe, expect, it } from 'vitest';
import { AppError } from '#contract/errors';
import type { ImportProgress } from '#contract/sources';
import { startHttpApp } from '../helpers/http-app';
import { archiveStatus, stubEngine } from '../helpers/stub-engine';

const runQuery = { text: 'a', facets: [], timeline: null, sort: 'newest-first', withDuplicates: false };

describe('calls over HTTP', () => {
  it('answers on the stream of the window that asked', async () => {
    const app = await startHttpApp();
    const stream = await app.openStream();
    expect((await app.post(stream.id, { type: 'call', id: 1, name: 'app.info', request: null })).status).toBe(204);
    expect(await stream.nextReply()).toEqual({
      type: 'result',
      id: 1,
      result: { version: '1.2.3', host: 'browser', platform: 'linux', nativeDialogs: false },
    });
  });

  it('carries an error with its code, message, call and place', async () => {
    const engine = stubEngine({
      'query.run': () => {
        throw new AppError('bad-query', 'a quote is not closed', { at: { from: 3, to: 4 }, hint: 'Close it.' });
      },
    });
    const app = await startHttpApp(engine);
    const stream = await app.openStream();
    await app.post(stream.id, { type: 'call', id: 2, name: 'query.run', request: runQuery });
    expect(await stream.nextReply()).toEqual({
      type: 'error',
      id: 2,
      error: {
        code: 'bad-query',
        message: 'a quote is not closed',
        call: 'query.run',
        details: { at: { from: 3, to: 4 }, hint: 'Close it.' },
      },
    });
  });

  it('carries text of every kind unchanged', async () => {
    const label = 'a\nb\r\u2028\u0000 \ud800 lone </script> \u202e 𝒳';
    const engine = stubEngine({
      'field.list': () => [{ name: label, label, events: 1, distinct: null }],
    });
    const app = await startHttpApp(engine);
    const stream = await app.openStream();
    await app.post(stream.id, { type: 'call', id: 1, name: 'field.list', request: null });
    expect(await stream.nextReply()).toMatchObject({ result: [{ name: label, label }] });
  });

  it('carries progress in order, then the result', async () => {
    const engine = stubEngine({
      'engine.open': (_, { progress }) => {
        for (const events of [1, 2, 3]) progress({ events } as ImportProgress);
        return archiveStatus({ events: 3 });
      },
    });
    const app = await startHttpApp(engine);
    const stream = await app.openStream();
    await app.post(stream.id, { type: 'call', id: 5, name: 'archive.open-sample', request: null });
    const messages = [
      await stream.nextReply(),
      await stream.nextReply(),
      await stream.nextReply(),
      await stream.nextReply(),
    ];
    expect(messages).toMatchObject([
      { type: 'progress', id: 5, progress: { events: 1 } },
      { type: 'progress', id: 5, progress: { events: 2 } },
      { type: 'progress', id: 5, progress: { events: 3 } },
      { type: 'result', id: 5, result: { events: 3 } },
    ]);
  });

  it.each(['a message', 'the closing of the window'])('cancels by %s', async (way) => {
    let signal: AbortSignal | undefined;
    const engine = stubEngine({
      'query.run': (_, context) => {
        signal = context.signal;
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(new AppError('cancelled', 'cancelled'));
          });
        });
      },
    });
    const app = await startHttpApp(engine);
    const stream = await app.openStream();
    await app.post(stream.id, { type: 'call', id: 1, name: 'query.run', request: runQuery });
    await expect.poll(() => signal?.aborted).toBe(false);
    if (way === 'a message') {
      await app.post(stream.id, { type: 'cancel', id: 1 });
      expect(await stream.nextReply()).toMatchObject({ type: 'error', id: 1, error: { code: 'cancelled' } });
    } else stream.close();
    await expect.poll(() => signal?.aborted).toBe(true);
  });

  it('tells a window that connects again what is open', async () => {
    const app = await startHttpApp();
    expect(await (await app.openStream()).next()).toMatchObject({
      name: 'archive.changed',
      payload: { state: 'empty' },
    });
    app.engine.emit(archiveStatus({ name: 'logs' }));
    expect(await (await app.openStream()).next()).toMatchObject({ name: 'archive.changed', payload: { name: 'logs' } });
  });
});
