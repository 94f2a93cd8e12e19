/** Events as a table to paste into a spreadsheet or a report. */

/**
 * Rows of cells as tab-separated lines, the header first. Within a cell, tabs and line breaks become spaces, since they would begin another cell or
 * row; all else stays as it is: a value that begins with `=` is evidence, and an apostrophe before it would alter it.
 */
export function toTsv(header: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  return [header, ...rows].map((cells) => cells.map(cellOf).join('\t')).join('\n');
}

function cellOf(text: string | null): string {
  return (text ?? '').replaceAll(/\r\n|[\t\n\r\v\f\u0085\u2028\u2029]/g, ' ');
}

/** Records as JSON, each as it stands in its file: one alone, several as an array. */
export function toJson(records: readonly string[]): string {
  const [first = ''] = records;
  return records.length <= 1 ? first : `[\n${records.join(',\n')}\n]`;
}
