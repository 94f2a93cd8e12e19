/** The four classes of events in words and letters, so that no colour has to be told from another. */
import type { EventClass } from '#contract/events';

const letters: Readonly<Record<EventClass, string>> = { error: 'E', write: 'W', read: 'R', unstated: '·' };
const titles: Readonly<Record<EventClass, string>> = {
  error: 'Error',
  write: 'Write',
  read: 'Read',
  unstated: 'Not stated',
};

export const classLetter = (eventClass: EventClass): string => letters[eventClass];
export const classTitle = (eventClass: EventClass): string => titles[eventClass];
