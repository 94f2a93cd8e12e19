/** When a value of a facet was seen first and last. */
import { epochMs } from '#contract/ids';
import type { Seen } from '#contract/query';
import { isBelievable } from '#core/time';
import type { VisibleIndex } from '../visibility/visible-index';
import type { Matches } from './cross-filter';
import { resolveField } from './fields';
import { readRowValues, type RowValues } from './row-values';

/**
 * The first and last time among the rows that have the value, those that cannot be right only where there is no other. Null where the field has
 * too many values, or no such row a time.
 */
export function findSeen(index: VisibleIndex, field: string, value: string, matches: Matches): Seen | null {
  const values = readRowValues(index, resolveField(index, field), matches.rows, matches.count);
  if (values === null) return null;
  let wanted = 0;
  while (wanted < values.length && values.text(wanted) !== value) wanted++;
  const believable = { first: Infinity, last: -Infinity };
  const doubtful = { first: Infinity, last: -Infinity };
  for (const { base, firstWord, endWord, times } of index.blocks) {
    for (let at = firstWord; at < endWord; at++) {
      let word = matches.rows[at] as number;
      while (word !== 0) {
        const row = (at << 5) + 31 - Math.clz32(word & -word);
        word &= word - 1;
        if (!hasValue(values, row, wanted)) continue;
        const time = times.at(row - base);
        const span = isBelievable(time) ? believable : doubtful;
        // NaN compares with nothing.
        if (time < span.first) span.first = time;
        if (time > span.last) span.last = time;
      }
    }
  }
  const { first, last } = believable.first <= believable.last ? believable : doubtful;
  return first <= last ? { first: epochMs(first), last: epochMs(last) } : null;
}

function hasValue(values: RowValues, row: number, wanted: number): boolean {
  let has = values.first[row] === wanted;
  if (!has && values.hasSeveral)
    values.forEachFurther(row, (value) => {
      has ||= value === wanted;
    });
  return has;
}
