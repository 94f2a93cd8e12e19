/** What the panel of facets says; one facet's own texts are in ui/FacetList.svelte. */
export const texts = {
  panel: {
    name: 'Facets',
    add: 'Add facet',
    empty: 'A facet counts the values of one field.',
  },
  /** Further lines of a value's tooltip. */
  seen: (first: string, last: string) => `first seen ${first}\nlast seen ${last}`,
} as const;
