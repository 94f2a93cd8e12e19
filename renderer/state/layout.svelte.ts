/** The sizes of the panels, for as long as the window lives. */

export const panelLimits = {
  timeline: { minPx: 72, maxPx: 320 },
  facets: { minPx: 160, maxPx: 480 },
  detail: { minPx: 280, maxPx: 900 },
} as const;

/** Of a window with facets, list and detail side by side, px. */
const leastForDetailPx = 1200;

export class Layout {
  timelinePx = $state(112);
  facetsPx = $state(shareOfWindow(0.15, 176, 300));
  detailPx = $state(shareOfWindow(0.25, 280, 560));
  isDetailShown = $state(true);
  /** Of the window, px; less where it is zoomed in. */
  windowPx = $state(window.innerWidth);
  /** The height of the window, px. */
  windowHeightPx = $state(window.innerHeight);
  /** Too narrow for the list and the detail next to each other: the detail lies over the list, once an event is chosen. */
  readonly isNarrow = $derived(this.windowPx < leastForDetailPx);
  /** Whether the events that belong to the current one are listed, where a low window has room for the record alone. */
  isRelatedOpen = $state(window.innerHeight >= 800);
}

/** Side panes wide enough to read names and ARNs, without starving the list of a small window. */
function shareOfWindow(share: number, leastPx: number, mostPx: number): number {
  return Math.round(Math.min(mostPx, Math.max(leastPx, window.innerWidth * share)));
}
