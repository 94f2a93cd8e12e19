/** The time order of all rows. Equal times are ordered by file and location, whichever thread read them first. */
import type { EventIndex } from '../index/event-index';
import { sortBy } from '../index/radix-sort';

export interface TimeOrder {
  /** Row ids, the oldest first; events without a time last, by location. */
  readonly rows: Uint32Array;
  /** How many of them have a time. */
  readonly dated: number;
}

/** Sorts by the least significant digit first, which keeps the order by location among equal times. */
export function orderByTime(index: EventIndex): TimeOrder {
  const rows = rowsByPlace(index);
  const dated = rows.length - index.undated;
  if (dated === 0) return { rows, dated };
  const isWhole = index.blocks.every((block) => block.times.seconds !== null);
  const unit = isWhole ? 1000 : 1;
  const span = (index.last - index.first) / unit;
  // One past the last time is the key of those that have none.
  const low = new Uint32Array(rows.length);
  const high = span + 1 > 0xffffffff ? new Uint32Array(rows.length) : null;
  let at = 0;
  forEachByPlace(index, (block, local) => {
    const time = block.times.at(local);
    const key = Number.isNaN(time) ? span + 1 : (time - index.first) / unit;
    low[at] = key % 0x1_0000_0000;
    if (high !== null) high[at] = Math.floor(key / 0x1_0000_0000);
    at++;
  });
  // Sorts positions instead of rows, so that memory is read in order.
  let order: Uint32Array = new Uint32Array(rows.length);
  for (let position = 0; position < order.length; position++) order[position] = position;
  order = sortBy(order, low, Math.min(span + 1, 0xffffffff));
  if (high !== null) order = sortBy(order, high, Math.floor((span + 1) / 0x1_0000_0000));
  for (let place = 0; place < order.length; place++) order[place] = rows[order[place] as number] as number;
  return { rows: order, dated };
}

type Visit = (block: EventIndex['blocks'][number], local: number) => void;

function forEachByPlace(index: EventIndex, visit: Visit): void {
  const runs = index.blocks.flatMap((block) =>
    Array.from({ length: block.places.runs }, (_, run) => ({
      block,
      file: block.places.fileOfRun(run),
      member: block.places.memberOfRun(run)?.ordinal ?? -1,
      from: block.places.runStart(run),
      to: block.places.runStart(run + 1),
    })),
  );
  // One thread reads a whole file from start to end, so row numbers follow the location.
  runs.sort(
    (one, other) =>
      one.file - other.file || one.member - other.member || one.block.base + one.from - (other.block.base + other.from),
  );
  for (const { block, from, to } of runs) for (let local = from; local < to; local++) visit(block, local);
}

function rowsByPlace(index: EventIndex): Uint32Array {
  const rows = new Uint32Array(index.total);
  let at = 0;
  forEachByPlace(index, (block, local) => {
    rows[at++] = block.base + local;
  });
  return rows;
}
