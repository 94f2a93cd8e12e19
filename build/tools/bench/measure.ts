/** The value below which `share` (0 to 1) of the values lie, by nearest rank; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Rounded to this many decimals. */
export function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

const pollMs = 1000;
const mostPolls = 60;
const leastPolls = 3;

/**
 * The process's resident memory, bytes, once it has settled: read every second until two readings in a row differ by less than
 * 1 %, for a minute at most. The garbage collector is left alone, as in the app.
 */
export async function settledRss(): Promise<number> {
  let last = process.memoryUsage.rss();
  for (let poll = 1; poll <= mostPolls; poll++) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const now = process.memoryUsage.rss();
    if (poll >= leastPolls && Math.abs(now - last) < 0.01 * last) return now;
    last = now;
  }
  return last;
}

export interface Elapsed {
  readonly seconds: number;
  /** Of all threads of the process: says more than the clock where other programs run beside. */
  readonly cpuSeconds: number;
}

/** Starts a stopwatch; calling the result reads it. */
export function stopwatch(): () => Elapsed {
  const from = performance.now();
  const cpuFrom = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpuFrom);
    return { seconds: (performance.now() - from) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}
