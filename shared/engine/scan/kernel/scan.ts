/**
 * One pass over the bytes of records: keys to paths, values to dictionary numbers, no copy of either unless it is new.
 *
 * Two predictions give the speed. After each key, the one that followed it last time is compared with the next bytes; and for each
 * path, the value that last followed the previous value (a principal is followed by its ARN, an event name by its parameters). If a
 * prediction holds, a string costs one comparison, a word at a time, and no search for its end, no hash and no look-up. It is only tried
 * with text that was written without escapes, so equal bytes mean equal strings; a stale prediction does no harm.
 */
import { Type, internKey, keyAt, keyTexts, pathAt, valueAt, valueTexts } from './dictionary';
import { Region, equalBytes, placeOf } from './memory';
import { abandonRow, beginRow, elementPlace, endRow, repeatedPlace, rowCount, sourceValue } from './rows';
import { Fault, decodeString, decodedEnd, isSpace, numberEnd, scratch, skipSpace, stringStop } from './text';
import { addValue, beginValues, initValues, scanString, stringFault } from './values';

/** How a scan ended. `scan-kernel.ts` names them for the rest of the engine. */
export const enum Outcome {
  /** The last record is followed, at `position`, by something other than a record. */
  end = 0,
  /** The record at `recordStart` runs past the end of the input. */
  needMore = 1,
  /** The record at `recordStart` is broken at `position`: see `fault`. */
  broken = 2,
  /** The object from `recordStart` to `position` is well-formed but not an event, or may be a wrapper of events. */
  notEvent = 3,
  /** In the object at `recordStart` a top-level array of records opens; `position` is after its bracket. */
  envelope = 4,
  /** The row limit is reached; the next record is at `position`. */
  full = 5,
}

const maxDepth: u32 = 512;
/** The bytes of `aws:`. */
const foreignSource: u32 = 0x3a737761;
/** A container around the current one. */
@unmanaged
class Frame {
  path: u32 = 0;
  key: u32 = 0;
  isArray: u32 = 0;
  /** Elements of the array so far. */
  index: u32 = 0;
  /** See `addContent` in `rows.ts`. */
  place: u64 = 0;
  /** The object's serial number. */
  object: u64 = 0;
}
const stack = new Region();

function frameAt(depth: u32): Frame {
  return changetype<Frame>(stack.base + <usize>depth * offsetof<Frame>());
}

export let position: usize = 0;
export let recordStart: usize = 0;
export let fault: Fault = Fault.none;
/** Top-level keys of the current record, one bit per key number 1 to 31. */
let rootKeys: u32 = 0;

/** Bit 0 of slot 0, which belongs to no key: the outcome of the current record is unstated. */
let unstatedBit: u32 = 0;

/** Number of objects begun so far, used to detect repeated keys within one. */
let objects: u64 = 0;

let inputEnd: usize = 0;
let envelopeKeys: u32 = 0;
let eventKeys: u32 = 0;
let foreignKeys: u32 = 0;
let tupleKeys: u32 = 0;
/** The number of the top-level key `eventSource`. */
let sourceKey: u32 = 0;
/** Whether that key has an object or a list in the current record. */
let isSourceNested: bool = false;
/** Whether a wrapper's list follows an event key in the current record: no CloudTrail event has one. */
let hasList: bool = false;
/** How the current objects are treated: see {@link scanRecords}. */
let isAlone: bool = false;

/**
 * Sets of top-level keys, one bit per key number. An array under one of `envelopes` holds records; an event has one of `events` and none
 * of `foreign`; derived values depend on which of `inTuple` were present. `source`: the number of the key `eventSource`.
 */
export function initScan(envelopes: u32, events: u32, foreign: u32, inTuple: u32, source: u32): void {
  envelopeKeys = envelopes;
  eventKeys = events;
  foreignKeys = foreign;
  tupleKeys = inTuple;
  sourceKey = source;
  stack.append((maxDepth + 1) * <u32>offsetof<Frame>());
  initValues();
}

export function noteUnstated(isUnstated: bool): void {
  unstatedBit = isUnstated ? 1 : 0;
}

/**
 * Scans the record at `from` and those after it, until something unexpected comes between them: in an array, expects one comma
 * and white space, else white space alone.
 *
 * @param from a brace
 * @param end after the last byte; slack bytes from here on are zero
 * @param base added to a record's address to make its offset in the file
 * @param maxRows rows at which to stop
 * @param maxBytes a longer record ends the scan as if the input ended in it
 * @param inArray whether the records are elements of an array
 * @param alone exactly one record, which is not an envelope, and is an event if it has an event key
 */
export function scanRecords(
  from: usize,
  end: usize,
  base: f64,
  maxRows: u32,
  maxBytes: u32,
  inArray: bool,
  alone: bool,
): Outcome {
  inputEnd = end;
  isAlone = alone;
  let at = from;
  while (true) {
    recordStart = at;
    beginRow();
    let outcome = scanRecord(at);
    if (outcome === Outcome.end && position - at > <usize>maxBytes) outcome = Outcome.needMore;
    if (outcome !== Outcome.end) {
      abandonRow();
      return outcome;
    }
    if ((rootKeys & eventKeys) === 0 || ((rootKeys & foreignKeys) !== 0 && !alone) || hasList || hasForeignSource()) {
      abandonRow();
      return Outcome.notEvent;
    }
    endRow(base + <f64>at, <u32>(position - at), (rootKeys & tupleKeys) | unstatedBit);
    if (alone) return Outcome.end;
    at = skipSpace(position);
    if (inArray) {
      if (load<u8>(at) !== 0x2c) return Outcome.end;
      at = skipSpace(at + 1);
    }
    // The zero byte after the input is not a brace.
    if (load<u8>(at) !== 0x7b) return Outcome.end;
    if (rowCount >= maxRows) {
      position = at;
      return Outcome.full;
    }
  }
}

/**
 * Whether `eventSource` shows that the record is not a CloudTrail event: those of other services have `aws:…` there, and an event pattern
 * has a list. See `foreign-records.ts`.
 */
function hasForeignSource(): bool {
  if (isSourceNested) return true;
  const source = sourceValue();
  if (source === 0) return false;
  const entry = valueAt(source);
  if (entry.type !== Type.String) return entry.type !== Type.Null;
  return entry.textLength >= 4 && load<u32>(valueTexts.base + entry.textStart) === foreignSource;
}

function stop(at: usize, why: Fault): Outcome {
  position = at;
  fault = why;
  return at >= inputEnd ? Outcome.needMore : Outcome.broken;
}

/** Like {@link stop} for a token of up to `length` bytes that the end of the input may have truncated. */
function stopInToken(at: usize, length: usize, why: Fault): Outcome {
  return stop(at + length > inputEnd ? inputEnd : at, why);
}

/** An escape has up to 6 bytes. */
function stopInString(why: Fault): Outcome {
  return stopInToken(decodedEnd, why === Fault.escape ? 6 : 0, why);
}

/** Scans the object at `start`; `end` where it is well-formed. */
function scanRecord(start: usize): Outcome {
  rootKeys = 0;
  isSourceNested = false;
  hasList = false;
  beginValues();
  let at = start + 1;
  let depth: u32 = 1;
  let path: u32 = 0;
  let key: u32 = 0;
  let isArray = false;
  let isFirst = true;
  /** Path hashes of the container and of the current value. */
  let container: u64 = 0;
  let place: u64 = 0;
  let index: u32 = 0;
  let object = ++objects;

  while (true) {
    // At the start of a container, or after a comma: a key if it is an object, then a value.
    let byte = load<u8>(at);
    if (isSpace(byte)) {
      at = skipSpace(at);
      byte = load<u8>(at);
    }
    let isEmpty = false;
    if (isArray) {
      isEmpty = isFirst && byte === 0x5d;
      if (!isEmpty) place = elementPlace(container, index);
    } else if (isFirst && byte === 0x7d) {
      isEmpty = true;
    } else {
      if (byte !== 0x22) return stop(at, Fault.key);
      at++;
      const parent = path;
      let prediction = key !== 0 ? keyAt(key).nextKey : pathAt(parent).firstKey;
      if (prediction !== 0) {
        const entry = keyAt(prediction);
        const length = entry.textLength;
        if (
          entry.isPlain &&
          equalBytes(keyTexts.base + entry.textStart, at, length) &&
          load<u8>(at + length) === 0x22
        ) {
          at += length + 1;
        } else {
          prediction = 0;
        }
      }
      if (prediction === 0) {
        const close = stringStop(at);
        if (load<u8>(close) === 0x22) {
          prediction = internKey(parent, at, <u32>(close - at), true);
          at = close + 1;
        } else {
          const why = decodeString(at);
          if (why !== Fault.none) return stopInString(why);
          prediction = internKey(parent, scratch.base, scratch.used, false);
          at = decodedEnd;
        }
        if (key !== 0) keyAt(key).nextKey = prediction;
        else pathAt(parent).firstKey = prediction;
      }
      key = prediction;
      const entry = keyAt(key);
      path = entry.path;
      place = placeOf(container, entry.hash);
      if (entry.object === object) place = repeatedPlace(place);
      else entry.object = object;
      if (depth === 1 && key < 32) rootKeys |= (<u32>1) << key;
      if (load<u8>(at) !== 0x3a) {
        at = skipSpace(at);
        if (load<u8>(at) !== 0x3a) return stop(at, Fault.colon);
      }
      at++;
      byte = load<u8>(at);
      if (isSpace(byte)) {
        at = skipSpace(at);
        byte = load<u8>(at);
      }
      if (depth === 1 && byte === 0x5b && key < 32 && (((<u32>1) << key) & envelopeKeys) !== 0 && !isAlone) {
        if ((rootKeys & eventKeys) === 0) {
          position = at + 1;
          return Outcome.envelope;
        }
        hasList = true;
      }
    }

    if (isEmpty) {
      addValue(path, container, isArray ? Type.EmptyArray : Type.EmptyObject, at, 0);
    } else if (byte === 0x22) {
      at = scanString(path, place, at + 1, inputEnd);
      if (at === 0) return stopInString(stringFault);
    } else if (byte === 0x7b || byte === 0x5b) {
      if (depth === maxDepth) return stop(at, Fault.tooDeep);
      if (depth === 1 && key === sourceKey) isSourceNested = true;
      const frame = frameAt(depth);
      frame.path = path;
      frame.key = key;
      frame.isArray = isArray ? 1 : 0;
      frame.index = index;
      frame.place = container;
      frame.object = object;
      depth++;
      isArray = byte === 0x5b;
      key = 0;
      container = place;
      index = 0;
      if (!isArray) object = ++objects;
      isFirst = true;
      at++;
      continue;
    } else {
      const length = literalLength(at, byte);
      if (length !== 0) {
        addValue(path, place, byte === 0x74 ? Type.True : byte === 0x66 ? Type.False : Type.Null, at, length);
        at += length;
      } else if (byte === 0x2d || byte - 0x30 < 10) {
        const end = numberEnd(at);
        if (end === 0 || end >= inputEnd) return end === 0 ? stopInNumber(at) : stop(inputEnd, Fault.number);
        addValue(path, place, Type.Number, at, <u32>(end - at));
        at = end;
      } else {
        return stopInToken(at, byte === 0x74 || byte === 0x66 || byte === 0x6e ? 5 : 0, Fault.value);
      }
    }

    // After a value, or at the end of an empty container: closes containers until a comma.
    while (true) {
      byte = load<u8>(at);
      if (isSpace(byte)) {
        at = skipSpace(at);
        byte = load<u8>(at);
      }
      if (byte === 0x2c && !isEmpty) {
        at++;
        isFirst = false;
        if (isArray) index++;
        else path = keyAt(key).parent;
        break;
      }
      if (byte !== (isArray ? 0x5d : 0x7d)) return stop(at, isArray ? Fault.arrayEnd : Fault.objectEnd);
      at++;
      isEmpty = false;
      depth--;
      if (depth === 0) {
        position = at;
        return Outcome.end;
      }
      const frame = frameAt(depth);
      path = frame.path;
      key = frame.key;
      isArray = frame.isArray !== 0;
      index = frame.index;
      container = frame.place;
      object = frame.object;
    }
  }
}

/** A number at the end of the input may go on in the next chunk. */
function stopInNumber(at: usize): Outcome {
  let end = at;
  while (end < inputEnd && isNumberByte(load<u8>(end))) end++;
  return stop(end === inputEnd ? end : at, Fault.number);
}

function isNumberByte(byte: u32): bool {
  return byte - 0x30 < 10 || byte === 0x2d || byte === 0x2b || byte === 0x2e || (byte | 0x20) === 0x65;
}

/** 4 or 5 if `true`, `null` or `false` is at `at`; else 0. */
function literalLength(at: usize, byte: u32): u32 {
  const word = load<u32>(at);
  if (word === 0x65757274 || word === 0x6c6c756e) return 4;
  return byte === 0x66 && load<u32>(at + 1) === 0x65736c61 ? 5 : 0;
}
