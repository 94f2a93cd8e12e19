/**
 * Searches bytes 16 positions at a time. The memory of this program is the index's own, so nothing is copied.
 */

/**
 * The first position from `from` on, before `end`, where a word of `length` bytes may begin: its first bytes, up to four, are there, and the
 * rest has room. `end` where there is none.
 *
 * `head` has the first bytes, the first one lowest; `headMask` has all ones where `head` has bytes. At least two.
 */
export function find(from: usize, end: usize, length: usize, head: u32, headMask: u32): usize {
  if (from + length > end) return end;
  const last = end - length;
  const first = i8x16.splat(<i8>head);
  const second = i8x16.splat(<i8>(head >> 8));
  let at = from;
  // Looks at positions at + 0 to at + 15, and at their second bytes one further.
  for (; at + 17 <= end && at + 15 <= last; at += 16) {
    let places = i8x16.bitmask(v128.and(i8x16.eq(v128.load(at), first), i8x16.eq(v128.load(at + 1), second)));
    while (places !== 0) {
      const place = at + <usize>ctz(places);
      if (begins(place, end, head, headMask)) return place;
      places &= places - 1;
    }
  }
  for (; at <= last; at++) if (begins(at, end, head, headMask)) return at;
  return end;
}

function begins(place: usize, end: usize, head: u32, headMask: u32): bool {
  if (place + 4 <= end) return (load<u32>(place) & headMask) === head;
  // At the very end of the memory, four bytes may be more than there are.
  let found: u32 = 0;
  let shift: u32 = 0;
  for (let at = place; at < end; at++) {
    const byte: u32 = load<u8>(at);
    found |= byte << shift;
    shift += 8;
  }
  return (found & headMask) === head;
}
