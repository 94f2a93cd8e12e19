/** Cuts texts to the room there is, never through the middle of a character or an escape. */

/** The place, moved off the middle of a surrogate pair: half of one would be shown as a character that is not in the text. */
export function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff && at > 0 ? at - 1 : at;
}

/** Characters of `⟨U+0020 ×1000⟩`. */
const longestEscape = 14;

/**
 * Cuts a text in two so that the head can be shortened with an ellipsis while the tail stays: long names differ at their ends. The
 * tail is empty for texts short enough to be shown whole.
 */
export function splitForMiddle(text: string, tailLength: number): { readonly head: string; readonly tail: string } {
  if (text.length <= tailLength * 2) return { head: text, tail: '' };
  let cut = wholeCharacter(text, text.length - tailLength);
  // An escape (`⟨U+202E⟩`) is not cut in two.
  const opening = text.lastIndexOf('⟨', cut - 1);
  if (opening > text.lastIndexOf('⟩', cut - 1) && cut - opening < tailLength + longestEscape) cut = opening;
  return { head: text.slice(0, cut), tail: text.slice(cut) };
}
