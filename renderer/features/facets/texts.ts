/** What the panel of facets says; one facet's own texts are in ui/FacetList.svelte. */
export const texts = {
  panel: {
    name: 'Facets',
    add: 'Add facet',
    empty: 'A facet counts the values of one field.',
  },
} as const;
