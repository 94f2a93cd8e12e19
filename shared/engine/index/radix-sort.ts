/** Sorting by numbers, digit by digit. */

/** Above this, the places that a pass writes to no longer stay in the processor's nearest memory. */
const mostDigitBits = 13;

/**
 * A stable sort of positions by the key of each; `most` is the largest key. The given array may be overwritten: use only the result.
 */
export function sortBy(order: Uint32Array, keys: Uint32Array, most: number): Uint32Array {
  return sortWithKeys(order, keys, most).order;
}

/** {@link sortBy}, and the keys in the order of the result. */
export function sortWithKeys(
  order: Uint32Array,
  keys: Uint32Array,
  most: number,
): { readonly order: Uint32Array; readonly keys: Uint32Array } {
  const { length } = order;
  const bits = most < 1 ? 0 : 32 - Math.clz32(most);
  const passes = Math.ceil(bits / mostDigitBits);
  const digitBits = Math.ceil(bits / passes);
  const mask = (1 << digitBits) - 1;
  let [from, to]: [Uint32Array, Uint32Array] = [order, new Uint32Array(length)];
  // Keys move along with their positions, so that memory is read in order.
  let fromKeys = new Uint32Array(length);
  let toKeys = new Uint32Array(length);
  for (let at = 0; at < length; at++) fromKeys[at] = keys[order[at] as number] as number;
  const starts = new Uint32Array(mask + 2);
  for (let pass = 0; pass < passes; pass++) {
    const shift = pass * digitBits;
    starts.fill(0);
    for (let at = 0; at < length; at++) {
      const digit = ((fromKeys[at] as number) >>> shift) & mask;
      starts[digit + 1] = (starts[digit + 1] as number) + 1;
    }
    for (let digit = 0; digit < mask; digit++)
      starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
    for (let at = 0; at < length; at++) {
      const key = fromKeys[at] as number;
      const digit = (key >>> shift) & mask;
      const place = starts[digit] as number;
      to[place] = from[at] as number;
      toKeys[place] = key;
      starts[digit] = place + 1;
    }
    [from, to] = [to, from];
    [fromKeys, toKeys] = [toKeys, fromKeys];
  }
  return { order: from, keys: fromKeys };
}
