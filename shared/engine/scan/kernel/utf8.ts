/** Validates and repairs UTF-8 as `TextDecoder` does, except that lone surrogates are kept. */
import { Region } from './memory';

const repaired = new Region();
export let repairedLength: u32 = 0;

/** Whether these bytes are UTF-8, lone surrogates in their three bytes included. */
export function isSoundText(text: usize, length: u32): bool {
  let at: u32 = 0;
  while (at < length) {
    const taken = sequence(text + at, length - at);
    if (taken < 0) return false;
    at += taken;
  }
  return true;
}

/** The text with U+FFFD for invalid bytes, in memory that is valid until the next call. */
export function repairText(text: usize, length: u32): usize {
  repaired.used = 0;
  repaired.reserve(length * 3);
  let to = repaired.base;
  let at: u32 = 0;
  while (at < length) {
    const taken = sequence(text + at, length - at);
    if (taken > 0) {
      memory.copy(to, text + at, taken);
      to += taken;
      at += taken;
    } else {
      store<u16>(to, 0xbfef);
      store<u8>(to, 0xbd, 2);
      to += 3;
      at -= taken;
    }
  }
  repairedLength = <u32>(to - repaired.base);
  return repaired.base;
}

/** The length of the character that begins here; for an invalid one, minus the length of its valid part. */
function sequence(at: usize, left: u32): i32 {
  const first = <u32>load<u8>(at);
  if (first < 0x80) return 1;
  const length: u32 = first < 0xc2 || first > 0xf4 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (length === 1) return -1;
  let lowest: u32 = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  let highest: u32 = first === 0xf4 ? 0x8f : first === 0xed && !isSurrogate(at, left) ? 0x9f : 0xbf;
  for (let i: u32 = 1; i < length; i++) {
    const byte = i < left ? <u32>load<u8>(at + i) : 0;
    if (byte < lowest || byte > highest) return -(<i32>i);
    lowest = 0x80;
    highest = 0xbf;
  }
  return <i32>length;
}

function isSurrogate(at: usize, left: u32): bool {
  return left >= 3 && (load<u8>(at, 1) & 0xe0) === 0xa0 && (load<u8>(at, 2) & 0xc0) === 0x80;
}
