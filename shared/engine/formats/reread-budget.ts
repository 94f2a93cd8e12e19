/**
 * Limits how often bytes are read again in the search for intact records inside broken ones. Real damage stays far below; a file of nothing but
 * opening brackets would otherwise be read once for each of them.
 */

/** Bytes read again per byte of the file. */
const maxRereads = 8;
const freeRereads = 2 ** 20;

export class RereadBudget {
  private readInVain = 0;

  /** Counts bytes that were read without success, of `total` so far. False once the budget is spent. */
  spend(bytes: number, total: number): boolean {
    this.readInVain += bytes;
    return this.readInVain <= maxRereads * total + freeRereads;
  }
}
