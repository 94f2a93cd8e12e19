/** The sizes of the panels, for as long as the window lives. */

export const panelLimits = {
  timeline: { minPx: 64, maxPx: 320 },
  facets: { minPx: 160, maxPx: 480 },
  detail: { minPx: 260, maxPx: 900 },
} as const;

/** A detail pane wide enough to read paths and ARNs, without starving the list of a small window. */
const detailShare = 0.31;

export class Layout {
  timelinePx = $state(112);
  facetsPx = $state(216);
  detailPx = $state(Math.round(Math.min(560, Math.max(320, window.innerWidth * detailShare))));
  isDetailShown = $state(true);
}
