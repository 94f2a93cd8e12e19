/** Splits the bytes of a table (CSV, tabs, bars) into rows and cells: quotes, doubled quotes, line breaks in quotes, CRLF, CRCRLF, CR alone. */
import { decodeWtf8 } from '../text/wtf8';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quoteByte = 0x22;
/** No table of events has as many columns; a row of nothing but commas would take all memory. */
const maxCells = 4096;

/** How a row was read. */
export type CsvRow =
  | {
      readonly kind: 'row';
      readonly cells: readonly string[];
      /** After the last cell. */
      readonly end: number;
      /** After the line break. */
      readonly next: number;
    }
  /** It runs past the end of the bytes. */
  | { readonly kind: 'needMore' }
  /** Text follows a closing quote, so a quote is missing or extra; or there are thousands of cells. */
  | { readonly kind: 'broken'; readonly at: number };

/**
 * Reads the row at `start`. With `isLast` there are no more bytes, and their end may end the row.
 *
 * A quote within an unquoted cell is an ordinary character.
 *
 * @param lineBreak what ends a row: a line feed, with any carriage returns before it, or a carriage return: see {@link lineBreakOf}
 */
export function readRow(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  isLast: boolean,
  lineBreak: number = lineFeed,
): CsvRow {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    let close: number;
    if (at < end && bytes[at] === quoteByte) {
      close = quoteEnd(bytes, at, end);
      if (close < 0) return { kind: 'needMore' };
      const text = decodeWtf8(bytes, at + 1, close - 1);
      cells.push(text.includes('""') ? text.replaceAll('""', '"') : text);
    } else {
      close = at;
      while (close < end && bytes[close] !== delimiter && bytes[close] !== lineBreak) close++;
      const isLastCell = bytes[close] === lineBreak || close === end;
      cells.push(decodeWtf8(bytes, at, isLastCell ? rowEnd(bytes, at, close) : close));
    }
    if (close >= end) {
      if (!isLast) return { kind: 'needMore' };
      return { kind: 'row', cells, end: rowEnd(bytes, start, end), next: end };
    }
    if (bytes[close] === delimiter) {
      if (cells.length === maxCells) return { kind: 'broken', at: close };
      at = close + 1;
      continue;
    }
    let feed = close;
    while (lineBreak === lineFeed && feed < end && bytes[feed] === carriageReturn) feed++;
    if (feed >= end) {
      if (!isLast) return { kind: 'needMore' };
    } else if (bytes[feed] !== lineBreak) {
      return { kind: 'broken', at: close };
    }
    return { kind: 'row', cells, end: rowEnd(bytes, start, feed), next: Math.min(end, feed + 1) };
  }
}

/** What ends the rows of a table that begins at `start`: programs of old Macs write carriage returns alone. */
export function lineBreakOf(bytes: Uint8Array, start: number, end: number, isLast: boolean): number | 'needMore' {
  let inQuotes = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === quoteByte) inQuotes = !inQuotes;
    if (inQuotes || (byte !== lineFeed && byte !== carriageReturn)) continue;
    let feed = at;
    while (feed < end && bytes[feed] === carriageReturn) feed++;
    if (feed >= end && !isLast) return 'needMore';
    return bytes[feed] === lineFeed && feed < end ? lineFeed : carriageReturn;
  }
  return isLast ? lineFeed : 'needMore';
}

/** The offset after the quote that closes the one at `start`; -1 where the bytes end first, even if the next byte might be a doubling quote. */
function quoteEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  for (;;) {
    const quote = bytes.indexOf(quoteByte, at);
    if (quote < 0 || quote >= end) return -1;
    if (quote + 1 < end && bytes[quote + 1] === quoteByte) at = quote + 2;
    else return quote + 1;
  }
}

/** Where a row ends whose line break begins at `end`: text written twice in Windows' text mode has several carriage returns. */
function rowEnd(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && bytes[last - 1] === carriageReturn) last--;
  return last;
}
