/**
 * Offsets of the fields of the kernel's entries, in 32-bit words: must match the classes of the same names in `kernel/`. Doubles and hashes take
 * two words each. Written out here, since constants of JavaScript are faster than globals of the program; a test holds them to
 * `kernel/layout.ts`.
 */
export const KeyEntry = { parent: 4, textStart: 6, textLength: 7, words: 10 } as const;
export const PathEntry = { key: 7, words: 10 } as const;
export const ValueEntry = { path: 2, textStart: 4, textLength: 5, type: 6, words: 8 } as const;
export const RowEntry = {
  offset: 0,
  time: 2,
  id: 4,
  content: 6,
  length: 8,
  tuple: 10,
  timeValue: 11,
  words: 12,
} as const;
/** Read whole, in the order of `kernel/compact.ts`. */
export const ColumnEntry = { words: 8 } as const;

/** Bytes behind the input that the kernel may read. */
export const inputSlack = 64;
/** The fault of a record that is nested too deep. */
export const tooDeep = 10;
