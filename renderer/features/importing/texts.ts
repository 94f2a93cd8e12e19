/** All that the strip says while an import runs and after it, in reading order. What it came to is one line of `lib/import-summary.ts`. */
import { counted, formatBytes, formatCount, formatDuration } from '#core/figures';

export const texts = {
  region: 'Import',
  running: {
    listing: 'Looking for files…',
    /** Before the archive's name. */
    reading: 'Reading',
    finishing: 'Finishing…',
    bar: 'Bytes read',
    bytes: (done: number, total: number) => `${formatBytes(done)} of ${formatBytes(total)}`,
    files: (done: number, total: number) => `${formatCount(done)} of ${formatCount(total)} files`,
    events: (count: number) => counted(count, 'event'),
    speed: (eventsPerSecond: number) => `${formatCount(eventsPerSecond)}/s`,
    left: (ms: number) => `${formatDuration(ms)} left`,
    cancel: 'Cancel',
  },
  done: {
    report: 'Import report',
    close: 'Close',
  },
} as const;
