/** Counts over time as one line of text. */

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A bar for each count against the greatest, a space for none; a single event among many is still seen. */
export function sparkText(counts: readonly number[]): string {
  const most = counts.reduce((greatest, count) => Math.max(greatest, count), 1);
  const barOf = (count: number): string => bars[Math.ceil((count / most) * bars.length) - 1] ?? ' ';
  return counts.map(barOf).join('');
}
