/** How many conflicting versions an event has: events with one ID and different content. */
import { hasBit, setBit } from '../index/bitset';
import { type ComputedField, countsOfOne } from './computed-field';

export const versionsField: ComputedField = {
  // Decided when an import ends, after its last block was added.
  isFixed: false,
  addRows(index, test, out) {
    index.visible.duplicates.forEachVersion((row, versions) => {
      if (test(String(versions), 'text')) setBit(out, row);
    });
  },
  textOf(index, block, local) {
    const others = index.visible.duplicates.otherVersionsOf(block.base + local);
    return others === 0 ? null : String(others + 1);
  },
  forEachRun(index, visit) {
    index.visible.duplicates.forEachVersion((row, versions) => visit(String(versions), row, row + 1));
  },
  events: (index) => index.visible.duplicates.versions,
  count(index, rows) {
    const counts = new Map<string, number>();
    index.visible.duplicates.forEachVersion((row, versions) => {
      if (hasBit(rows, row)) counts.set(String(versions), (counts.get(String(versions)) ?? 0) + 1);
    });
    return countsOfOne(counts);
  },
};
