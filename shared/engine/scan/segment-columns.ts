/** Copies the scanner's grouped leaves out of its memory, as the columns of a segment. */
import { ColumnEntry } from './kernel-layout';
import { KernelRegion, type ScanKernel } from './scan-kernel';
import type { CodedColumn, TextColumn, UuidColumn } from './segment';

/** Two of the three groups of leaves, by the order of a path's counters. */
const Group = { uuid: 1, text: 2 } as const;

/** By path, the range of a group's entries; only paths that have some. */
function ranges(ends: Uint32Array, group: number): readonly { path: number; start: number; end: number }[] {
  const found = [];
  let start = 0;
  for (let path = 0; path * 3 + group < ends.length; path++) {
    const end = ends[path * 3 + group] as number;
    if (end > start) found.push({ path, start, end });
    start = end;
  }
  return found;
}

/** All columns share a few buffers, so that they are transferred as a few objects instead of thousands. */
export function codedColumns(kernel: ScanKernel, localPath: (path: number) => number): CodedColumn[] {
  const rows = kernel.words(KernelRegion.codedRows).slice();
  const codes = kernel.words(KernelRegion.codes).slice();
  const values = kernel.words(KernelRegion.columnValues).slice();
  const events = kernel.words(KernelRegion.columnEvents).slice();
  const entries = kernel.words(KernelRegion.columns);
  const columns: CodedColumn[] = [];
  for (let at = 0; at < entries.length; at += ColumnEntry.words) {
    const [path = 0, start = 0, length = 0, first = 0, distinct = 0, isMulti = 0, rowsHash = 0, codesHash = 0] =
      entries.subarray(at, at + ColumnEntry.words);
    columns.push({
      path: localPath(path),
      values: values.subarray(first, first + distinct),
      events: events.subarray(first, first + distinct),
      rows: rows.subarray(start, start + length),
      codes: codes.subarray(start, start + length),
      isMulti: isMulti === 1,
      rowsHash,
      codesHash,
    });
  }
  return columns;
}

export function uuidColumns(kernel: ScanKernel, localPath: (path: number) => number): UuidColumn[] {
  const rows = kernel.words(KernelRegion.uuidRows).slice();
  const uuids = kernel.bytes(KernelRegion.uuids).slice();
  return ranges(kernel.words(KernelRegion.counts), Group.uuid).map(({ path, start, end }) => ({
    path: localPath(path),
    rows: rows.subarray(start, end),
    uuids: uuids.subarray(start * 16, end * 16),
  }));
}

export function textColumns(kernel: ScanKernel, localPath: (path: number) => number): TextColumn[] {
  const rows = kernel.words(KernelRegion.textRows).slice();
  const starts = kernel.words(KernelRegion.textStarts);
  const texts = kernel.bytes(KernelRegion.identifiers);
  const lengths = new DataView(texts.buffer, texts.byteOffset, texts.byteLength);
  const ends = new Uint32Array(rows.length);
  const bytes = new Uint8Array(texts.length);
  let used = 0;
  return ranges(kernel.words(KernelRegion.counts), Group.text).map(({ path, start, end }) => {
    const columnStart = used;
    for (let i = start; i < end; i++) {
      const from = starts[i] as number;
      const length = lengths.getUint32(from - 4, true);
      // Copying a short text byte by byte is cheaper than the subarray that `set` needs.
      if (length < 64) for (let byte = 0; byte < length; byte++) bytes[used + byte] = texts[from + byte] as number;
      else bytes.set(texts.subarray(from, from + length), used);
      used += length;
      ends[i] = used - columnStart;
    }
    return {
      path: localPath(path),
      rows: rows.subarray(start, end),
      text: { bytes: bytes.subarray(columnStart, used), ends: ends.subarray(start, end) },
    };
  });
}
