/** A comparison of two events, as the window gets it. Made by `shared/core/diff/`, in the engine's thread. */
import type { RowId } from './ids';
import type { EventLocation, EventRow } from './events';

export interface DiffRequest {
  /** The reference: what was before. */
  readonly left: RowId;
  readonly right: RowId;
  /** Includes noise, which differs in every pair of calls: identifiers of the call, times, session tokens. */
  readonly withNoise: boolean;
}

/** Two events, section by section, as aligned rows ready to be drawn. */
export interface EventDiff {
  readonly left: EventRow;
  readonly right: EventRow;
  /** The locations of the two. */
  readonly places: { readonly left: EventLocation; readonly right: EventLocation };
  /** `requestParameters` and `responseElements` first, then the rest of the record, one section per top-level field. */
  readonly sections: readonly DiffSection[];
  /** Rows left out as noise, in all sections. */
  readonly noiseHidden: number;
  /** Set where the records were too large to be compared in full: what was done instead, as a sentence. */
  readonly coarse: string | null;
}

export interface DiffSection {
  /** The top-level field. */
  readonly field: string;
  /** Leaves added, removed or changed, without those that are {@link DiffRow.isRepeated}. */
  readonly changes: number;
  readonly rows: readonly DiffRow[];
  /** The one side that has a value here; set where the other has none (null, or no such field). */
  readonly oneSided: 'left' | 'right' | null;
  /** In words, what a changed policy in this section now does differently; see `core/diff/policy`. */
  readonly policies: readonly PolicyDiff[];
}

/** What became of a row. A container is `changed` when anything in it is. */
export type DiffKind = 'equal' | 'added' | 'removed' | 'changed';

/** One row: a leaf, or the line of a container whose members follow with a greater depth. */
export interface DiffRow {
  readonly kind: DiffKind;
  /** 0 for the members of the section. */
  readonly depth: number;
  /** Its path, as `requestParameters.policy.Statement[Sid=Read].Action`; elements of aligned arrays by what identifies them. */
  readonly path: string;
  /** The key; for an array's element what identifies it (`Sid=Read`, `tcp 443`), its index (`[2]`), or `[]` for a plain value in a set. */
  readonly label: string;
  /** Null where the side has no such row. */
  readonly left: DiffCell | null;
  readonly right: DiffCell | null;
  /** Rows one level below that belong to it; 0 for a leaf and for an empty container. */
  readonly members: number;
  /** Set where a JSON text was opened: how it was written. */
  readonly decoded: 'json' | 'url-encoded json' | null;
  /** Of the response: the same change as in the request, which is not counted again. */
  readonly isRepeated: boolean;
}

export interface DiffCell {
  /**
   * As written in the record (numbers to the digit; strings without quotes); `{…} 3` or `[…] 3` with the number of members for
   * containers, `{}` and `[]` for empty ones, the source of one that was not gone into (an omitted payload, or too large).
   */
  readonly text: string;
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array';
  /** For a changed text compared word by word: the pieces of `text`; only those marked differ. */
  readonly pieces: readonly { readonly text: string; readonly differs: boolean }[] | null;
  /** AWS replaced the value: it cannot be compared. */
  readonly isRedacted: boolean;
  /** AWS left the payload out because of its size; an attacker can cause that. The reason as written. */
  readonly omitted: string | null;
}

/** What became of a policy, in words. Only what is certain. */
export interface PolicyDiff {
  /** The path of the policy. */
  readonly path: string;
  readonly lines: readonly { readonly kind: PolicyEffect; readonly text: string }[];
}

/**
 * `changed`: the text differs, and its effect is not certain. `same`: the text differs, with the same effect. `unknown`: the two policies
 * cannot be compared, for the reason given.
 */
export type PolicyEffect = 'widened' | 'narrowed' | 'changed' | 'same' | 'unknown';

/** The earlier or later event of the same call. */
export interface SameCallRequest {
  readonly row: RowId;
  readonly direction: 'previous' | 'next';
}

export interface SameCall {
  /** Null: there is none. */
  readonly row: RowId | null;
  /** What it was looked up by: the resource (its name), or else the identity. */
  readonly by: 'resource' | 'identity';
  readonly name: string;
  /** One sentence for the user, also where none was found. */
  readonly message: string;
}

export type DiffTextFormat = 'markdown' | 'unified' | 'json-patch';
