/** All that is said where archives are opened, in reading order. */
import { counted, formatCount } from '#core/figures';
import type { FilesMode } from '../../state/session.svelte';

export const texts = {
  welcome: {
    product: 'Trailglass',
    purpose: 'Read AWS CloudTrail logs: who did what, when, from where, and with what result.',
    first:
      'Begin with the folder or the archive you were handed. To learn the window, open the sample: it holds a break-in to find.',
    region: 'Open',
    openFolder: 'Open folder…',
    openFiles: 'Open files…',
    openAny: 'Open folder or files…',
    openSample: 'Open the sample archive',
    /** The formats it reads, around the names of files. */
    formats: {
      drop: 'Or drop them anywhere in this window. Formats are recognised by content, whatever the name: folders of any depth,',
      and: 'and',
      nested: ', also one inside the other; a trail’s log files,',
      others:
        ', the console’s JSON and CSV, Athena and Lake results, CloudWatch Logs, EventBridge, Elastic and Splunk exports.',
    },
    recent: {
      title: 'Recent',
      none: 'Archives you open are listed here.',
      events: (count: number) => counted(count, 'event'),
      noTimes: 'no times',
      span: (from: string, to: string) => (from === to ? from : `${from} – ${to}`),
      notFound: 'not found',
      opened: (day: string) => `opened ${day}`,
      remove: 'Remove from this list',
      removeOne: (archive: string) => `Remove ${archive} from this list`,
    },
    offline: 'Offline: nothing leaves this computer, and nothing is written to the folders of the logs.',
    help: 'Help and shortcuts',
    version: (version: string) => `Version ${version}`,
  },

  archiveMenu: {
    label: (archive: string) => `Archive: ${archive}`,
    /** In place of the name of an archive that has none. */
    unnamed: 'Archive',
    sources: 'Open sources',
    sourceCount: (count: number) => counted(count, 'open source'),
    addFolder: 'Add folder…',
    addFiles: 'Add files…',
    add: 'Add…',
    openFolder: 'Open other folder…',
    openFiles: 'Open other files…',
    open: 'Open other…',
    openSample: 'Open the sample archive',
    report: 'Import report',
    integrity: 'Integrity',
    limits: 'Limits…',
    close: 'Close the archive',
  },
  source: {
    reading: 'reading…',
    figures: (events: number, duplicates: number) =>
      counted(events, 'event') + (duplicates === 0 ? '' : `, ${counted(duplicates, 'duplicate')}`),
    remove: 'Remove',
    removeOne: (source: string, figures: string) => `Remove ${source}: ${figures}`,
    removeTitle: 'Remove this source and its events',
  },

  picker: {
    title: {
      open: 'Open folder or files',
      add: 'Add a folder or files',
      proofs: 'Public keys and signatures',
      manifest: 'Check a manifest',
    } satisfies Record<FilesMode, string>,
    up: 'The folder above',
    pathField: 'Path',
    go: 'Go',
    crumbs: 'Folders above',
    list: 'Folders and files',
    listing: 'Listing…',
    empty: 'Nothing in this folder can be opened.',
    hidden: (count: number, mode: FilesMode) =>
      `${formatCount(count)} more are not shown; ${mode === 'proofs' || mode === 'manifest' ? 'their paths can be typed.' : `${mode === 'open' ? 'opening' : 'adding'} the folder reads them too.`}`,
    /** What each key does, behind the key. */
    keys: { enter: 'into a folder', space: 'choose', backspace: 'up' },
    cancel: 'Cancel',
    openFolder: {
      open: 'Open this folder',
      add: 'Add this folder',
      proofs: 'Choose files',
      manifest: 'Choose a file',
    } satisfies Record<FilesMode, string>,
    openSelected: (count: number, mode: FilesMode) =>
      `${mode === 'open' ? 'Open' : 'Add'} ${count === 1 ? '' : `${formatCount(count)} `}selected`,
  },

  dropZone: {
    toAdd: 'Drop to add or to open',
    toOpen: 'Drop to open',
    taking: 'Reading the dropped files…',
  },
  dropDialog: {
    title: 'Add dropped files?',
    more: (count: number) => `and ${formatCount(count)} more`,
    /** Before the archive's name. */
    openNow: 'Open now:',
    add: 'Add to what is open',
    open: 'Open instead',
    proofs: 'Use as public keys',
    proofsTitle: 'They hold public keys or signatures, to check the open files with',
    cancel: 'Cancel',
  },
} as const;
