/** What the state of the window says in passing messages. What a comparison says is in `compare.svelte.ts`. */
import { counted, formatCount } from '#core/figures';

export const texts = {
  session: {
    alreadyOpen: 'That is open already: nothing was added',
    removed: (source: string, events: number | null) =>
      `Removed ${source}${events === null ? '' : `: ${counted(events, 'event')}`}`,
    undo: 'Undo',
    settingsNotSaved: (reason: string) => `The settings could not be saved: ${reason}`,
  },
  timeColumn: (zone: string) => `Time ${zone}`,
  zoom: {
    replaced: (clauses: readonly string[]) => `The chosen span replaces: ${clauses.join(', ')}`,
    noTimes: 'No matching event has a time',
    allInView: 'All matching events are in view already: drag over the bars to see fewer',
  },
  marked: (marked: number, all: number) =>
    marked < all
      ? `The first ${formatCount(marked)} of ${formatCount(all)} events are marked, the most at once`
      : `${counted(marked, 'event')} marked`,
  rangeCut: (most: number) => `The first ${formatCount(most)} events of the range are marked, the most at once`,
  spikes: {
    none: 'No bar stands far above the others',
    noMore: { next: 'That was the last spike in view', previous: 'That was the first spike in view' },
  },
  integrityLater: 'Files are still being read: the integrity checks begin when all of them are',
  copy: {
    path: 'Path',
    table: (events: string) => `Table of ${events}`,
    /** `wanted`: the most that one copy takes; `copied`: those of them that could be read. */
    records: (copied: number, wanted: number, all: number) => {
      const some = copied < wanted ? `${formatCount(copied)} of ` : '';
      return wanted < all
        ? `JSON of ${some}the first ${formatCount(wanted)} of ${formatCount(all)} events`
        : `JSON of ${some}${counted(wanted, 'event')}`;
    },
    /** `named`: the first of them; `others`: how many further reasons there are. */
    unread: (events: number, named: readonly string[], reason: string, others: number) =>
      `${counted(events, 'event')} could not be read again and ${events === 1 ? 'is' : 'are'} left out: ${named.join(', ')}${
        events > named.length ? ', …' : ''
      }. ${reason}${others > 0 ? ` (and ${counted(others, 'other reason')})` : ''}`,
    done: (what: string) => `${what} copied`,
    failed: (what: string) => `${what} could not be copied: the clipboard refused it`,
  },
} as const;
