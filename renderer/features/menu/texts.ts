/** All that the context menu says: on a value, a row of the list, a bar of the timeline. */
import { counted } from '#core/figures';

export const texts = {
  /** The name of the menu where no value is its heading. */
  label: { event: 'What to do with the event', span: 'What to do with the span' },
  value: (field: string, value: string) => `${field}: ${value}`,
  emptyValue: '(empty)',
  and: { value: 'Filter in: and this value', span: 'Filter in: and this span' },
  without: { value: 'Filter out: without this value', span: 'Filter out: without this span' },
  only: {
    value: (field: string) => `Only this: no other test of ${field}`,
    span: 'Only this: no other filter',
  },
  facetUp: 'Move up',
  facetDown: 'Move down',
  facetRemove: 'Remove the facet',
  column: 'Add as a column',
  columnAdded: (field: string) => `Column added: ${field}`,
  facet: 'Add as a facet',
  facetAdded: (field: string) => `Facet added: ${field}`,
  group: (field: string) => `Group by ${field}`,
  around: {
    event: 'Around this event: all within 5 minutes',
    span: 'Around this span: all, with 5 minutes either side',
  },
  copyValue: 'Copy the value',
  copySpan: 'Copy the span',
  copied: { value: 'Value', span: 'Span' },
  copyTable: (events: number) => (events > 1 ? `Copy ${counted(events, 'event')} as a table` : 'Copy the row'),
  copyJson: (events: number) => (events > 1 ? `Copy ${counted(events, 'event')} as JSON` : 'Copy the record as JSON'),
} as const;
