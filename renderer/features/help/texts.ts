/** All that the help says, in reading order, but for its tables: the language, the names of fields and the shortcuts. */
export const texts = {
  title: 'Help',
  language: {
    title: 'The query language',
    columns: { write: 'Write', meaning: 'Meaning' },
  },
  habits: {
    title: 'Queries of other tools',
    reading:
      'What can be meant one way only runs as it is meant in that tool, and a note beside the result says how it was read. Times count back from the last event; in this table that is 2023-07-10T12:40:01Z.',
    columns: { tool: 'Tool', written: 'Written', read: 'Read as' },
  },
  fields: {
    title: 'Short names of fields',
    columns: { field: 'Name', meaning: 'Meaning' },
    /** Before an example. */
    otherFields: 'Any other field is named by its path:',
  },
  shortcuts: {
    columns: { keys: 'Keys', meaning: 'Meaning' },
  },
} as const;
