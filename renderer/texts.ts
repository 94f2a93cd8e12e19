/** What the window says itself: its title. */
export const texts = {
  product: 'Trailglass',
  archiveTitle: (archive: string) => `${archive} – Trailglass`,
} as const;
