/** All that the help says, in reading order, but for its tables: the language, the names of fields and the shortcuts. */
export const texts = {
  title: 'Help',
  language: {
    title: 'The query language',
    columns: { write: 'Write', meaning: 'Meaning' },
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
