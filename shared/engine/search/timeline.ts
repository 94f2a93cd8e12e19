/** Counts a set of rows into bins of time and the four classes. */
import { epochMs } from '#contract/ids';
import type { EventClass } from '#contract/events';
import type { Timeline, TimelineRequest } from '#contract/query';
import { layOutBins } from '#core/bins';
import { derivedPaths } from '#core/fields';
import { type Bitset, isEmptyBetween } from '../index/bitset';
import type { Block } from '../index/block';
import type { EventIndex } from '../index/event-index';

const classes: readonly EventClass[] = ['error', 'write', 'read', 'unstated'];
const unstated = 3;
/** More bins than any screen has pixels are not asked for in earnest. */
const MAX_BINS = 10_000;

interface Bins {
  readonly origin: number;
  readonly stepMs: number;
  readonly count: number;
  /** By bin and class. */
  readonly counts: Uint32Array;
}

/** Null where no event has a time. `span` is the first and the last time of what is shown, whatever matches. */
export function countTimeline(
  index: EventIndex,
  mask: Bitset,
  request: TimelineRequest,
  span: { readonly first: number; readonly last: number },
): Timeline | null {
  if (span.first > span.last) return null;
  const extent = { first: epochMs(span.first), last: epochMs(span.last) };
  const from = request.from ?? extent.first;
  const to = epochMs(Math.max(from, request.to ?? extent.last));
  const { origin, stepMs, count } = layOutBins(from, to, Math.min(MAX_BINS, request.maxBins));
  const bins = { origin, stepMs, count, counts: new Uint32Array(count * classes.length) };
  let undated = 0;
  for (const block of index.blocks) {
    const { times } = block;
    if (isEmptyBetween(mask, block.firstWord, block.endWord)) continue;
    if (times.undated === 0 && (times.last < origin || times.first >= origin + count * stepMs)) continue;
    undated += countBlock(block, mask, classesOf(index, block), bins);
  }
  const of = (wanted: number): number[] =>
    Array.from({ length: count }, (_, bin) => bins.counts[bin * classes.length + wanted] ?? 0);
  const [error, write, read] = [of(0), of(1), of(2)];
  return { from, to, stepMs, origin, error, write, read, unstated: of(unstated), undated, extent };
}

/** Returns how many of the block's rows have no time. */
function countBlock(block: Block, mask: Bitset, rowClasses: Uint8Array, bins: Bins): number {
  const { origin, stepMs, count, counts } = bins;
  const { times } = block;
  const { seconds } = times;
  const isDated = times.undated === 0;
  let undated = 0;
  // Neighbours mostly fall into one bin, so a row is divided into its bin only where it leaves the last one's bounds.
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
          undated++;
          continue;
        }
        const bin = Math.floor((time - origin) / stepMs);
        if (bin < 0 || bin >= count) continue;
        slot = bin * classes.length;
        from = origin + bin * stepMs;
        to = from + stepMs;
      }
      const cell = slot + (rowClasses[row] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  return undated;
}

let scratch = new Uint8Array(0);

/** By row of the block: the number of its class. Valid until the next call. */
function classesOf(index: EventIndex, block: Block): Uint8Array {
  if (scratch.length < block.rowCount) scratch = new Uint8Array(block.rowCount);
  const path = index.paths.find(derivedPaths.eventClass);
  const column = path === undefined ? -1 : block.columns.find(path);
  if (path === undefined || column < 0) return scratch.fill(unstated);
  const { dictionary } = index;
  const byCode = Uint8Array.from(block.columns.dictionary(column), (value) => {
    if (value >= dictionary.length) return unstated;
    const found = classes.findIndex((name) => name === dictionary.text(value));
    return found < 0 ? unstated : found;
  });
  block.columns.mapRows(column, byCode, unstated, scratch);
  return scratch;
}
