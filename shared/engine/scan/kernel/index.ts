/**
 * The functions the decode thread calls. Other data is read through typed arrays over the kernel's memory: see {@link regionBase}.
 */
import { Region, slack, setHashSeed } from './memory';
import {
  initDictionaries,
  internKey,
  keyAt,
  keyTexts,
  keys,
  pathAt,
  paths,
  setOtherPath,
  valueCount,
  valueTexts,
  values,
} from './dictionary';
import {
  clearRows,
  identifiers,
  initRows,
  leaves,
  repeatedKeyRecords,
  rowAt,
  rowCount,
  rows,
  tupleCount,
  tuples,
  writtenTimes,
} from './rows';
import { codedRows, codes, counts, groupByPath, textRows, textStarts, uuidRows, uuids } from './flush';
import { columnEvents, columnValues, columns, compactColumns } from './compact';
import { fault, initScan, noteUnstated, position, recordStart, scanRecords } from './scan';

const input = new Region();

/**
 * `recipient` and `account`: the derived slots of the accounts that an ID goes with. `failure`: that of the path that reported a failure; those
 * after it are only kept where one did. `source`: that of `eventSource`.
 */
export function init(
  seed: u64,
  factor: u64,
  derivedSlots: u32,
  recipient: u32,
  account: u32,
  failure: u32,
  source: u32,
): void {
  setHashSeed(seed, factor);
  initDictionaries();
  initRows(derivedSlots, recipient, account, failure, source);
}

export function setKeys(envelopes: u32, events: u32, foreign: u32, inTuple: u32, source: u32): void {
  initScan(envelopes, events, foreign, inTuple, source);
}

/** Whether the source of the next records does not include errors, so that the outcome is unstated: bit 0 of a tuple's slot 0. */
export function setOutcomeUnstated(isUnstated: bool): void {
  noteUnstated(isUnstated);
}

/** Makes room for this many bytes of input, keeping what is there; returns the address, which other calls may change. */
export function reserveInput(bytes: u32): usize {
  input.used = 0;
  input.reserve(bytes);
  return input.base;
}

/** The key entry of the name at the start of the input, under a parent path. */
export function declareKey(parent: u32, length: u32): u32 {
  return internKey(parent, input.base, length, true);
}

export function pathOfKey(key: u32): u32 {
  return keyAt(key).path;
}

export function setSlot(path: u32, slot: u32): void {
  pathAt(path).slot = slot;
}

/** Sets the slot of all paths directly under this one that are added from now on. */
export function setChildSlot(path: u32, slot: u32): void {
  pathAt(path).childSlot = slot;
}

/** The path keeps its dictionary however many values it has. */
export function pin(path: u32): void {
  pathAt(path).nextCheck = u32.MAX_VALUE;
}

/** Values whose own path would be too long, or over the limit, go to this one. */
export function setOther(path: u32): void {
  setOtherPath(path);
}

/** Values a path has had. */
export function getSeen(path: u32): u32 {
  return pathAt(path).seen;
}

/** See `scanRecords` in `scan.ts`; locations are offsets into the input. */
export function scan(from: u32, end: u32, base: f64, maxRows: u32, maxBytes: u32, inArray: bool, alone: bool): u32 {
  memory.fill(input.base + end, 0, slack);
  return scanRecords(input.base + from, input.base + end, base - <f64>input.base, maxRows, maxBytes, inArray, alone);
}

export function getPosition(): u32 {
  return <u32>(position - input.base);
}
export function getRecordStart(): u32 {
  return <u32>(recordStart - input.base);
}
export function getFault(): u32 {
  return fault;
}

/** Gives the rows from `first` on this location in the file, wherever they were scanned. */
export function placeRows(first: u32, offset: f64, length: u32): void {
  for (let row = first; row < rowCount; row++) {
    const entry = rowAt(row);
    entry.offset = offset;
    entry.length = length;
  }
}

export function getRowCount(): u32 {
  return rowCount;
}
export function getValueCount(): u32 {
  return valueCount;
}
export function getTupleCount(): u32 {
  return tupleCount;
}

/** Rows so far whose time is kept as a value. */
export function getWrittenTimes(): u32 {
  return writtenTimes;
}

export function getRepeatedKeyRecords(): u32 {
  return repeatedKeyRecords;
}

export function group(): void {
  groupByPath();
  compactColumns();
}

export function clear(): void {
  clearRows();
}

function region(id: u32): Region {
  switch (id) {
    case 0:
      return input;
    case 1:
      return keys;
    case 2:
      return keyTexts;
    case 3:
      return values;
    case 4:
      return valueTexts;
    case 5:
      return rows;
    case 6:
      return identifiers;
    case 7:
      return tuples;
    case 8:
      return counts;
    case 9:
      return codedRows;
    case 10:
      return codes;
    case 11:
      return uuidRows;
    case 12:
      return uuids;
    case 13:
      return textRows;
    case 14:
      return textStarts;
    case 15:
      return paths;
    case 16:
      return leaves;
    case 17:
      return columns;
    case 18:
      return columnValues;
    default:
      return columnEvents;
  }
}

export function regionBase(id: u32): usize {
  return region(id).base;
}
export function regionUsed(id: u32): u32 {
  return region(id).used;
}
