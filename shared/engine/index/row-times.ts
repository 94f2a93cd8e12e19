/** The event times of one block: four bytes a row where all are whole seconds from 1970 to 2106, as in every real archive. */
import { isBelievable } from '#core/time';
import type { Arena } from './arena';

const noTime = 0xffffffff;

export class RowTimes {
  /** Whole seconds, {@link noTime} where there is none; null where some time does not fit. */
  readonly seconds: Uint32Array | null;
  /** Milliseconds, NaN where there is none; null where `seconds` holds them. */
  private readonly milliseconds: Float64Array | null;
  /** One bit per row whose text is the canonical one; null where that is every row with a time. */
  private readonly canonical: Uint8Array | null;
  /** The first and last time, ms; Infinity and -Infinity where no row has one. */
  readonly first: number;
  readonly last: number;
  readonly undated: number;
  /** How many rows have a time outside `believableTimes`; then the first and last time of all others. */
  readonly outOfRange: number;
  readonly believableFirst: number;
  readonly believableLast: number;

  /** `canonical` as in a segment: bit `r & 7` of byte `r >>> 3`. */
  constructor(times: Float64Array, canonical: Uint8Array, arena: Arena) {
    let first = Infinity;
    let last = -Infinity;
    let undated = 0;
    let outOfRange = 0;
    let believableFirst = Infinity;
    let believableLast = -Infinity;
    let fits = true;
    let isAllCanonical = true;
    for (let row = 0; row < times.length; row++) {
      const time = times[row] as number;
      if (Number.isNaN(time)) {
        undated++;
        continue;
      }
      if (time < first) first = time;
      if (time > last) last = time;
      if (isBelievable(time)) {
        if (time < believableFirst) believableFirst = time;
        if (time > believableLast) believableLast = time;
      } else outOfRange++;
      const second = time / 1000;
      if (second < 0 || second >= noTime || !Number.isInteger(second)) fits = false;
      if (((canonical[row >>> 3] ?? 0) & (1 << (row & 7))) === 0) isAllCanonical = false;
    }
    this.first = first;
    this.last = last;
    this.undated = undated;
    this.outOfRange = outOfRange;
    this.believableFirst = believableFirst;
    this.believableLast = believableLast;
    this.seconds = fits ? arena.words(times.length) : null;
    if (this.seconds !== null) {
      for (let row = 0; row < times.length; row++) {
        const second = (times[row] as number) / 1000;
        this.seconds[row] = Number.isNaN(second) ? noTime : second;
      }
    }
    this.milliseconds = fits ? null : times.slice();
    this.canonical = isAllCanonical ? null : canonical.slice(0, (times.length + 7) >>> 3);
  }

  get byteLength(): number {
    return (this.seconds?.byteLength ?? 0) + (this.milliseconds?.byteLength ?? 0) + (this.canonical?.byteLength ?? 0);
  }

  /** Milliseconds since 1970, NaN where there is none. */
  at(row: number): number {
    if (this.milliseconds !== null) return this.milliseconds[row] ?? NaN;
    const second = this.seconds?.[row] ?? noTime;
    return second === noTime ? NaN : second * 1000;
  }

  /** Whether every time is kept here only: see {@link isCanonical}. */
  get isAllCanonical(): boolean {
    return this.canonical === null;
  }

  /** Whether the row's time is kept here only, and not in the dictionary. */
  isCanonical(row: number): boolean {
    if (this.canonical === null) return !Number.isNaN(this.at(row));
    return ((this.canonical[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0;
  }
}

/** A canonical time as written in the record: `2023-07-10T12:40:01Z`. */
export function canonicalTimeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
