/** What the records since the last flush hold: one entry per row, one per leaf value, and the texts of identifiers. */
import { Region, equalBytes, hashBytes, mix, placeOf } from './memory';
import { Type, internValue, pathAt, truncateValues, valueAt, valueCount, valueTexts } from './dictionary';

@unmanaged
export class RowEntry {
  /** Byte offset in the unpacked file. */
  offset: f64 = 0;
  /** ms since 1970, NaN where `eventTime` is not canonical. */
  time: f64 = 0;
  /** Hash of account and ID; 0: the record has no ID. */
  id: u64 = 0;
  /** Hash of all leaves with their paths: see {@link addContent}. */
  content: u64 = 0;
  length: u32 = 0;
  firstLeaf: u32 = 0;
  /** The combination of values that the derived values are made from. */
  tuple: u32 = 0;
  /** The value of an `eventTime` that is not canonical, or of the substitute for a missing one; 0: none. */
  timeValue: u32 = 0;
}

/** A leaf: a path with flags, and a value's number or the offset of an identifier's text. */
@unmanaged
export class LeafEntry {
  path: u32 = 0;
  value: u32 = 0;
}

export const leafText: u32 = 0x80000000;
export const leafUuid: u32 = 0x40000000;
export const leafPath: u32 = 0x3fffffff;

/** The most slots for derived values. Slot 0 holds which top-level keys were present. */
const maxSlots: u32 = 32;
/** A slot number with this flag notes only that the value has text. */
const slotPresence: u32 = 0x80;
/** The slot of `eventTime`. */
export const slotTime: u32 = 0xff;
/** The slots of `eventID` and of `eventId`, of which only the hash is used. */
const slotId: u32 = 0xfe;
const slotOtherId: u32 = 0xfd;
/** The first of the slots of substitutes for a missing `eventTime`; the higher one counts. */
const slotStandIn: u32 = 0xfa;
/** The slot of all paths under which an event may report a failure: only the word `Failure` counts. The lowest slot with a special use. */
const slotOutcome: u32 = 0xf9;
/** `Fail` and `lure`. */
const fail: u32 = 0x6c696146;
const lure: u32 = 0x6572756c;
/** Instead of a path: more than one reported a failure. */
const severalPaths: u32 = 0xffffffff;
/** Sets the account in an ID's hash apart from all other texts. */
const accountTag: u32 = 9;
/** Distinguish the other parts of a path's hash from hashes of keys. */
const repeated: u64 = 1 << 32;
const element: u64 = 2 << 32;

export const rows = new Region();
export const leaves = new Region();
/** UUIDs as 16 bytes; texts as a 32-bit length and the bytes. */
export const identifiers = new Region();
export const tuples = new Region();
const tupleSlots = new Region();
let tupleSlotMask: u32 = 1023;
export let tupleCount: u32 = 0;
export let rowCount: u32 = 0;
/** Rows so far whose time is kept as a value: it is missing, or not canonical. */
export let writtenTimes: u32 = 0;
let slotCount: u32 = 0;
/** Slots of `recipientAccountId` and `accountId`. */
let recipientSlot: u32 = 0;
let accountSlot: u32 = 0;
/** The slot of the path that reported a failure. Those after it are only kept where one did. */
let failureSlot: u32 = 0;
let sourceSlot: u32 = 0;
/** Records so far in which an object has one key twice. */
export let repeatedKeyRecords: u32 = 0;

// The current record.
const slots = new Region();
let markLeaves: u32 = 0;
let markIdentifiers: u32 = 0;
let markValues: u32 = 0;
let time: f64 = NaN;
/** The offset of the text of `time` in the input, and its path. */
let timeText: usize = 0;
let timePath: u32 = 0;
let timeValue: u32 = 0;
/** The value that substitutes for `eventTime`, and its slot. */
let standInValue: u32 = 0;
let standInSlot: u32 = 0;
let content: u64 = 0;
let id: u64 = 0;
let otherId: u64 = 0;
/** Repeated keys of the record within one object. */
let repeatedKeys: u32 = 0;

export function initRows(derivedSlots: u32, recipient: u32, account: u32, failure: u32, source: u32): void {
  sourceSlot = source;
  slotCount = derivedSlots;
  recipientSlot = recipient;
  accountSlot = account;
  failureSlot = failure;
  slots.append(maxSlots * 4);
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
  standInValue = 0;
  standInSlot = 0;
  content = 0;
  id = 0;
  otherId = 0;
  repeatedKeys = 0;
  memory.fill(slots.base, 0, slotCount << 2);
}

/** The value of the record's `eventSource`; 0: none. */
export function sourceValue(): u32 {
  return load<u32>(slots.base + ((<usize>sourceSlot) << 2));
}

/** Undoes what the current record added to the dictionary and the leaves. */
export function abandonRow(): void {
  for (let at = markLeaves; at < leaves.used; at += <u32>offsetof<LeafEntry>()) {
    const leaf = changetype<LeafEntry>(leaves.base + at);
    pathAt(leaf.path & leafPath).seen--;
  }
  truncateValues(markValues);
  leaves.used = markLeaves;
  identifiers.used = markIdentifiers;
}

/** Keeps the current record. `rootKeys` goes into slot 0; its bit 0 says that the outcome is unstated. */
export function endRow(offset: f64, length: u32, rootKeys: u32): void {
  store<u32>(slots.base, rootKeys);
  const failure = slots.base + ((<usize>failureSlot) << 2);
  if (load<u32>(failure) === 0) memory.fill(failure, 0, (slotCount - failureSlot) << 2);
  rows.reserve(<u32>offsetof<RowEntry>());
  const row = rowAt(rowCount++);
  rows.used += <u32>offsetof<RowEntry>();
  row.offset = offset;
  row.time = time;
  row.id = idHash();
  row.content = content;
  row.length = length;
  row.firstLeaf = markLeaves / <u32>offsetof<LeafEntry>();
  row.tuple = internTuple();
  row.timeValue = isNaN(time) ? writtenTime() : 0;
  if (repeatedKeys !== 0) repeatedKeyRecords++;
}

function writtenTime(): u32 {
  const value = timeValue !== 0 ? timeValue : standInValue;
  if (value !== 0) writtenTimes++;
  return value;
}

/** The hash that duplicates of one event share, even if exports type the account number differently. */
function idHash(): u64 {
  const own = id !== 0 ? id : otherId;
  if (own === 0) return 0;
  const recipient = accountHash(recipientSlot);
  return max<u64>(1, placeOf(recipient !== 0 ? recipient : accountHash(accountSlot), own));
}

function accountHash(slot: u32): u64 {
  const value = load<u32>(slots.base + ((<usize>slot) << 2));
  if (value === 0) return 0;
  const entry = valueAt(value);
  if (entry.textLength === 0 || entry.type === Type.Null) return 0;
  return hashBytes(valueTexts.base + entry.textStart, entry.textLength, accountTag);
}

/**
 * Adds a leaf to the content hash: a sum, so that the order of keys does not matter, of the hash of path and value together, so that values
 * cannot be swapped between paths unnoticed.
 */
export function addContent(place: u64, value: u64): void {
  content += mix(place ^ value);
}

/**
 * The path hash of a value with a repeated key. Most parsers use the last one, so the same values in another order are not
 * the same content.
 */
export function repeatedPlace(place: u64): u64 {
  return placeOf(place, repeated | ++repeatedKeys);
}

/** The path hash of an array's element. */
export function elementPlace(array: u64, index: u32): u64 {
  return placeOf(array, element | index);
}

/** Clears the rows after a flush. */
export function clearRows(): void {
  rowCount = 0;
  rows.used = 0;
  leaves.used = 0;
  identifiers.used = 0;
}

/** Records a canonical `eventTime`, whose 20 bytes are at `text`. The last one of a record is its time. */
export function setTime(path: u32, text: usize, seconds: i64): void {
  keepEarlierTime();
  time = <f64>(seconds * 1000);
  timePath = path;
  timeText = text;
}

/** An `eventTime` that another follows is kept as an ordinary value. */
function keepEarlierTime(): void {
  if (isNaN(time)) return;
  addLeaf(timePath, internValue(timePath, Type.String, timeText, 20, true));
  time = NaN;
}

/** Adds a value that is in the dictionary. */
export function addLeaf(path: u32, value: u32): void {
  pathAt(path).seen++;
  pushLeaf(path, value);
}

/** Fills a slot with a value's number, 0 where it has none, its hash, and its text, which has no length where the value is null. */
export function fillSlot(slot: u32, path: u32, value: u32, hash: u64, text: usize, length: u32): void {
  const hasText = length !== 0;
  if (slot === slotOutcome) noteOutcome(path, text, length);
  else if (slot >= slotStandIn) fillSpecial(slot, value, hash, hasText);
  else if (slot & slotPresence) store<u32>(slots.base + ((<usize>(slot & ~slotPresence)) << 2), hasText ? 1 : 0);
  else store<u32>(slots.base + ((<usize>slot) << 2), value);
}

/** Keeps the path of a `Failure`. */
function noteOutcome(path: u32, text: usize, length: u32): void {
  if (length !== 7 || load<u32>(text) !== fail || load<u32>(text, 3) !== lure) return;
  const at = slots.base + ((<usize>failureSlot) << 2);
  const known = load<u32>(at);
  store<u32>(at, known === 0 || known === path ? path : severalPaths);
}

function fillSpecial(slot: u32, value: u32, hash: u64, hasText: bool): void {
  if (slot === slotTime) {
    keepEarlierTime();
    timeValue = hasText ? value : 0;
  } else if (slot === slotId) id = hasText ? hash : 0;
  else if (slot === slotOtherId) otherId = hasText ? hash : 0;
  else if (hasText && slot >= standInSlot) {
    standInSlot = slot;
    standInValue = value;
  }
}

/** Adds a string of a path whose values are nearly all different. */
export function addIdentifier(path: u32, text: usize, length: u32): void {
  pathAt(path).seen++;
  const at = identifiers.used;
  if (length === 36 && isUuid(text)) {
    pushLeaf(path | leafUuid, at);
    identifiers.reserve(16);
    packUuid(text, identifiers.base + at);
    identifiers.used = at + 16;
  } else {
    pushLeaf(path | leafText, at);
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
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (byte !== 0x2d) return false;
    } else if (byte - 0x30 > 9 && byte - 0x61 > 5) {
      return false;
    }
  }
  return true;
}

function packUuid(text: usize, to: usize): void {
  let at = text;
  for (let i: usize = 0; i < 16; i++) {
    if (load<u8>(at) === 0x2d) at++;
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
    if (stored === 0) break;
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
    while (load<u32>(tupleSlots.base + ((<usize>slot) << 2)) !== 0) slot = (slot + 1) & tupleSlotMask;
    store<u32>(tupleSlots.base + ((<usize>slot) << 2), tuple + 1);
  }
}
