/** Decimal numbers of any size as fractions of whole numbers, so that nothing is rounded. */

const written = /^([+-]?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

export const isNumber = (text: string): boolean => written.test(text);

/** Less than, equal to or greater than zero, as `one` is to `other`; null where one of them is no number. */
export function compareNumbers(one: string, other: string): number | null {
  const [left, right] = [written.exec(one), written.exec(other)];
  if (left === null || right === null) return null;
  const exponents = [left, right].map(([, , fraction = '', power = '0']) => Number(power) - fraction.length);
  const least = Math.min(...exponents);
  const [first = 0n, second = 0n] = [left, right].map(
    ([, whole = '', fraction = ''], at) =>
      BigInt((whole + fraction).replace('+', '')) * 10n ** BigInt((exponents[at] ?? 0) - least),
  );
  return first < second ? -1 : first > second ? 1 : 0;
}
