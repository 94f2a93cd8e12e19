/** What the bars are made of: the classes of events, or the values of a field. */
import type { Timeline } from '#contract/query';
import { fieldType } from '#core/fields';
import { nameOfPrincipal } from '#core/principal';
import type { Selection } from '#core/query/clauses';
import type { HistogramSeries } from '../../ui/histogram-series';
import { texts } from './texts';

const classes = [
  { id: 'error', label: texts.series.error, colorVar: '--error', letter: 'E' },
  { id: 'write', label: texts.series.write, colorVar: '--write', letter: 'W' },
  { id: 'read', label: texts.series.read, colorVar: '--read', letter: 'R' },
  { id: 'unstated', label: texts.series.unstated, colorVar: '--unstated', letter: '·' },
] as const;

/** Errors stand at the bottom, where small counts are seen best. Events that state no class have a series only where there are any. */
export function classSeries(timeline: Timeline, chosen: Selection): readonly HistogramSeries[] {
  const { inRange } = timeline;
  return classes
    .map((one) => ({ ...one, values: timeline[one.id] }))
    .filter(({ id, values }) => id !== 'unstated' || values.some((count) => count > 0))
    .map((one) => ({
      ...one,
      value: one.id,
      ...(inRange === null ? {} : { total: inRange[one.id] }),
      ...choiceOf(one.id, chosen),
    }));
}

/** The number of a value, its pattern and its colour go together. */
const looks = [
  { colorVar: '--series-1', letter: '1' },
  { colorVar: '--series-2', letter: '2', pattern: 'hatch' },
  { colorVar: '--series-3', letter: '3', pattern: 'rows' },
  { colorVar: '--series-4', letter: '4', pattern: 'grid' },
  { colorVar: '--series-5', letter: '5', pattern: 'back' },
] as const;

/** The most frequent at the bottom, the rest on top; which cannot be asked for. */
export function valueSeries(
  { field, values, rest }: NonNullable<Timeline['breakdown']>,
  chosen: Selection,
): readonly HistogramSeries[] {
  const names = values.map(({ label }) => (fieldType(field) === 'identity' ? nameOfPrincipal(label) : label));
  const series = values.flatMap(({ value, label, counts, total }, at): HistogramSeries[] => {
    const look = looks[at];
    if (look === undefined) return [];
    const name = names[at] ?? label;
    const isOnly = names.indexOf(name) === names.lastIndexOf(name);
    const shown = value === '' ? texts.emptyValue : isOnly ? name : label;
    return [{ id: `value ${value}`, value, label: shown, values: counts, total, ...look, ...choiceOf(value, chosen) }];
  });
  if (rest.total === 0 && rest.counts.every((count) => count === 0)) return series;
  const other = { id: 'rest', label: texts.rest, letter: '…', colorVar: '--series-rest' } as const;
  return [...series, { ...other, values: rest.counts, total: rest.total }];
}

function choiceOf(value: string, { included, excluded }: Selection): Pick<HistogramSeries, 'choice'> {
  if (included.length === 1 && included[0] === value && excluded.length === 0) return { choice: 'only' };
  const isLeftOut = excluded.includes(value) || (included.length > 0 && !included.includes(value));
  return isLeftOut ? { choice: 'left-out' } : {};
}
