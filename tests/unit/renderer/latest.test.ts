import { describe, expect, it } from 'vitest';
import { Latest, Newest } from '../../../renderer/lib/latest';

/** Tasks that end when the test says so; aborting ends them too. */
function harness() {
  const started: { argument: string; resolve: (result: string) => void; reject: (error: Error) => void }[] = [];
  let running = 0;
  let mostRunning = 0;
  const latest = new Latest<string, string>((argument, signal) => {
    running++;
    mostRunning = Math.max(mostRunning, running);
    return new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      started.push({ argument, resolve, reject });
    }).finally(() => running--);
  });
  return { latest, started, mostRunning: () => mostRunning };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Latest', () => {
  it('gives the result of a request that nothing overtook', async () => {
    const { latest, started } = harness();
    const outcome = latest.run('a');
    await settle();
    started[0]?.resolve('A');
    expect(await outcome).toEqual({ kind: 'done', result: 'A' });
  });

  it('aborts the older request, skips those between, and runs the newest alone', async () => {
    const { latest, started, mostRunning } = harness();
    const outcomes = [latest.run('a')];
    await settle();
    outcomes.push(latest.run('b'), latest.run('c'));
    await settle();
    started[1]?.resolve('C');
    expect(await Promise.all(outcomes)).toEqual([
      { kind: 'superseded' },
      { kind: 'superseded' },
      { kind: 'done', result: 'C' },
    ]);
    expect(started.map(({ argument }) => argument)).toEqual(['a', 'c']);
    expect(mostRunning()).toBe(1);
  });

  it('passes on the failure of the newest request and works again afterwards', async () => {
    const { latest, started } = harness();
    const failing = latest.run('a');
    await settle();
    started[0]?.reject(new Error('broken'));
    await expect(failing).rejects.toThrow('broken');
    const next = latest.run('b');
    await settle();
    started[1]?.resolve('B');
    expect(await next).toEqual({ kind: 'done', result: 'B' });
  });

  it('drops the answer of a task that ignores the abort', async () => {
    const answers: ((value: string) => void)[] = [];
    const latest = new Latest<string, string>(() => new Promise((resolve) => answers.push(resolve)));
    const first = latest.run('a');
    await settle();
    const second = latest.run('b');
    answers[0]?.('late');
    expect(await first).toEqual({ kind: 'superseded' });
    await settle();
    answers[1]?.('B');
    expect(await second).toEqual({ kind: 'done', result: 'B' });
  });

  it('gives up everything on abort', async () => {
    const { latest } = harness();
    const outcome = latest.run('a');
    await settle();
    latest.abort();
    expect(await outcome).toEqual({ kind: 'superseded' });
  });
});

describe('Newest', () => {
  it('aborts the attempt before when one is begun', () => {
    const newest = new Newest();
    const first = newest.begin();
    expect(first.aborted).toBe(false);
    const second = newest.begin();
    expect([first.aborted, second.aborted]).toEqual([true, false]);
    expect([newest.isNewest(first), newest.isNewest(second)]).toEqual([false, true]);
  });

  it('aborts without a successor, and begins again afterwards', () => {
    const newest = new Newest();
    newest.abort();
    const first = newest.begin();
    newest.abort();
    expect([first.aborted, newest.isNewest(first)]).toEqual([true, true]);
    expect(newest.begin().aborted).toBe(false);
    expect(newest.isNewest(first)).toBe(false);
  });
});
