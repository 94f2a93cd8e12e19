import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSilence } from '#host/silence';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const state = { pending: 0, pings: 0, told: [] as boolean[] };
  const watch = watchSilence({
    pending: () => state.pending,
    ping: () => state.pings++,
    changed: (isSilent) => state.told.push(isSilent),
  });
  return { state, watch };
}

it('takes a thread for silent a minute after it was asked, and not when it answers', () => {
  const { state, watch } = start();
  vi.advanceTimersByTime(600_000);
  expect(state).toMatchObject({ pings: 0, told: [] });
  state.pending = 1;
  vi.advanceTimersByTime(55_000);
  expect(state).toMatchObject({ pings: 1, told: [] });
  vi.advanceTimersByTime(5_000);
  expect(state.told).toEqual([true]);
  vi.advanceTimersByTime(600_000);
  expect(state.told).toEqual([true]);
  watch.heard();
  expect(state.told).toEqual([true, false]);
});

it('lets a thread that answers work as long as it needs', () => {
  const { state, watch } = start();
  state.pending = 1;
  for (let minute = 0; minute < 60; minute++) {
    vi.advanceTimersByTime(50_000);
    watch.heard();
  }
  expect(state.told).toEqual([]);
  expect(state.pings).toBeGreaterThan(50);
  watch.end();
  vi.advanceTimersByTime(600_000);
  expect(state.told).toEqual([]);
});
