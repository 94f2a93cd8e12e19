/** Every shortcut there is: the key handler runs by this table, and the help prints it. */

/** What a key does wherever the focus is. */
export type Command =
  | 'close'
  | 'copy-record'
  | 'focus-query'
  | 'history-back'
  | 'history-forward'
  | 'next-event'
  | 'next-region'
  | 'open'
  | 'previous-event'
  | 'previous-region'
  | 'show-help'
  | 'toggle-detail-tab'
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

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { chords: ['/'], label: 'Go to the query', command: 'focus-query' },
      { chords: ['F6'], label: 'Next region of the window', command: 'next-region' },
      { chords: ['Shift+F6'], label: 'Previous region', command: 'previous-region' },
      { chords: ['[', 'Alt+ArrowLeft'], label: 'Former query', command: 'history-back' },
      { chords: [']', 'Alt+ArrowRight'], label: 'Later query', command: 'history-forward' },
      { chords: ['z'], label: 'Times in UTC or in the local zone', command: 'toggle-zone' },
      { chords: ['t'], label: 'Theme: system, light, dark', command: 'toggle-theme' },
      { chords: ['o'], label: 'Open another archive', command: 'open' },
      { chords: ['Escape'], label: 'Back to the list of events', command: 'close' },
      { chords: ['?'], label: 'This help', command: 'show-help' },
    ],
  },
  {
    title: 'Events',
    shortcuts: [
      { chords: ['ArrowDown', 'j'], label: 'Next event', command: null },
      { chords: ['ArrowUp', 'k'], label: 'Previous event', command: null },
      { chords: ['PageDown', 'PageUp'], label: 'A screen down, up', command: null },
      { chords: ['Home', 'g'], label: 'First event', command: null },
      { chords: ['End', 'G'], label: 'Last event', command: null },
      { chords: ['Enter'], label: 'Go to the detail', command: null },
      { chords: ['Space'], label: 'Mark the event', command: null },
      { chords: ['s'], label: 'Oldest or newest first', command: 'toggle-sort' },
    ],
  },
  {
    title: 'Detail',
    shortcuts: [
      { chords: ['j'], label: 'Next event', command: 'next-event' },
      { chords: ['k'], label: 'Previous event', command: 'previous-event' },
      { chords: ['r'], label: 'Tree or raw record', command: 'toggle-detail-tab' },
      { chords: ['c'], label: 'Copy the raw record', command: 'copy-record' },
    ],
  },
  {
    title: 'Query',
    shortcuts: [
      { chords: ['Enter', 'Mod+Enter'], label: 'Run', command: null },
      { chords: ['ArrowDown', 'ArrowUp'], label: 'Choose a completion', command: null },
      { chords: ['Tab'], label: 'Take the completion', command: null },
      { chords: ['Escape'], label: 'Close the completions, then back to the events', command: null },
    ],
  },
  {
    title: 'Timeline',
    shortcuts: [
      { chords: ['ArrowLeft', 'ArrowRight'], label: 'Move an end of the range by one bar', command: null },
      { chords: ['Shift+ArrowLeft', 'Shift+ArrowRight'], label: 'By ten bars', command: null },
      { chords: ['Escape'], label: 'Zoom out', command: null },
    ],
  },
];

const commands = new Map(
  shortcutGroups.flatMap((group) =>
    group.shortcuts.flatMap(({ chords, command }) =>
      command === null ? [] : chords.map((chord) => [chord, command] as const),
    ),
  ),
);

/** The command of a chord, if it has one. */
export function commandOf(chord: string): Command | undefined {
  return commands.get(chord);
}

/** True for chords that mean something while a text is typed too: they write no character. */
export function worksWhileTyping(chord: string): boolean {
  return chord === 'F6' || chord === 'Shift+F6' || chord === 'Escape';
}
