/** The location of a file inside an archive, for reading it again. */

/** One step into an archive. A gzip is no step: it is recognised by its content anywhere. */
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
      /** Unpacked bytes: an entry of a tar, or bytes outside of a zip's members. */
      readonly kind: 'stretch';
      /** From the start of the unpacked archive. */
      readonly offset: number;
      readonly bytes: number;
    };

/** A member found in a file on disk while that was read. */
export interface MemberRef {
  /** Counts the members of one file on disk in the order they were met, from 0. */
  readonly ordinal: number;
  /** For display: the names along the steps, joined by `!/`, invisible characters unescaped. Never used as a path. */
  readonly name: string;
  readonly steps: readonly ContainerStep[];
}

/** The displayed path of a file, or of a member in it. */
export function memberPath(path: string, name: string | null): string {
  return name === null ? path : `${path}!/${name}`;
}
