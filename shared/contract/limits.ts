/** Bounds that hostile archives run into. Plain data only: everything survives structured clone and JSON. */

/** Bounds that hostile archives run into. Each may be changed in the settings. */
export interface ImportLimits {
  /**
   * Unpacked bytes per packed byte of one member, once it has unpacked to more than 256 MB; and of one file, of all that lies packed in
   * packed data in it, once that is more than 4 GB.
   */
  readonly ratio: number;
  /** Unpacked bytes of one member. */
  readonly memberBytes: number;
  /** Members of one archive; fewer where its size could not hold so many with anything in them. */
  readonly entries: number;
  /** Archives in archives; a gzip counts as one. */
  readonly nesting: number;
  /** Bytes of a zip that lies packed within another archive: it is held in memory while it is read. */
  readonly heldBytes: number;
  /** Bytes of one record. */
  readonly recordBytes: number;
  /** Folders in folders. */
  readonly folderDepth: number;
}

/** Changed only where the settings say so. */
export const defaultLimits: ImportLimits = {
  ratio: 250,
  memberBytes: 64 * 2 ** 30,
  entries: 2_000_000,
  nesting: 8,
  heldBytes: 512 * 2 ** 20,
  recordBytes: 60 * 2 ** 20,
  folderDepth: 100,
};

/** The most each may be set to; the least is 1. */
export const greatestLimits: ImportLimits = {
  ratio: Number.MAX_SAFE_INTEGER,
  memberBytes: Number.MAX_SAFE_INTEGER,
  entries: Number.MAX_SAFE_INTEGER,
  nesting: 32,
  heldBytes: 2 ** 31 - 1,
  recordBytes: 60 * 2 ** 20,
  folderDepth: 1_000,
};
