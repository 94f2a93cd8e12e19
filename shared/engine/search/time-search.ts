/** Words and tests on the times kept outside the dictionary: those written `2023-07-10T12:40:01Z`. */
import type { ValueTest } from '#core/query/match';
import { type Bitset, fillBits, isFullFrom, setBit } from '../index/bitset';
import type { Block } from '../index/block';
import type { EventIndex } from '../index/event-index';
import { canonicalTimeText } from '../index/row-times';

const daySeconds = 86_400;
/** The layout of a canonical time in lower case: any digit for 0. */
const layout = '0000-00-00t00:00:00z';
/** Where the time of day begins. */
const clockAt = 10;
/** The length of `t12:40:01z` and a separator byte that no word contains. */
const clockWidth = layout.length - clockAt + 1;

/** Where in a canonical time a word can stand. */
interface Places {
  readonly onDay: boolean;
  readonly onClock: boolean;
  /** How many of the word's characters belong to the day where it stands across the `t`; 0 where it cannot. */
  readonly acrossAfter: number;
}

/** Adds the rows whose time, as written in the record, contains the word, which must be in lower case. */
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
  // Neighbouring rows are mostly of the same day.
  let last = { holds: false, ends: false };
  let from = Infinity;
  for (const block of index.blocks) {
    if (isFullFrom(out, block.firstWord, block.rowCount)) continue;
    const { times, base } = block;
    for (let row = 0; row < block.rowCount; row++) {
      if (!times.isCanonical(row)) continue;
      const second = times.at(row) / 1000;
      let ofDay = second - from;
      if (!(ofDay >= 0 && ofDay < daySeconds)) {
        const day = Math.floor(second / daySeconds);
        last = days.get(day) ?? lookAt(day);
        from = day * daySeconds;
        ofDay = second - from;
      }
      if (last.holds || clock?.[ofDay] === 1 || (last.ends && after?.[ofDay] === 1)) setBit(out, base + row);
    }
  }
}

/** Adds the rows with `from <= time < to`, ms, among the canonical times. */
export function addTimeRange(index: EventIndex, from: number, to: number, out: Bitset): void {
  for (const block of index.blocks) {
    const { times } = block;
    if (times.last < from || times.first >= to) continue;
    if (times.isAllCanonical && times.undated === 0 && times.first >= from && times.last < to) {
      fillBits(out, block.firstWord, block.rowCount);
    } else if (times.isAllCanonical && times.seconds !== null)
      addSeconds(times.seconds, from, to, out, block.firstWord);
    else {
      forEachCanonicalOf(block, (row, time) => {
        if (time >= from && time < to) setBit(out, row);
      });
    }
  }
}

function addSeconds(seconds: Uint32Array, from: number, to: number, out: Bitset, firstWord: number): void {
  // A row without a time has the largest number there is, which no time reaches.
  const first = Math.max(0, Math.ceil(from / 1000));
  const end = Math.min(0xffffffff, Math.ceil(to / 1000));
  let bits = 0;
  for (let row = 0; row < seconds.length; row++) {
    const second = seconds[row] as number;
    if (second >= first && second < end) bits |= 1 << (row & 31);
    if ((row & 31) === 31 || row === seconds.length - 1) {
      const word = firstWord + (row >>> 5);
      if (bits !== 0) out[word] = (out[word] as number) | bits;
      bits = 0;
    }
  }
}

/** Adds the rows whose canonical time passes a test, which is run once per distinct time. */
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

/** By second of the day: 1 where `t12:40:01z` contains the word, or begins with it. */
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
  const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
  for (let minute = 0; minute < 24 * 60; minute++) {
    const upToSeconds = `t${two[Math.floor(minute / 60)] ?? ''}:${two[minute % 60] ?? ''}:`;
    for (let second = 0; second < 60; second++) {
      blob.write(`${upToSeconds}${two[second] ?? ''}z`, (minute * 60 + second) * clockWidth, 'latin1');
    }
  }
  return blob;
}
