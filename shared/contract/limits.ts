/** Limits that guard against hostile archives, with everything about each in one place. Plain data only. */

/** All about one limit. */
interface LimitFacts {
  /** Its value where the settings have none. */
  readonly byDefault: number;
  /** The most it can be set to; the least is 1. */
  readonly atMost: number;
  readonly unit: 'bytes' | 'files' | 'levels' | 'times';
  /** In the dialog; its figure counts in `dialogUnit`. */
  readonly label: string;
  readonly dialogUnit: 'MiB' | 'GiB' | 'files' | 'levels' | 'to 1';
  /** One sentence: what it guards against. */
  readonly guards: string;
  /** Behind the unit, on the command line: "bytes of one record". */
  readonly meaning: string;
  /** In the message of a file that ran into it. */
  readonly inMessages: string;
}

const any = Number.MAX_SAFE_INTEGER;
const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/**
 * By name. A new limit is an entry here and the code that keeps to it: its setting, dialog, option and messages follow.
 *
 * `ratio` also holds for all that is packed within packed data of one file, once that is more than 4 GB. `entries`: fewer in an archive too
 * small to hold so many that are not empty.
 */
export const limitFacts = {
  ratio: {
    byDefault: 250,
    atMost: any,
    unit: 'times',
    label: 'Ratio of a packed file',
    dialogUnit: 'to 1',
    guards: 'A few kilobytes made to unpack to terabytes. Counts once a file has unpacked to more than 256 MB.',
    meaning: 'unpacked bytes per packed byte of a file that unpacks to more than 256 MB',
    inMessages: 'ratio of unpacked to packed bytes',
  },
  memberBytes: {
    byDefault: 64 * gibibyte,
    atMost: any,
    unit: 'bytes',
    label: 'Size of one file, unpacked',
    dialogUnit: 'GiB',
    guards: 'A file that never ends.',
    meaning: 'of one file, unpacked',
    inMessages: 'unpacked size of one member',
  },
  recordBytes: {
    byDefault: 60 * mebibyte,
    atMost: 60 * mebibyte,
    unit: 'bytes',
    label: 'Size of one record',
    dialogUnit: 'MiB',
    guards: 'One record that takes all memory. CloudTrail itself writes at most 256 KB; 60 MiB is also the most.',
    meaning: 'of one record',
    inMessages: 'size of one record',
  },
  entries: {
    byDefault: 2_000_000,
    atMost: any,
    unit: 'files',
    label: 'Files in one archive',
    dialogUnit: 'files',
    guards: 'A small archive that lists millions of empty files.',
    meaning: 'in one archive',
    inMessages: 'members of one archive',
  },
  nesting: {
    byDefault: 8,
    atMost: 32,
    unit: 'levels',
    label: 'Archives in archives',
    dialogUnit: 'levels',
    guards: 'An archive that holds itself, or one in another without end. A gzip counts as one.',
    meaning: 'of archives in archives; a gzip counts as one',
    inMessages: 'archives in archives',
  },
  heldBytes: {
    byDefault: 512 * mebibyte,
    atMost: 2 ** 31 - 1,
    unit: 'bytes',
    label: 'A zip within another archive',
    dialogUnit: 'MiB',
    guards: 'A zip within an archive is held in memory while it is read.',
    meaning: 'of a packed zip within another archive',
    inMessages: 'size of a packed zip in an archive',
  },
  folderDepth: {
    byDefault: 100,
    atMost: 1_000,
    unit: 'levels',
    label: 'Folders in folders',
    dialogUnit: 'levels',
    guards: 'Paths too long to be read again.',
    meaning: 'of folders in folders',
    inMessages: 'folders in folders',
  },
} as const satisfies Readonly<Record<string, LimitFacts>>;

export type LimitName = keyof typeof limitFacts;

/** The limits of an import, in their own units. Each may be changed in the settings. */
export type ImportLimits = Readonly<Record<LimitName, number>>;

/** In the order of the dialog. */
export const limitNames = Object.keys(limitFacts) as LimitName[];

/** One figure for each limit. */
export function limitsOf(figure: (name: LimitName) => number): ImportLimits {
  return Object.fromEntries(limitNames.map((name) => [name, figure(name)])) as Record<LimitName, number>;
}

/** The limits of an import unless the settings change them. */
export const defaultLimits: ImportLimits = limitsOf((name) => limitFacts[name].byDefault);

/** The most each may be set to. */
export const greatestLimits: ImportLimits = limitsOf((name) => limitFacts[name].atMost);
