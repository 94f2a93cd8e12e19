/** What the rows at hand were read from, as two columns and a set of rows: nearly always one format for all of them. */
import type { RecordFormat } from '#contract/report';
import { derivedPaths } from '#core/fields';
import { compactColumn } from './compact-column';
import type { CodedColumn } from './segment';

export interface RowOrigin {
  readonly format: RecordFormat;
  /** Request and response did not come with the event. */
  readonly isSummary: boolean;
}

/** The derived paths, in the order of {@link RowOrigins.columns}. */
export const originPaths: readonly string[] = [derivedPaths.format, derivedPaths.completeness];

/** Formats whose rows are put together from columns: those that were not asked for are missing. */
const columnFormats: ReadonlySet<RecordFormat> = new Set<RecordFormat>(['event-history-csv', 'query-csv']);

const FULL = 'full';
const SUMMARY = 'summary only';

interface OriginRun extends RowOrigin {
  readonly rowStart: number;
}

export class RowOrigins {
  /** By column, the text of each code. Texts are only added. */
  readonly texts: readonly string[][] = originPaths.map(() => []);
  private runs: OriginRun[] = [{ format: 'events', isSummary: false, rowStart: 0 }];

  /** The rows from `rowStart` on are of this origin. */
  start({ format, isSummary }: RowOrigin, rowStart: number): void {
    const last = this.runs.at(-1);
    if (last?.format === format && last.isSummary === isSummary) return;
    if (last?.rowStart === rowStart) this.runs.pop();
    this.runs.push({ format, isSummary, rowStart });
  }

  /** One code per row, for the segment's own path numbers. */
  columns(rowCount: number, paths: readonly number[]): CodedColumn[] {
    const rows = new Uint32Array(rowCount);
    for (let row = 0; row < rowCount; row += 1) rows[row] = row;
    return originPaths.map((_, column) => {
      const codes = new Uint32Array(rowCount);
      this.runs.forEach((run, i) => {
        const text = column === 0 ? run.format : run.isSummary ? SUMMARY : FULL;
        const rowEnd = this.runs[i + 1]?.rowStart ?? rowCount;
        if (rowEnd > run.rowStart) codes.fill(this.codeOf(column, text), run.rowStart, rowEnd);
      });
      return compactColumn(paths[column] ?? 0, rows, codes);
    });
  }

  /** One bit per row, as `Segment.summaryRows` has them; null where no row is a summary. */
  summaryRows(rowCount: number): Uint8Array | null {
    return this.rowsWhere(({ isSummary }) => isSummary, rowCount);
  }

  /** Likewise, as `Segment.lesserRows` has them. */
  lesserRows(rowCount: number): Uint8Array | null {
    return this.rowsWhere(({ format, isSummary }) => isSummary || columnFormats.has(format), rowCount);
  }

  private rowsWhere(isWanted: (run: OriginRun) => boolean, rowCount: number): Uint8Array | null {
    if (!this.runs.some((run) => isWanted(run) && run.rowStart < rowCount)) return null;
    const bits = new Uint8Array((rowCount + 7) >> 3);
    this.runs.forEach((run, i) => {
      if (!isWanted(run)) return;
      const rowEnd = this.runs[i + 1]?.rowStart ?? rowCount;
      for (let row = run.rowStart; row < rowEnd; row += 1) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
    });
    return bits;
  }

  /** The rows are gone; those to come are of the origin of the last ones. */
  clear(): void {
    this.runs = this.runs.slice(-1).map((run) => ({ ...run, rowStart: 0 }));
  }

  private codeOf(column: number, text: string): number {
    const texts = this.texts[column] ?? [];
    const known = texts.indexOf(text);
    if (known >= 0) return known;
    texts.push(text);
    return texts.length - 1;
  }
}
