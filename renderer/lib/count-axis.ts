/** The upright axis of a stacked histogram: heights, and figures at its lines. */
import { formatCount } from '#core/figures';

export type CountScale = 'linear' | 'log';

export interface CountAxis {
  readonly scale: CountScale;
  /** The highest stack; at least 1. */
  readonly max: number;
  readonly heightPx: number;
}

/** A bar with any events is at least this high, px: one failed call among thousands must be seen. */
const leastHeightPx = 2;

/** The height of a count above the base line. On the log scale one event has a height too; zero events have none. */
export function heightOf({ scale, max, heightPx }: CountAxis, count: number): number {
  if (count <= 0) return 0;
  const share = scale === 'linear' ? count / max : Math.log1p(count) / Math.log1p(max);
  return Math.min(share, 1) * heightPx;
}

/**
 * The upper edges of one stack's parts above the base line, in the parts' order, whole px. Each edge is where the axis has the
 * sum so far; a part with any count at all is at least two px high, and the stack stays within the axis.
 */
export function stackEdges(axis: CountAxis, counts: readonly number[]): readonly number[] {
  const edges: number[] = [];
  let sum = 0;
  let edge = 0;
  for (const count of counts) {
    sum += count;
    if (count > 0) edge = Math.max(Math.round(heightOf(axis, sum)), edge + leastHeightPx);
    edges.push(edge);
  }
  // Many small parts in a full bar could push it past the top: the lower parts then shrink, none below its least height.
  let limit = Math.floor(axis.heightPx);
  for (let part = edges.length - 1; part >= 0; part--) {
    const present = edges[part] ?? 0;
    edges[part] = Math.min(present, Math.max(limit, 0));
    if ((counts[part] ?? 0) > 0) limit = (edges[part] ?? 0) - leastHeightPx;
  }
  return edges;
}

/** The counts that get a line, ascending, without zero; the last is at most `max`. */
export function countTicks(scale: CountScale, max: number): readonly number[] {
  if (scale === 'log') {
    const ticks: number[] = [];
    for (let power = 1; power <= max; power *= 10) ticks.push(power);
    // More than four lines distract from the bars.
    const stride = Math.ceil(ticks.length / 4);
    return ticks.filter((_, index) => (ticks.length - 1 - index) % stride === 0);
  }
  const step = niceStep(max);
  const ticks: number[] = [];
  for (let tick = step; tick <= max; tick += step) ticks.push(tick);
  return ticks;
}

/**
 * How the figures of one axis are written: all alike. Below 10,000 in full; else on a straight scale all in the unit of the highest (`0.5M`,
 * `1M`), and where they lie orders of magnitude apart, each of a thousand or more in its own (`1`, `100`, `10K`, `1M`).
 */
export function axisFigures(counts: readonly number[]): ReadonlyMap<number, string> {
  const highest = Math.max(0, ...counts);
  const least = Math.min(highest, ...counts);
  const [unit, size] = unitOf(highest);
  const isStraight = highest < least * 100;
  return new Map(
    counts.map((count) => {
      const [own, ownSize] = isStraight ? [unit, size] : unitOf(count);
      return [count, highest < 10_000 ? formatCount(count) : `${formatFraction(count / ownSize)}${own}`];
    }),
  );
}

function unitOf(count: number): readonly [unit: string, size: number] {
  const units = [
    ['B', 1e9],
    ['M', 1e6],
    ['K', 1e3],
  ] as const;
  return units.find(([, size]) => count >= size) ?? ['', 1];
}

function formatFraction(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A count's line and where its figure is drawn, px from the top. */
export interface PlacedCount {
  readonly count: number;
  readonly y: number;
}

/** The least distance of two figures in the axis' small print, px. */
const figurePx = 12;

/**
 * Figures for lines at these heights, in the order of the counts: above their lines, or below where that would leave the plot. The
 * highest is kept, and of the others those that have room.
 */
export function placeFigures(lines: readonly PlacedCount[]): readonly PlacedCount[] {
  const placed: PlacedCount[] = [];
  for (const { count, y } of lines.toReversed()) {
    const at = y < 11 ? y + 10 : y - 3;
    const above = placed.at(-1);
    if (above === undefined || at - above.y >= figurePx) placed.push({ count, y: at });
  }
  return placed.reverse();
}

/** 1, 2 or 5 times a power of ten, so that two to four steps fit. */
function niceStep(max: number): number {
  if (max <= 2) return 1;
  const rough = max / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * 0.75) ?? 10;
  return Math.max(factor * power, 1);
}
