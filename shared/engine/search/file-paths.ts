/** The files that events were read from, as a field: nothing is kept for a row, since the rows of one file stand together. */
import type { Bitset } from '../index/bitset';
import { hasBit, setBit } from '../index/bitset';
import type { Block } from '../index/block';
import type { EventIndex } from '../index/event-index';

/** Beyond this many stretches of rows from one file, files are not counted while somebody waits. */
const MAX_RUNS = 400_000;

/** The path of the file, or of the archive's member, that a block's row was read from, as it is shown. */
export function fileOfRow(index: EventIndex, { places }: Block, local: number): string {
  return index.pathOfFile(places.file(local), places.member(local));
}

/** Adds the rows that were read from files whose path passes. */
export function addFileRows(index: EventIndex, test: (path: string) => boolean, out: Bitset): void {
  forEachRun(index, (path, from, to) => {
    if (test(path)) for (let row = from; row < to; row++) setBit(out, row);
  });
}

/** How many rows of a set were read from each file; null where there are too many files. */
export function countFiles(index: EventIndex, rows: Bitset): ReadonlyMap<string, number> | null {
  const counts = new Map<string, number>();
  if (index.blocks.reduce((sum, { places }) => sum + places.runs, 0) > MAX_RUNS) return null;
  forEachRun(index, (path, from, to) => {
    let count = 0;
    for (let row = from; row < to; row++) if (hasBit(rows, row)) count++;
    if (count > 0) counts.set(path, (counts.get(path) ?? 0) + count);
  });
  return counts;
}

function forEachRun(index: EventIndex, visit: (path: string, from: number, to: number) => void): void {
  for (const { base, places } of index.blocks) {
    for (let run = 0; run < places.runs; run++) {
      const path = index.pathOfFile(places.fileOfRun(run), places.memberOfRun(run));
      visit(path, base + places.runStart(run), base + places.runStart(run + 1));
    }
  }
}
