/** All that the import report and the dialog of limits say, in reading order. The words for a file's status are in `status-words.ts`. */
import { counted, formatBytes, formatCount } from '#core/figures';

export const texts = {
  title: 'Import report',
  summary: {
    wholeRead: 'Every file was read from its first byte to its last.',
    noTimes: 'No event has a time.',
    integrity: 'Integrity…',
    save: 'Save as text',
    /** A page cannot know where its browser saves, so it can only say so. */
    saveTitleInBrowser: 'Your browser chooses the folder: do not save into the evidence',
    saveFailed: (reason: string) => `The report could not be written: ${reason}`,
    copy: 'Copy',
    /** What was copied, in the message that says so. */
    copied: 'Report',
  },
  figures: {
    show: 'Show these events',
    events: { label: 'Events', title: 'Each counted once' },
    duplicates: { label: 'Duplicates', title: 'The same events, read again in other places' },
    versions: {
      label: 'Conflicting versions',
      title: 'Events with one ID and different content: versions of one event, or different calls',
    },
    summaryOnly: { label: 'Summary only', title: 'They came without request and response' },
    appended: {
      label: 'Appended',
      title:
        'In a later gzip member of a file; CloudTrail writes one. Not all of such a file is what CloudTrail wrote, and either part can be what was added',
    },
    undated: { label: 'Without a time', title: 'In the list, not on the timeline' },
    outOfRange: {
      label: 'Time out of range',
      title: 'Before 2006 or after 2099: in the list, not on the timeline',
    },
    onDisk: { label: 'On disk', title: 'Bytes of the files opened' },
    unpacked: { label: 'Unpacked', title: 'Bytes of text that were read' },
    took: { label: 'Took', title: 'From the first file to the last' },
  },

  totals: {
    region: 'Totals',
    sources: 'Sources',
    formats: 'Formats',
    accounts: 'Accounts',
    regions: 'Regions',
    days: 'Days (UTC)',
    inSource: (files: number, duplicates: number) =>
      counted(files, 'file') + (duplicates > 0 ? `, ${counted(duplicates, 'duplicate')}` : ''),
    only: 'Show only these events',
    more: (count: number) => `${formatCount(count)} more`,
    fewer: 'Fewer',
    /** The button below a list, which is heard without it. */
    ofList: (list: string, button: string) => `${list}: ${button.toLowerCase()}`,
  },

  files: {
    label: 'Files',
    search: 'Search in paths',
    found: (count: number) => `${formatCount(count)} found`,
    columns: {
      status: 'Status',
      path: 'Path',
      format: 'Recognised as',
      size: 'Size',
      sizeTitle: 'On disk, or packed in its archive',
      events: 'Events',
      eventsTitle: 'Duplicates included',
      duplicates: 'Duplicates',
    },
    hasNotes: 'Read, with notes',
    notRecognised: '–',
    packed: (bytes: number) => `${formatBytes(bytes)} packed`,
    packedTitle: 'Packed, in its archive',
    noneFound: 'No path among these files contains this text.',
    noneTroubled: 'Every file was read from its first byte to its last.',
    none: 'There are no such files.',
  },

  file: {
    region: 'About this file',
    notRecognised: 'not recognised',
    packed: (bytes: number) => `${formatBytes(bytes)} packed in its archive`,
    onDisk: (bytes: number) => `${formatBytes(bytes)} on disk`,
    /** Before the source's name. */
    from: 'from',
    kept: (events: number) => `${counted(events, 'event')} kept`,
    showEvents: (events: number) => (events === 1 ? 'Show its event' : 'Show its events'),
    duplicates: (count: number) => `${counted(count, 'duplicate')} of events read elsewhere`,
    ignored: 'It holds no events.',
    container: 'An archive: what is in it is listed file by file.',
    fine: 'Read from its first byte to its last: nothing to report.',
    at: (byte: number, isUnpacked: boolean) =>
      `at byte ${formatCount(byte)}${isUnpacked ? ' of the unpacked text' : ''}:`,
    changeLimits: 'Change limits…',
    more: (problems: number) => `and ${formatCount(problems)} more in this file`,
  },

  limits: {
    title: 'Limits',
    about:
      'They keep a damaged or hostile archive from filling memory or never ending. Anything skipped is listed in the import report. A change applies the next time an archive is opened.',
    reset: (figure: string, unit: string) => `Back to ${figure} ${unit}`,
    refused: (most: number) => `A number above 0, and at most ${formatCount(most)}.`,
    cancel: 'Cancel',
    save: 'Save',
    reopen: 'Reopen with these limits',
  },
} as const;
