/**
 * Which folder may import which, for the whole project, from the bottom up. ESLint checks each import against it, and a test checks the
 * graph of all imports: no circle, no upward import, no allowed pair that is not used.
 *
 * A folder is listed before all that import it, so a new pair goes from a later entry to an earlier one. shared/README.md says what each
 * folder is for.
 */

/** @typedef {Readonly<Record<string, string>>} Below a folder that may be imported, and what for */

const edits = 'values become clauses of the query';
const names = 'names of regions and shortcuts';
const panel = 'a panel of the page';
const dialog = 'a page or dialog of its own';
/** What a feature of the window stands on. */
const base = {
  'shared/core': 'fields, times and figures',
  'renderer/state': 'what is shown',
  'renderer/ui': 'the parts it is made of',
};
const shapes = { 'shared/contract': 'the shapes that are shown' };
const helpers = { 'renderer/lib': 'plain helpers' };

/** @type {Readonly<Record<string, Below>>} */
export const layers = {
  'shared/contract': {},

  'shared/core/json': { 'shared/contract': 'errors of what cannot be read' },
  'shared/core/untrusted': {},
  'shared/core': {
    'shared/contract': 'the shapes its rules are about',
    'shared/core/untrusted': 'text is escaped for window and terminal by one rule',
  },
  'shared/core/target': {},
  'shared/core/query': {
    'shared/contract': 'queries, notes and errors',
    'shared/core': 'fields, times, principals and outcomes',
  },
  'shared/core/diff': {
    'shared/contract': 'the shapes of a comparison',
    'shared/core': 'escaping of what is printed',
    'shared/core/json': 'records as they were written',
    'shared/core/query': 'addresses of a policy condition',
    'shared/core/target': 'what a call acts upon',
  },

  'shared/core/integrity': {
    'shared/contract': 'the verdicts',
    'shared/core': 'times and figures',
  },

  'shared/engine/text': {},
  'shared/engine/sources': {
    'shared/contract': 'limits and problems',
    'shared/core': 'figures in messages',
    'shared/engine/text': 'names that are not UTF-8; UTF-16 among the kinds of content',
  },
  'shared/engine/scan': {
    'shared/contract': 'formats and problems',
    'shared/core': 'fields, identities and outcomes are derived while scanning',
    'shared/engine/sources': 'the archive member a record is in',
    'shared/engine/text': 'strings to bytes and back',
  },
  'shared/engine/formats': {
    'shared/contract': 'formats, limits and problems',
    'shared/core': 'fields and times of tables; figures in messages',
    'shared/core/json': 'records as they were written',
    'shared/engine/scan': 'records go to the scanner',
    'shared/engine/sources': 'foreign packings are named in one list',
    'shared/engine/text': 'strings to bytes and back',
  },
  'shared/engine/decode': {
    'shared/contract': 'limits, problems and progress',
    'shared/engine/formats': 'a text goes to the reader of its format',
    'shared/engine/scan': 'segments are what a decode thread makes',
    'shared/engine/sources': 'a decode thread takes its next file',
    'shared/engine/text': 'UTF-16 becomes UTF-8',
  },
  'shared/engine/reread': {
    'shared/contract': 'formats and errors',
    'shared/engine/formats': 'an event is unwrapped as it was the first time',
    'shared/engine/sources': 'bytes of a file or member',
    'shared/engine/text': 'UTF-16 becomes UTF-8',
  },
  'shared/engine/index': {
    'shared/core': 'fields and times',
    'shared/core/query': 'names of fields',
    'shared/engine/scan': 'a block is made from a segment',
    'shared/engine/sources': 'the archive member a row is in',
    'shared/engine/text': 'strings to bytes and back',
  },
  'shared/engine/visibility': {
    'shared/core': 'fields and times that duplicates are compared by',
    'shared/engine/index': 'rows and their values',
    'shared/engine/scan': 'segments on their way into the index',
    'shared/engine/sources': 'the archive member a row is in',
  },
  'shared/engine/search': {
    'shared/contract': 'queries and results',
    'shared/core': 'fields, times, principals and outcomes',
    'shared/core/diff': 'which requests are the same call',
    'shared/core/json': 'records as they were written',
    'shared/core/query': 'the query language',
    'shared/core/target': 'what a call acts upon',
    'shared/engine/index': 'columns, values and rows',
    'shared/engine/visibility': 'which rows count',
    'shared/engine/text': 'strings to bytes and back',
  },
  'shared/engine/imports': {
    'shared/contract': 'sources, reports and progress',
    'shared/engine/decode': 'what a decode thread reports',
    'shared/engine/index': 'rows per file',
    'shared/engine/visibility': 'which rows count',
    'shared/engine/search': 'values per file are counted as facets are',
    'shared/engine/sources': 'files as they were listed',
  },
  'shared/engine/integrity': {
    'shared/contract': 'the verdicts',
    'shared/core': 'times',
    'shared/core/integrity': 'what digests, names and deliveries say',
    'shared/engine/imports': 'the files that are open, with their hashes',
    'shared/engine/index': 'rows per file',
    'shared/engine/search': 'deliveries are found by queries',
    'shared/engine/sources': 'keys are opened as evidence is',
    'shared/engine/visibility': 'which rows count',
  },
  'shared/engine': {
    'shared/contract': 'the calls it answers',
    'shared/core': 'the report as text',
    'shared/core/integrity': 'the verdicts as text',
    'shared/core/diff': 'comparing two records',
    'shared/core/json': 'records as they were written',
    'shared/core/query': 'the query language',
    'shared/engine/decode': 'the threads that import',
    'shared/engine/imports': 'the order of imports and what they reported',
    'shared/engine/index': 'sets of rows',
    'shared/engine/integrity': 'the checks of the open archive',
    'shared/engine/visibility': 'the index of the open archive',
    'shared/engine/reread': 'records, read again',
    'shared/engine/scan': 'segments go to the index; a record read again is hashed',
    'shared/engine/search': 'queries and pages',
    'shared/engine/sources': 'files as they were listed',
  },

  'shared/cli': {
    'shared/contract': 'the calls it makes',
    'shared/core': 'text for terminals',
    'shared/core/diff': 'a comparison as text',
    'shared/core/query': 'queries as text',
    'shared/engine': 'the engine thread',
    'shared/engine/sources': 'what to do about a path that is not UTF-8',
  },
  'shared/host': {
    'shared/contract': 'the calls it answers and makes',
    'shared/core': 'text for logs; columns that settings may name',
    'shared/engine': 'the engine thread',
    'shared/engine/sources': 'files are opened by one function; what to do about a path that is not UTF-8',
  },
  electron: {
    'shared/contract': 'the calls of the window',
    'shared/core': 'text for window titles',
    'shared/host': 'the application service',
  },

  'renderer/lib': {
    'shared/contract': 'the shapes that are shown',
    'shared/core': 'escaping, times and principals',
    'shared/core/diff': 'lines of a comparison',
    'shared/core/json': 'records as they were written',
    'shared/core/untrusted': 'the parts of an escaped text',
  },
  'renderer/host': { 'shared/contract': 'the calls of the window' },
  'renderer/state': {
    'shared/contract': 'the shapes that are shown',
    'shared/core': 'fields, times and escaping',
    'shared/core/diff': 'what a comparison shows',
    'shared/core/query': 'edits of a query',
    'renderer/host': 'the calls of the window',
    'renderer/lib': 'plain helpers',
  },
  'renderer/keys': {
    'shared/contract': 'every command has a case',
    'renderer/state': 'what a shortcut does',
  },
  'renderer/ui': {
    'shared/contract': 'the shapes that are shown',
    'shared/core': 'escaping and times',
    'shared/core/json': 'records as they were written',
    'shared/core/untrusted': 'the parts of an escaped text',
    'renderer/lib': 'plain helpers',
  },
  'renderer/features/times': { ...base, ...shapes, 'shared/core/query': 'typed spans, edits of a query' },
  'renderer/features/menu': {
    ...base,
    ...helpers,
    'shared/core/query': edits,
    'renderer/keys': 'how chords are shown',
  },
  'renderer/features/integrity': {
    ...base,
    ...shapes,
    ...helpers,
    'shared/core/integrity': 'what is not proven',
    'shared/core/query': edits,
  },
  'renderer/features/detail': {
    'renderer/features/integrity': 'the badge of an event’s file',
    'renderer/features/menu': 'what can be done with a value',
    ...base,
    ...shapes,
    ...helpers,
    'shared/core/json': 'records as they were written',
    'shared/core/query': edits,
    'renderer/features/times': 'the spans around an event',
  },
  'renderer/features/diff': {
    ...base,
    ...shapes,
    ...helpers,
    'shared/core/diff': 'what a comparison shows',
    'renderer/keys': names,
  },
  'renderer/features/about': {
    '.': 'the licence it shows',
    'node_modules/assemblyscript': 'the licence it shows',
    'node_modules/d3-scale': 'the licence it shows',
    'node_modules/minisearch': 'the licence it shows',
    'node_modules/svelte': 'the licence it shows',
    'node_modules/valibot': 'the licence it shows',
    'shared/contract': 'the shapes that are shown',
    'renderer/state': 'what is shown',
    'renderer/ui': 'the parts it is made of',
  },
  'renderer/features/trouble': {
    'shared/contract': 'the shapes that are shown',
    'renderer/state': 'what is shown',
    'renderer/ui': 'the parts it is made of',
  },
  'renderer/features/events': {
    ...base,
    ...shapes,
    ...helpers,
    'shared/core/query': 'what a query looks for, shown in the row',
    'renderer/keys': names,
  },
  'renderer/features/facets': { ...base, ...helpers, 'shared/core/query': edits },
  'renderer/features/fields': { ...base, ...shapes, ...helpers },
  'renderer/features/groups': { ...base, ...shapes, ...helpers, 'shared/core/query': edits },
  'renderer/features/help': {
    'shared/core': 'the named fields it lists',
    'shared/core/query': 'the habits of other tools it lists',
    'renderer/keys': 'the shortcuts it lists',
    'renderer/lib': 'plain helpers',
    'renderer/ui': 'the parts it is made of',
  },
  'renderer/features/importing': { ...base, ...helpers },
  'renderer/features/open': { ...base, ...shapes, ...helpers },
  'renderer/features/query': {
    ...base,
    ...shapes,
    ...helpers,
    'shared/core/query': edits,
    'shared/core/untrusted': 'letters that mislead, in the colours under the text field',
    'renderer/features/events': 'the menu of columns is in the head of the page',
    'renderer/features/open': 'the menu of sources is in the head of the page',
    'renderer/keys': names,
  },
  'renderer/features/palette': {
    ...base,
    ...helpers,
    'shared/core/query': edits,
    'renderer/keys': 'the commands it runs',
    'renderer/features/help': 'topics of the help',
  },
  'renderer/features/report': { ...base, ...shapes, ...helpers, 'shared/core/query': edits },
  'renderer/features/status': { ...base, ...helpers, 'shared/core/query': edits },
  'renderer/features/timeline': {
    'renderer/lib': 'text from records in attributes',
    ...base,
    ...shapes,
    'shared/core/query': edits,
    'renderer/features/times': 'the menu of spans is over the bars',
  },
  'renderer/features': {
    'renderer/keys': 'where the focus goes',
    'renderer/state': 'the layout',
    'renderer/ui': 'splitters between panels',
    'renderer/features/detail': panel,
    'renderer/features/diff': panel,
    'renderer/features/events': panel,
    'renderer/features/facets': panel,
    'renderer/features/groups': panel,
    'renderer/features/importing': panel,
    'renderer/features/query': panel,
    'renderer/features/status': panel,
    'renderer/features/timeline': panel,
  },
  renderer: {
    'shared/contract': 'every page has a case',
    'renderer/features': 'the page of an open archive',
    'renderer/features/about': dialog,
    'renderer/features/trouble': dialog,
    'renderer/features/fields': dialog,
    'renderer/features/help': dialog,
    'renderer/features/menu': 'the menu that opens on any value',
    'renderer/features/open': dialog,
    'renderer/features/palette': dialog,
    'renderer/features/integrity': dialog,
    'renderer/features/report': dialog,
    'renderer/features/times': dialog,
    'renderer/host': 'the host the window was opened by',
    'renderer/keys': 'shortcuts and commands',
    'renderer/lib': 'plain helpers',
    'renderer/state': 'which page is shown',
    'renderer/ui': 'toasts',
  },

  'build/tools/synthetic': {},
  'build/tools/bench': {
    'shared/contract': 'the calls it makes',
    'shared/core': 'fields and times of its queries',
    'shared/core/query': 'queries as text',
    'shared/cli': 'the engine thread',
    'build/tools/synthetic': 'the archive it measures',
  },
  'build/tools': {
    'shared/cli': 'the command line',
    'build/tools/bench': 'what is measured',
    'build/tools/synthetic': 'the archive it writes',
  },
};
