import type { TimeRange } from '#core/query/clauses';

/** A range at least this much narrower than the one before is a zoom; anything less adjusts that range. */
const zoomShare = 0.9;

/** The ranges zoomed through: what a double click goes back to. */
export class ZoomStack {
  private ranges: (TimeRange | null)[] = [];

  /** Remembers the range that a narrower one replaces. What is no wider than the new one is no way out of it, and is forgotten. */
  zoom(from: TimeRange | null, to: TimeRange | null): void {
    while (this.ranges.length > 0 && widthOf(this.ranges.at(-1) ?? null) <= widthOf(to)) this.ranges.pop();
    if (widthOf(to) < widthOf(from) * zoomShare) this.ranges.push(from);
  }

  /** The range before; null, the whole archive, where there is none. */
  back(): TimeRange | null {
    return this.ranges.pop() ?? null;
  }
}

function widthOf(range: TimeRange | null): number {
  return (range?.to ?? Infinity) - (range?.from ?? -Infinity);
}
