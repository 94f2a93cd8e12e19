/** Where a time axis has its ticks and how they are labelled. */
import { scaleUtc } from 'd3-scale';
import { epochMs, type EpochMs } from '#contract/ids';
import { formatTime, formatZone, zoneMinutes, type TimeSpan, type Zone } from '#core/time';
import { instantsAt } from '#core/zones';

export interface TimeTick {
  readonly time: EpochMs;
  /** `12:40`, `12:40:05`, `.250`, `Jul 11`, `Aug`, `2024`; with the date before it where the day is not the previous tick's. */
  readonly label: string;
  /** True where a new day, month or year begins: drawn stronger. */
  readonly major: boolean;
}

/** Room a label takes with some air, px. */
const labelRoomPx = 92;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface ZonedTime {
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly ms: number;
}

/** Ticks on natural times of the zone, in order, as many as have room; none for an empty span or no width. */
export function timeTicks({ from, to }: TimeSpan, widthPx: number, zone: Zone): readonly TimeTick[] {
  if (to <= from || widthPx <= 0) return [];
  const count = Math.max(Math.floor(widthPx / labelRoomPx), 2);
  const offsets = [from, to].map((time) => zoneMinutes(time, zone) * 60_000);
  // What the clocks of the zone show, as if it were UTC, with an hour more where they change within.
  const wallFrom = from + Math.min(...offsets);
  const wallTo = to + Math.max(...offsets);
  let before: ZonedTime | null = null;
  return scaleUtc()
    .domain([new Date(wallFrom), new Date(wallTo)])
    .ticks(count)
    .flatMap((wall) => instantsAt(wall.getTime(), zone).map((time) => ({ time, wall })))
    .filter(({ time }) => time >= from && time <= to)
    .sort((one, other) => one.time - other.time)
    .map(({ time, wall }) => {
      const zoned = zonedTime(wall);
      const tick = { time: epochMs(time), ...labelOf(zoned, before) };
      before = zoned;
      return tick;
    });
}

/** A tick with its place on the axis. */
export interface PlacedTick extends TimeTick {
  readonly px: number;
  /** How the label is aligned to the tick; null where there is no room for it. */
  readonly anchor: 'start' | 'middle' | null;
}

/** About the width of a label in the axis' small print, with some air, px. */
export function labelPx(label: string): number {
  return label.length * 6.4 + 10;
}

/** The ticks with those labels that do not run into each other or past `roomPx`; of two that would, the major one stays. */
export function placeTicks(
  ticks: readonly TimeTick[],
  pxAt: (time: EpochMs) => number,
  roomPx: number,
): readonly PlacedTick[] {
  const placed: PlacedTick[] = [];
  /** The labels placed so far: the places of their ticks, and where they end. */
  const labels: { readonly at: number; readonly endPx: number }[] = [];
  for (const tick of ticks) {
    const px = pxAt(tick.time);
    const anchor = px < labelPx(tick.label) / 2 ? 'start' : 'middle';
    const startPx = anchor === 'start' ? px : px - labelPx(tick.label) / 2;
    const endPx = startPx + labelPx(tick.label);
    const inTheWay = labels.filter((label) => label.endPx > startPx);
    const winsOver = tick.major && inTheWay.every(({ at }) => placed[at]?.major === false);
    if (endPx > roomPx || (inTheWay.length > 0 && !winsOver)) {
      placed.push({ ...tick, px, anchor: null });
      continue;
    }
    for (const { at } of labels.splice(labels.length - inTheWay.length)) {
      const beaten = placed[at];
      if (beaten !== undefined) placed[at] = { ...beaten, anchor: null };
    }
    labels.push({ at: placed.length, endPx });
    placed.push({ ...tick, px, anchor });
  }
  return placed;
}

/** A span in words, the date said once where both ends have the same: `2023-07-10 12:40:00 – 12:45:00 UTC`. */
export function formatInterval({ from, to }: TimeSpan, zone: Zone): string {
  const start = formatTime(from, zone);
  const end = formatTime(to, zone);
  const dateLength = '2023-07-10 '.length;
  const isSameDay = start.slice(0, dateLength) === end.slice(0, dateLength);
  return `${start} – ${isSameDay ? end.slice(dateLength) : end} ${formatZones({ from, to }, zone)}`;
}

/** The zone of a span; both where summer time begins or ends within: `UTC+01:00 / UTC+02:00`. */
export function formatZones({ from, to }: TimeSpan, zone: Zone): string {
  const first = formatZone(from, zone);
  const last = formatZone(to, zone);
  return first === last ? first : `${first} / ${last}`;
}

/** A step of the axis in short: `5 s`, `15 min`, `1 h`, `7 d`. */
export function formatStep(stepMs: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
  ] as const;
  const [name, length] = units.find(([, unitMs]) => stepMs % unitMs === 0) ?? ['ms', 1];
  return `${stepMs / length} ${name}`;
}

function labelOf(time: ZonedTime, before: ZonedTime | null): { readonly label: string; readonly major: boolean } {
  const isNewYear = before === null || time.year !== before.year;
  const isNewDay = isNewYear || time.month !== before.month || time.date !== before.date;
  const clock = clockOf(time);
  if (!isNewDay) return { label: clock ?? '00:00', major: false };

  const day = `${months[time.month] ?? ''} ${time.date}`;
  if (clock !== null)
    return { label: before === null || isNewYear ? `${day} ${time.year}, ${clock}` : `${day}, ${clock}`, major: true };
  // All ticks are at midnight: the label says what is new, the day, month or year.
  if (before === null) return { label: `${day} ${time.year}`, major: true };
  if (isNewYear)
    return { label: time.month === 0 && time.date === 1 ? String(time.year) : `${day} ${time.year}`, major: true };
  if (time.date === 1 && time.month !== before.month && before.date === 1)
    return { label: months[time.month] ?? '', major: false };
  return { label: day, major: clockOf(before) !== null || time.month !== before.month };
}

/** The time of day as short as it can be, or null at midnight. */
function clockOf({ hours, minutes, seconds, ms }: ZonedTime): string | null {
  if (ms !== 0) return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(ms).padStart(3, '0')}`;
  if (seconds !== 0) return `${two(hours)}:${two(minutes)}:${two(seconds)}`;
  return hours === 0 && minutes === 0 ? null : `${two(hours)}:${two(minutes)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function zonedTime(wall: Date): ZonedTime {
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth(),
    date: wall.getUTCDate(),
    hours: wall.getUTCHours(),
    minutes: wall.getUTCMinutes(),
    seconds: wall.getUTCSeconds(),
    ms: wall.getUTCMilliseconds(),
  };
}
