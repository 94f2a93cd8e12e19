/** The bars of a stacked histogram as one SVG path per series: a thousand bars are then four elements. */
import { stackEdges, type CountAxis } from './count-axis';

/** The left edges of the bins, whole px, one more than there are bins: bin `i` reaches from edge `i` to edge `i + 1`. */
export function binEdges(binCount: number, widthPx: number): readonly number[] {
  return Array.from({ length: binCount + 1 }, (_, bin) => Math.round((bin / Math.max(binCount, 1)) * widthPx));
}

/** One path per series, the first at the bottom. Bars have a gap of one px where there is room for it. */
export function stackPaths(
  series: readonly (readonly number[])[],
  edgesPx: readonly number[],
  axis: CountAxis,
): readonly string[] {
  const pieces: string[][] = series.map(() => []);
  for (let bin = 0; bin + 1 < edgesPx.length; bin++) {
    const left = edgesPx[bin] ?? 0;
    const roomPx = (edgesPx[bin + 1] ?? 0) - left;
    const width = Math.max(roomPx >= 4 ? roomPx - 1 : roomPx, 1);
    const counts = series.map((values) => values[bin] ?? 0);
    let below = 0;
    for (const [part, edge] of stackEdges(axis, counts).entries()) {
      if (edge > below) pieces[part]?.push(`M${left} ${axis.heightPx - edge}h${width}v${edge - below}h${-width}z`);
      below = edge;
    }
  }
  return pieces.map((paths) => paths.join(''));
}

/** The sum of every bin over all series. */
export function binTotals(series: readonly (readonly number[])[], binCount: number): readonly number[] {
  return Array.from({ length: binCount }, (_, bin) => series.reduce((sum, values) => sum + (values[bin] ?? 0), 0));
}
