/** What the page of an open archive says itself: the names of the lines between its panels. */
export const texts = {
  timelineHeight: 'Height of the timeline',
  facetsWidth: 'Width of the facets',
  detailWidth: 'Width of the detail',
} as const;
