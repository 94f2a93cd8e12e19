/** Where in the lists of a JSON text a reader is, and what may come there. */
import { isRecordsKey } from '../scan/root-keys';

/** Lists in lists, at most. */
export const MAX_LISTS = 64;
/** For the key of the list in Elastic's answer, which stands in an object in an object. */
export const hitsOfHits = 'hits.hits';
/** For the key of a list that is none of those known. */
export const unknownName = '';

/** What comes next. */
export const Expect = {
  /** A document, or the end. */
  document: 0,
  /** An element of a list, or its end. */
  element: 1,
  /** A comma, or the end of the list. */
  separator: 2,
  /** The rest of a wrapper behind its list. */
  wrapperRest: 3,
  /** The end of what could not be read. */
  damageEnd: 4,
} as const;
export type Expect = (typeof Expect)[keyof typeof Expect];

export class JsonFrame {
  expect: Expect = Expect.document;
  /** An element must follow: there was a comma. */
  afterComma = false;
  /** The lists around what comes next: the key of a wrapper's, null for a bare one. */
  private readonly lists: (string | null)[] = [];
  /** The key of the list that was closed last. */
  closedKey: string | null = null;
  /** The rest of a wrapper that is in a wrapper. */
  private isInHits = false;

  /** Whether any list is open. */
  get isInList(): boolean {
    return this.lists.length > 0;
  }

  /** Whether one more list would be too many. */
  get isFull(): boolean {
    return this.lists.length >= MAX_LISTS;
  }

  /** Whether one of the lists is that of a trail's file. */
  get isInRecords(): boolean {
    return this.lists.some(isRecordsKey);
  }

  /** A record, or anything else of its kind, comes next. */
  beforeValue(): void {
    this.expect = this.isInList ? Expect.element : Expect.document;
  }

  /** A value has ended. */
  behindValue(): void {
    this.expect = this.isInList ? Expect.separator : Expect.document;
  }

  /** Behind the bracket that opens a list. */
  open(key: string | null): void {
    this.lists.push(key);
    this.afterComma = false;
    this.expect = Expect.element;
  }

  /** Behind the bracket that closes one. */
  close(): void {
    const key = this.lists.pop() ?? null;
    this.closedKey = key;
    this.isInHits = key === hitsOfHits;
    if (key === null) this.behindValue();
    else this.expect = Expect.wrapperRest;
  }

  /** Behind the brace that closes a wrapper. */
  closeWrapper(): void {
    if (!this.isInHits) this.behindValue();
    this.isInHits = false;
  }
}
