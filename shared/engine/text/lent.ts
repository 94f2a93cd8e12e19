/**
 * Bytes that are only lent, for the length of a call or until the next one: their memory is used again.
 *
 * Any `Uint8Array` can be lent. What was lent is no `Uint8Array`, so that it can be put nowhere where bytes stay; lint refuses fields of this
 * type. It can be read, copied into other bytes with `set`, and kept as a copy: `slice`.
 */
export interface Lent {
  readonly length: number;
  readonly [at: number]: number;
  subarray(from?: number, to?: number): Lent;
  /** A copy, which may be kept. */
  slice(from?: number, to?: number): Uint8Array;
}

/** For a callee that reads bytes and keeps none of them, such as a checksum; and for the two classes that hold what they were lent until they copy it. */
export function lentBytes(bytes: Lent): Uint8Array {
  return bytes as Uint8Array;
}
