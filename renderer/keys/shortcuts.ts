/** Every shortcut there is: the key handler runs by this table, and the help prints it. */

/** What a key does wherever the focus is. */
export type Command =
  | 'add'
  | 'choose-span'
  | 'choose-zone'
  | 'close'
  | 'compare-marked'
  | 'compare-next-call'
  | 'compare-previous-call'
  | 'copy-path'
  | 'copy-record'
  | 'fit-timeline'
  | 'focus-query'
  | 'history-back'
  | 'history-forward'
  | 'next-change'
  | 'next-compared'
  | 'next-event'
  | 'next-hit'
  | 'next-region'
  | 'next-spike'
  | 'open'
  | 'previous-change'
  | 'previous-compared'
  | 'previous-event'
  | 'previous-hit'
  | 'previous-region'
  | 'previous-spike'
  | 'show-help'
  | 'show-integrity'
  | 'show-palette'
  | 'show-report'
  | 'swap-sides'
  | 'toggle-density'
  | 'toggle-duplicates'
  | 'toggle-detail-tab'
  | 'toggle-groups'
  | 'toggle-noise'
  | 'toggle-rest'
  | 'toggle-sort'
  | 'toggle-theme'
  | 'toggle-zone';

export interface Shortcut {
  /** In the spelling of `lib/keys.ts`. Any of them does it. */
  readonly chords: readonly string[];
  readonly label: string;
  /** Null where the part that has the focus sees to the key itself. */
  readonly command: Command | null;
}

/** What the window is busy with. */
export type Occasion = 'list' | 'comparison';

export interface ShortcutGroup {
  readonly title: string;
  /** Where its keys work: always, while the list is looked at, or while two events are compared. Always where left out. */
  readonly during?: Occasion;
  readonly shortcuts: readonly Shortcut[];
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { chords: ['Mod+k', 'Mod+Shift+p'], label: 'Find a command, field, value or topic', command: 'show-palette' },
      { chords: ['/'], label: 'Go to the query', command: 'focus-query' },
      { chords: ['F6'], label: 'Next region of the window', command: 'next-region' },
      { chords: ['Shift+F6'], label: 'Previous region', command: 'previous-region' },
      { chords: ['[', 'Alt+ArrowLeft'], label: 'Back', command: 'history-back' },
      { chords: [']', 'Alt+ArrowRight'], label: 'Forward', command: 'history-forward' },
      { chords: ['z'], label: 'Times in UTC or in the other zone', command: 'toggle-zone' },
      { chords: ['Z'], label: 'Choose the zone of times', command: 'choose-zone' },
      { chords: ['t'], label: 'Theme: system, light, dark', command: 'toggle-theme' },
      { chords: ['m'], label: 'Density: compact, comfortable', command: 'toggle-density' },
      { chords: ['o'], label: 'Open another archive', command: 'open' },
      { chords: ['a'], label: 'Add a folder or files to what is open', command: 'add' },
      { chords: ['i'], label: 'Import report', command: 'show-report' },
      { chords: ['v'], label: 'Integrity: whether the files are whole and unaltered', command: 'show-integrity' },
      { chords: ['y'], label: 'Show or hide duplicates of events', command: 'toggle-duplicates' },
      { chords: ['Escape'], label: 'Back: from a comparison, else to the list of events', command: 'close' },
      {
        chords: ['Shift+F10', 'ContextMenu'],
        label: 'What can be done with an event, a value or a bar',
        command: null,
      },
      { chords: ['?'], label: 'This help', command: 'show-help' },
    ],
  },
  {
    title: 'Events',
    during: 'list',
    shortcuts: [
      { chords: ['ArrowDown', 'j'], label: 'Next event', command: null },
      { chords: ['ArrowUp', 'k'], label: 'Previous event', command: null },
      { chords: ['PageDown', 'PageUp'], label: 'A screen down, up', command: null },
      { chords: ['Home', 'g'], label: 'First event', command: null },
      { chords: ['End', 'G'], label: 'Last event', command: null },
      { chords: ['Enter'], label: 'Go to the detail', command: null },
      { chords: ['Space'], label: 'Mark the event', command: null },
      { chords: ['Shift+ArrowDown', 'Shift+ArrowUp'], label: 'Mark the next, previous one too', command: null },
      { chords: ['Mod+a'], label: 'Mark all events of the list', command: null },
      { chords: ['Mod+c'], label: 'Copy the marked events, or this one, as a table', command: null },
      { chords: ['d'], label: 'Compare the marked event with this one, or the marked ones', command: 'compare-marked' },
      { chords: ['<'], label: 'Compare with the previous same call', command: 'compare-previous-call' },
      { chords: ['>'], label: 'Compare with the next same call', command: 'compare-next-call' },
      { chords: ['b'], label: 'Groups of the events, or the events', command: 'toggle-groups' },
      { chords: ['s'], label: 'The order the other way round', command: 'toggle-sort' },
    ],
  },
  {
    title: 'Groups',
    during: 'list',
    shortcuts: [
      { chords: ['ArrowDown', 'ArrowUp', 'j', 'k'], label: 'Next, previous group', command: null },
      { chords: ['Enter'], label: 'Narrow the query to the group, or take that back', command: null },
      { chords: ['x', 'Delete'], label: 'Leave the group out', command: null },
      { chords: ['Escape'], label: 'Back to the events', command: null },
    ],
  },
  {
    title: 'Detail',
    during: 'list',
    shortcuts: [
      { chords: ['j'], label: 'Next event', command: 'next-event' },
      { chords: ['k'], label: 'Previous event', command: 'previous-event' },
      { chords: ['n'], label: 'Next hit of the query in the record', command: 'next-hit' },
      { chords: ['p'], label: 'Previous hit', command: 'previous-hit' },
      { chords: ['r'], label: 'Tree or raw record', command: 'toggle-detail-tab' },
      { chords: ['c'], label: 'Copy the raw record', command: 'copy-record' },
    ],
  },
  {
    title: 'Comparison',
    during: 'comparison',
    shortcuts: [
      { chords: ['n'], label: 'Next change', command: 'next-change' },
      { chords: ['p'], label: 'Previous change', command: 'previous-change' },
      { chords: ['ArrowDown', 'ArrowUp', 'j', 'k'], label: 'Next, previous line', command: null },
      { chords: ['Enter'], label: 'Open or fold equal values, or a long value', command: null },
      { chords: ['c'], label: 'Copy the path of the line', command: 'copy-path' },
      { chords: ['x'], label: 'Swap the sides', command: 'swap-sides' },
      { chords: ['r'], label: 'The rest of the record', command: 'toggle-rest' },
      { chords: ['h'], label: 'What differs in every pair of calls: identifiers, times', command: 'toggle-noise' },
      { chords: ['ArrowLeft'], label: 'Compare with the one before', command: 'previous-compared' },
      { chords: ['ArrowRight'], label: 'Compare with the one after', command: 'next-compared' },
    ],
  },
  {
    title: 'Query',
    shortcuts: [
      { chords: ['Enter', 'Mod+Enter'], label: 'Run, as a step to come back to', command: null },
      { chords: ['ArrowDown', 'ArrowUp'], label: 'Choose a completion, or an earlier query', command: null },
      { chords: ['Tab'], label: 'Take the completion', command: null },
      {
        chords: ['Escape'],
        label: 'Close the completions, restore the query that ran last, back to the events',
        command: null,
      },
    ],
  },
  {
    title: 'Timeline',
    shortcuts: [
      { chords: ['T'], label: 'Type a span of time', command: 'choose-span' },
      { chords: ['f'], label: 'Zoom to the span of the matching events', command: 'fit-timeline' },
      { chords: ['.'], label: 'Next spike: a bar far above the others', command: 'next-spike' },
      { chords: [','], label: 'Previous spike', command: 'previous-spike' },
      {
        chords: ['ArrowLeft', 'ArrowRight'],
        label: 'Move an end of the range, or all of it, by one bar',
        command: null,
      },
      { chords: ['Shift+ArrowLeft', 'Shift+ArrowRight'], label: 'By ten bars', command: null },
      { chords: ['+', '-'], label: 'Zoom in and out', command: null },
      { chords: ['Escape'], label: 'Back to the range before', command: null },
    ],
  },
];

const commands = { list: commandsDuring('list'), comparison: commandsDuring('comparison') };

function commandsDuring(occasion: Occasion): ReadonlyMap<string, Command> {
  const groups = shortcutGroups.filter(({ during }) => during === undefined || during === occasion);
  return new Map(
    groups.flatMap((group) =>
      group.shortcuts.flatMap(({ chords, command }) =>
        command === null ? [] : chords.map((chord) => [chord, command] as const),
      ),
    ),
  );
}

/** The command of a chord, if it has one. */
export function commandOf(chord: string, occasion: Occasion): Command | undefined {
  return commands[occasion].get(chord);
}

/** True for chords that mean something while a text is typed too: they write no character. */
export function worksWhileTyping(chord: string): boolean {
  return ['F6', 'Shift+F6', 'Escape', 'Mod+k', 'Mod+Shift+p'].includes(chord);
}
