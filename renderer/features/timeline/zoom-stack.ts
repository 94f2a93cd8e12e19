import type { TimeRange } from '#core/query/clauses';

/** The ranges zoomed through: what a double click goes back to. */
export class ZoomStack {
  #ranges: (TimeRange | null)[] = [];

  /** Remembers the range that is left behind. */
  push(range: TimeRange | null): void {
    this.#ranges.push(range);
  }

  /** The range before; null, the whole archive, where there is none. */
  pop(): TimeRange | null {
    return this.#ranges.pop() ?? null;
  }
}
