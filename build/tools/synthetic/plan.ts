/** Which files an archive has, and which stretch of time each of them holds. */
import { places } from './world';

export interface PlannedFile {
  readonly index: number;
  /** Into {@link places}. */
  readonly place: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly events: number;
  /** The time by which this part (0 to 1) of the file's events has happened. */
  readonly timeAt: (part: number) => number;
}

export interface Plan {
  readonly startMs: number;
  readonly endMs: number;
  /** By place, then by time. */
  readonly files: readonly PlannedFile[];
}

const hourMs = 3_600_000;
/** A Monday. */
const startMs = Date.UTC(2024, 2, 4);

/** How busy each hour of the UTC day is. */
const rhythm = [4, 3, 3, 3, 3, 4, 6, 9, 13, 15, 15, 14, 13, 15, 16, 16, 15, 13, 10, 8, 7, 6, 5, 4];

/** Events of one file: about as AWS delivers them from a busy account; fewer where the whole archive is small. */
const eventsPerFile = (events: number): number => Math.min(1200, Math.max(60, Math.ceil(events / 40)));

/** Days the archive spans. */
const daysFor = (events: number): number => (events <= 50_000 ? 3 : events <= 3_000_000 ? 7 : 14);

/** Lays `events` events out over files, exactly. */
export function planFiles(events: number): Plan {
  const hours = daysFor(events) * 24;
  const busy = cumulated(hours);
  const totalWeight = places.reduce((sum, place) => sum + place.weight, 0);
  const files: PlannedFile[] = [];
  let weightSoFar = 0;
  let eventsSoFar = 0;
  places.forEach((place, placeIndex) => {
    weightSoFar += place.weight;
    const upTo = Math.round((events * weightSoFar) / totalWeight);
    const own = upTo - eventsSoFar;
    eventsSoFar = upTo;
    const count = Math.ceil(own / eventsPerFile(events));
    for (let number = 0; number < count; number++) {
      const first = Math.floor((own * number) / count);
      const next = Math.floor((own * (number + 1)) / count);
      const timeAt = (part: number): number => startMs + timeOfShare(busy, (number + part) / count);
      files.push({
        index: files.length,
        place: placeIndex,
        fromMs: timeAt(0),
        toMs: timeAt(1),
        events: next - first,
        timeAt,
      });
    }
  });
  return { startMs, endMs: startMs + hours * hourMs, files };
}

/** Whether people are at work: Monday to Friday, 7 to 19 UTC. */
export function isWorkingTime(timeMs: number): boolean {
  const date = new Date(timeMs);
  const hour = date.getUTCHours();
  const day = date.getUTCDay();
  return day >= 1 && day <= 5 && hour >= 7 && hour < 19;
}

/** Share of all events up to the end of each hour; the first entry is 0, the last 1. */
function cumulated(hours: number): Float64Array {
  const sums = new Float64Array(hours + 1);
  for (let hour = 0; hour < hours; hour++) {
    const weekday = Math.floor(hour / 24) % 7;
    const weight = (rhythm[hour % 24] ?? 0) * (weekday >= 5 ? 0.45 : 1);
    sums[hour + 1] = (sums[hour] ?? 0) + weight;
  }
  const total = sums[hours] ?? 1;
  return sums.map((sum) => sum / total);
}

/** Milliseconds after the start by which this share of all events has happened. */
function timeOfShare(shares: Float64Array, share: number): number {
  let low = 0;
  let high = shares.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((shares[middle] ?? 1) <= share) low = middle;
    else high = middle - 1;
  }
  const before = shares[low] ?? 0;
  const after = shares[low + 1] ?? 1;
  return Math.round((low + (share - before) / (after - before)) * hourMs);
}
