/** Counts a set of rows by bin of time and event class. */
import { epochMs } from '#contract/ids';
import type { EventClass } from '#contract/events';
import type { Timeline, TimelineRequest } from '#contract/query';
import { layOutBins } from '#core/bins';
import { derivedPaths } from '#core/fields';
import { isBelievable } from '#core/time';
import { type Bitset, countBits, isEmptyBetween } from '../index/bitset';
import type { Block } from '../index/block';
import type { EventIndex } from '../index/event-index';

const classes: readonly EventClass[] = ['error', 'write', 'read', 'unstated'];
const unstated = 3;
/** The most bins: more than any screen has pixels. */
const maxBins = 10_000;

export interface Bins {
  readonly origin: number;
  readonly stepMs: number;
  readonly count: number;
  /** How many series each bin has. */
  readonly width: number;
  /** By bin and series. */
  readonly counts: Uint32Array;
}

/** Rows outside all bins. */
export interface BesideBins {
  undated: number;
  outOfRange: number;
}

/**
 * Null where no event has a time.
 *
 * @param mask the rows that match all clauses but the time range
 * @param span the first and the last time of the visible rows, matching or not
 * @param inRange the rows that match with the time range; null where there is no range
 */
export function countTimeline(
  index: EventIndex,
  mask: Bitset,
  request: TimelineRequest,
  span: { readonly first: number; readonly last: number },
  inRange: Bitset | null = null,
): Timeline | null {
  if (span.first > span.last) return null;
  const extent = { first: epochMs(span.first), last: epochMs(span.last) };
  const from = request.from ?? extent.first;
  const to = epochMs(Math.max(from, request.to ?? extent.last));
  const { origin, stepMs, count } = layOutBins(from, to, Math.min(maxBins, request.maxBins));
  const bins = makeBins(origin, stepMs, count, classes.length);
  const beside = { undated: 0, outOfRange: 0 };
  countBlocks(index, mask, (block) => classesOf(index, block), bins, beside);
  const [error, write, read] = [seriesOf(bins, 0), seriesOf(bins, 1), seriesOf(bins, 2)];
  return {
    ...{ from, to, stepMs, origin, error, write, read, unstated: seriesOf(bins, unstated), ...beside, extent },
    inRange: inRange === null ? null : countClasses(index, inRange),
    breakdown: null,
  };
}

export function makeBins(origin: number, stepMs: number, count: number, width: number): Bins {
  return { origin, stepMs, count, width, counts: new Uint32Array(count * width) };
}

/** The counts of one series, by bin. */
export function seriesOf({ count, width, counts }: Bins, series: number): number[] {
  return Array.from({ length: count }, (_, bin) => counts[bin * width + series] ?? 0);
}

/**
 * Adds a set of rows to the bins, and to the counts of those outside all bins.
 *
 * @param seriesOfRows by row of a block: the number of its series
 */
export function countBlocks(
  index: EventIndex,
  mask: Bitset,
  seriesOfRows: (block: Block) => Uint8Array,
  bins: Bins,
  beside: BesideBins,
): void {
  const { origin, stepMs, count } = bins;
  for (const block of index.blocks) {
    const { times } = block;
    if (isEmptyBetween(mask, block.firstWord, block.endWord)) continue;
    const isElsewhere = times.last < origin || times.first >= origin + count * stepMs;
    if (isElsewhere && times.undated === 0 && times.outOfRange === 0) continue;
    countBlock(block, mask, seriesOfRows(block), bins, beside);
  }
}

/** How many events of each class are in a set. */
function countClasses(index: EventIndex, mask: Bitset): Record<EventClass, number> {
  const counts = { error: 0, write: 0, read: 0, unstated: 0 };
  for (const block of index.blocks) {
    const { columns, firstWord, endWord } = block;
    const rows = countBits(mask, firstWord, endWord);
    const column = rows === 0 ? -1 : classColumn(index, block);
    counts.unstated += rows;
    if (column < 0) continue;
    const values = columns.dictionary(column);
    const byCode = new Uint32Array(values.length);
    columns.count(column, mask, firstWord, null, byCode);
    values.forEach((value, code) => {
      const count = byCode[code] ?? 0;
      counts[classes[classOf(index, value)] ?? 'unstated'] += count;
      counts.unstated -= count;
    });
  }
  return counts;
}

/** Adds to the bins, and to the count of rows outside all bins. */
function countBlock(block: Block, mask: Bitset, rowSeries: Uint8Array, bins: Bins, beside: BesideBins): void {
  const { origin, stepMs, count, width, counts } = bins;
  const { times } = block;
  const { seconds } = times;
  const isDated = times.undated === 0;
  // Neighbouring rows are mostly in the same bin, so the division is needed only where a row leaves the bounds of the last bin.
  let slot = 0;
  let from = Infinity;
  let to = -Infinity;
  // Within the loops everything is in bounds: the mask has a bit per row.
  for (let at = block.firstWord; at < block.endWord; at++) {
    let word = mask[at] as number;
    const first = (at - block.firstWord) << 5;
    while (word !== 0) {
      const row = first + 31 - Math.clz32(word & -word);
      word &= word - 1;
      const time = seconds !== null && isDated ? (seconds[row] as number) * 1000 : times.at(row);
      if (!(time >= from && time < to)) {
        if (Number.isNaN(time)) {
          beside.undated++;
          continue;
        }
        const bin = Math.floor((time - origin) / stepMs);
        if (bin < 0 || bin >= count) {
          if (!isBelievable(time)) beside.outOfRange++;
          continue;
        }
        slot = bin * width;
        from = origin + bin * stepMs;
        to = from + stepMs;
      }
      const cell = slot + (rowSeries[row] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
}

let scratch = new Uint8Array(0);

/** By row of the block: the number of its class. Valid until the next call. */
function classesOf(index: EventIndex, block: Block): Uint8Array {
  if (scratch.length < block.rowCount) scratch = new Uint8Array(block.rowCount);
  const column = classColumn(index, block);
  if (column < 0) return scratch.fill(unstated);
  const byCode = Uint8Array.from(block.columns.dictionary(column), (value) => classOf(index, value));
  block.columns.mapRows(column, byCode, unstated, scratch);
  return scratch;
}

/** The block's column of classes; -1 where it has none. */
function classColumn(index: EventIndex, block: Block): number {
  const path = index.paths.find(derivedPaths.eventClass);
  return path === undefined ? -1 : block.columns.find(path);
}

/** The number of the event class that a value of the dictionary names. */
function classOf({ dictionary }: EventIndex, value: number): number {
  const found = value >= dictionary.length ? -1 : classes.findIndex((name) => name === dictionary.text(value));
  return found < 0 ? unstated : found;
}
