/** The distinct values of a decode thread: each (path, type, text) once, numbered within its path. */
import { namedFields } from '#core/fields';
import { identityPaths } from '#core/identity';
import { outcomePaths } from '#core/outcome';
import { withRoom } from './bytes';
import { Entry, InternTable } from './intern-table';
import { ValueType } from './segment';

/**
 * A tag of {@link ValueDictionary.values}: path × 16, + 8 where the text is plain, + the type.
 *
 * Plain: a string without quote, backslash or control character, so it stands in a record exactly as it is kept, and the bytes of a record
 * can be compared with it without unescaping them.
 */
export const PLAIN = 8;
export const tagOf = (path: number, type: ValueType, plain: boolean): number =>
  (path << 4) | (plain ? PLAIN : 0) | type;
export const pathOfTag = (tag: number): number => tag >> 4;
export const typeOfTag = (tag: number): ValueType => (tag & 7) as ValueType;

/**
 * Paths that always stay numbered, however many values they have: the facets count them and the derived values are made from them.
 * Only those whose values really are one per event may become identifiers.
 */
export const pinnedPaths: ReadonlySet<string> = new Set([
  ...namedFields.flatMap((field) => field.paths).filter((path) => path !== 'eventID' && path !== 'resources.ARN'),
  ...Object.values(identityPaths),
  ...Object.values(outcomePaths).filter((path) => path !== outcomePaths.errorMessage),
  'recipientAccountId',
]);

export class ValueDictionary {
  /** `data` of an entry is its code within its path. */
  readonly values = new InternTable();
  /** Codes given out so far, by path. */
  distinct = new Uint32Array(1024);
  /** The value number of each code, for the paths that are watched. */
  private readonly watched: (number[] | undefined)[] = [];

  /** Finds or adds; returns the value's number. */
  intern(tag: number, bytes: Uint8Array, view: DataView, start: number, length: number): number {
    const hash = this.values.hash(tag, view, start, length);
    const found = this.values.find(tag, hash, view, start, length);
    return found >= 0 ? found : this.add(tag, hash, bytes, start, length);
  }

  /** Adds what is known to be new. */
  add(tag: number, hash: number, bytes: Uint8Array, start: number, length: number): number {
    const path = pathOfTag(tag);
    this.distinct = withRoom(this.distinct, path + 1);
    const code = this.distinct[path] ?? 0;
    const id = this.values.add(tag, hash, bytes, start, length, code);
    this.distinct[path] = code + 1;
    const ids = this.watched[path];
    if (ids !== undefined) ids[code] = id;
    return id;
  }

  /** Makes {@link idOf} work for a path. To be called before its first value. */
  watch(path: number): void {
    this.watched[path] = [];
  }

  /** The value number of a code of a watched path. */
  idOf(path: number, code: number): number {
    const id = this.watched[path]?.[code];
    if (id === undefined) throw new RangeError(`path ${String(path)} is not watched or has no code ${String(code)}`);
    return id;
  }

  codeOf(id: number): number {
    return this.values.field(id, Entry.data);
  }

  rollback(count: number): void {
    for (let id = this.values.count - 1; id >= count; id -= 1) {
      const path = pathOfTag(this.values.field(id, Entry.tag));
      this.distinct[path] = (this.distinct[path] ?? 0) - 1;
    }
    this.values.truncate(count);
  }
}
