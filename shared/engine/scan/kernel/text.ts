/** Strings, numbers and literals of JSON, as strict as `JSON.parse`. */
import { Region } from './memory';

/** Text of the last string that had escapes, decoded. */
export const scratch = new Region();

/** Why a scan stopped in the middle of a record. `scan-kernel.ts` has a message for each. */
export const enum Fault {
  none = 0,
  key = 1,
  colon = 2,
  value = 3,
  controlCharacter = 4,
  escape = 5,
  number = 6,
  literal = 7,
  objectEnd = 8,
  arrayEnd = 9,
  tooDeep = 10,
}

/** The first quote, backslash or control character at or after `at`. The zero bytes after the input end every search. */
export function stringStop(at: usize): usize {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const space = i8x16.splat(0x20);
  while (true) {
    const chunk = v128.load(at);
    const stops = v128.or(v128.or(i8x16.eq(chunk, quote), i8x16.eq(chunk, backslash)), i8x16.lt_u(chunk, space));
    const mask = i8x16.bitmask(stops);
    if (mask !== 0) return at + ctz(mask);
    at += 16;
  }
}

/** Where the last {@link decodeString} ended: after the closing quote, or at the fault. */
export let decodedEnd: usize = 0;

/** Decodes the rest of a string, from its first character, into {@link scratch}. Lone surrogates become their three WTF-8 bytes. */
export function decodeString(start: usize): Fault {
  scratch.used = 0;
  let at = start;
  while (true) {
    const stop = stringStop(at);
    const length = <u32>(stop - at);
    scratch.reserve(length + 4);
    memory.copy(scratch.base + scratch.used, at, length);
    scratch.used += length;
    at = stop;
    const byte = load<u8>(at);
    if (byte === 0x22) {
      decodedEnd = at + 1;
      return Fault.none;
    }
    if (byte !== 0x5c) {
      decodedEnd = at;
      return Fault.controlCharacter;
    }
    const kind = load<u8>(at, 1);
    if (kind === 0x75) {
      let unit = hexUnit(at + 2);
      if (unit < 0) {
        decodedEnd = at;
        return Fault.escape;
      }
      at += 6;
      if ((unit & 0xfc00) === 0xd800 && load<u8>(at) === 0x5c && load<u8>(at, 1) === 0x75) {
        const low = hexUnit(at + 2);
        if (low >= 0 && (low & 0xfc00) === 0xdc00) {
          unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
          at += 6;
        }
      }
      addCodePoint(unit);
    } else {
      const plain = simpleEscape(kind);
      if (plain === 0) {
        decodedEnd = at;
        return Fault.escape;
      }
      store<u8>(scratch.base + scratch.used++, <u8>plain);
      at += 2;
    }
  }
}

function simpleEscape(kind: u32): u32 {
  switch (kind) {
    case 0x22:
    case 0x5c:
    case 0x2f:
      return kind;
    case 0x62:
      return 8;
    case 0x66:
      return 12;
    case 0x6e:
      return 10;
    case 0x72:
      return 13;
    case 0x74:
      return 9;
    default:
      return 0;
  }
}

/** Four hexadecimal digits; -1 where they are not. */
function hexUnit(at: usize): i32 {
  let unit: i32 = 0;
  for (let i: usize = 0; i < 4; i++) {
    const byte = <i32>load<u8>(at + i);
    const lower = byte | 0x20;
    if (byte >= 0x30 && byte <= 0x39) unit = (unit << 4) | (byte - 0x30);
    else if (lower >= 0x61 && lower <= 0x66) unit = (unit << 4) | (lower - 0x57);
    else return -1;
  }
  return unit;
}

function addCodePoint(point: i32): void {
  const to = scratch.base + scratch.used;
  if (point < 0x80) {
    store<u8>(to, <u8>point);
    scratch.used++;
  } else if (point < 0x800) {
    store<u8>(to, <u8>(0xc0 | (point >> 6)));
    store<u8>(to, <u8>(0x80 | (point & 0x3f)), 1);
    scratch.used += 2;
  } else if (point < 0x10000) {
    store<u8>(to, <u8>(0xe0 | (point >> 12)));
    store<u8>(to, <u8>(0x80 | ((point >> 6) & 0x3f)), 1);
    store<u8>(to, <u8>(0x80 | (point & 0x3f)), 2);
    scratch.used += 3;
  } else {
    store<u8>(to, <u8>(0xf0 | (point >> 18)));
    store<u8>(to, <u8>(0x80 | ((point >> 12) & 0x3f)), 1);
    store<u8>(to, <u8>(0x80 | ((point >> 6) & 0x3f)), 2);
    store<u8>(to, <u8>(0x80 | (point & 0x3f)), 3);
    scratch.used += 4;
  }
}

/** The end of the number at `at`, or 0 where it is not a number. */
export function numberEnd(at: usize): usize {
  if (load<u8>(at) === 0x2d) at++;
  const first = load<u8>(at);
  if (first === 0x30) at++;
  else if (isDigit(first)) at = digitsEnd(at);
  else return 0;
  if (load<u8>(at) === 0x2e) {
    if (!isDigit(load<u8>(at, 1))) return 0;
    at = digitsEnd(at + 1);
  }
  if ((load<u8>(at) | 0x20) === 0x65) {
    at++;
    const sign = load<u8>(at);
    if (sign === 0x2b || sign === 0x2d) at++;
    if (!isDigit(load<u8>(at))) return 0;
    at = digitsEnd(at);
  }
  return at;
}

function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

function digitsEnd(at: usize): usize {
  while (isDigit(load<u8>(at))) at++;
  return at;
}

/** Whether a byte is JSON's white space. */
export function isSpace(byte: u32): bool {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The first byte at or after `at` that is not white space. */
export function skipSpace(at: usize): usize {
  while (isSpace(load<u8>(at))) at++;
  return at;
}

/**
 * Seconds since 1970 of `YYYY-MM-DDTHH:MM:SSZ` at `at`; -1 where it is not exactly such a text, or no such day or hour exists.
 *
 * Leap seconds are not accepted: `23:59:60` is kept as an ordinary value.
 */
export function canonicalTime(at: usize): i64 {
  if (
    load<u8>(at, 4) !== 0x2d ||
    load<u8>(at, 7) !== 0x2d ||
    load<u8>(at, 10) !== 0x54 ||
    load<u8>(at, 13) !== 0x3a ||
    load<u8>(at, 16) !== 0x3a ||
    load<u8>(at, 19) !== 0x5a
  ) {
    return -1;
  }
  const century = twoDigits(at);
  const yearOfCentury = twoDigits(at + 2);
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  const hour = twoDigits(at + 11);
  const minute = twoDigits(at + 14);
  const second = twoDigits(at + 17);
  if ((century | yearOfCentury | month | day | hour | minute | second) < 0) return -1;
  const year = century * 100 + yearOfCentury;
  // Years before 1970 would be negative, and no log is that old.
  if (year < 1970 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return -1;
  if (day > daysInMonth(year, month)) return -1;
  return <i64>daysBefore(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
}

function twoDigits(at: usize): i32 {
  const tens = <u32>load<u8>(at) - 0x30;
  const ones = <u32>load<u8>(at, 1) - 0x30;
  return tens < 10 && ones < 10 ? <i32>(tens * 10 + ones) : -1;
}

function daysInMonth(year: i32, month: i32): i32 {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 in the Gregorian calendar, with years that begin in March so that the leap day comes last. */
function daysBefore(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const m = month <= 2 ? month + 9 : month - 3;
  const dayOfYear = (153 * m + 2) / 5 + day - 1;
  return y * 365 + y / 4 - y / 100 + y / 400 + dayOfYear - 719468;
}
