/** Sorts the leaf log of a segment into columns: by path, and by row within a path. A counting sort, so one pass to count and one to place. */
import type { LeafLog } from './leaf-log';
import type { CodedColumn, TextColumn, UuidColumn } from './segment';

/** Where each path's entries begin, and with one element more where the last ends. */
function pathStarts(paths: Uint32Array, count: number, pathCount: number): Uint32Array {
  const starts = new Uint32Array(pathCount + 1);
  for (let i = 0; i < count; i += 1) {
    const next = (paths[i] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let path = 0; path < pathCount; path += 1) {
    starts[path + 1] = (starts[path + 1] as number) + (starts[path] as number);
  }
  return starts;
}

/** One column for each path that has entries; `make` gets its range. */
function columnsOf<Column>(starts: Uint32Array, make: (path: number, start: number, end: number) => Column): Column[] {
  const columns: Column[] = [];
  for (let path = 0; path + 1 < starts.length; path += 1) {
    const start = starts[path] as number;
    const end = starts[path + 1] as number;
    if (end > start) columns.push(make(path, start, end));
  }
  return columns;
}

/** All columns lie in two buffers, so that they cross to the engine's thread as two objects and not as thousands. */
export function sortCoded(log: LeafLog, rowEnds: Uint32Array, rowCount: number, pathCount: number): CodedColumn[] {
  const { count } = log;
  const logPaths = log.paths;
  const logCodes = log.codes;
  const starts = pathStarts(logPaths, count, pathCount);
  const rows = new Uint32Array(count);
  const codes = new Uint32Array(count);
  const cursor = starts.slice();
  for (let row = 0, i = 0; row < rowCount; row += 1) {
    for (const end = rowEnds[row] as number; i < end; i += 1) {
      const path = logPaths[i] as number;
      const at = cursor[path] as number;
      cursor[path] = at + 1;
      rows[at] = row;
      codes[at] = logCodes[i] as number;
    }
  }
  return columnsOf(starts, (path, start, end) => ({
    path,
    rows: rows.subarray(start, end),
    codes: codes.subarray(start, end),
  }));
}

export function sortUuids(log: LeafLog, pathCount: number): UuidColumn[] {
  const count = log.uuidCount;
  if (count === 0) return [];
  const starts = pathStarts(log.uuidPaths, count, pathCount);
  const rows = new Uint32Array(count);
  const uuids = new Uint8Array(count * 16);
  const cursor = starts.slice();
  for (let i = 0; i < count; i += 1) {
    const path = log.uuidPaths[i] as number;
    const at = cursor[path] as number;
    cursor[path] = at + 1;
    rows[at] = log.uuidRows[i] as number;
    for (let byte = 0; byte < 16; byte += 1) uuids[at * 16 + byte] = log.uuidBytes[i * 16 + byte] as number;
  }
  return columnsOf(starts, (path, start, end) => ({
    path,
    rows: rows.subarray(start, end),
    uuids: uuids.subarray(start * 16, end * 16),
  }));
}

export function sortTexts(log: LeafLog, pathCount: number): TextColumn[] {
  const count = log.textCount;
  if (count === 0) return [];
  const starts = pathStarts(log.textPaths, count, pathCount);
  const order = new Uint32Array(count);
  const cursor = starts.slice();
  for (let i = 0; i < count; i += 1) {
    const path = log.textPaths[i] as number;
    const at = cursor[path] as number;
    cursor[path] = at + 1;
    order[at] = i;
  }
  const rows = new Uint32Array(count);
  const ends = new Uint32Array(count);
  const bytes = new Uint8Array(log.textBytesUsed);
  let used = 0;
  return columnsOf(starts, (path, start, end) => {
    const columnStart = used;
    for (let i = start; i < end; i += 1) {
      const text = order[i] as number;
      const length = log.textLength(text);
      const from = (log.textEnds[text] as number) - length;
      for (let byte = 0; byte < length; byte += 1) bytes[used + byte] = log.textBytes[from + byte] as number;
      used += length;
      rows[i] = log.textRows[text] as number;
      ends[i] = used - columnStart;
    }
    return {
      path,
      rows: rows.subarray(start, end),
      text: { bytes: bytes.subarray(columnStart, used), ends: ends.subarray(start, end) },
    };
  });
}
