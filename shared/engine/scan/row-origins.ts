/** What the current rows were read from, as columns and sets of rows: nearly always one format for all of them. */
import { derivedPaths, summaryValue } from '#core/fields';
import { recordFormats, type RecordFormat } from '#contract/record-formats';
import { compactColumn } from './compact-column';
import type { CodedColumn } from './segment';

/** What an event built from fields may lack because its source does not include them. */
export interface Lacks {
  /** Request and response did not come with the event. */
  readonly isSummary: boolean;
  /** Its source does not include errors, so its outcome is unstated. */
  readonly isOutcomeUnstated: boolean;
}

/** The origin of a full event. */
export const lacksNothing: Lacks = { isSummary: false, isOutcomeUnstated: false };

export interface RowOrigin extends Lacks {
  readonly format: RecordFormat;
}

/** The derived paths, in the order of {@link RowOrigins.columns}. */
export const originPaths: readonly string[] = [derivedPaths.format, derivedPaths.completeness];

interface OriginRun extends Omit<RowOrigin, 'isOutcomeUnstated'> {
  readonly rowStart: number;
  /** In a later gzip member of a file, where CloudTrail writes one. */
  readonly isAppended: boolean;
}

/** By column, the text of a run's rows. */
const textsOf: readonly ((run: OriginRun) => string)[] = [
  ({ format }) => format,
  ({ isSummary }) => (isSummary ? summaryValue : 'full'),
];

export class RowOrigins {
  /** By column, the text of each code. Texts are only added. */
  readonly texts: readonly string[][] = originPaths.map(() => []);
  private runs: OriginRun[] = [{ format: 'events', isSummary: false, isAppended: false, rowStart: 0 }];

  /** The rows from `rowStart` on are of this origin. The scanner records whether their outcome is stated. */
  start({ format, isSummary }: RowOrigin, rowStart: number): void {
    const isAppended = this.runs.at(-1)?.isAppended === true;
    this.startRun({ format, isSummary, isAppended, rowStart });
  }

  /** Whether the rows from `rowStart` on are in a gzip member after CloudTrail's own. */
  startAppended(isAppended: boolean, rowStart: number): void {
    const { format, isSummary } = this.runs.at(-1) ?? { format: 'events', isSummary: false };
    this.startRun({ format, isSummary, isAppended, rowStart });
  }

  private startRun(run: OriginRun): void {
    const last = this.runs.at(-1);
    const isSame =
      last?.format === run.format && last.isSummary === run.isSummary && last.isAppended === run.isAppended;
    if (isSame) return;
    if (last?.rowStart === run.rowStart) this.runs.pop();
    this.runs.push(run);
  }

  /** One code per row, for the segment's own path numbers. */
  columns(rowCount: number, paths: readonly number[]): CodedColumn[] {
    return textsOf.map((textOf, column) => {
      const rows = Uint32Array.from({ length: rowCount }, (_, row) => row);
      const codes = new Uint32Array(rowCount);
      this.runs.forEach((run, i) => {
        codes.fill(this.codeOf(column, textOf(run)), run.rowStart, this.runs[i + 1]?.rowStart ?? rowCount);
      });
      return compactColumn(paths[column] ?? 0, rows, codes);
    });
  }

  /** One bit per row, as `Segment.summaryRows` has them; null where no row is a summary. */
  summaryRows(rowCount: number): Uint8Array | null {
    return this.rowsWhere(({ isSummary }) => isSummary, rowCount);
  }

  /** Likewise, as `Segment.partialRows` has them. */
  partialRows(rowCount: number): Uint8Array | null {
    return this.rowsWhere(({ format, isSummary }) => isSummary || recordFormats[format].isByColumns === true, rowCount);
  }

  /** Likewise, as `Segment.appendedRows` has them. */
  appendedRows(rowCount: number): Uint8Array | null {
    return this.rowsWhere(({ isAppended }) => isAppended, rowCount);
  }

  private rowsWhere(isWanted: (run: OriginRun) => boolean, rowCount: number): Uint8Array | null {
    if (!this.runs.some((run) => isWanted(run) && run.rowStart < rowCount)) return null;
    const bits = new Uint8Array((rowCount + 7) >> 3);
    this.runs.forEach((run, i) => {
      if (!isWanted(run)) return;
      const rowEnd = this.runs[i + 1]?.rowStart ?? rowCount;
      for (let row = run.rowStart; row < rowEnd; row++) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
    });
    return bits;
  }

  /** Clears the rows; the next ones have the origin of the last. */
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
