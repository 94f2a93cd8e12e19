import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PagedRows } from '../../../renderer/lib/paged-rows';

interface Request {
  readonly start: number;
  readonly count: number;
  readonly signal: AbortSignal;
  answer(): void;
  fail(error: unknown): void;
}

/** Rows are their own indexes; requests wait until a test answers them. */
function harness(options: { rowCount: number; pageSize?: number; maxPages?: number; maxInFlight?: number }) {
  const requests: Request[] = [];
  const versions: number[] = [];
  const errors: unknown[] = [];
  const rows = new PagedRows<number>({
    pageSize: 10,
    ...options,
    fetchPage: (start, count, signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        const answer = (): void => resolve(Array.from({ length: count }, (_, index) => start + index));
        requests.push({ start, count, signal, answer, fail: reject });
      }),
    onChange: (version) => versions.push(version),
    onError: (error) => errors.push(error),
  });
  return { rows, requests, versions, errors };
}

/** Lets every promise that can settle do so. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('PagedRows', () => {
  it('asks for what is in view first, then for the neighbours, each page once', async () => {
    const { rows, requests } = harness({ rowCount: 100, maxInFlight: 1 });
    rows.want(25, 38);
    rows.want(25, 38);
    for (let turn = 0; turn < 5; turn++) {
      requests.at(-1)?.answer();
      await settle();
    }
    expect(requests.map(({ start }) => start)).toEqual([20, 30, 40, 10]);
    rows.want(20, 39);
    await settle();
    expect(requests).toHaveLength(4);
  });

  it('has a row once its page is here and says so', async () => {
    const { rows, requests, versions } = harness({ rowCount: 15 });
    rows.want(0, 14);
    expect(rows.get(12)).toBeUndefined();
    for (const request of requests) request.answer();
    await settle();
    expect([rows.get(0), rows.get(12), rows.get(14), rows.get(15)]).toEqual([0, 12, 14, undefined]);
    expect(requests.map(({ count }) => count)).toEqual([10, 5]);
    expect(versions).toEqual([1, 2]);
  });

  it('aborts pages that nobody waits for, and serves the newest viewport at once', () => {
    const { rows, requests, errors } = harness({ rowCount: 1000 });
    rows.want(0, 9);
    rows.want(500, 509);
    expect(requests.map(({ start, signal }) => [start, signal.aborted])).toEqual([
      [0, true],
      [10, true],
      [500, false],
      [510, false],
    ]);
    expect(errors).toEqual([]);
  });

  it('reports a failure once, and asks again when the page comes back into view or on retry', async () => {
    const { rows, requests, errors } = harness({ rowCount: 10 });
    rows.want(0, 9);
    requests[0]?.fail(new Error('gone'));
    await settle();
    rows.want(0, 9);
    expect(requests).toHaveLength(1);
    rows.retry();
    expect(requests).toHaveLength(2);
    expect(errors).toEqual([new Error('gone')]);
  });

  it('calls nothing after it was closed', async () => {
    const { rows, requests, versions, errors } = harness({ rowCount: 10 });
    rows.want(0, 9);
    rows.close();
    requests[0]?.answer();
    rows.want(0, 9);
    await settle();
    expect([requests.length, versions, errors]).toEqual([1, [], []]);
  });

  it('always ends with every row in view present, and never keeps more pages than asked', async () => {
    const views = fc.array(fc.integer({ min: 0, max: 990 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(views, fc.infiniteStream(fc.boolean()), async (firsts, answers) => {
        const { rows, requests } = harness({ rowCount: 1000, maxPages: 6 });
        let answered = 0;
        for (const first of firsts) {
          rows.want(first, first + 9);
          if (answers.next().value === true) requests[answered++]?.answer();
          await settle();
        }
        for (let turn = 0; turn < 6; turn++) {
          for (const request of requests) request.answer();
          await settle();
        }
        const last = firsts.at(-1) ?? 0;
        for (let row = last; row < last + 10; row++) expect(rows.get(row)).toBe(row);
        const kept = Array.from({ length: 100 }, (_, page) => page).filter((page) => rows.get(page * 10) !== undefined);
        expect(kept.length).toBeLessThanOrEqual(6);
      }),
      { numRuns: 40 },
    );
  });
});
