/** All that the command palette says itself; commands and topics have the words of the shortcuts and the help. */
import { formatCount } from '#core/figures';

export const texts = {
  title: 'Command palette',
  search: 'Find a command, field, value or topic',
  placeholder: 'A command, a field, a value, a topic of the help, a recent archive',
  found: 'Found',
  /** What an entry is, beside it. */
  kinds: {
    command: 'command',
    archive: 'recent archive',
    value: 'filter',
    field: 'query',
    column: 'column',
    facet: 'facet',
    topic: 'help',
  },
  entries: {
    column: (field: string) => `Add column: ${field}`,
    facet: (field: string) => `Add facet: ${field}`,
    archive: (name: string) => `Open ${name}`,
    ofTheApp: { about: 'About Trailglass', licences: 'Licences', diagnostics: 'Copy diagnostics' },
  },
  none: (typed: string) => `Nothing here is like “${typed}”. Search the events for it in the query bar instead.`,
  count: (shown: number, all: number) =>
    all > shown
      ? `${formatCount(all)} found; the first ${shown} are listed. Type more to narrow them.`
      : `${formatCount(all)} found`,
} as const;
