import { epochMs, type EpochMs } from '#contract/ids';
import { isEmptyRange, type TimeRange } from '#core/query/clauses';
import type { TimeSpan } from '#core/time';

/** Null means the archive's own first or last time. */
export interface VisibleSpan {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
}

/** The chosen range as it is drawn, an open end drawn at the end of the timeline; null where there is none, or it ends before it begins. */
export function chosenSpan(range: TimeRange | null, ends: TimeSpan): TimeSpan | null {
  if (range === null) return null;
  const span = { from: range.from ?? ends.from, to: range.to ?? ends.to };
  return isEmptyRange(span) ? null : span;
}

/** How much time around a chosen range stays visible on each side, as a share of the range. */
const margin = 0.15;

/**
 * The span the timeline shows: the chosen range with some time around it, so that its ends can be dragged outwards too.
 *
 * Nulls, for the whole archive, where no range is chosen.
 */
export function visibleSpan(
  range: TimeRange | null,
  extent: { readonly first: EpochMs; readonly last: EpochMs } | null,
): VisibleSpan {
  if (extent === null || range === null) return { from: null, to: null };
  const from = range.from ?? extent.first;
  const to = range.to ?? extent.last;
  const pad = Math.max(1_000, Math.round((to - from) * margin));
  const visibleFrom = Math.max(extent.first, from - pad);
  const visibleTo = Math.min(extent.last, to + pad);
  // A range outside the archive: the whole archive shows more than an empty stretch.
  if (visibleTo <= visibleFrom) return { from: null, to: null };
  return { from: epochMs(visibleFrom), to: epochMs(visibleTo) };
}
