/** All that the choice of a field says, in reading order. */
import { counted, formatCount } from '#core/figures';

export const texts = {
  picker: {
    addColumn: 'Add a column',
    addFacet: 'Add a facet',
    search: 'Name or path of a field',
    placeholder: 'Name or path',
    fields: 'Fields',
    none: 'No field of the data has this in its name.',
    more: (count: number) => `${formatCount(count)} more: type to narrow down.`,
    all: (count: number) => `${counted(count, 'field')}, with the number of events that have a value there.`,
  },
} as const;
