/** Words and tests on the times that stand in no dictionary: those written `2023-07-10T12:40:01Z`. */
import type { ValueTest } from '#core/query/match';
import { type Bitset, setBit } from '../index/bitset';
import type { Block } from '../index/block';
import type { EventIndex } from '../index/event-index';
import { canonicalTimeText } from '../index/row-times';

const daySeconds = 86_400;
/** The layout of a canonical time in lower case: any digit for 0. */
const layout = '0000-00-00t00:00:00z';
/** Where the clock's part begins. */
const clockAt = 10;
/** `t12:40:01z` and a byte that no word holds. */
const clockWidth = layout.length - clockAt + 1;

/** Where in a canonical time a word can stand. */
interface Places {
  readonly onDay: boolean;
  readonly onClock: boolean;
  /** How many of the word's characters belong to the day where it stands across the `t`; 0 where it cannot. */
  readonly acrossAfter: number;
}

/** Adds the rows whose time, as it stands in the record, holds the word, which must be in lower case. */
export function addTimeRows(index: EventIndex, word: string, out: Bitset): void {
  const places = placesOf(word);
  if (places === null) return;
  const clock = places.onClock ? clockHits(word, false) : null;
  const after = places.acrossAfter === 0 ? null : clockHits(word.slice(places.acrossAfter), true);
  const before = word.slice(0, places.acrossAfter);
  const days = new Map<number, { readonly holds: boolean; readonly ends: boolean }>();
  const lookAt = (day: number): { readonly holds: boolean; readonly ends: boolean } => {
    const text = canonicalTimeText(day * daySeconds * 1000).slice(0, clockAt);
    const found = { holds: places.onDay && text.includes(word), ends: after !== null && text.endsWith(before) };
    days.set(day, found);
    return found;
  };
  let lastDay = NaN;
  let last = { holds: false, ends: false };
  forEachCanonical(index, (row, time) => {
    const second = time / 1000;
    const day = Math.floor(second / daySeconds);
    if (day !== lastDay) {
      last = days.get(day) ?? lookAt(day);
      lastDay = day;
    }
    const ofDay = second - day * daySeconds;
    if (last.holds || clock?.[ofDay] === 1 || (last.ends && after?.[ofDay] === 1)) setBit(out, row);
  });
}

/** Adds the rows with `from <= time < to`, ms, among the canonical times. */
export function addTimeRange(index: EventIndex, from: number, to: number, out: Bitset): void {
  for (const block of index.blocks) {
    if (block.times.last < from || block.times.first >= to) continue;
    forEachCanonicalOf(block, (row, time) => {
      if (time >= from && time < to) setBit(out, row);
    });
  }
}

/** Adds the rows whose canonical time passes a test, which is asked once per distinct time. */
export function addTimeMatches(index: EventIndex, test: ValueTest, out: Bitset): void {
  const verdicts = new Map<number, boolean>();
  forEachCanonical(index, (row, time) => {
    let verdict = verdicts.get(time);
    if (verdict === undefined) {
      verdict = test(canonicalTimeText(time), 'text');
      verdicts.set(time, verdict);
    }
    if (verdict) setBit(out, row);
  });
}

function forEachCanonical(index: EventIndex, visit: (row: number, time: number) => void): void {
  for (const block of index.blocks) forEachCanonicalOf(block, visit);
}

function forEachCanonicalOf(block: Block, visit: (row: number, time: number) => void): void {
  const { times, base, rowCount } = block;
  for (let row = 0; row < rowCount; row++) if (times.isCanonical(row)) visit(base + row, times.at(row));
}

function placesOf(word: string): Places | null {
  const shape = word.replace(/[1-9]/g, '0');
  const found = { onDay: false, onClock: false, acrossAfter: 0 };
  let any = false;
  for (let at = layout.indexOf(shape); at >= 0; at = layout.indexOf(shape, at + 1)) {
    any = true;
    if (at >= clockAt) found.onClock = true;
    else if (at + word.length <= clockAt) found.onDay = true;
    else found.acrossAfter = clockAt - at;
  }
  return any ? found : null;
}

let clockBlob: Buffer | null = null;

/** By second of the day: 1 where `t12:40:01z` holds the word, or begins with it. */
function clockHits(word: string, atStart: boolean): Uint8Array {
  clockBlob ??= makeClockBlob();
  const hits = new Uint8Array(daySeconds);
  for (let at = clockBlob.indexOf(word, 0, 'latin1'); at >= 0; at = clockBlob.indexOf(word, at + 1, 'latin1')) {
    if (!atStart || at % clockWidth === 0) hits[(at / clockWidth) >>> 0] = 1;
  }
  return hits;
}

function makeClockBlob(): Buffer {
  const blob = Buffer.alloc(daySeconds * clockWidth, 0xff);
  for (let second = 0; second < daySeconds; second++) {
    blob.write(
      canonicalTimeText(second * 1000)
        .slice(clockAt)
        .toLowerCase(),
      second * clockWidth,
      'latin1',
    );
  }
  return blob;
}
