/** All that the status bar says, from left to right. */
import { counted, formatBytes, formatCount } from '#core/figures';

export const texts = {
  region: 'Status',
  files: (count: number) => counted(count, 'file'),
  events: (count: number) => counted(count, 'event'),
  duplicates: {
    count: (count: number, areShown: boolean) => `${counted(count, 'duplicate')} ${areShown ? 'shown' : 'hidden'}`,
    hide: 'Hide',
    hideLabel: 'Hide duplicates',
    hideTitle: 'An event read in several places is listed for each of them (y)',
    show: 'Show',
    showLabel: 'Show duplicates',
    showTitle: 'An event read in several places is listed once (y)',
  },
  report: {
    title: 'Import report',
    notRead: (unread: number, partial: number) =>
      `${formatCount(unread)} not read${partial > 0 ? `, ${formatCount(partial)} in part` : ''}`,
  },
  appended: {
    count: (count: number) => `${formatCount(count)} appended`,
    /** Behind what appended means: what a press does. */
    show: 'Show these events',
  },
  index: (bytes: number) => `${formatBytes(bytes)} index`,
  marked: {
    count: (count: number) => `${formatCount(count)} marked`,
    compare: 'Compare',
    compareTitle: 'Side by side (d)',
    unmark: 'Unmark all',
  },
  offline: 'offline',
  offlineTitle: 'Nothing leaves this computer',
  disconnected: 'Trailglass is not answering; trying again…',
  view: {
    label: 'View',
    keys: { density: 'm', theme: 't', zone: 'Z' },
    densities: { compact: 'Compact rows', comfortable: 'Comfortable rows' },
    themes: { system: 'Theme of the system', light: 'Light theme', dark: 'Dark theme' },
    zone: (zone: string) => `Times in ${zone}…`,
  },
  help: 'Help',
  helpTitle: 'Help and shortcuts (?)',
} as const;
