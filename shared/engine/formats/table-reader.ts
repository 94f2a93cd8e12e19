/** Reads the rows of a table: each is an event, or holds one. */
import { exactBytes } from '#core/figures';
import { encodeWtf8 } from '../text/wtf8';
import { readRow } from './csv';
import type { Input } from './input';
import type { ReaderParts } from './reader-parts';
import { isSepLine, repeatedColumns, unreadEvents, type TableShape } from './table';
import { RereadBudget } from './reread-budget';
import type { ReportProblem, WrappedEvents } from './wrapped-events';

const nul = 0x00;

export class TableReader {
  /** A table has no end of its own. */
  readonly isDone = false;
  private readonly shape: TableShape;
  private readonly input: Input;
  private readonly wrapped: WrappedEvents;
  private readonly recordBytes: number;
  private readonly report: ReportProblem;
  private readonly budget = new RereadBudget();
  /** The current lines are the rest of a broken row: they are tried, but not reported one by one. */
  private isRecovering = false;
  /** Columns whose events are not read were reported, which is done once. */
  private hasToldUnread = false;
  /** The rest of the line is part of a row that was too long. */
  private inLostLine = false;

  constructor({ input, wrapped, recordBytes, report }: ReaderParts, shape: TableShape) {
    this.shape = shape;
    this.input = input;
    this.wrapped = wrapped;
    this.recordBytes = recordBytes;
    this.report = report;
    const repeated = repeatedColumns(shape);
    if (repeated !== null) report('oddity', repeated, input.at, 'note');
  }

  /** Reads one row. False where more bytes are needed, or none are left. */
  step(): boolean {
    const { input } = this;
    if (this.inLostLine) {
      this.inLostLine = false;
      return this.passLine();
    }
    if (input.at >= input.end) return false;
    const { delimiter, lineBreak } = this.shape;
    const row = readRow(input.bytes, input.at, input.end, delimiter, input.isLast, lineBreak);
    if (row.kind === 'needMore') return this.starve();
    if (row.kind === 'broken')
      return this.lose('no row of this table: a quote is missing or too many, or it has thousands of cells', row.at);
    if (row.end > input.at && (this.isHeader(row.cells) || isSepLine(row.cells))) {
      input.at = row.next;
      return true;
    }
    if (row.end === input.at || isPadding(input.bytes, input.at, row.end)) {
      input.at = row.next;
      return true;
    }
    const columns = this.shape.header.length;
    const { length } = row.cells;
    if (length < columns || row.cells.slice(columns).some((cell) => cell !== '')) {
      return this.lose(
        `the header has another number of cells: ${String(columns)}, and this row ${String(length)}`,
        row.next,
      );
    }
    this.readCells(row.cells, row.end);
    input.at = row.next;
    return true;
  }

  private readCells(cells: readonly string[], end: number): void {
    const { input, shape, wrapped } = this;
    const place = { bytes: input.bytes, start: input.at, end };
    const text = encodeWtf8(shape.eventOf(cells));
    const { format, isSummary, isOutcomeUnstated } = shape;
    if (shape.wholeColumn === null) {
      const span = { bytes: text, start: 0, end: text.length };
      wrapped.scan({ span, isInPlace: false, place, format, isSummary, isOutcomeUnstated, fallback: null, row: null });
    } else {
      const unread = this.hasToldUnread ? null : unreadEvents(shape, cells);
      if (unread !== null) {
        this.report('bad-row', unread, input.at);
        this.hasToldUnread = true;
      }
      const inside = wrapped.fromText(text, place, format);
      if (inside.found + inside.controls + inside.unknown === 0) {
        const name = shape.header[shape.wholeColumn] ?? '';
        this.report('not-events', `no event in the column "${name}" of this row`, input.at);
      }
    }
    this.isRecovering = false;
  }

  /** A table may be several joined tables, each with its header. */
  private isHeader(cells: readonly string[]): boolean {
    const { header } = this.shape;
    return cells.length === header.length && cells.every((cell, i) => cell.replace(/^\ufeff/, '') === header[i]);
  }

  /** The row here is lost, but as little else as possible: the next one begins on one of the next lines. */
  private lose(message: string, stoppedAt: number): boolean {
    const { input } = this;
    if (!this.isRecovering) this.report('bad-row', message, input.at);
    this.isRecovering = true;
    if (!this.budget.spend(stoppedAt - input.at, input.total)) input.at = Math.max(stoppedAt - 1, input.at);
    return this.passLine();
  }

  private passLine(): boolean {
    const { input } = this;
    const feed = input.bytes.indexOf(this.shape.lineBreak, input.at);
    if (feed >= 0 && feed < input.end) {
      input.at = feed + 1;
      return true;
    }
    this.inLostLine = true;
    input.at = input.end;
    return false;
  }

  private starve(): boolean {
    const { input, recordBytes } = this;
    if (input.end - input.at >= recordBytes) {
      return this.lose(`a row of more than ${exactBytes(recordBytes)}`, input.end);
    }
    if (input.isLast) return this.lose('a quote that opens a cell is never closed', input.end);
    input.wait(recordBytes);
    return false;
  }
}

function isPadding(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== nul) return false;
  return true;
}
