/**
 * How far a list of any number of rows is scrolled, and what the scroll bar shows of it.
 *
 * Browsers clamp an element's height (Chromium at 33,554,428 px, which is 1,398,101 rows of 24 px) and keep scroll offsets as
 * 32-bit floats, whole pixels only up to 2^24. Past a limit well below both, the track is shorter than the content and the scroll
 * bar is a scaled picture of it. The truth is then `top`, in content pixels: wheel and keys change `top` itself and the scroll
 * position follows, so that every row can be reached and nothing drifts.
 */

/** The tallest track, px: scroll offsets still have half a pixel of precision here. */
export const trackLimitPx = 8_000_000;

export interface ScrollMap {
  readonly rowCount: number;
  readonly rowHeightPx: number;
  /** Height of what is seen of the rows. */
  readonly viewportPx: number;
  /** Height of the element that makes the scroll bar. */
  readonly trackPx: number;
  /** The greatest `top`: the last row is then wholly in view. */
  readonly maxTop: number;
  /** The greatest scroll position. */
  readonly maxScroll: number;
  /** True where one pixel of scroll bar is more than one pixel of content. */
  readonly scaled: boolean;
}

/** Rows `first` to `last`, both shown, `last` at least `first - 1` (then none). */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

export function scrollMap(
  rowCount: number,
  rowHeightPx: number,
  viewportPx: number,
  limitPx: number = trackLimitPx,
): ScrollMap {
  const contentPx = rowCount * rowHeightPx;
  const trackPx = Math.max(Math.min(contentPx, limitPx), 0);
  const maxTop = Math.max(contentPx - viewportPx, 0);
  const maxScroll = Math.max(trackPx - viewportPx, 0);
  return { rowCount, rowHeightPx, viewportPx, trackPx, maxTop, maxScroll, scaled: maxTop > maxScroll };
}

/** The `top` that a scroll position means. The last pixel counts as the end: scroll positions are rounded on some displays. */
export function topAt(map: ScrollMap, scrollPx: number): number {
  if (!map.scaled) return clampTop(map, scrollPx);
  if (map.maxScroll <= 0 || scrollPx >= map.maxScroll - 1) return map.maxTop;
  return clampTop(map, scrollPx * (map.maxTop / map.maxScroll));
}

/** The scroll position that shows `top`. */
export function scrollAt(map: ScrollMap, top: number): number {
  if (!map.scaled) return clampTop(map, top);
  return Math.min(clampTop(map, top) * (map.maxScroll / map.maxTop), map.maxScroll);
}

/**
 * The new `top` once the scroll bar is at `scrollPx`. On a scaled map a position that already pictures `top` changes nothing:
 * it is the echo of a position set here, rounded by the browser.
 */
export function followScroll(map: ScrollMap, top: number, scrollPx: number): number {
  if (map.scaled && Math.abs(scrollPx - scrollAt(map, top)) <= 1) return clampTop(map, top);
  return topAt(map, scrollPx);
}

export function clampTop(map: ScrollMap, top: number): number {
  return Math.min(Math.max(top, 0), map.maxTop);
}

/** The rows that are at least partly in view. */
export function rowsInView(map: ScrollMap, top: number): RowRange {
  const first = Math.floor(clampTop(map, top) / map.rowHeightPx);
  const end = Math.ceil((clampTop(map, top) + map.viewportPx) / map.rowHeightPx);
  return { first: Math.min(first, map.rowCount), last: Math.min(end, map.rowCount) - 1 };
}

/** How many rows fit wholly in view, at least one. */
export function rowsPerPage(map: ScrollMap): number {
  return Math.max(Math.floor(map.viewportPx / map.rowHeightPx), 1);
}

/** The `top` nearest to the present one that shows the whole row; `center` puts a row that is out of view in the middle. */
export function topShowing(map: ScrollMap, top: number, row: number, align: 'nearest' | 'center' = 'nearest'): number {
  const start = row * map.rowHeightPx;
  const end = start + map.rowHeightPx;
  const inView = start >= top && end <= top + map.viewportPx;
  if (inView) return clampTop(map, top);
  if (align === 'center') return clampTop(map, Math.round(start - (map.viewportPx - map.rowHeightPx) / 2));
  // Where not even one row fits, its upper edge is shown.
  return clampTop(map, start < top || map.viewportPx < map.rowHeightPx ? start : end - map.viewportPx);
}
