/** All that the detail of an event says, in reading order. */
import { counted, formatCount } from '#core/figures';

/** Bytes of a file, as investigators note them down. Text that is packed is not found at these places of the file on disk. */
const bytes = (from: number, to: number, isUnpacked: boolean): string =>
  `bytes ${formatCount(from)} – ${formatCount(to)}${isUnpacked ? ' of the unpacked text' : ''}`;

export const texts = {
  pane: {
    name: 'Detail',
    empty: 'No event selected.',
    emptyHelp: 'Select an event to see a summary and the full record.',
    /** What the keys do in the list. */
    emptyKeys: [
      { keys: ['↑', '↓'], does: 'move through the list' },
      { keys: ['Enter'], does: 'goes to the detail' },
      { keys: ['Space'], does: 'marks an event' },
      { keys: ['d'], does: 'compares' },
    ],
    filterBy: (field: string, value: string) =>
      `And only events with ${field}:${value}; more by right click or Shift+F10`,
    outsideQuery: 'The query does not match this event.',
    duplicatesHidden: 'Duplicates are hidden from the list.',
    showDuplicates: 'Show duplicates',
    relatedProblem: 'Related events could not be looked up:',
  },
  compare: {
    with: 'Compare with the',
    or: 'or',
    sameCall: 'same call',
    directions: { previous: 'previous', next: 'next' },
    withSameCall: (direction: 'previous' | 'next') => `Compare with the ${direction} same call`,
    sameCallHelp: (direction: 'previous' | 'next') =>
      `The same API on the same resource, or else by the same identity (${direction === 'next' ? '>' : '<'})`,
    orWith: ', or with the',
    marked: (count: number) => (count === 1 ? 'marked event' : 'marked events'),
    markedHelp: 'Side by side (d)',
  },
  tags: {
    appended: 'Appended.',
    versions: (count: number) => `${counted(count, 'conflicting version')}:`,
    versionsMeaning: 'events with this ID and different content.',
    compareVersions: 'Compare',
    duplicate: 'Duplicate: the same event was also read elsewhere.',
  },
  related: {
    name: 'Related events',
    title: 'Related',
    orMore: (count: number) => `${formatCount(count)} or more`,
    noTime: 'no time',
    account: (account: string) => `account ${account}`,
    bytes,
    show: (sentence: string, label: string) => `${sentence} Show it.\n${label}`,
    compare: 'Compare',
    compareHelp: 'Side by side with this event',
    versions: {
      title: 'Conflicting versions',
      sentence: 'Events with this ID and different content: versions of one event, or different calls.',
    },
    duplicates: {
      title: (count: number) => (count === 1 ? 'Duplicate' : 'Duplicates'),
      sentence: 'The same event in another location.',
    },
    shared: {
      otherEnd: 'Other end of the insight',
      otherAccount: 'View of the other account',
      sentence: 'The same action, found by its sharedEventID.',
    },
    amends: { title: 'Amends', sentence: 'The event that this one adds to.' },
    amendedBy: { title: 'Amended by', sentence: 'Events that add to this one later.' },
  },
  record: {
    name: 'Record',
    tree: 'Tree',
    raw: 'Raw',
    copy: 'Copy the raw record',
    copied: 'Raw record',
    previous: 'Previous event',
    next: 'Next event',
    close: 'Close the detail',
    noTree: 'The record cannot be shown as a tree',
    rawInstead: '; it is shown as it stands in the file.',
  },
  hits: {
    name: 'Hits of the query in the record',
    previous: 'Previous hit',
    next: 'Next hit',
    count: (count: number) => counted(count, 'hit'),
    position: (at: number, count: number) => `${formatCount(at)} of ${formatCount(count)}`,
  },
  location: {
    name: 'Location',
    copyPath: 'Copy the path',
    copiedPath: 'Path',
    bytes,
    bytesHelp: (isUnpacked: boolean) =>
      isUnpacked ? 'Positions in the unpacked text, not in the file on disk' : 'Positions in the file on disk',
    digest: 'SHA-256',
    digestHelp: 'Reads the whole file on disk for its checksum',
    digesting: 'Reading the file…',
    digestOf: 'SHA-256 of',
    onDisk: (size: string) => `, ${size} on disk`,
    copyDigest: 'Copy the checksum',
    copiedDigest: 'Checksum',
    changed: 'The file on disk has changed since it was read.',
  },
  starters: {
    name: 'Where to begin',
    title: 'Where to begin',
    integrity: 'Is it all here, and is it unaltered?',
    logging: 'Was logging turned off or narrowed?',
    credentials: 'Which keys, users and roles were made?',
    signIns: 'Who signed in?',
    root: 'What did root do?',
    failed: 'What failed?',
    changes: 'What was changed?',
    /** As the host names it. */
    sampleName: 'Sample archive',
    sampleTitle: 'A made-up incident, in four questions',
    sampleWho: '1. Who turned off the trail?',
    sampleWhat: '2. What else did they change?',
    sampleWhere: '3. What else came from their address?',
    sampleRepair: '4. Who turned it on again?',
  },
} as const;
