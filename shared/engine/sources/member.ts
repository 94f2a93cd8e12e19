/** A file inside an archive, as a place to come back to. */

/** One step into what the bytes at hand hold. A gzip is no step: it is recognised by its content wherever it stands. */
export type ContainerStep =
  | {
      readonly kind: 'zip';
      /** Of the member's local header, from the start of the zip. */
      readonly headerOffset: number;
      readonly packedBytes: number;
      readonly unpackedBytes: number;
      readonly method: 'stored' | 'deflated';
      /** The archive calls it a symbolic link, whose content is the path it leads to. */
      readonly isLink?: true;
    }
  | {
      /** Bytes as they lie there: an entry of a tar, or what stands outside of a zip's members. */
      readonly kind: 'stretch';
      /** From the start of the unpacked archive. */
      readonly offset: number;
      readonly bytes: number;
    };

/** A member found in a file on disk while that was read. */
export interface MemberRef {
  /** Counts the members of one file on disk in the order they were met, from 0. */
  readonly ordinal: number;
  /** For showing: the names on the way, joined by `!/`, invisible characters as they are. Never used as a path. */
  readonly name: string;
  readonly steps: readonly ContainerStep[];
}

/** The path that is shown of a file, or of a member found in it. */
export function memberPath(path: string, name: string | null): string {
  return name === null ? path : `${path}!/${name}`;
}
