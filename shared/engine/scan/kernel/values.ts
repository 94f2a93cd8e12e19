/**
 * The values of a record: to dictionary numbers, identifiers or times, and into the hash of its content.
 *
 * For each path, the value is predicted that last followed the previous value: see `scan.ts`.
 */
import { identifierWindow, PathEntry, Type, internValue, pathAt, valueAt, valueCount, valueTexts } from './dictionary';
import { Region, equalBytes, hashBytes } from './memory';
import { slotTime, addContent, addIdentifier, addLeaf, fillSlot, setTime } from './rows';
import { Fault, canonicalTime, decodeString, decodedEnd, scratch, stringStop } from './text';

/** The predicted value, by a mix of path and previous value. The number of entries is a power of two that fits the second-level cache. */
const predictionCount: u32 = 1 << 15;
const predictions = new Region();
/** The last value of the current record; 0: none yet. */
let before: u32 = 0;
/** Why {@link scanString} returned 0. */
export let stringFault: Fault = Fault.none;

export function initValues(): void {
  predictions.append(predictionCount * 4);
}

/** A record begins. */
export function beginValues(): void {
  before = 0;
}

/** The address of the prediction for the next value of this path. */
function predictionAt(path: u32): usize {
  const mixed = (path * 0x9e3779b1) ^ (before * 0x85ebca6b);
  return predictions.base + ((<usize>(mixed >> 17)) << 2);
}

/** Adds a number, literal or empty container. */
export function addValue(path: u32, place: u64, type: u32, text: usize, length: u32): void {
  const prediction = predictionAt(path);
  let value = load<u32>(prediction);
  if (!holds(value, path, type, text, length)) {
    value = internValue(path, type, text, length, false);
    store<u32>(prediction, value);
  }
  before = value;
  addLeaf(path, value);
  const hash = valueAt(value).hash;
  addContent(place, hash);
  const slot = pathAt(path).slot;
  if (slot !== 0) fillSlot(slot, path, value, hash, text, type === Type.Null ? 0 : length);
}

function holds(value: u32, path: u32, type: u32, text: usize, length: u32): bool {
  if (value === 0 || value >= valueCount) return false;
  const known = valueAt(value);
  return (
    known.path === path &&
    known.type === type &&
    known.textLength === length &&
    equalBytes(valueTexts.base + known.textStart, text, length)
  );
}

/**
 * Scans the string whose first character is at `start`, in the input up to `end`. Returns the address after its quote, or 0 with
 * `stringFault` and `decodedEnd` set.
 */
export function scanString(path: u32, place: u64, start: usize, end: usize): usize {
  const entry = pathAt(path);
  const prediction = predictionAt(path);
  const value = load<u32>(prediction);
  if (value !== 0 && value < valueCount) {
    const known = valueAt(value);
    const length = known.textLength;
    if (
      known.path === path &&
      known.isPlain &&
      // A predicted value may be longer than the input, and reach past the memory.
      length < end - start &&
      load<u8>(start + length) === 0x22 &&
      equalBytes(valueTexts.base + known.textStart, start, length)
    ) {
      before = value;
      addLeaf(path, value);
      addContent(place, known.hash);
      if (entry.slot !== 0) fillSlot(entry.slot, path, value, known.hash, start, length);
      return start + length + 1;
    }
  }
  const close = stringStop(start);
  if (load<u8>(close) === 0x22) {
    const length = <u32>(close - start);
    if (entry.slot === slotTime && length === 20) {
      const seconds = canonicalTime(start);
      if (seconds >= 0) {
        setTime(path, start, seconds);
        addContent(place, hashBytes(start, length, Type.String));
        return close + 1;
      }
    }
    addString(path, place, entry, prediction, start, length, true);
    return close + 1;
  }
  stringFault = decodeString(start);
  if (stringFault !== Fault.none) return 0;
  addString(path, place, entry, prediction, scratch.base, scratch.used, false);
  return decodedEnd;
}

function addString(
  path: u32,
  place: u64,
  entry: PathEntry,
  prediction: usize,
  text: usize,
  length: u32,
  isPlain: bool,
): void {
  let value: u32 = 0;
  let hash: u64;
  if (entry.isIdentifier) {
    addIdentifier(path, text, length);
    hash = hashBytes(text, length, Type.String);
  } else {
    value = internValue(path, Type.String, text, length, isPlain);
    store<u32>(prediction, value);
    before = value;
    hash = valueAt(value).hash;
    addLeaf(path, value);
    if (entry.seen >= entry.nextCheck) checkDistinct(entry);
  }
  addContent(place, hash);
  if (entry.slot !== 0) fillSlot(entry.slot, path, value, hash, text, length);
}

/**
 * More than 6 new values in 10: the path stops using a dictionary. Decided over the latest values, not over all, since object keys
 * may start to vary late.
 */
function checkDistinct(entry: PathEntry): void {
  const fresh = entry.codes - entry.codesAtCheck;
  entry.nextCheck = entry.seen + identifierWindow;
  entry.codesAtCheck = entry.codes;
  if (fresh * 10 > identifierWindow * 6) entry.isIdentifier = 1;
}
