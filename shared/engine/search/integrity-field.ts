/** What the integrity checks say of the file an event was read from, and which events stand behind the end of the file that CloudTrail wrote. */
import { appendedValue } from '#core/fields';
import { hasBit, setBit } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { type ComputedField, countsOfOne } from './computed-field';

export const integrityField: ComputedField = {
  // Keys may be brought along after the import.
  isFixed: false,
  addRows(index, test, out) {
    forEachRun(index, (state, from, to) => {
      if (test(state, 'text')) for (let row = from; row < to; row++) setBit(out, row);
    });
  },
  textOf: (index, { places, hashes }, local) =>
    hashes.isAppended(local) ? appendedValue : index.stateOfFile(places.file(local), places.member(local)),
  forEachRun,
  events: (index) => index.visible.counts(false).events,
  count(index, rows) {
    const counts = new Map<string, number>();
    forEachRun(index, (state, from, to) => {
      let count = 0;
      for (let row = from; row < to; row++) if (hasBit(rows, row)) count++;
      if (count > 0) counts.set(state, (counts.get(state) ?? 0) + count);
    });
    return countsOfOne(counts);
  },
};

function forEachRun(index: VisibleIndex, visit: (state: string, from: number, to: number) => void): void {
  for (const { base, places, hashes } of index.blocks) {
    for (let run = 0; run < places.runs; run++) {
      const state = index.stateOfFile(places.fileOfRun(run), places.memberOfRun(run));
      const end = places.runStart(run + 1);
      for (let from = places.runStart(run); from < end;) {
        const isAppended = hashes.isAppended(from);
        let to = hashes.appended === null ? end : from + 1;
        while (to < end && hashes.isAppended(to) === isAppended) to++;
        const value = isAppended ? appendedValue : state;
        if (value !== null) visit(value, base + from, base + to);
        from = to;
      }
    }
  }
}
