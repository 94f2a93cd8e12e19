/**
 * The scanner's two dictionaries: paths by (parent path, key), and values by (path, type, text).
 *
 * Both are open-addressing tables over one byte blob. Equal hashes are never trusted: bytes are compared.
 */
import { Region, equalBytes, hashBytes, slotHash } from './memory';
import { isSoundText, repairText, repairedLength } from './utf8';

/** A key under a parent path. `nextKey` is the key that followed it last time: records of one API repeat their order. */
@unmanaged
export class KeyEntry {
  /** Hash of the text alone: threads number paths differently, and duplicates of an event must hash the same in all. */
  hash: u64 = 0;
  /** The serial number (see `scan.ts`) of the last object with this key. */
  object: u64 = 0;
  parent: u32 = 0;
  path: u32 = 0;
  textStart: u32 = 0;
  textLength: u32 = 0;
  nextKey: u32 = 0;
  /** 1: the text was written without escapes, so that raw bytes may be compared with it. */
  isPlain: u32 = 0;
}

@unmanaged
export class PathEntry {
  /** The first key in the previous object at this path. */
  firstKey: u32 = 0;
  /** Distinct values in the dictionary: the next code. */
  codes: u32 = 0;
  /** Values seen in all. */
  seen: u32 = 0;
  /** The count of `seen` at which the share of new values is checked next. */
  nextCheck: u32 = 0;
  /** `codes` at the last check. */
  codesAtCheck: u32 = 0;
  /** 1: values are nearly all different and are kept as text, without a dictionary. */
  isIdentifier: u32 = 0;
  /** 1-based slot of the value among those the derived values need; 0: none. */
  slot: u32 = 0;
  /** The key that leads here; 0: the root. */
  key: u32 = 0;
  /** Bytes of the keys that lead here, and of the dots between them. */
  textLength: u32 = 0;
  /** The slot of the paths right under this one; 0: they have none of their own. */
  childSlot: u32 = 0;
}

@unmanaged
export class ValueEntry {
  /** Hash of type and text alone, as with keys. */
  hash: u64 = 0;
  path: u32 = 0;
  code: u32 = 0;
  textStart: u32 = 0;
  textLength: u32 = 0;
  type: u32 = 0;
  isPlain: u32 = 0;
}

/** Numbers as in `ValueType` of `segment.ts`. */
export const enum Type {
  String = 0,
  Number = 1,
  True = 2,
  False = 3,
  Null = 4,
  EmptyObject = 5,
  EmptyArray = 6,
}

/** Sets keys apart from values, whose types are lower. */
const keyTag: u32 = 8;
const dotByte: u32 = 0x2e;
const atSign: u32 = 0x40;
/** Room for the bytes of `record`. */
const recordName = memory.data(16);
/** Longer or further paths are not kept apart: a small file could fill any memory with their names. */
const maxPathBytes: u32 = 1024;
const maxPaths: u32 = 131_072;
/** The path of all values whose own path is too long or over the limit. */
let otherPath: u32 = 0;

export function setOtherPath(path: u32): void {
  otherPath = path;
}

/** A path is checked again after each this many of its values. */
export const identifierWindow: u32 = 1024;

export const keys = new Region();
export const keyTexts = new Region();
export const paths = new Region();
export const values = new Region();
export const valueTexts = new Region();
const keySlots = new Region();
const valueSlots = new Region();
let keySlotMask: u32 = 0;
let valueSlotMask: u32 = 0;
/** Numbers start at 1: 0 means "none". Path 0 is the root. */
let keyCount: u32 = 1;
export let pathCount: u32 = 1;
export let valueCount: u32 = 1;

export function keyAt(id: u32): KeyEntry {
  return changetype<KeyEntry>(keys.base + <usize>id * offsetof<KeyEntry>());
}
export function pathAt(id: u32): PathEntry {
  return changetype<PathEntry>(paths.base + <usize>id * offsetof<PathEntry>());
}
export function valueAt(id: u32): ValueEntry {
  return changetype<ValueEntry>(values.base + <usize>id * offsetof<ValueEntry>());
}

export function initDictionaries(): void {
  keys.append(<u32>offsetof<KeyEntry>());
  values.append(<u32>offsetof<ValueEntry>());
  paths.append(<u32>offsetof<PathEntry>());
  pathAt(0).nextCheck = u32.MAX_VALUE;
  keySlotMask = 1023;
  keySlots.append(1024 * 4);
  valueSlotMask = 16383;
  valueSlots.append(16384 * 4);
}

/**
 * The key entry for this text under this parent, made if new.
 *
 * Its path is the one its text says: `{"a.b": 1}` and `{"a": {"b": 1}}` are both `a.b`, or one would hide the other's values from a search.
 */
export function internKey(parent: u32, text: usize, length: u32, isPlain: bool): u32 {
  const hash = hashBytes(text, length, keyTag);
  let slot = slotHash(hash, parent) & keySlotMask;
  while (true) {
    const id = load<u32>(keySlots.base + ((<usize>slot) << 2));
    if (id === 0) break;
    const entry = keyAt(id);
    if (
      entry.hash === hash &&
      entry.parent === parent &&
      entry.textLength === length &&
      equalBytes(keyTexts.base + entry.textStart, text, length)
    ) {
      return id;
    }
    slot = (slot + 1) & keySlotMask;
  }
  const id = keyCount++;
  keys.append(<u32>offsetof<KeyEntry>());
  const entry = keyAt(id);
  entry.hash = hash;
  entry.parent = parent;
  entry.textStart = addText(keyTexts, text, length);
  entry.textLength = length;
  entry.isPlain = isPlain ? 1 : 0;
  store<u32>(keySlots.base + ((<usize>slot) << 2), id);
  if (keyCount * 2 > keySlotMask) growKeySlots();
  const path = pathOf(id, parent, text, length);
  keyAt(id).path = path;
  return id;
}

function pathOf(id: u32, parent: u32, text: usize, length: u32): u32 {
  const textLength = pathAt(parent).textLength + (parent === 0 ? 0 : 1) + length;
  if (otherPath !== 0 && (parent === otherPath || pathCount >= maxPaths || textLength > maxPathBytes)) {
    return otherPath;
  }
  // Bytes that are not UTF-8 become U+FFFD: keys that look the same share one path, or one would hide the other's values.
  if (!isSoundText(text, length)) return pathOfKey(parent, repairText(text, length), repairedLength);
  // A key of a record must not look like a derived value: `@…` becomes `record.@…`.
  if (parent === 0 && length > 0 && load<u8>(text) === atSign) {
    store<u64>(recordName, 0x64726f636572);
    return pathOfKey(pathOfKey(0, recordName, 6), text, length);
  }
  let path = parent;
  let from: u32 = 0;
  for (let dot: u32 = 0; dot < length; dot++) {
    if (load<u8>(text + dot) !== dotByte) continue;
    path = pathOfKey(path, text + from, dot - from);
    from = dot + 1;
  }
  if (from > 0) return pathOfKey(path, text + from, length - from);
  paths.append(<u32>offsetof<PathEntry>());
  const entry = pathAt(pathCount);
  entry.key = id;
  entry.nextCheck = identifierWindow;
  entry.textLength = textLength;
  entry.slot = pathAt(parent).childSlot;
  return pathCount++;
}

function pathOfKey(parent: u32, text: usize, length: u32): u32 {
  return keyAt(internKey(parent, text, length, false)).path;
}

/** The value entry for (path, type, text), made if new. */
export function internValue(path: u32, type: u32, text: usize, length: u32, isPlain: bool): u32 {
  const hash = hashBytes(text, length, type);
  let slot = slotHash(hash, path) & valueSlotMask;
  while (true) {
    const id = load<u32>(valueSlots.base + ((<usize>slot) << 2));
    if (id === 0) break;
    const entry = valueAt(id);
    if (
      entry.hash === hash &&
      entry.path === path &&
      entry.textLength === length &&
      entry.type === type &&
      equalBytes(valueTexts.base + entry.textStart, text, length)
    ) {
      return id;
    }
    slot = (slot + 1) & valueSlotMask;
  }
  const id = valueCount++;
  values.append(<u32>offsetof<ValueEntry>());
  const entry = valueAt(id);
  entry.hash = hash;
  entry.path = path;
  entry.code = pathAt(path).codes++;
  entry.textStart = addText(valueTexts, text, length);
  entry.textLength = length;
  entry.type = type;
  entry.isPlain = isPlain ? 1 : 0;
  store<u32>(valueSlots.base + ((<usize>slot) << 2), id);
  if (valueCount * 2 > valueSlotMask) growValueSlots();
  return id;
}

/**
 * Removes every value from number `count` on, after a broken record.
 *
 * Freeing slots latest first leaves every probe chain intact: an entry comes after all older ones of its chain.
 */
export function truncateValues(count: u32): void {
  while (valueCount > count) {
    const id = valueCount - 1;
    const entry = valueAt(id);
    let slot = slotHash(entry.hash, entry.path) & valueSlotMask;
    while (load<u32>(valueSlots.base + ((<usize>slot) << 2)) !== id) slot = (slot + 1) & valueSlotMask;
    store<u32>(valueSlots.base + ((<usize>slot) << 2), 0);
    pathAt(entry.path).codes--;
    valueTexts.used = entry.textStart;
    values.used -= <u32>offsetof<ValueEntry>();
    valueCount = id;
  }
}

function addText(blob: Region, text: usize, length: u32): u32 {
  const at = blob.used;
  blob.reserve(length);
  memory.copy(blob.base + at, text, length);
  blob.used = at + length;
  return at;
}

function growKeySlots(): void {
  keySlotMask = keySlotMask * 2 + 1;
  keySlots.used = 0;
  keySlots.append((keySlotMask + 1) * 4);
  for (let id: u32 = 1; id < keyCount; id++) {
    const entry = keyAt(id);
    link(keySlots.base, keySlotMask, slotHash(entry.hash, entry.parent), id);
  }
}

function growValueSlots(): void {
  valueSlotMask = valueSlotMask * 2 + 1;
  valueSlots.used = 0;
  valueSlots.append((valueSlotMask + 1) * 4);
  for (let id: u32 = 1; id < valueCount; id++) {
    const entry = valueAt(id);
    link(valueSlots.base, valueSlotMask, slotHash(entry.hash, entry.path), id);
  }
}

function link(slots: usize, mask: u32, hash: u32, id: u32): void {
  let slot = hash & mask;
  while (load<u32>(slots + ((<usize>slot) << 2)) !== 0) slot = (slot + 1) & mask;
  store<u32>(slots + ((<usize>slot) << 2), id);
}
