/** How many versions an event has, where its ID comes with different content: what looks for duplicates knows. */
import { hasBit, setBit } from '../index/bitset';
import type { ComputedField } from './computed-field';

export const versionsField: ComputedField = {
  // Settled when an import ends, after its last block came.
  isFixed: false,
  addRows(index, test, out) {
    index.visible.duplicates.forEachVersion((row, versions) => {
      if (test(String(versions), 'text')) setBit(out, row);
    });
  },
  textOf(index, block, local) {
    const others = index.visible.duplicates.versionsBeside(block.base + local);
    return others === 0 ? null : String(others + 1);
  },
  events: (index) => index.visible.duplicates.versions,
  count(index, rows) {
    const counts = new Map<string, number>();
    index.visible.duplicates.forEachVersion((row, versions) => {
      if (hasBit(rows, row)) counts.set(String(versions), (counts.get(String(versions)) ?? 0) + 1);
    });
    return counts;
  },
};
