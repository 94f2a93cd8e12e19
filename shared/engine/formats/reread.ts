/** Gets an event out of what stood around it, once more: the counterpart of reading it in the first place. */
import type { RecordFormat } from '#contract/types';

/** A record, as it is shown. */
export interface RereadRecord {
  /** The event's JSON. */
  readonly raw: Uint8Array;
  /** What stands in the file where the event was inside something else; null where it stands there as it is. */
  readonly wrapping: Uint8Array | null;
}

/**
 * @param slice what the event's place names, as UTF-8
 * @param head the first bytes of the text it stands in, with the header of a table
 * @param ordinal which of the events in the slice, from 0
 *
 * Null where there is no such event: the file is not what it was.
 */
export function rereadRecord(
  _format: RecordFormat,
  slice: Uint8Array,
  _head: Uint8Array,
  _ordinal: number,
): RereadRecord | null {
  return slice[0] === 0x7b && slice.at(-1) === 0x7d ? { raw: slice, wrapping: null } : null;
}
