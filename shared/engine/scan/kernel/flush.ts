/**
 * Turns the leaves of the rows since the last flush, which are in record order, into columns: per path, ascending rows.
 *
 * A counting sort by path: one pass to count, one to place.
 */
import { Region } from './memory';
import { pathCount, valueAt } from './dictionary';
import { leafPath, leafText, leafUuid, LeafEntry, identifiers, leaves, rowAt, rowCount } from './rows';

/** Per path three counts, then where its next entry goes: dictionary values, UUIDs, texts. */
export const counts = new Region();
export const codedRows = new Region();
export const codes = new Region();
export const uuidRows = new Region();
export const uuids = new Region();
export const textRows = new Region();
/** Per text where it starts in the identifiers' region (after its length). */
export const textStarts = new Region();

/** Fills the regions above. `counts` then holds, per path, where each of its three groups ends. */
export function groupByPath(): void {
  counts.used = 0;
  counts.append(pathCount * 12);
  const leafCount = leaves.used / <u32>offsetof<LeafEntry>();
  for (let i: u32 = 0; i < leafCount; i++) {
    const leaf = leafAt(i);
    const at = counterOf(leaf.path);
    store<u32>(at, load<u32>(at) + 1);
  }
  const total0 = startsFromCounts(0);
  const total1 = startsFromCounts(1);
  const total2 = startsFromCounts(2);
  resize(codedRows, total0 * 4);
  resize(codes, total0 * 4);
  resize(uuidRows, total1 * 4);
  resize(uuids, total1 * 16);
  resize(textRows, total2 * 4);
  resize(textStarts, total2 * 4);
  for (let row: u32 = 0; row < rowCount; row++) {
    const end = row + 1 < rowCount ? rowAt(row + 1).firstLeaf : leafCount;
    for (let i = rowAt(row).firstLeaf; i < end; i++) place(leafAt(i), row);
  }
}

function leafAt(index: u32): LeafEntry {
  return changetype<LeafEntry>(leaves.base + <usize>index * offsetof<LeafEntry>());
}

function counterOf(flaggedPath: u32): usize {
  const kind: usize = flaggedPath & leafText ? 8 : flaggedPath & leafUuid ? 4 : 0;
  return counts.base + <usize>(flaggedPath & leafPath) * 12 + kind;
}

/** Replaces each path's count by where its group starts; returns their sum. */
function startsFromCounts(kind: u32): u32 {
  let sum: u32 = 0;
  for (let path: u32 = 0; path < pathCount; path++) {
    const at = counts.base + <usize>path * 12 + (kind << 2);
    const count = load<u32>(at);
    store<u32>(at, sum);
    sum += count;
  }
  return sum;
}

function resize(region: Region, bytes: u32): void {
  region.used = 0;
  region.reserve(bytes);
  region.used = bytes;
}

function place(leaf: LeafEntry, row: u32): void {
  const counter = counterOf(leaf.path);
  const index = <usize>load<u32>(counter);
  store<u32>(counter, <u32>index + 1);
  if (leaf.path & leafText) {
    store<u32>(textRows.base + (index << 2), row);
    store<u32>(textStarts.base + (index << 2), leaf.value + 4);
  } else if (leaf.path & leafUuid) {
    store<u32>(uuidRows.base + (index << 2), row);
    memory.copy(uuids.base + (index << 4), identifiers.base + leaf.value, 16);
  } else {
    store<u32>(codedRows.base + (index << 2), row);
    store<u32>(codes.base + (index << 2), valueAt(leaf.value).code);
  }
}
