/** Which colour of `renderer/app.css` stands on which: what the contrast test computes. A new use of a colour is one more name here. */

/** What lies behind: a token, or a token of some share over another surface. */
export const surfaces = {
  page: ['bg'],
  raised: ['bg-raised'],
  hovered: ['bg-hover'],
  selected: ['bg-selected'],
  'marked row': ['bg-selected', 45, 'bg'],
  'bar of a facet': ['fg', 9, 'bg'],
  'bar of a facet, pointed at': ['fg', 9, 'bg-hover'],
  'bar of a chosen value': ['accent', 24, 'bg'],
  'bar of a chosen value, pointed at': ['accent', 24, 'bg-hover'],
  problem: ['danger', 7, 'bg'],
  'doubtful letters of the query': ['warning', 18, 'bg'],
  hit: ['mark'],
  'added line': ['added-bg'],
  'added letters': ['added-mark'],
  'removed line': ['removed-bg'],
  'removed letters': ['removed-mark'],
  'main button': ['accent'],
  'main button, pointed at': ['accent', 88, 'fg'],
} as const satisfies Record<string, readonly [string] | readonly [string, number, string]>;

export type Surface = keyof typeof surfaces;

const everyday = ['page', 'raised', 'hovered', 'selected', 'marked row'] as const;
const lines = ['added line', 'removed line'] as const;
const facetBars = [
  'bar of a facet',
  'bar of a facet, pointed at',
  'bar of a chosen value',
  'bar of a chosen value, pointed at',
] as const;

/** Text, of any size: 4.5 to 1. */
export const textPairs: Readonly<Record<string, readonly Surface[]>> = {
  fg: [
    ...[...everyday, ...facetBars, ...lines],
    ...(['problem', 'doubtful letters of the query', 'hit', 'added letters', 'removed letters'] as const),
  ],
  'fg-muted': [...everyday, ...facetBars, ...lines, 'problem'],
  'fg-faint': [...everyday, ...lines, 'bar of a facet', 'bar of a facet, pointed at'],
  accent: everyday,
  'accent-fg': ['main button', 'main button, pointed at'],
  error: everyday,
  write: [...everyday, ...lines],
  unstated: [...everyday, ...lines],
  danger: [...everyday, 'problem', ...lines],
  warning: [...everyday, ...lines],
  ok: [...everyday, ...lines],
  added: [...everyday, 'added line'],
  removed: [...everyday, 'removed line'],
  changed: [...everyday, ...lines],
};

const drawn = ['page', 'hovered'] as const;

/** Icons, bars and borders that carry a meaning: 3 to 1. */
export const drawingPairs: Readonly<Record<string, readonly Surface[]>> = {
  'line-strong': ['page', 'raised'],
  accent: [...everyday, ...lines],
  danger: everyday,
  warning: everyday,
  ok: everyday,
  error: drawn,
  write: drawn,
  read: drawn,
  unstated: drawn,
  'series-1': drawn,
  'series-2': drawn,
  'series-3': drawn,
  'series-4': drawn,
  'series-5': drawn,
  'series-rest': drawn,
};

/** Lines that only part what is parted by room as well. */
export const decorative: readonly string[] = ['line'];
