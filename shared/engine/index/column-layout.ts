/**
 * How the columns of a block are laid out: the smallest form for each, where its arrays are, and equal arrays only once.
 */

/** How a column holds its rows. */
export const Form = {
  /** Every row has the one value. */
  constant: 0,
  /** One bit per row, into a dictionary of two. */
  bits: 1,
  /** One code per row. */
  dense: 2,
  /** Pairs of row and code, by row; the only form that holds several values of one row. */
  sparse: 3,
} as const;

/** One path's values before they are laid out. Rows ascend; no (row, code) pair occurs twice. */
export interface RawColumn {
  readonly path: number;
  /** Value numbers by code. */
  readonly dictionary: Uint32Array;
  readonly rows: Uint32Array;
  readonly codes: Uint32Array;
  /** Whether some row has several values. */
  readonly isMulti: boolean;
  /** Hashes of the two arrays, by which equal ones of other columns are found. */
  readonly rowsHash: number;
  readonly codesHash: number;
}

// A column's row in the table: its length, then the positions of the form, the code width in bytes, the number of entries, the dictionary's
// start and length, the starts of the rows and the codes, and whether a row may have several values.
export const stride = 8;
export const formAt = 0;
export const widthAt = 1;
export const countAt = 2;
export const dictionaryAt = 3;
export const dictionaryLengthAt = 4;
export const rowsAt = 5;
export const codesAt = 6;
export const multiAt = 7;

/** Whether rows of a block take two bytes. */
export const hasShortRows = (rowCount: number): boolean => rowCount <= 0x10000;

/** Which arrays a column must write; it shares the others with an earlier column. */
export interface Fresh {
  readonly rows: boolean;
  readonly codes: boolean;
}

export const allFresh: Fresh = { rows: true, codes: true };

/** A column and its position in the table. */
interface Placed {
  readonly column: RawColumn;
  readonly at: number;
}

/**
 * Chooses the smallest form of each column, and where its arrays go.
 *
 * Many columns are alike: all parameters of one call are in the same rows, and an ARN changes when the name in it does, which gives the same
 * codes. Equal arrays are kept once.
 */
export class Layout {
  words = 0;
  shorts = 0;
  bytes = 0;
  private readonly rowCount: number;
  private readonly table: Uint32Array;
  private readonly byRows = new Map<number, Placed[]>();
  private readonly byCodes = new Map<number, Placed[]>();

  constructor(rowCount: number, table: Uint32Array) {
    this.rowCount = rowCount;
    this.table = table;
  }

  place(column: RawColumn, at: number): Fresh {
    const meta = this.meta(at);
    const distinct = column.dictionary.length;
    const rowWidth = hasShortRows(this.rowCount) ? 2 : 4;
    const sparseWidth = distinct === 1 ? 0 : widthFor(distinct);
    const denseLength = distinct + (column.rows.length < this.rowCount ? 1 : 0);
    const denseBytes = denseLength <= 2 ? Math.ceil(this.rowCount / 32) * 4 : this.rowCount * widthFor(denseLength);
    const isSparse = column.isMulti || column.rows.length * (rowWidth + sparseWidth) < denseBytes;
    const form = isSparse
      ? Form.sparse
      : denseLength === 1
        ? Form.constant
        : denseLength === 2
          ? Form.bits
          : Form.dense;
    const width = isSparse ? sparseWidth : form === Form.dense ? widthFor(denseLength) : 0;
    meta[formAt] = form;
    meta[widthAt] = width;
    meta[countAt] = column.rows.length;
    meta[dictionaryLengthAt] = isSparse ? distinct : denseLength;
    meta[dictionaryAt] = this.take(4, meta[dictionaryLengthAt]);
    meta[multiAt] = column.isMulti ? 1 : 0;
    const sameRows = isSparse ? this.findSame(this.byRows, column, at, column.rowsHash, this.hasSameRows) : null;
    const sameCodes =
      form === Form.constant || (isSparse && width === 0)
        ? null
        : this.findSame(this.byCodes, column, at, column.codesHash, isSparse ? this.hasSameCodes : this.hasSameBoth);
    if (sameRows !== null) meta[rowsAt] = this.meta(sameRows)[rowsAt] as number;
    else if (isSparse) meta[rowsAt] = this.take(rowWidth, column.rows.length);
    if (sameCodes !== null) meta[codesAt] = this.meta(sameCodes)[codesAt] as number;
    else if (form === Form.bits) meta[codesAt] = this.take(4, Math.ceil(this.rowCount / 32));
    else if (width !== 0) meta[codesAt] = this.take(width, isSparse ? column.rows.length : this.rowCount);
    return { rows: sameRows === null, codes: sameCodes === null };
  }

  private take(width: number, length: number): number {
    const kind = width === 1 ? 'bytes' : width === 2 ? 'shorts' : 'words';
    const at = this[kind];
    this[kind] += length;
    return at;
  }

  private meta(at: number): Uint32Array {
    return this.table.subarray(at * stride, (at + 1) * stride);
  }

  /** The column whose array can be used, or null after noting this one. */
  private findSame(
    known: Map<number, Placed[]>,
    column: RawColumn,
    at: number,
    hash: number,
    isSame: (one: Placed, other: Placed) => boolean,
  ): number | null {
    const placed = { column, at };
    const alike = known.get(hash);
    const same = alike?.find((other) => isSame(placed, other));
    if (same !== undefined) return same.at;
    if (alike === undefined) known.set(hash, [placed]);
    else alike.push(placed);
    return null;
  }

  private readonly hasSameRows = (one: Placed, other: Placed): boolean => {
    return areEqual(one.column.rows, other.column.rows);
  };

  private readonly hasSameCodes = (one: Placed, other: Placed): boolean => {
    return this.hasSameShape(one.at, other.at) && areEqual(one.column.codes, other.column.codes);
  };

  private readonly hasSameBoth = (one: Placed, other: Placed): boolean => {
    return this.hasSameCodes(one, other) && this.hasSameRows(one, other);
  };

  private hasSameShape(one: number, other: number): boolean {
    const [left, right] = [this.meta(one), this.meta(other)];
    return left[formAt] === right[formAt] && left[widthAt] === right[widthAt];
  }
}

function areEqual(one: Uint32Array, other: Uint32Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

const widthFor = (codes: number): number => (codes <= 0x100 ? 1 : codes <= 0x10000 ? 2 : 4);
