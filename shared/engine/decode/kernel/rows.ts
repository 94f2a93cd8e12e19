/** What the records since the last flush hold: one entry per row, one per leaf value, and the texts of identifiers. */
import { Region, equalBytes, hashBytes } from './memory';
import { pathAt, truncateValues, valueCount } from './dictionary';

@unmanaged
export class RowEntry {
  /** Into the decompressed file, bytes. */
  offset: f64 = 0;
  /** ms since 1970, NaN where `eventTime` is not canonical. */
  time: f64 = 0;
  length: u32 = 0;
  firstLeaf: u32 = 0;
  /** The combination of values that the derived values are made from. */
  tuple: u32 = 0;
  /** The value of an `eventTime` that is not canonical; 0: none. */
  timeValue: u32 = 0;
}

/** A leaf: a path with flags, and a value's number or the offset of an identifier's text. */
@unmanaged
export class LeafEntry {
  path: u32 = 0;
  value: u32 = 0;
}

export const LEAF_TEXT: u32 = 0x80000000;
export const LEAF_UUID: u32 = 0x40000000;
export const LEAF_PATH: u32 = 0x3fffffff;

/** Slots the derived values are made from, at most. Slot 0 holds which top-level keys were there. */
const MAX_SLOTS: u32 = 32;
/** A slot number with this flag notes only that the value has text. */
const SLOT_PRESENCE: u32 = 0x80;
/** The slot of `eventTime`. */
export const SLOT_TIME: u32 = 0xff;

export const rows = new Region();
export const leaves = new Region();
/** UUIDs as 16 bytes; texts as a 32-bit length and the bytes. */
export const identifiers = new Region();
export const tuples = new Region();
const tupleSlots = new Region();
let tupleSlotMask: u32 = 1023;
export let tupleCount: u32 = 0;
export let rowCount: u32 = 0;
let slotCount: u32 = 0;

// The record under way.
const slots = new Region();
let markLeaves: u32 = 0;
let markIdentifiers: u32 = 0;
let markValues: u32 = 0;
let time: f64 = NaN;
let timeValue: u32 = 0;

export function initRows(derivedSlots: u32): void {
  slotCount = derivedSlots;
  slots.append(MAX_SLOTS * 4);
  tupleSlots.append(1024 * 4);
}

export function rowAt(row: u32): RowEntry {
  return changetype<RowEntry>(rows.base + <usize>row * offsetof<RowEntry>());
}

export function beginRow(): void {
  markLeaves = leaves.used;
  markIdentifiers = identifiers.used;
  markValues = valueCount;
  time = NaN;
  timeValue = 0;
  memory.fill(slots.base, 0, slotCount << 2);
}

/** Takes back what the record under way added to the dictionary and the leaves. */
export function abandonRow(): void {
  for (let at = markLeaves; at < leaves.used; at += <u32>offsetof<LeafEntry>()) {
    const leaf = changetype<LeafEntry>(leaves.base + at);
    pathAt(leaf.path & LEAF_PATH).seen--;
  }
  truncateValues(markValues);
  leaves.used = markLeaves;
  identifiers.used = markIdentifiers;
}

/** Keeps the record under way. `rootKeys` is what stands in slot 0. */
export function endRow(offset: f64, length: u32, rootKeys: u32): void {
  store<u32>(slots.base, rootKeys);
  rows.reserve(<u32>offsetof<RowEntry>());
  const row = rowAt(rowCount++);
  rows.used += <u32>offsetof<RowEntry>();
  row.offset = offset;
  row.time = time;
  row.length = length;
  row.firstLeaf = markLeaves / <u32>offsetof<LeafEntry>();
  row.tuple = internTuple();
  row.timeValue = timeValue;
}

/** Forgets the rows after a flush. */
export function clearRows(): void {
  rowCount = 0;
  rows.used = 0;
  leaves.used = 0;
  identifiers.used = 0;
}

export function setTime(seconds: i64): void {
  time = <f64>(seconds * 1000);
}

/** Whether the record already has a canonical `eventTime`: a second one is kept as an ordinary value. */
export function hasTime(): bool {
  return !isNaN(time);
}

/** Adds a value that is in the dictionary. */
export function addLeaf(path: u32, value: u32): void {
  pathAt(path).seen++;
  pushLeaf(path, value);
}

/** Fills a slot. `hasText`: the value is neither null nor empty. */
export function fillSlot(slot: u32, value: u32, hasText: bool): void {
  if (slot == SLOT_TIME) timeValue = value;
  else if (slot & SLOT_PRESENCE) store<u32>(slots.base + ((<usize>(slot & ~SLOT_PRESENCE)) << 2), hasText ? 1 : 0);
  else store<u32>(slots.base + ((<usize>slot) << 2), value);
}

/** Adds a string of a path whose values are nearly all different. */
export function addIdentifier(path: u32, text: usize, length: u32): void {
  pathAt(path).seen++;
  const at = identifiers.used;
  if (length == 36 && isUuid(text)) {
    pushLeaf(path | LEAF_UUID, at);
    identifiers.reserve(16);
    packUuid(text, identifiers.base + at);
    identifiers.used = at + 16;
  } else {
    pushLeaf(path | LEAF_TEXT, at);
    identifiers.reserve(length + 4);
    store<u32>(identifiers.base + at, length);
    memory.copy(identifiers.base + at + 4, text, length);
    identifiers.used = at + 4 + length;
  }
}

function pushLeaf(path: u32, value: u32): void {
  leaves.reserve(<u32>offsetof<LeafEntry>());
  const leaf = changetype<LeafEntry>(leaves.base + leaves.used);
  leaf.path = path;
  leaf.value = value;
  leaves.used += <u32>offsetof<LeafEntry>();
}

/** Canonical lower-case 8-4-4-4-12. */
function isUuid(text: usize): bool {
  for (let i: usize = 0; i < 36; i++) {
    const byte = <u32>load<u8>(text + i);
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (byte != 0x2d) return false;
    } else if (byte - 0x30 > 9 && byte - 0x61 > 5) {
      return false;
    }
  }
  return true;
}

function packUuid(text: usize, to: usize): void {
  let at = text;
  for (let i: usize = 0; i < 16; i++) {
    if (load<u8>(at) == 0x2d) at++;
    store<u8>(to + i, <u8>((nibble(load<u8>(at)) << 4) | nibble(load<u8>(at, 1))));
    at += 2;
  }
}

function nibble(byte: u32): u32 {
  return byte < 0x3a ? byte - 0x30 : byte - 0x57;
}

/** The number of the slots' combination: sessions repeat, so there are far fewer than rows. */
function internTuple(): u32 {
  const size = slotCount << 2;
  const hash = <u32>hashBytes(slots.base, size, 0);
  let slot = hash & tupleSlotMask;
  while (true) {
    const stored = load<u32>(tupleSlots.base + ((<usize>slot) << 2));
    if (stored == 0) break;
    if (equalBytes(tuples.base + <usize>(stored - 1) * size, slots.base, size)) return stored - 1;
    slot = (slot + 1) & tupleSlotMask;
  }
  const at = tuples.append(size);
  memory.copy(tuples.base + at, slots.base, size);
  store<u32>(tupleSlots.base + ((<usize>slot) << 2), ++tupleCount);
  if (tupleCount * 2 > tupleSlotMask) growTupleSlots(size);
  return tupleCount - 1;
}

function growTupleSlots(size: u32): void {
  tupleSlotMask = tupleSlotMask * 2 + 1;
  tupleSlots.used = 0;
  tupleSlots.append((tupleSlotMask + 1) * 4);
  for (let tuple: u32 = 0; tuple < tupleCount; tuple++) {
    let slot = (<u32>hashBytes(tuples.base + <usize>tuple * size, size, 0)) & tupleSlotMask;
    while (load<u32>(tupleSlots.base + ((<usize>slot) << 2)) != 0) slot = (slot + 1) & tupleSlotMask;
    store<u32>(tupleSlots.base + ((<usize>slot) << 2), tuple + 1);
  }
}
