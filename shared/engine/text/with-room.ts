type Growable = Int32Array | Uint32Array | Float64Array | Uint8Array;

/** The same array, or a longer copy that has room for `length` elements. Doubles, so that adding one by one stays linear. */
export function withRoom<ArrayType extends Growable>(array: ArrayType, length: number): ArrayType {
  if (length <= array.length) return array;
  const Constructor = array.constructor as new (length: number) => ArrayType;
  const longer = new Constructor(Math.max(length, array.length * 2));
  longer.set(array);
  return longer;
}
