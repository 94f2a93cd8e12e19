/** The first `limit` in order. A full sort would compare texts far more often than keeping the best so far. */
export function best(
  items: ArrayLike<number> & Iterable<number>,
  limit: number,
  compare: (one: number, other: number) => number,
): number[] {
  if (items.length <= limit * 4) return [...items].sort(compare).slice(0, limit);
  const kept: number[] = [];
  for (const item of items) {
    if (kept.length === limit) {
      if (limit === 0 || compare(item, kept[limit - 1] as number) >= 0) continue;
      kept.pop();
    }
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(item, kept[middle] as number) < 0) high = middle;
      else low = middle + 1;
    }
    kept.splice(low, 0, item);
  }
  return kept;
}
