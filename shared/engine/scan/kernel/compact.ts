/**
 * Renumbers the codes of each grouped column by first appearance in it, so that they are small and columns that move together (an ARN and
 * the name in it) get the very same codes, which the index then keeps once.
 */
import { Region } from './memory';
import { pathAt, pathCount } from './dictionary';
import { codedRows, codes, counts } from './flush';

@unmanaged
export class ColumnEntry {
  path: u32 = 0;
  /** Into the grouped rows and codes. */
  start: u32 = 0;
  length: u32 = 0;
  /** Into {@link columnValues} and {@link columnEvents}. */
  dictionaryStart: u32 = 0;
  dictionaryLength: u32 = 0;
  /** 1: some row occurs more than once. */
  isMulti: u32 = 0;
  rowsHash: u32 = 0;
  codesHash: u32 = 0;
}

export const columns = new Region();
/** By column and its code: the path's code. */
export const columnValues = new Region();
/** By column and its code: how many rows have it. */
export const columnEvents = new Region();
/** By column and its code: the last row that has it, + 1. */
const columnRows = new Region();
/** By the path's code: the column's code + 1. All zero between columns. */
const renumbered = new Region();

/** To be called after `groupByPath`. Afterwards, no value occurs twice for one row. */
export function compactColumns(): void {
  columns.used = 0;
  columnValues.used = 0;
  columnEvents.used = 0;
  columnRows.used = 0;
  let start: u32 = 0;
  for (let path: u32 = 0; path < pathCount; path++) {
    const end = load<u32>(counts.base + <usize>path * 12);
    if (end > start) compact(path, start, end);
    start = end;
  }
}

function compact(path: u32, start: u32, end: u32): void {
  const room = pathAt(path).codes * 4;
  if (room > renumbered.used) renumbered.append(room - renumbered.used);
  const dictionaryStart = columnValues.used >> 2;
  const rows = codedRows.base;
  const column = codes.base;
  let distinct: u32 = 0;
  let isMulti = false;
  let rowsHash: u32 = 0;
  let codesHash: u32 = 0;
  let to = start;
  for (let i = start; i < end; i++) {
    const row = load<u32>(rows + ((<usize>i) << 2));
    const value = load<u32>(column + ((<usize>i) << 2));
    const slot = renumbered.base + ((<usize>value) << 2);
    let code = load<u32>(slot);
    if (code === 0) {
      code = ++distinct;
      store<u32>(slot, code);
      push(columnValues, value);
      push(columnEvents, 0);
      push(columnRows, 0);
    }
    code--;
    const lastRow = columnRows.base + ((<usize>(dictionaryStart + code)) << 2);
    if (load<u32>(lastRow) === row + 1) continue;
    store<u32>(lastRow, row + 1);
    if (to > start && load<u32>(rows + ((<usize>(to - 1)) << 2)) === row) isMulti = true;
    store<u32>(rows + ((<usize>to) << 2), row);
    store<u32>(column + ((<usize>to) << 2), code);
    to++;
    const events = columnEvents.base + ((<usize>(dictionaryStart + code)) << 2);
    store<u32>(events, load<u32>(events) + 1);
    rowsHash = (rowsHash ^ row) * 0x9e3779b1;
    codesHash = (codesHash ^ code) * 0x9e3779b1;
    // The product's high bits have to come down, or rows that differ by a power of two collide.
    rowsHash ^= rowsHash >> 15;
    codesHash ^= codesHash >> 15;
  }
  for (let i: u32 = 0; i < distinct; i++) {
    const value = load<u32>(columnValues.base + ((<usize>(dictionaryStart + i)) << 2));
    store<u32>(renumbered.base + ((<usize>value) << 2), 0);
  }
  const at = columns.append(<u32>offsetof<ColumnEntry>());
  const entry = changetype<ColumnEntry>(columns.base + at);
  entry.path = path;
  entry.start = start;
  entry.length = to - start;
  entry.dictionaryStart = dictionaryStart;
  entry.dictionaryLength = distinct;
  entry.isMulti = isMulti ? 1 : 0;
  entry.rowsHash = rowsHash;
  entry.codesHash = codesHash;
}

function push(region: Region, word: u32): void {
  region.reserve(4);
  store<u32>(region.base + region.used, word);
  region.used += 4;
}
