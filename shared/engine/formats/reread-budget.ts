/**
 * How much may be read again in looking for sound records inside broken ones. Real damage stays far below; a file of nothing but
 * openings would else be read once for each of them.
 */

/** Bytes read again per byte of the file. */
const MAX_REREADS = 8;
const FREE_REREADS = 2 ** 20;

export class RereadBudget {
  private readInVain = 0;

  /** Notes bytes that were read in vain, of `total` so far. False once it was too often. */
  spend(bytes: number, total: number): boolean {
    this.readInVain += bytes;
    return this.readInVain <= MAX_REREADS * total + FREE_REREADS;
  }
}
