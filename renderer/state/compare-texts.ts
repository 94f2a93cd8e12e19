/** How the events of a comparison were chosen, or what is missing for one. */
export const compareTexts = {
  noneMarked:
    'Mark an event with Space, go to another, and press d to compare the two. < compares with the previous same call.',
  oneMarked: 'One event is marked. Go to another, or mark it too, and press d.',
  moreMarked: (count: number, most: number) =>
    `${count} are marked: the first is compared with the ${most} marked after it.`,
  versions:
    'Conflicting versions: one event ID, different content. They are versions of one event, or different calls.',
  moreVersions: (count: number, most: number) =>
    `${count} other conflicting versions: this event is compared with the first ${most}.`,
} as const;
