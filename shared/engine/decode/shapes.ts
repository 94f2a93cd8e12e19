/**
 * The tree of places a value can stand at in a record, and the numbered paths they belong to.
 *
 * A place knows its parent and whether it is a member of an object or an element of an array, so one place number is the whole state
 * of the parser between two values: there is no stack, and depth costs nothing. Arrays collapse: an element has its array's path.
 */
import { derivedPaths } from '#core/fields';
import { withRoom } from './bytes';
import { InternTable } from './intern-table';
import { decodeWtf8 } from './wtf8';

/** Before a record: its `{` comes next. */
export const OUTSIDE = 0;
/** The record itself. */
export const ROOT = 1;

/** How the strings of a place are kept. */
export const Keep = {
  /** Numbered, each distinct value once. */
  dictionary: 0,
  /** Nearly all different: in row order, not numbered. */
  identifier: 1,
  /** `eventTime`: canonical ones as a number of milliseconds only. */
  time: 2,
} as const;

export class Shapes {
  /** Of each place: where the object or array it stands in stands itself. */
  parent = new Int32Array(1024);
  isElement = new Uint8Array(1024);
  depth = new Int32Array(1024);
  /** Of each place: its path, or -1 while no value has been met there. */
  pathOf = new Int32Array(1024).fill(-1);
  /** Of each place: one of {@link Keep}. */
  keep = new Uint8Array(1024);
  /** Keys joined by `.`, by path number. */
  readonly paths: string[] = [];
  private readonly pathByText = new Map<string, number>();
  private readonly identifierPaths = new Set<number>();
  /** A member under (parent × 2), an element under (parent × 2 + 1) with no bytes. */
  private readonly places = new InternTable();
  private readonly empty = new DataView(new ArrayBuffer(8));

  constructor() {
    this.addPlace(0, OUTSIDE, false, 0);
    this.addPlace(1, OUTSIDE, false, 0);
  }

  get placeCount(): number {
    return this.places.count;
  }

  /** The place of the member with this key (after unescaping) of the object at `parent`. */
  member(parent: number, view: DataView, bytes: Uint8Array, start: number, length: number): number {
    const tag = parent * 2;
    const hash = this.places.hash(tag, view, start, length);
    const found = this.places.find(tag, hash, view, start, length);
    return found >= 0 ? found : this.addChild(tag, hash, bytes, start, length);
  }

  /** The place of every element of the array at `parent`. */
  element(parent: number): number {
    const tag = parent * 2 + 1;
    const hash = this.places.hash(tag, this.empty, 0, 0);
    const found = this.places.find(tag, hash, this.empty, 0, 0);
    return found >= 0 ? found : this.addChild(tag, hash, new Uint8Array(0), 0, 0);
  }

  /** The path of a place, numbered when it is first asked for: only paths that hold values get a number. */
  path(place: number): number {
    const known = this.pathOf[place] as number;
    if (known >= 0) return known;
    const text = this.textOf(place);
    const path = this.pathNumber(text);
    this.pathOf[place] = path;
    this.keep[place] =
      text === 'eventTime' ? Keep.time : this.identifierPaths.has(path) ? Keep.identifier : Keep.dictionary;
    return path;
  }

  pathNumber(text: string): number {
    const known = this.pathByText.get(text);
    if (known !== undefined) return known;
    this.pathByText.set(text, this.paths.length);
    this.paths.push(text);
    return this.paths.length - 1;
  }

  /** From now on the strings of this path are kept in row order. A time stays a time. */
  keepAsIdentifier(path: number): void {
    this.identifierPaths.add(path);
    for (let place = 0; place < this.placeCount; place += 1) {
      if (this.pathOf[place] === path && this.keep[place] === Keep.dictionary) this.keep[place] = Keep.identifier;
    }
  }

  isIdentifier(path: number): boolean {
    return this.identifierPaths.has(path);
  }

  /** Forgets what came after these counts of places and of paths. */
  rollback(places: number, paths: number): void {
    this.places.truncate(places);
    if (this.paths.length === paths) return;
    for (const text of this.paths.splice(paths)) this.pathByText.delete(text);
    for (let place = 0; place < this.placeCount; place += 1) {
      if ((this.pathOf[place] as number) >= paths) this.pathOf[place] = -1;
    }
  }

  private addChild(tag: number, hash: number, bytes: Uint8Array, start: number, length: number): number {
    const place = this.places.add(tag, hash, bytes, start, length, 0);
    const parent = tag >> 1;
    this.addPlace(place, parent, (tag & 1) === 1, (this.depth[parent] as number) + 1);
    return place;
  }

  private addPlace(place: number, parent: number, isElement: boolean, depth: number): void {
    if (place === this.places.count) this.places.add(-1 - place, 0, new Uint8Array(0), 0, 0, 0);
    this.parent = withRoom(this.parent, place + 1);
    this.isElement = withRoom(this.isElement, place + 1);
    this.depth = withRoom(this.depth, place + 1);
    this.pathOf = withRoom(this.pathOf, place + 1);
    this.keep = withRoom(this.keep, place + 1);
    this.parent[place] = parent;
    this.isElement[place] = isElement ? 1 : 0;
    this.depth[place] = depth;
    this.pathOf[place] = -1;
    this.keep[place] = Keep.dictionary;
  }

  private textOf(place: number): string {
    const keys: string[] = [];
    for (let at = place; at !== ROOT && at !== OUTSIDE; at = this.parent[at] as number) {
      if (this.isElement[at] === 0) keys.push(decodeWtf8(this.places.bytesOf(at)));
    }
    const text = keys.reverse().join('.');
    return derivedTexts.has(text) ? `record.${text}` : text;
  }
}

/** No key of a record may pass for a value that was derived here. */
const derivedTexts: ReadonlySet<string> = new Set(Object.values(derivedPaths));
