/** One event's row for the list: the named fields' values and the columns asked for. */
import { epochMs, rowId } from '#contract/ids';
import type { EventClass, EventRow } from '#contract/events';
import { standInTimes } from '#core/fields';
import { describeRecordKind, recordKindPaths } from '#core/record-kind';
import { nameOfPrincipal } from '#core/principal';
import { shortServiceName } from '#core/query/match';
import { isRecordFormat, type RecordFormat } from '#contract/record-formats';
import { hasBit } from '../index/bitset';
import type { Block } from '../index/block';
import type { VisibleIndex } from '../visibility/visible-index';
import { textsOf } from '../index/path-values';
import { resolveField, type ResolvedField } from './fields';

const recordKindNames = Object.keys(recordKindPaths) as (keyof typeof recordKindPaths)[];
const shown = [
  'service',
  'event',
  'identity',
  'kind',
  'region',
  'ip',
  'result',
  'class',
  'time',
  'format',
  ...recordKindNames.map((name) => recordKindPaths[name]),
] as const;
const classes: ReadonlySet<string> = new Set<EventClass>(['error', 'write', 'read', 'unstated']);

/** Reads the rows of one page. Looks up field names once for all of them. */
export class RowReader {
  private readonly index: VisibleIndex;
  private readonly fields: ReadonlyMap<string, ResolvedField>;
  private readonly columns: readonly ResolvedField[];
  private readonly longest: number;

  /** `longest`: the most characters of a cell; a hostile event can have millions. */
  constructor(index: VisibleIndex, columns: readonly string[] = [], longest = Infinity) {
    this.index = index;
    this.longest = longest;
    this.fields = new Map(shown.map((name) => [name, resolveField(index, name)]));
    this.columns = columns.map((name) => resolveField(index, name));
  }

  /** The format the row was read from. */
  format(row: number): RecordFormat {
    const format = this.text(row, 'format');
    return isRecordFormat(format) ? format : 'records';
  }

  /** Undefined where there is no such row, or its source was removed. */
  read(row: number): EventRow | undefined {
    const block = this.index.blockOf(row);
    if (block === undefined || hasBit(this.index.visible.removed, row)) return undefined;
    const local = row - block.base;
    const named = (name: (typeof shown)[number]): string => this.text(row, name);
    const time = block.times.at(local);
    const eventClass = named('class');
    const principal = named('identity');
    const { duplicates } = this.index.visible;
    return {
      row: rowId(row),
      time: Number.isNaN(time) ? null : epochMs(time),
      timeText: named('time'),
      ...this.standInOf(block, local),
      service: named('service'),
      event: named('event'),
      identity: nameOfPrincipal(principal),
      identityKind: named('kind'),
      principal,
      region: named('region'),
      ip: named('ip'),
      result: named('result'),
      eventClass: classes.has(eventClass) ? (eventClass as EventClass) : 'unstated',
      recordKind: describeRecordKind(
        Object.fromEntries(recordKindNames.map((name) => [name, named(recordKindPaths[name])])),
      ),
      format: this.format(row),
      isSummary: block.hashes.isSummary(local),
      ...(block.hashes.isAppended(local) ? { isAppended: true } : {}),
      isDuplicate: duplicates.isDuplicate(row),
      otherVersions: duplicates.otherVersionsOf(row),
      cells: this.columns.map((field) => this.cell(block, local, field)),
    };
  }

  /** The field that an event's time is from where it has no `eventTime`. */
  private standInOf(block: Block, local: number): Pick<EventRow, 'timeFrom'> {
    const { paths = [], standIns = [] } = this.fields.get('time') ?? {};
    const hasTime = !Number.isNaN(block.times.at(local));
    if (standIns.length === 0 || !hasTime || block.times.isCanonical(local)) return {};
    const path = paths.find((each) => textsOf(this.index, block, local, each).some((text) => text !== ''));
    if (path === undefined || !standIns.includes(path)) return {};
    const timeFrom = standInTimes.find((time) => time.path === this.index.paths.text(path))?.key;
    return timeFrom === undefined ? {} : { timeFrom };
  }

  private text(row: number, name: (typeof shown)[number]): string {
    const block = this.index.blockOf(row);
    const field = this.fields.get(name);
    return block === undefined || field === undefined ? '' : (this.cell(block, row - block.base, field) ?? '');
  }

  /** The values under the field's first path that has any. */
  private cell(block: Block, local: number, field: ResolvedField): string | null {
    for (const path of field.paths) {
      const values = textsOf(this.index, block, local, path);
      if (values.length === 0) continue;
      const text = (field.type === 'service' ? values.map(shortServiceName) : values).join(', ');
      return text.length > this.longest ? `${text.slice(0, this.longest)}…` : text;
    }
    return field.computed?.textOf(this.index, block, local) ?? null;
  }
}
