/** Tracks the open lists of a JSON text, and what may come next. */
import { isRecordsKey } from '../scan/root-keys';

/** The deepest nesting of lists. */
export const maxLists = 64;
/** Stands for the key of the list in Elastic's response, which is nested in two objects. */
export const hitsOfHits = 'hits.hits';
/** Stands for the key of an unknown list. */
export const unknownName = '';

/** What comes next. */
export const Expect = {
  /** A document, or the end. */
  document: 0,
  /** An element of a list, or its end. */
  element: 1,
  /** A comma, or the end of the list. */
  separator: 2,
  /** The rest of a wrapper after its list. */
  wrapperRest: 3,
  /** The end of something unreadable. */
  damageEnd: 4,
} as const;
export type Expect = (typeof Expect)[keyof typeof Expect];

export class JsonFrame {
  expect: Expect = Expect.document;
  /** An element must follow: there was a comma. */
  afterComma = false;
  /** The open lists, outermost first: each the key of its wrapper, null for a bare one. */
  private readonly lists: (string | null)[] = [];
  /** The key of the list that was closed last. */
  closedKey: string | null = null;
  /** After the list of a wrapper inside a wrapper. */
  private isInHits = false;

  /** Whether any list is open. */
  get isInList(): boolean {
    return this.lists.length > 0;
  }

  /** Whether one more list would be too many. */
  get isFull(): boolean {
    return this.lists.length >= maxLists;
  }

  /** Whether one of the lists is a trail file's `Records`. */
  get isInRecords(): boolean {
    return this.lists.some(isRecordsKey);
  }

  /** A record, or another element, comes next. */
  beforeValue(): void {
    this.expect = this.isInList ? Expect.element : Expect.document;
  }

  /** A value has ended. */
  behindValue(): void {
    this.expect = this.isInList ? Expect.separator : Expect.document;
  }

  /** Called after the bracket that opens a list. */
  open(key: string | null): void {
    this.lists.push(key);
    this.afterComma = false;
    this.expect = Expect.element;
  }

  /** Called after the bracket that closes a list. */
  close(): void {
    const key = this.lists.pop() ?? null;
    this.closedKey = key;
    this.isInHits = key === hitsOfHits;
    if (key === null) this.behindValue();
    else this.expect = Expect.wrapperRest;
  }

  /** Called after the brace that closes a wrapper. */
  closeWrapper(): void {
    if (!this.isInHits) this.behindValue();
    this.isInHits = false;
  }
}
