/** What queries of the open archive are read with. */
import { epochMs } from '#contract/ids';
import type { ReadingContext } from '#core/query/habit';
import type { VisibleIndex } from '../visibility/visible-index';
import { fieldLookup } from './fields';

/** Its fields, and the last event, each counted once: the same as in `ArchiveStatus.last`, by which the window reads. */
export function readingContext(index: VisibleIndex): ReadingContext {
  const { first, last } = index.visible.counts(false);
  return { fields: fieldLookup(index), lastEvent: first > last ? null : epochMs(last) };
}
