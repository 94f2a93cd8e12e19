/**
 * Which elements of two sequences stay, in order. Bounded: exact while the work is small, and always near linear beyond.
 *
 * Equal ends are cut off first. What is left is compared cell by cell (the longest common subsequence) as long as the budget
 * lasts; beyond it, elements that occur once on either side hold the two together and the stretches between them are compared alone.
 */

/** A larger table is never made: two bytes a cell. */
const largestTable = 1_000_000;

/** Cells of all tables of one comparison: some 30 ms. */
export class Budget {
  /** Something was left unmatched that a table might have matched. */
  isSpent = false;
  private cells: number;

  constructor(cells = 4_000_000) {
    this.cells = cells;
  }

  take(cells: number): boolean {
    if (cells > largestTable || cells > this.cells) return false;
    this.cells -= cells;
    return true;
  }
}

/** For each element of `left`, the place in `right` of its partner, or -1. Partners are equal and in the same order on both sides. */
export function matchSequences(left: readonly number[], right: readonly number[], budget: Budget): Int32Array {
  const all = new Int32Array(left.length).fill(-1);
  // An element that the other side lacks has no partner.
  const [places, rightPlaces] = [placesHeld(left, new Set(right)), placesHeld(right, new Set(left))];
  const task: Task = {
    left: places.map((at) => left[at] as number),
    right: rightPlaces.map((at) => right[at] as number),
    partners: new Int32Array(places.length).fill(-1),
    budget,
  };
  matchBetween(task, { from: 0, to: places.length, rightFrom: 0, rightTo: rightPlaces.length });
  places.forEach((place, at) => {
    const partner = task.partners[at] as number;
    if (partner >= 0) all[place] = rightPlaces[partner] as number;
  });
  return all;
}

function placesHeld(elements: readonly number[], held: ReadonlySet<number>): number[] {
  const places: number[] = [];
  for (let at = 0; at < elements.length; at++) if (held.has(elements[at] as number)) places.push(at);
  return places;
}

interface Task {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly partners: Int32Array;
  readonly budget: Budget;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly rightFrom: number;
  readonly rightTo: number;
}

function matchBetween(task: Task, range: Range): void {
  const { left, right, partners, budget } = task;
  let { from, to, rightFrom, rightTo } = range;
  while (from < to && rightFrom < rightTo && left[from] === right[rightFrom]) partners[from++] = rightFrom++;
  while (from < to && rightFrom < rightTo && left[to - 1] === right[rightTo - 1]) partners[--to] = --rightTo;
  if (from === to || rightFrom === rightTo) return;
  const rest = { from, to, rightFrom, rightTo };
  const cells = (to - from + 1) * (rightTo - rightFrom + 1);
  if (budget.take(cells)) {
    matchByTable(task, rest);
    return;
  }
  const anchors = anchorsBetween(task, rest);
  if (anchors.length === 0) {
    budget.isSpent = true;
    return;
  }
  let [at, rightAt] = [from, rightFrom];
  for (const [anchor, rightAnchor] of anchors) {
    partners[anchor] = rightAnchor;
    matchBetween(task, { from: at, to: anchor, rightFrom: rightAt, rightTo: rightAnchor });
    [at, rightAt] = [anchor + 1, rightAnchor + 1];
  }
  matchBetween(task, { from: at, to, rightFrom: rightAt, rightTo });
}

/** The longest common subsequence, by the lengths of those of all endings. */
function matchByTable({ left, right, partners }: Task, { from, to, rightFrom, rightTo }: Range): void {
  const width = rightTo - rightFrom + 1;
  // A table has at most a million cells, so no length passes 65,535 in it: the shorter side is below a thousand.
  const lengths = new Uint16Array((to - from + 1) * width);
  for (let i = to - from - 1; i >= 0; i--) {
    for (let j = width - 2; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] =
        left[from + i] === right[rightFrom + j]
          ? (lengths[at + width + 1] as number) + 1
          : Math.max(lengths[at + width] as number, lengths[at + 1] as number);
    }
  }
  let [i, j] = [0, 0];
  while (i < to - from && j < width - 1) {
    const at = i * width + j;
    if (left[from + i] === right[rightFrom + j]) partners[from + i++] = rightFrom + j++;
    else if ((lengths[at + width] as number) >= (lengths[at + 1] as number)) i++;
    else j++;
  }
}

/** Pairs of elements that occur once on either side, as many as are in the same order on both. */
function anchorsBetween({ left, right }: Task, range: Range): readonly (readonly [number, number])[] {
  const leftPlaces = placesOnce(left, range.from, range.to);
  const rightPlaces = placesOnce(right, range.rightFrom, range.rightTo);
  const pairs: (readonly [number, number])[] = [];
  for (const [element, place] of leftPlaces) {
    const partner = rightPlaces.get(element) ?? -1;
    if (place >= 0 && partner >= 0) pairs.push([place, partner]);
  }
  pairs.sort(([a], [b]) => a - b);
  const rising = longestRising(pairs.map(([, place]) => place));
  return pairs.filter((_, at) => rising.has(at));
}

/** The place of each element; -1 for one that occurs more than once. */
function placesOnce(elements: readonly number[], from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let at = from; at < to; at++) {
    const element = elements[at] as number;
    places.set(element, places.has(element) ? -1 : at);
  }
  return places;
}

/** The places of a longest rising subsequence of different numbers. */
export function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  /** By length, less one: the place of the smallest number that ends a rising run of that length. */
  const ends: number[] = [];
  const before = new Int32Array(numbers.length).fill(-1);
  for (let at = 0; at < numbers.length; at++) {
    const number = numbers[at] as number;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numbers[ends[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    before[at] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = at;
  }
  const places = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] as number) places.add(at);
  return places;
}
