/** All that the head of the window says around the query, in reading order. What notes say is in `core/query/note-text.ts`. */
import { formatCount } from '#core/figures';

export const texts = {
  bar: {
    query: 'Query',
    placeholder: 'Search every value, or name a field: service:s3 -readonly:true',
    back: 'Back',
    backTitle: 'Back to the previous query ( [ )',
    forward: 'Forward',
    forwardTitle: 'Forward to the next query ( ] )',
    clear: 'Clear the query',
    run: 'Run',
    runTitle: 'Run (Enter)',
  },
  completions: {
    label: 'Completions',
    similar: '≈ similar',
    similarTitle: 'Spelled a little differently',
    field: 'field',
    earlier: 'earlier query',
    /** What each key does, behind the key. */
    keys: { tab: 'takes the first', arrows: 'choose', enter: 'runs' },
  },
  syntaxError: {
    /** Before the query that what is below answers. */
    stillShown: 'Still shown below:',
    allEvents: 'all events',
    back: 'Back to this query',
  },

  found: {
    /** Behind the number of matching events, which stands out. */
    ofTotal: (total: number) => `of ${formatCount(total)} events`,
    withDuplicates: 'duplicates counted',
    withDuplicatesTitle: 'Every duplicate of an event is listed and counted. Count each event once (y)',
    /** Heard behind `withDuplicates`: what a press does. */
    hideDuplicates: ': count each event once',
  },
  chips: {
    label: 'Filters',
    remove: 'Remove',
    removeOne: (clause: string) => `Remove: ${clause}`,
    clear: 'Clear all',
    more: (count: number) => `+${formatCount(count)}`,
    /** Heard behind `more`. */
    moreFilters: (count: number) => (count === 1 ? 'more filter' : 'more filters'),
    foldedTitle: 'Filters that have no room here',
  },
  span: {
    before: (end: string) => `before ${end}`,
    from: (start: string) => `from ${start}`,
    between: (start: string, end: string) => `${start} – ${end}`,
    reversed: (start: string, end: string) => `${start} – ${end}: ends before it begins`,
    wholeTitle: 'From the first event to the last. Type a span (T)',
    chosenTitle: 'The chosen time range. Type another (T)',
    all: 'All times',
  },
  zone: {
    utc: 'UTC',
    at: (zone: string, offset: string) => `${zone}, ${offset}`,
    label: (zone: string) => `Zone: ${zone}`,
    title: 'Choose the zone of times (Z); to UTC and back (z)',
  },

  notes: {
    /** Behind how another tool's query was read. */
    words: 'Search for the words instead',
    wordsTitle: (query: string) => `Run ${query}`,
    label: 'How the query was read',
    more: (count: number) => `and ${formatCount(count)} more`,
    /** Before a query that was perhaps meant. */
    try: 'Try',
    tryTitle: 'Run this query instead',
  },
} as const;
