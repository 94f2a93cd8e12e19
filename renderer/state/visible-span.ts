import { epochMs, type EpochMs } from '#contract/ids';
import type { TimeRange } from '#core/query/clauses';

/** Nulls stand for the archive's own ends. */
export interface VisibleSpan {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
}

/** How much of the neighbourhood stays visible on each side of a chosen range. */
const margin = 0.15;

/**
 * The span the timeline shows: the chosen range with some of its neighbourhood, so that its ends can be drawn outward too.
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
  // A range outside the archive: the whole archive tells more than an empty stretch.
  if (visibleTo <= visibleFrom) return { from: null, to: null };
  return { from: epochMs(visibleFrom), to: epochMs(visibleTo) };
}
