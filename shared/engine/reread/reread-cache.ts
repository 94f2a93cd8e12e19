/**
 * The events of the large value that was searched last, so that it is not searched again for each of them: the location of every row of query results
 * is the whole result.
 */
/** Below this size, searching again is as fast. */
const leastBytes = 2 ** 16;
/** The most bytes of the value and its events together. */
const mostBytes = 2 ** 26;

/** An event in the value. */
export interface HeldRecord<Found extends { readonly raw: Uint8Array }> {
  readonly record: Found;
  /** Its location is the whole value: such events are numbered by ordinal. */
  readonly isNumbered: boolean;
}

export class RereadCache<Found extends { readonly raw: Uint8Array }> {
  private value: Uint8Array | null = null;
  private records: readonly HeldRecord<Found>[] = [];
  private numbered: readonly HeldRecord<Found>[] = [];

  /** Whether the events of a value of this size are cached. */
  static isFor(value: Uint8Array): boolean {
    return value.length >= leastBytes && value.length <= mostBytes;
  }

  keep(value: Uint8Array, records: readonly HeldRecord<Found>[]): void {
    this.clear();
    if (records.reduce((bytes, { record }) => bytes + record.raw.length, 0) > mostBytes) return;
    this.value = value;
    this.records = records;
    this.numbered = records.filter(({ isNumbered }) => isNumbered);
  }

  /** The event of this value that passes the test; its ordinal is nearly always right. Null where it is not cached. */
  find(value: Uint8Array, ordinal: number, isIndexed: (raw: Uint8Array) => boolean): Found | null {
    if (this.value === null || Buffer.compare(this.value, value) !== 0) return null;
    const likely = this.numbered[ordinal]?.record;
    if (likely !== undefined && isIndexed(likely.raw)) return likely;
    return this.records.find(({ record }) => isIndexed(record.raw))?.record ?? null;
  }

  clear(): void {
    this.value = null;
    this.records = [];
    this.numbered = [];
  }
}
