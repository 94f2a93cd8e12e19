export type SeriesPattern = 'hatch' | 'dots' | 'rows' | 'grid' | 'back';

/** One of the series that are stacked in a bar. */
export interface HistogramSeries {
  readonly id: string;
  readonly label: string;
  /** One character that stands for the series where colour cannot; the label's first where left out. */
  readonly letter?: string;
  /** The custom property with its colour: `--error`. */
  readonly colorVar: string;
  /** One count per bin. */
  readonly values: readonly number[];
  /** What pressing it in the legend asks for; left out where it cannot be asked for. */
  readonly value?: string;
  /** Whether the query asks for it alone, or leaves it out. */
  readonly choice?: 'only' | 'left-out';
  /** What the legend says of it; the sum of the values where left out. The bars may show more than what is chosen. */
  readonly total?: number;
  /** Drawn over the colour, so that the series can be distinguished without it; plain where left out. */
  readonly pattern?: SeriesPattern;
}

/** What stands for the series where colour cannot. */
export function letterOf(series: HistogramSeries): string {
  return series.letter ?? series.label.charAt(0);
}
