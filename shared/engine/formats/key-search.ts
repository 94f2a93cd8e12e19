/** Finds the keys by which events are recognised, in any quotes: a text without any is skipped at the speed of a search. */
import { eventKeys } from '../scan/root-keys';

/** Bytes from the brace that opens an event to the first of these names, at most. */
export const maxKeyDistance = 2 ** 14;

const names = [...eventKeys, 'CloudTrailEvent'];
/** Bytes of the longest. */
const longest = 15;

interface Sought {
  readonly name: Buffer;
  /** Its next offset in the whole text; -1 where it was not found up to `searchedTo`. */
  at: number;
  searchedTo: number;
}

export class KeySearch {
  private readonly sought: readonly Sought[] = names.map((name) => ({
    name: Buffer.from(name),
    at: -1,
    searchedTo: 0,
  }));

  /** The offset in the text of the first key at or after `from`, in the current bytes; Infinity where there is none. */
  next(bytes: Uint8Array, base: number, from: number, end: number): number {
    let next = Infinity;
    const hand = Buffer.from(bytes.buffer, bytes.byteOffset, end);
    for (const each of this.sought) {
      if (each.at < from) {
        const start = Math.max(from, each.at < 0 ? each.searchedTo - longest : 0);
        const found = hand.indexOf(each.name, Math.max(0, start - base));
        each.at = found < 0 ? -1 : base + found;
        each.searchedTo = base + end;
      }
      if (each.at >= from) next = Math.min(next, each.at);
    }
    return next;
  }
}
