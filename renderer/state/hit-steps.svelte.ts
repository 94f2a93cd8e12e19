/** Which of the hits of a record is looked at: 2 of 5. */
export class HitSteps {
  count = $state(0);
  /** From 0; null before the first step. */
  current = $state<number | null>(null);
  /** Grows with every step: the same hit can be asked for again. */
  asked = $state(0);

  /** Another record, another query, or another view of it. `first`: the hit to begin at; null to begin where the record does. */
  begin(count: number, first: number | null): void {
    this.count = count;
    this.current = first;
    if (first !== null) this.asked++;
  }

  /** Goes to the next or previous hit, round and round. False where there is none. */
  step(by: 1 | -1): boolean {
    if (this.count === 0) return false;
    const from = this.current ?? (by === 1 ? -1 : 0);
    this.current = (from + by + this.count) % this.count;
    this.asked++;
    return true;
  }
}
