/** All that the list of events says, in reading order. */
import type { EventClass } from '#contract/events';
import { formatCount } from '#core/figures';

export const texts = {
  list: {
    name: 'Events',
    noTime: 'no time',
    timeAsWritten: (text: string) => `as written: ${text}`,
    noValue: 'none',
    loading: 'The first events are on their way…',
    syntaxError: 'The query has a syntax error',
    notRun: '. It was not run, and the query before it found nothing.',
    classTitles: {
      error: 'Error',
      write: 'Write',
      read: 'Read',
      unstated: 'Not stated',
    } satisfies Record<EventClass, string>,
    /** So that no class is recognised by its colour alone. */
    classLetters: { error: 'E', write: 'W', read: 'R', unstated: '·' } satisfies Record<EventClass, string>,
  },
  /** The column that is there while the query looks into values that no other column shows. */
  hits: {
    label: 'Found in',
    title: 'Where the event matches the query, if no other column shows it',
  },
  noMatch: {
    emptyWhileImporting: 'No events yet',
    empty: 'No events in this archive',
    emptyReason: 'No CloudTrail events could be read from the files.',
    seeReport: 'See the import report',
    title: 'No events match all filters',
    noneOf: (total: number) => `None of ${formatCount(total)} events matches the whole query.`,
    clear: 'Clear the query',
  },
  columns: {
    name: 'Columns',
    open: 'Columns',
    openHelp: 'Choose and order the columns',
    moveLeft: (column: string) => `Move ${column} left`,
    moveLeftHelp: 'Move left',
    moveRight: (column: string) => `Move ${column} right`,
    moveRightHelp: 'Move right',
    remove: (column: string) => `Remove ${column}`,
    removeHelp: 'Remove',
    add: 'Add a column…',
    reset: 'Reset',
  },
} as const;
