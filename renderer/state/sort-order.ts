/** The order of the list as its headers show and change it. */
import type { FieldOrder, SortOrder } from '#contract/query';

/** An order by time as one by the field `time`, so that all columns are alike. */
export function fieldOrder(order: SortOrder): FieldOrder {
  if (typeof order !== 'string') return order;
  return { field: 'time', direction: order === 'oldest-first' ? 'ascending' : 'descending' };
}

/** The order after a press on the header of a field: the other way round, or ascending where it was by another field. */
export function orderAfterPress(order: SortOrder, field: string): SortOrder {
  const now = fieldOrder(order);
  const direction = now.field === field && now.direction === 'ascending' ? 'descending' : 'ascending';
  if (field === 'time') return direction === 'ascending' ? 'oldest-first' : 'newest-first';
  return { field, direction };
}
