/** All that the integrity screen says, in reading order. The verdicts' reasons come from the engine. */
import type { CoverageState, DigestState, FileState } from '#contract/integrity';
import { counted, formatCount } from '#core/figures';

export const texts = {
  title: 'Integrity',
  checking: 'Checking…',
  importing: 'Files are still being read: the checks begin when all of them are.',
  addKeys: 'Add public keys…',
  addKeysTitle:
    'What “aws cloudtrail list-public-keys” prints, and signatures of the newest digests as “aws s3api head-object” prints them',
  save: 'Save as text',
  saveTitleInBrowser: 'Your browser chooses the folder: do not save into the evidence',
  saveFailed: (reason: string) => `The verdicts could not be written: ${reason}`,
  addFailed: (reason: string) => `The keys could not be read: ${reason}`,

  verdict: {
    alarm: 'Something needs an explanation',
    proven: 'As AWS signed it',
    unproven: 'Nothing speaks against it, and no signature proves it',
    noWitness: 'No digest to check against',
  },

  files: {
    title: 'Log files',
    states: {
      ok: 'As listed',
      changed: 'Changed',
      appended: 'Appended to',
      missing: 'Missing',
      ambiguous: 'Ambiguous',
      unlisted: 'Not listed',
      unverified: 'Not covered',
    } satisfies Record<FileState, string>,
    show: 'Show these events',
    showFile: 'Show its events',
  },
  digests: {
    title: 'Digests',
    states: {
      ok: 'Unaltered',
      changed: 'Changed',
      appended: 'Appended to',
      missing: 'Missing',
      ambiguous: 'Ambiguous',
      malformed: 'Malformed',
    } satisfies Record<DigestState, string>,
    signed: 'Signed',
  },
  coverage: {
    title: 'What is known of each hour',
    about: 'By account and Region, in UTC. A press on a span says more of it.',
    states: {
      verified: 'whole, by signed digests',
      present: 'files are here',
      incomplete: 'something is not here',
      empty: 'nothing was delivered',
      unknown: 'no statement',
    } satisfies Record<CoverageState, string>,
    mark: 'a trail was changed',
    setting: (time: string, event: string, by: string, error: string | null) =>
      `${time}: ${event} by ${by}${error === null ? '' : `, failed: ${error}`}`,
    leftOut: (count: number) => `${counted(count, 'further span')} are not drawn; “query --verify --json” lists all.`,
    events: 'Show its events',
    files: 'Show its files',
    gaps: 'Spans in which something is not here',
    none: 'No event has a time, an account and a Region.',
  },
  settings: {
    title: 'Changes of what trails record',
    failed: (error: string) => `failed: ${error}`,
    by: 'by',
    noTime: 'no time',
  },
  ledger: {
    title: 'Deliveries that events record',
    trail: (recorded: number, present: number) =>
      `${counted(recorded, 'log file')} recorded as delivered, ${formatCount(present)} here`,
    repacked: (count: number) => `${formatCount(count)} packed anew`,
    digests: (count: number) => `${counted(count, 'digest')} recorded as delivered, not here`,
    absent: 'Recorded as delivered, not in what is open',
    unnamed: 'A trail that is not named',
  },
  names: {
    title: 'Names that do not fit the content',
    said: (found: string, expected: string, files: number) =>
      `${counted(files, 'file')}: ${found} by the name or folder, ${expected} by the content`,
    cut: (listed: number, all: number) =>
      `The first ${formatCount(listed)} of ${formatCount(all)}: saved as text there are all.`,
  },
  keys: {
    title: 'Public keys',
    from: 'from',
    inside: 'from inside what is open: it proves no more than the rest of it',
  },
  manifest: {
    title: 'Manifest',
    save: 'Save manifest',
    saveTitle: 'The SHA-256 of every opened file, as sha256sum writes and checks it',
    check: 'Check manifest…',
    checkTitle: 'Which files have changed, are gone or are new since a manifest was made',
    found: (unchanged: number, changed: number, gone: number, added: number) =>
      `${counted(unchanged, 'file')} unchanged, ${formatCount(changed)} changed, ${formatCount(gone)} gone, ${formatCount(added)} new`,
    states: { changed: 'Changed', gone: 'Gone', added: 'New', unreadable: 'Not readable' },
    reasons: {
      changed: 'its SHA-256 is not the one in the manifest',
      gone: 'it is in the manifest, and not in what is open',
      added: 'it is open, and not in the manifest',
    },
  },
  badge: {
    title: (reason: string) => `Integrity of its file: ${reason}`,
    proven: 'File as AWS signed it',
    states: {
      ok: 'File as a digest lists it, not signed',
      changed: 'File changed',
      appended: 'Behind the end of the file',
      missing: 'File missing',
      ambiguous: 'File ambiguous',
      unlisted: 'File not listed',
      unverified: 'File not covered by a digest',
    } satisfies Record<FileState, string>,
  },
  notProven: 'What this does not prove',
  showMore: (count: number) => `Show ${formatCount(count)} more`,
  more: (count: number) => `and ${formatCount(count)} more: saved as text there are all`,
} as const;
