/** Figures as text, the same in every locale, so that investigators can compare them. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const binaryUnits = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `12345` as `12,345`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Bytes in steps of 1000, as disks and AWS count: `999 B`, `1.2 kB`, `13 GB`. Rounded to the nearest. */
export function formatBytes(bytes: number): string {
  return scaled(bytes, [' B', ' kB', ' MB', ' GB', ' TB', ' PB']);
}

/** A length of time in its two greatest units: `340 ms`, `4.8 s`, `2 min 5 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(ms: number): string {
  const span = Math.max(ms, 0);
  if (span < 999.5) return `${Math.round(span)} ms`;
  if (span < 9_950) return `${(span / 1000).toFixed(1)} s`;
  const seconds = Math.round(span / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return two(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return two(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** A share: `12%`; `<1%` for more than nothing, `>99%` for less than all. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0%';
  const percent = (part / whole) * 100;
  if (percent < 1) return '<1%';
  if (percent > 99 && part < whole) return '>99%';
  return `${Math.round(percent)}%`;
}

/** A round number of binary units as such, `512 MiB`; anything else in bytes: for limits, which are compared with exactly. */
export function exactBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (unit < binaryUnits.length - 1 && value >= 1024 && value % 1024 === 0) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? counted(value, 'byte') : `${formatCount(value)} ${binaryUnits[unit] ?? ''}`;
}

/** A figure in the greatest unit it fills, with a tenth below ten. */
function scaled(value: number, units: readonly string[]): string {
  let unit = 0;
  let rest = Math.abs(value);
  // A value that rounds up to the next unit is written in that one: `1 MB`, not `1,000 kB`.
  while (Math.round(rest) >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  const tenths = unit === 0 ? rest : Math.round(rest * 10) / 10;
  const figure = tenths < 10 ? tenths : Math.round(rest);
  return `${value < 0 ? '-' : ''}${formatCountOrTenth(figure)}${units[unit] ?? ''}`;
}

function formatCountOrTenth(digits: number): string {
  return Number.isInteger(digits) ? formatCount(digits) : digits.toFixed(1);
}

function two(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}
