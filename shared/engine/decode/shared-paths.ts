/**
 * Paths that different keys lead to: `{"a.b": 1}` and `{"a": {"b": 1}}` are both `a.b`.
 *
 * The scanner numbers such places, and the values at each, apart; a segment must not, or one of them would hide the other's values from a
 * search. This gives them one number, and their values codes of one row. Only odd or hostile records have any, so the rest pays nothing.
 */
import type { CodedColumn, TextColumn, UuidColumn } from './segment';

export class SharedPaths {
  private readonly numbers = new Map<string, number>();
  /** Values given out so far, by path number. */
  private readonly valueCounts: number[] = [];
  /** The only place of each path number; -1 where it has several. */
  private readonly onlyPlace: number[] = [];
  /** Of each place that shares its path: the path's code of each of the place's own. */
  private readonly recoded = new Map<number, number[]>();

  /** The number of a path's text for the scanner's place `place`, and whether it is new. */
  number(text: string, place: number): { readonly path: number; readonly isNew: boolean } {
    const known = this.numbers.get(text);
    if (known === undefined) {
      const path = this.numbers.size;
      this.numbers.set(text, path);
      this.valueCounts.push(0);
      this.onlyPlace.push(place);
      return { path, isNew: true };
    }
    const first = this.onlyPlace[known] ?? -1;
    if (first >= 0) {
      // Until now its codes were the path's.
      this.recoded.set(
        first,
        Array.from({ length: this.valueCounts[known] ?? 0 }, (_, code) => code),
      );
      this.onlyPlace[known] = -1;
    }
    this.recoded.set(place, []);
    return { path: known, isNew: false };
  }

  /** Counts a new value of a place. To be called for each, in order. */
  countValue(path: number, place: number): void {
    const code = this.valueCounts[path] ?? 0;
    this.valueCounts[path] = code + 1;
    this.recoded.get(place)?.push(code);
  }

  /** Rewrites a place's codes as those of its path. */
  recode(place: number, codes: Uint32Array): void {
    const own = this.recoded.get(place);
    if (own === undefined) return;
    for (let i = 0; i < codes.length; i += 1) codes[i] = own[codes[i] as number] as number;
  }

  /** True once any path has several places, and columns have to be joined. */
  get areThere(): boolean {
    return this.recoded.size > 0;
  }
}

interface Column {
  readonly path: number;
  readonly rows: Uint32Array;
}

/** One entry of one of several columns. */
interface Entry<ColumnType> {
  readonly row: number;
  readonly column: ColumnType;
  readonly at: number;
}

/** Makes one column of those that have the same path; `join` gets the entries in order of their rows. */
function joinColumns<ColumnType extends Column>(
  columns: readonly ColumnType[],
  join: (path: number, rows: Uint32Array, entries: readonly Entry<ColumnType>[]) => ColumnType,
): ColumnType[] {
  const byPath = new Map<number, ColumnType[]>();
  for (const column of columns) {
    const same = byPath.get(column.path);
    if (same === undefined) byPath.set(column.path, [column]);
    else same.push(column);
  }
  return Array.from(byPath, ([path, same]) => {
    const [only] = same;
    if (same.length === 1 && only !== undefined) return only;
    const entries = same
      .flatMap((column) => Array.from(column.rows, (row, at): Entry<ColumnType> => ({ row, column, at })))
      .sort((one, other) => one.row - other.row);
    return join(
      path,
      Uint32Array.from(entries, ({ row }) => row),
      entries,
    );
  });
}

export function joinCoded(columns: readonly CodedColumn[]): CodedColumn[] {
  return joinColumns(columns, (path, rows, entries) => ({
    path,
    rows,
    codes: Uint32Array.from(entries, ({ column, at }) => column.codes[at] ?? 0),
  }));
}

export function joinUuids(columns: readonly UuidColumn[]): UuidColumn[] {
  return joinColumns(columns, (path, rows, entries) => {
    const uuids = new Uint8Array(entries.length * 16);
    entries.forEach(({ column, at }, i) => {
      uuids.set(column.uuids.subarray(at * 16, at * 16 + 16), i * 16);
    });
    return { path, rows, uuids };
  });
}

export function joinTexts(columns: readonly TextColumn[]): TextColumn[] {
  return joinColumns(columns, (path, rows, entries) => {
    const bytes = new Uint8Array(columns.reduce((sum, { text }) => sum + text.bytes.length, 0));
    let end = 0;
    const ends = Uint32Array.from(entries, ({ column: { text }, at }) => {
      const own = text.bytes.subarray(at === 0 ? 0 : text.ends[at - 1], text.ends[at]);
      bytes.set(own, end);
      return (end += own.length);
    });
    return { path, rows, text: { bytes: bytes.slice(0, end), ends } };
  });
}
