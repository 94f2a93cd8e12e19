/** The drawings of {@link IconName}, on a grid of 16 by 16, as strokes 1.5 wide. */
const drawings = {
  search: 'M7 2.75a4.25 4.25 0 1 1 0 8.5a4.25 4.25 0 0 1 0-8.5M10.2 10.2l3.3 3.3',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3.5v9M3.5 8h9',
  minus: 'M3.5 8h9',
  filter: 'M2.5 3.25h11L9.5 8.25v4.5l-3-1.75V8.25z',
  'filter-off': 'M6 3.25h7.5L10.3 7.25M9.5 9.75v3l-3-1.75V8.25L2.9 3.75M2.5 2l11 11.5',
  copy: 'M6.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2',
  column: 'M2.5 3h11v10h-11zM6.25 3v10M9.75 3v10',
  facet: 'M2.5 4h11M2.5 8h7.5M2.5 12h4',
  chevron: 'M6 3.5L10.5 8L6 12.5',
  sun: 'M8 5.25a2.75 2.75 0 1 1 0 5.5a2.75 2.75 0 0 1 0-5.5M8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  moon: 'M13.25 9.6A5.75 5.75 0 1 1 6.4 2.75a4.6 4.6 0 0 0 6.85 6.85z',
  folder: 'M2 4.5a1 1 0 0 1 1-1h3.1l1.6 1.6H13a1 1 0 0 1 1 1v5.9a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1z',
  file: 'M9.25 2H4.5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1V5.25zM9.25 2v3.25h3.25',
  warning: 'M8 2.5L14.25 13.25H1.75zM8 6.5v3.25M8 11.4v.1',
  offline:
    'M2 6.9a8.8 8.8 0 0 1 3-2M8.2 4.2A8.8 8.8 0 0 1 14 6.9M4.4 9.5a5.3 5.3 0 0 1 3-1.45M10.6 8.8q.55.3 1 .7M8 12.3v.1M2.75 2.75l10.5 10.5',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6h7.25a3.6 3.6 0 0 1 0 7.2H6',
  info: 'M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 0 1 0-11.5M8 7.4v3.6M8 4.9v.1',
  pin: 'M9.75 2.25l4 4-2.2.55-2.4 2.4-.45 2.9-4.8-4.8 2.9-.45 2.4-2.4zM6.3 9.7l-3.8 3.8',
  chart: 'M2.5 2.5v11h11M5.75 11V8.25M8.75 11V5M11.75 11V6.75',
  check: 'M3 8.5l3.25 3.25L13 5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  'arrow-up': 'M8 13V3.5M4 7.25L8 3.25l4 4',
  'arrow-down': 'M8 3v9.5M4 8.75l4 4l4-4',
} as const;

export type IconName = keyof typeof drawings;

/** The path to stroke. */
export function iconPath(name: IconName): string {
  return drawings[name];
}
