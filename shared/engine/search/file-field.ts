/** The file an event was read from. Needs no memory per row, since the rows of one file follow each other. */
import { hasBit, setBit } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { type ComputedField, countsOfOne } from './computed-field';

/** With more runs of rows than this, counting by file would take too long. */
const maxRuns = 400_000;

export const fileField: ComputedField = {
  isFixed: true,
  addRows(index, test, out) {
    forEachRun(index, (path, from, to) => {
      if (test(path, 'text')) for (let row = from; row < to; row++) setBit(out, row);
    });
  },
  textOf: (index, { places }, local) => index.pathOfFile(places.file(local), places.member(local)),
  forEachRun,
  events: (index) => index.visible.counts(false).events,
  count(index, rows) {
    const counts = new Map<string, number>();
    if (index.blocks.reduce((sum, { places }) => sum + places.runs, 0) > maxRuns) return null;
    forEachRun(index, (path, from, to) => {
      let count = 0;
      for (let row = from; row < to; row++) if (hasBit(rows, row)) count++;
      if (count > 0) counts.set(path, (counts.get(path) ?? 0) + count);
    });
    return countsOfOne(counts);
  },
};

function forEachRun(index: VisibleIndex, visit: (path: string, from: number, to: number) => void): void {
  for (const { base, places } of index.blocks) {
    for (let run = 0; run < places.runs; run++) {
      const path = index.pathOfFile(places.fileOfRun(run), places.memberOfRun(run));
      visit(path, base + places.runStart(run), base + places.runStart(run + 1));
    }
  }
}
