/** All that the parts of the window say themselves, whatever they are part of. */
import type { FacetValue } from '#contract/query';
import { counted, formatCount } from '#core/figures';

export const texts = {
  dialog: { close: 'Close' },
  problem: { retry: 'Try again' },
  toast: { dismiss: 'Dismiss' },

  list: {
    markColumn: 'Mark',
    marked: 'marked',
    /** Heard with each header. */
    columnKeys: 'Shift and arrows resize the column, Ctrl and arrows move it.',
  },

  facet: {
    values: (count: number) => counted(count, 'value'),
    /** Heard behind the figure. */
    chosen: 'chosen',
    chosenCount: (count: number) => `${formatCount(count)} chosen`,
    group: (facet: string) => `Group by ${facet}`,
    search: (facet: string) => `Search in ${facet}`,
    mostFirst: 'Most common first; show least common first',
    leastFirst: 'Least common first; show most common first',
    remove: (facet: string) => `Remove the facet ${facet}`,
    none: 'none',
    noValues: 'No values among these events',
    noneFound: 'No value contains this text',
    more: (count: number) => `${formatCount(count)} more`,
    fewer: 'fewer',
    /** On the button, and as it is heard. */
    missing: (count: number) => `${formatCount(count)} without`,
    missingLabel: (count: number) => `${formatCount(count)} without a value`,
    missingTitle: 'Only events without a value; press again for all',
  },
  facetValue: {
    empty: '(empty)',
    states: { none: '', included: 'included', excluded: 'excluded' } satisfies Record<FacetValue['state'], string>,
    /** How a value was chosen by a name that it shares with others. */
    chosenByName: (state: string, name: string) => `${state} by the name ${name}`,
    sharedName: (chosen: string) => `${chosen}, which other values share`,
    include: (value: string) => `Include ${value}`,
    exclude: (value: string) => `Exclude ${value}`,
    only: 'only',
    onlyOne: (value: string) => `Only ${value}`,
    onlyTitle: 'Only this value',
  },

  histogram: {
    label: 'Events over time',
    perBar: (step: string, isLog: boolean) => `${step} per bar${isLog ? ', log scale' : ''}`,
    /** Heard in place of the bars. */
    summary: (span: string, most: number, step: string) => `${span}, at most ${formatCount(most)} in ${step}.`,
    parts: { from: 'Start of the chosen span', both: 'The chosen span', to: 'End of the chosen span' },
    legend: {
      none: (series: string) => `Only: ${series}`,
      only: (series: string) => `Not only: ${series}`,
      'left-out': (series: string) => `Left out by the query. Only: ${series}`,
    },
    none: 'No events in this span',
    total: 'Total',
  },

  json: {
    label: 'Record',
    actions: {
      and: 'Only events with this value',
      without: 'Only events without this value',
      column: 'Add as a column',
      facet: 'Add as a facet',
      copy: 'Copy the value',
    },
    actionFor: (action: string, field: string) => `${action}: ${field}`,
    more: (count: number) => `${formatCount(count)} more`,
    whole: (characters: number) => `all ${formatCount(characters)} characters`,
    rest: (count: number) => `The rest of the record: ${counted(count, 'value')}`,
    decoded: 'decoded JSON',
    notes: { redacted: 'redacted by AWS', omitted: 'left out by AWS: too large' },
  },

  raw: {
    region: 'Raw text',
    layout: 'Layout of the raw text',
    pretty: 'Formatted',
    asIs: 'As written',
    extent: 'How much is shown',
    event: 'Event',
    file: 'As in the file',
    fileTitle: 'With what is around it in the file',
    more: (characters: number) => `${formatCount(characters)} more characters`,
  },
} as const;
