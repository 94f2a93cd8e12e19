/** One spelling for each key chord, so that a table of shortcuts can be looked up and printed. */

/** The part of a `KeyboardEvent` that matters here. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The chord of a key press: modifiers in the order `Mod Ctrl Meta Alt Shift`, then the key, joined by `+`.
 *
 * `Mod` is Command on a Mac and Ctrl elsewhere. Shift is named only with keys that print nothing, since with the others it is in
 * the character already (`?`, `G`). Space is `Space`; with a modifier, letters are lower case.
 */
export function chordOf(press: KeyPress, isMac: boolean): string {
  const modified = press.ctrlKey || press.metaKey || press.altKey;
  const prints = [...press.key].length === 1 && press.key !== ' ';
  const key = press.key === ' ' ? 'Space' : prints && modified ? press.key.toLowerCase() : press.key;
  const parts: string[] = [];
  if (isMac ? press.metaKey : press.ctrlKey) parts.push('Mod');
  if (isMac && press.ctrlKey) parts.push('Ctrl');
  if (!isMac && press.metaKey) parts.push('Meta');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey && (!prints || modified)) parts.push('Shift');
  parts.push(key);
  return parts.join('+');
}

const named = new Map([
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['PageUp', 'Page Up'],
  ['PageDown', 'Page Down'],
  ['Escape', 'Esc'],
]);

/** The keys of a chord as printed on a keyboard, one text per key: `['Ctrl', 'Enter']`, on a Mac `['⌘', 'Enter']`. */
export function chordLabels(chord: string, isMac: boolean): readonly string[] {
  // A chord of the plus key itself ends in `+`, which splits into two empty parts.
  const parts = chord.endsWith('+') ? [...chord.slice(0, -1).split('+').filter(Boolean), '+'] : chord.split('+');
  return parts.map((part) => {
    if (part === 'Mod') return isMac ? '⌘' : 'Ctrl';
    if (part === 'Alt') return isMac ? '⌥' : 'Alt';
    if (part === 'Shift') return isMac ? '⇧' : 'Shift';
    if (part === 'Ctrl') return isMac ? '⌃' : 'Ctrl';
    return named.get(part) ?? part;
  });
}

/** True where typed characters go into a text: single-letter shortcuts must stay silent there. */
export function isTextEntry(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  const wordless = ['button', 'checkbox', 'radio', 'range', 'color', 'file', 'submit', 'reset'];
  return target instanceof HTMLInputElement && !wordless.includes(target.type);
}
