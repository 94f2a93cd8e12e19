/** What the window says itself: its title, and the titles of dialogs that serve more than one purpose. */
export const texts = {
  product: 'Trailglass',
  archiveTitle: (archive: string) => `${archive} – Trailglass`,
  addColumn: 'Add a column',
  addFacet: 'Add a facet',
} as const;
