/** Where a number ends by JSON's grammar. */

/** The bytes end before the number can be known to. */
export const NUMBER_OPEN = -1;
export const NUMBER_BAD = -2;

/** The offset behind the number at `start` (a digit or a minus). What follows it is not looked at. */
export function numberEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  if (bytes[at] === 0x2d) at += 1;
  const whole = at;
  at = digitsEnd(bytes, at, end);
  if (at === whole) return at >= end ? NUMBER_OPEN : NUMBER_BAD;
  // `01`: the number is `0`, and the parser will stumble over the `1`.
  if (bytes[whole] === 0x30) at = whole + 1;
  if (at < end && bytes[at] === 0x2e) {
    const fraction = at + 1;
    at = digitsEnd(bytes, fraction, end);
    if (at === fraction) return at >= end ? NUMBER_OPEN : NUMBER_BAD;
  }
  if (at < end && ((bytes[at] as number) | 0x20) === 0x65) {
    at += 1;
    if (at < end && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at += 1;
    const exponent = at;
    at = digitsEnd(bytes, exponent, end);
    if (at === exponent) return at >= end ? NUMBER_OPEN : NUMBER_BAD;
  }
  return at >= end ? NUMBER_OPEN : at;
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] as number) >= 0x30 && (bytes[at] as number) <= 0x39) at += 1;
  return at;
}
