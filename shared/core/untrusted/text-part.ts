/** The parts of an untrusted text: see `parts.ts`. */

/** A run of a text. Joined, the runs from `from` to `to` are the text. */
export type TextPart = PlainPart | EscapedPart | MarkedPart;

interface Range {
  /** In code units of the text. */
  readonly from: number;
  readonly to: number;
}

export interface PlainPart extends Range {
  readonly kind: 'plain';
  readonly text: string;
}

/** One character, `count` times, that is shown by its code point. */
export interface EscapedPart extends Range {
  readonly kind: 'escaped';
  readonly code: number;
  readonly count: number;
}

/** Letters that are shown as they are, and named. */
export interface MarkedPart extends Range {
  readonly kind: 'marked';
  readonly text: string;
  /** `Cyrillic`; of several reasons `Cyrillic, not NFC`. */
  readonly label: string;
  /** Why it is marked, in a sentence. */
  readonly reason: string;
}

/** A text, and of which scripts it plainly holds words; of `Turkish`, whether it has its letters. */
export interface WholeText {
  readonly text: string;
  /** Looked up on demand. */
  readonly plainScripts: Map<string, boolean>;
}
