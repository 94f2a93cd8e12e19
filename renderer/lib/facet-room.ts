/** How many values each of the first facets shows, so that these facets stand above the fold. */
import type { FacetValue } from '#contract/query';

/** The facets that matter most: with the default order identity, event, target, service and address. */
export const facetsAboveFold = 5;
/** A facet below the fold shows this many, and one above never more before somebody asks. */
export const firstValues = 8;
const leastValues = 2;

/** Head, foot and gaps of a facet, px: see `ui/FacetList.svelte`. */
const facetFramePx = 53;
/** What stands above and below the facets, px: query, timeline as high as it starts, status. */
const aroundPx = 205;

/** `windowPx`: the height of the window; `linePx`: of a value. By the window, not by the panel: nothing moves when a strip comes or goes. */
export function valuesAboveFold(windowPx: number, linePx: number): number {
  const room = (windowPx - aroundPx) / facetsAboveFold - facetFramePx;
  return Math.min(Math.max(Math.floor(room / linePx), leastValues), firstValues);
}

/** The first values, and behind them every other one that the query names. */
export function shortValues(values: readonly FacetValue[], most: number): readonly FacetValue[] {
  return values.filter(({ state }, index) => index < most || state !== 'none');
}
