/** `--group`: one row for each value of a field, or for each pair of values of two. */
import type { EpochMs } from '#contract/ids';
import { type GroupColumn, groupColumns, type Groups, type GroupsRequest } from '#contract/query';
import { fieldType } from '#core/fields';
import { counted, formatCount } from '#core/figures';
import { sparkText } from '#core/spark-text';
import { formatIso } from '#core/time';
import { UsageError } from './command-line';
import type { EngineThread } from './engine-thread';
import { columns, printable } from './printable';
import type { Question } from './query-answer';

export interface Groupings {
  /** One or two fields each. */
  readonly fields: readonly (readonly string[])[];
  readonly sort: GroupsRequest['sort'];
}

/** Bins of a row of the table for reading. */
const tableBins = 24;
const longestValue = 72;
const longestPrincipal = 168;

/** Throws {@link UsageError} where the text is not one or two fields. */
export function readGroupFields(text: string): readonly string[] {
  const fields = text.split(',').map((field) => field.trim());
  if (fields.includes('') || fields.length > 2)
    throw new UsageError(`--group takes one field, or two with a comma between, not ${JSON.stringify(text)}`);
  return fields;
}

/** `count`, `first:asc`. Throws {@link UsageError} where there is no such column. */
export function readGroupSort(text = 'count'): GroupsRequest['sort'] {
  const [name = '', direction = ''] = text.split(':');
  const column = groupColumns.find((known) => known === name);
  if (column === undefined || !['', 'asc', 'desc'].includes(direction))
    throw new UsageError(`--sort takes ${groupColumns.join(', ')}, with :asc or :desc, not ${JSON.stringify(text)}`);
  const isValue = column === 'value' || column === 'second-value';
  const isAscending = direction === '' ? isValue : direction === 'asc';
  return { column, direction: isAscending ? 'ascending' : 'descending' };
}

/** The groups of each grouping, under the whole query. Rejects with `bad-query`. */
export async function askGroups(
  client: EngineThread['client'],
  { text, withDuplicates, top, bins }: Question,
  { fields, sort }: Groupings,
  asJson: boolean,
): Promise<readonly Groups[]> {
  const maxBins = asJson ? bins : tableBins;
  const timeline = maxBins === null ? null : { from: null, to: null, maxBins };
  const asked = fields.map((each) =>
    client.call('query.groups', { text, withDuplicates, fields: each, sort, start: 0, limit: top, timeline }),
  );
  return Promise.all(asked);
}

/** Null where nothing was to be grouped. */
export function groupsJson(groups: readonly Groups[]): string | null {
  if (groups.length === 0) return null;
  const iso = (time: EpochMs | null): string | null => (time === null ? null : formatIso(time));
  const shown = groups.map(({ fields, total, missing, repeated, uncounted, rows, bins }) => ({
    ...{ fields, total, missing, repeated },
    ...(uncounted === true ? { uncounted: tooMany(fields) } : {}),
    rows: rows.map(({ bins: ownBins, ...row }) => ({
      ...{ ...row, first: iso(row.first), last: iso(row.last) },
      ...(bins === null ? {} : { bins: ownBins }),
    })),
    ...(bins === null ? {} : { bins: { ...bins, origin: iso(bins.origin) } }),
  }));
  return JSON.stringify(shown);
}

/** Tables for reading; empty where nothing was to be grouped. */
export function groupsTable(groups: readonly Groups[]): string {
  return groups.map(tableOf).join('');
}

const headings = {
  count: 'COUNT',
  first: 'FIRST SEEN (UTC)',
  last: 'LAST SEEN (UTC)',
  errors: 'ERRORS',
  writes: 'WRITES',
  addresses: 'ADDRESSES',
  events: 'EVENT NAMES',
} as const satisfies Partial<Record<GroupColumn, string>>;

type Figure = keyof typeof headings;
const figures = Object.keys(headings) as Figure[];

function tableOf({ fields, total, missing, repeated, uncounted, rows }: Groups): string {
  const title = printable(fields.join(' × ').toUpperCase());
  if (uncounted === true) return `${title}\n  ${tooMany(fields)}\n\n`;
  const cellOf = (row: (typeof rows)[number], figure: Figure): string => {
    const value = row[figure];
    if (figure !== 'first' && figure !== 'last') return formatCount(value ?? 0);
    return value === null ? 'no time' : formatIso(value as EpochMs);
  };
  const values = columns(
    [fields.map((field) => field.toUpperCase()), ...rows.map((row) => row.values)].map((cells) => [...cells, '']),
    [...fields.map((field) => (fieldType(field) === 'identity' ? longestPrincipal : longestValue)), 0],
  );
  const cells = rows.map((row) => figures.map((figure) => cellOf(row, figure)));
  const widths = figures.map((figure, at) =>
    Math.max(headings[figure].length, ...cells.map((row) => row[at]?.length ?? 0)),
  );
  const padded = (row: readonly string[]): string => row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ');
  const table = [figures.map((figure) => headings[figure]), ...cells].map(
    (row, at) => `${values[at] ?? ''}${padded(row)}  ${at === 0 ? 'WHEN' : sparkText(rows[at - 1]?.bins ?? [])}`,
  );
  const ofOne = fields.length > 1 ? ' of one of the fields' : '';
  const remarks = [
    total > rows.length ? `… ${counted(total - rows.length, 'more group')} (--top)` : '',
    missing > 0 ? `${counted(missing, 'event has', 'events have')} no value${ofOne}` : '',
    repeated > 0
      ? `several values${ofOne}: ${counted(repeated, 'event counts', 'events count')} in more than one group`
      : '',
  ].filter((remark) => remark !== '');
  const lines = [...(rows.length === 0 ? [] : table), ...remarks].map((line) => `  ${line.trimEnd()}\n`);
  return `${title}: ${counted(total, 'group')}\n${lines.join('')}\n`;
}

function tooMany(fields: readonly string[]): string {
  return `not counted: ${fields.length === 1 ? 'the field has' : 'a field has'} too many values, nearly all different; narrow the query`;
}
