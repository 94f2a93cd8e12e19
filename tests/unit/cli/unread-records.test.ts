import { expect, it } from 'vitest';
import { AppError } from '#contract/errors';
import type { ResultId } from '#contract/ids';
import { recordsOf, type PlacedRecord } from '../../../shared/cli/query-answer';

type Client = Parameters<typeof recordsOf>[0];

/** Three rows, of which the second fails with this error. */
function clientWith(failure: Error): Client {
  const call = (method: string, row: unknown): Promise<unknown> => {
    if (method === 'result.page') return Promise.resolve({ rows: [{ row: 0 }, { row: 1 }, { row: 2 }] });
    if (row === 1) return Promise.reject(failure);
    return Promise.resolve({ raw: `{"n":${String(row)}}`, location: { path: 'a.json', offset: 5, length: 7 } });
  };
  return { call } as unknown as Client;
}

async function readAll(failure: Error): Promise<readonly PlacedRecord[]> {
  const all: PlacedRecord[] = [];
  for await (const batch of recordsOf(clientWith(failure), 1 as unknown as ResultId, 3)) all.push(...batch);
  return all;
}

it('an event that cannot be read again leaves its error in its place, and the others are read', async () => {
  const location = { path: 'b.json', offset: 9, length: 3 };
  const records = await readAll(new AppError('not-readable', 'b.json has changed', { location }));
  const place = '{"path":"a.json","offset":5,"length":7}';
  const lost = '{"path":"b.json","offset":9,"length":3,"error":"b.json has changed"}';
  expect(records).toEqual([
    { raw: '{"n":0}', place, error: null },
    { raw: 'null', place: lost, error: 'b.json has changed' },
    { raw: '{"n":2}', place, error: null },
  ]);
});

it('any other failure is not taken for an event that cannot be read', async () => {
  await expect(readAll(new Error('the engine ended'))).rejects.toThrow('the engine ended');
});
