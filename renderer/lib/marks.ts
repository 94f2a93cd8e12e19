/** Where words occur in a text, in any case: what a search found, marked in place. */
import type { TextRange } from './text-runs';

/** True where any mark occurs in the text. */
export function hasMark(text: string, marks: readonly string[]): boolean {
  if (marks.length === 0) return false;
  const folded = text.toLowerCase();
  return marks.some((mark) => mark !== '' && folded.includes(mark.toLowerCase()));
}

/** Where the marks occur in the text: ascending, not touching. */
export function markRanges(text: string, marks: readonly string[]): readonly TextRange[] {
  if (!hasMark(text, marks)) return [];
  const { folded, offsets } = fold(text);
  const found: TextRange[] = [];
  for (const mark of marks) {
    const wanted = mark.toLowerCase();
    if (wanted === '') continue;
    for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
      found.push({ from: offsetAt(offsets, at), to: endAt(offsets, at + wanted.length, text.length) });
    }
  }
  found.sort((a, b) => a.from - b.from);
  const merged: TextRange[] = [];
  for (const range of found) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged;
}

/**
 * Lower case and, where that changed the length (`İ` becomes two code units), the offset in the original of each folded unit; null
 * where offsets are the same, which is nearly always.
 */
function fold(text: string): { readonly folded: string; readonly offsets: readonly number[] | null } {
  const folded = text.toLowerCase();
  if (folded.length === text.length) return { folded, offsets: null };
  const offsets: number[] = [];
  let pieces = '';
  let at = 0;
  for (const character of text) {
    const lower = character.toLowerCase();
    for (let unit = 0; unit < lower.length; unit++) offsets.push(at);
    pieces += lower;
    at += character.length;
  }
  return { folded: pieces, offsets };
}

function offsetAt(offsets: readonly number[] | null, at: number): number {
  return offsets === null ? at : (offsets[at] ?? at);
}

/** A match that ends inside a folded character takes in the whole of it. */
function endAt(offsets: readonly number[] | null, at: number, length: number): number {
  if (offsets === null) return at;
  const last = offsets[at - 1] ?? length;
  for (let next = at; next < offsets.length; next++) {
    const offset = offsets[next] ?? length;
    if (offset > last) return offset;
  }
  return length;
}
