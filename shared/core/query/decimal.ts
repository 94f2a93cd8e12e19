/** Decimal numbers of any length, compared exactly: CloudTrail holds numbers that a double cannot. */

/** 0.d₁d₂d₃… × 10^exponent, digits without leading or trailing zeros; zero has none. */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

const written = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Null where the text is not a number. */
export function parseDecimal(text: string): Decimal | null {
  const match = written.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return { sign: 0, digits, exponent: 0 };
  return { sign: sign === '-' ? -1 : 1, digits, exponent: all.length - fraction.length + Number(power) };
}

/** Below, at or above zero, as `one` is less than, equal to or greater than `other`. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (one.sign !== other.sign) return one.sign - other.sign;
  const size = one.exponent - other.exponent || compareDigits(one.digits, other.digits);
  return one.sign * size;
}

/** A shorter run of digits that the longer one begins with is the smaller fraction, which is how text compares too. */
function compareDigits(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
