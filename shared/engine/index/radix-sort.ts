/** Sorting by numbers, digit by digit. */

const radixBits = 16;
const radix = 1 << radixBits;

/**
 * A stable sort of positions by the key of each; `most` is the largest key. The given array may be overwritten: use only the result.
 */
export function sortBy(order: Uint32Array, keys: Uint32Array, most: number): Uint32Array {
  let from = order;
  let to: Uint32Array = new Uint32Array(order.length);
  for (let shift = 0; shift < 32 && most / 2 ** shift >= 1; shift += radixBits) {
    const starts = new Uint32Array(radix + 1);
    for (const position of from) {
      const digit = ((keys[position] as number) >>> shift) & (radix - 1);
      starts[digit + 1] = (starts[digit + 1] as number) + 1;
    }
    for (let digit = 0; digit < radix; digit++)
      starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
    for (const position of from) {
      const digit = ((keys[position] as number) >>> shift) & (radix - 1);
      const place = starts[digit] as number;
      to[place] = position;
      starts[digit] = place + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}
