/**
 * The events of the large value that was searched last, so that it is not searched again for each of them: all rows of a query's results
 * have the whole of the results for their place.
 */
/** Below this, to search again is as fast. */
const LEAST_BYTES = 2 ** 16;
/** Of the value, and of what stands in it. */
const MOST_BYTES = 2 ** 26;

/** An event in the value. */
export interface HeldRecord<Found extends { readonly raw: Uint8Array }> {
  readonly record: Found;
  /** Its place is all of the value: those are numbered by their ordinal. */
  readonly isNumbered: boolean;
}

export class RereadCache<Found extends { readonly raw: Uint8Array }> {
  private value: Uint8Array | null = null;
  private records: readonly HeldRecord<Found>[] = [];
  private numbered: readonly HeldRecord<Found>[] = [];

  /** Whether the events of a value as large as that are kept. */
  static isFor(value: Uint8Array): boolean {
    return value.length >= LEAST_BYTES && value.length <= MOST_BYTES;
  }

  keep(value: Uint8Array, records: readonly HeldRecord<Found>[]): void {
    this.clear();
    if (records.reduce((bytes, { record }) => bytes + record.raw.length, 0) > MOST_BYTES) return;
    this.value = value;
    this.records = records;
    this.numbered = records.filter(({ isNumbered }) => isNumbered);
  }

  /** The event of this value that is known again; its ordinal is nearly always right. Null where it is not kept. */
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
