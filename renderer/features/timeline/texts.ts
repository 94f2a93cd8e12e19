/** All that the timeline says, in reading order. What every histogram says is in `ui/texts.ts`. */
import { counted, formatCount } from '#core/figures';

export const texts = {
  region: 'Timeline',
  series: { error: 'Errors', write: 'Writes', read: 'Reads', unstated: 'Not stated' },
  rest: 'Others',
  emptyValue: '(empty)',
  breakDown: 'Break the bars down by',
  byClass: 'by class',
  by: (field: string) => `by ${field}`,
  uncounted: 'Too many values to break down by',
  waiting: 'Waiting for the first events…',
  noEvents: 'No events',
  noTimes: 'No matching event has a time',
  undated: (count: number) => `${formatCount(count)} without a time`,
  undatedTitle: 'In the list after all others. Only these; press again for all',
  spanReplaced: 'These have no place in a span of time: the chosen span is replaced',
  outOfRange: (count: number) => `${formatCount(count)} out of range`,
  outOfRangeTitle: 'Before 2006 or after 2099: such a time cannot be right. Only these; press again for all',
  spikes: {
    name: 'Spikes',
    previous: 'Previous spike',
    next: 'Next spike',
    title: 'Bars far above the others',
    count: (at: number, count: number) => (at < 0 ? counted(count, 'spike') : `spike ${at + 1} of ${count}`),
  },
  trails: {
    name: 'Changes of what trails record',
    one: (time: string, event: string, by: string, error: string | null) =>
      `${time}: ${event} by ${by}${error === null ? '' : `, failed: ${error}`}`,
    more: (count: number) => `and ${formatCount(count)} more`,
  },
  fit: 'Fit',
  fitTitle: 'Zoom to the span of the matching events (f)',
  zoomOut: 'Zoom out',
  log: 'log',
  logTitle: 'Logarithmic scale: one event stays visible beside ten thousand',
} as const;
