/** Time zones: which there are, and what a clock on the wall in one says. */
import { epochMs, type EpochMs } from '#contract/ids';
import { zoneMinutes, type TimeSpan, type Zone } from './time';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Names of today for zones that `Intl.supportedValuesOf` lists under an old one, such as `Asia/Calcutta`: whoever looks for Kolkata finds it.
 * Source: the file `backward` of the IANA time zone database.
 */
const todaysNames = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Pohnpei',
];

/** Every zone of the platform: `UTC` and `local` first, then names in order. */
export function allZones(): readonly Zone[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), ...todaysNames.filter(isKnownZone)]);
  names.delete('UTC');
  return ['UTC', 'local', ...[...names].sort()];
}

/** Whether times can be shown in a zone of this name: stored settings may have been written by hand. */
export function isKnownZone(zone: string): boolean {
  if (zone === 'local') return true;
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** The name of this machine's zone: `Europe/Berlin`. */
export function machineZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * The instants at which clocks of the zone show a time, in order: two where clocks go back, none where they go forward over it.
 *
 * @param wall the shown time as if it were UTC, ms since 1970
 */
export function instantsAt(wall: number, zone: Zone): readonly EpochMs[] {
  const offsets = new Set([wall - day, wall + day].map((time) => zoneMinutes(epochMs(time), zone) * minute));
  return [...offsets]
    .map((offset) => ({ offset, time: epochMs(wall - offset) }))
    .filter(({ offset, time }) => zoneMinutes(time, zone) * minute === offset)
    .map(({ time }) => time)
    .sort((one, other) => one - other);
}

/** The first instant at or after a shown time: where clocks go forward over it, as at some midnights, the moment they do. */
export function firstInstantAt(wall: number, zone: Zone): EpochMs {
  const [first] = instantsAt(wall, zone);
  return first ?? epochMs(wall - zoneMinutes(epochMs(wall - day), zone) * minute);
}

/** The day of the zone that a time lies in: 23 to 25 hours where clocks change. */
export function dayAround(time: EpochMs, zone: Zone): TimeSpan {
  const wall = time + zoneMinutes(time, zone) * minute;
  const midnight = Math.floor(wall / day) * day;
  return { from: firstInstantAt(midnight, zone), to: firstInstantAt(midnight + day, zone) };
}

/** The hour of the zone that a time lies in; of an hour that comes twice, that one. */
export function hourAround(time: EpochMs, zone: Zone): TimeSpan {
  const offset = zoneMinutes(time, zone) * minute;
  const from = Math.floor((time + offset) / hour) * hour - offset;
  return { from: epochMs(from), to: epochMs(from + hour) };
}
