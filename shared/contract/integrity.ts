/** What is known about whether the opened files are whole and unaltered. Plain data only: everything survives structured clone and JSON. */
import type { EpochMs } from './ids';

/**
 * What the digests say of a log file.
 *
 * - `ok`: its content is what a sound digest lists
 * - `changed`: a digest lists another content under its name
 * - `appended`: what the digest lists, with more behind the end of the file that CloudTrail wrote
 * - `missing`: listed, and not in what is open
 * - `ambiguous`: several files could be the listed one, and none is its content
 * - `unlisted`: digests cover its time, account and Region, and none lists it
 * - `unverified`: no sound digest says anything of it
 */
export type FileState = 'ok' | 'changed' | 'appended' | 'missing' | 'ambiguous' | 'unlisted' | 'unverified';

/** `malformed`: what should be a digest cannot be read as one. */
export type DigestState = 'ok' | 'changed' | 'appended' | 'missing' | 'ambiguous' | 'malformed';

/**
 * How well a digest is proven. `signed`: by a key at hand. `chained`: its hash stands in a neighbour, or a neighbour's in it. `listed`: a
 * neighbour names it, without a hash. `nothing`: it stands alone.
 */
export type DigestLevel = 'signed' | 'chained' | 'listed' | 'nothing';

export interface DigestVerdict {
  /** Of the file; for what is missing, its key in the bucket. */
  readonly path: string;
  readonly state: DigestState;
  readonly level: DigestLevel;
  readonly reason: string;
}

export interface FileVerdict {
  /** Of the file; for what is missing, its key in the bucket. */
  readonly path: string;
  readonly state: FileState;
  /** The path of the digest that lists it. */
  readonly listedIn: string | null;
  /** That of the digest; `nothing` where none lists it. */
  readonly level: DigestLevel;
  readonly reason: string;
}

/** What one trail's deliveries to one bucket, as CloudTrail's own calls record them, have in what is open. */
export interface LedgerTrail {
  /** The ARN; empty where the calls do not name it. */
  readonly trail: string;
  readonly bucket: string;
  /** Of the keys, before `AWSLogs/`. */
  readonly prefix: string;
  /** Log files recorded as delivered. */
  readonly recorded: number;
  readonly present: number;
  /** Of those present, how many have another size than was delivered: packed anew. */
  readonly repacked: number;
  /** Keys of log files recorded as delivered that are not in what is open. */
  readonly absentLogs: readonly string[];
  /** How many digests were recorded as delivered and are not in what is open. */
  readonly absentDigests: number;
}

/** A name that says something else than the content. */
export interface NameVerdict {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** What the checks say of the file that holds an event; of what stands behind its end, of that. */
export interface EventIntegrity {
  readonly state: FileState;
  readonly level: DigestLevel;
  readonly reason: string;
}

/** A call that changes what a trail records. */
export interface TrailSetting {
  readonly eventID: string;
  readonly time: EpochMs | null;
  readonly event: string;
  readonly trail: string;
  readonly by: string;
  /** The error code; null where the call worked. */
  readonly error: string | null;
}

/** How much is known of a span. */
export type CoverageState =
  | 'verified' // files are here, and sound digests say nothing else was delivered
  | 'present' // files are here; whether these are all is not known
  | 'incomplete' // something was recorded as delivered, or is listed, and is not here
  | 'empty' // a digest says that nothing was delivered
  | 'unknown'; // no file and no witness

/** Spans of one account and Region that have the same state, one after another. */
export interface CoverageSpan {
  readonly account: string;
  readonly region: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly state: CoverageState;
  readonly reason: string;
}

/** A public key that signatures were checked by. */
export interface UsedKey {
  readonly fingerprint: string;
  /** The file it is from. */
  readonly from: string;
  /** Whether that file is inside what is open: then it proves no more than the rest of it. */
  readonly isInsideEvidence: boolean;
}

/** What files that were brought along had in them. */
export interface ProofsAdded {
  readonly keys: number;
  readonly signatures: number;
  /** Files that brought nothing, with the reason. */
  readonly problems: readonly { readonly from: string; readonly message: string }[];
}

export interface IntegrityRequest {
  /** The most entries of each list, what needs an explanation first; null: all. */
  readonly most: number | null;
}

export interface IntegrityReport {
  /** What matters most, in whole sentences. */
  readonly summary: readonly string[];
  /** Whether anything found needs an explanation: something changed, appended, missing, unlisted, or absent. */
  readonly alarms: boolean;
  /** How many verdicts there are of each state, whether they are listed or not. */
  readonly counts: {
    readonly files: Readonly<Record<FileState, number>>;
    readonly digests: Readonly<Record<DigestState, number>>;
    /** Digests that are proven by a signature. */
    readonly signed: number;
    readonly names: number;
    readonly trailSettings: number;
  };
  readonly digests: readonly DigestVerdict[];
  readonly files: readonly FileVerdict[];
  readonly ledger: { readonly trails: readonly LedgerTrail[] };
  readonly names: readonly NameVerdict[];
  readonly appended: readonly { readonly path: string; readonly events: number }[];
  readonly trailSettings: readonly TrailSetting[];
  readonly coverage: readonly CoverageSpan[];
  /** How many spans of the coverage are left out, where `most` is fewer than there are. */
  readonly spansLeftOut?: number;
  readonly keys: readonly UsedKey[];
}

/** `text`: as `sha256sum` writes and checks it; `json`: with the hashes of unpacked contents, too. */
export type ManifestForm = 'text' | 'json';

/** What became of the files of a manifest. Paths are relative to the opened folder. */
export interface ManifestCheck {
  readonly unchanged: number;
  readonly changed: readonly { readonly path: string; readonly expected: string; readonly found: string }[];
  /** In the manifest, and not in what is open. */
  readonly gone: readonly string[];
  /** Open, and not in the manifest. */
  readonly added: readonly string[];
  /** Open, and not readable now. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}
