/** Comparisons for the window's tests. */
import type { DiffCell, DiffRow, DiffSection, EventDiff } from '#contract/diff';
import { makeRow } from './results';

export function makeCell(text: string, change: Partial<DiffCell> = {}): DiffCell {
  return { text, type: 'string', pieces: null, isRedacted: false, omitted: null, ...change };
}

/** A row by its path's last name: `=` equal, `+` added, `-` removed, `~` changed, before the path; `{n}` behind it for a container. */
export function makeDiffRow(written: string): DiffRow {
  const [, sign = '=', path = '', members = '0'] = /^([=+~-])([^{]*)(?:\{(\d+)\})?$/.exec(written) ?? [];
  const names = path.split('.');
  const count = Number(members);
  const cell = count > 0 ? makeCell(`{${count}}`, { type: 'object' }) : makeCell('a');
  return {
    kind: sign === '=' ? 'equal' : sign === '+' ? 'added' : sign === '-' ? 'removed' : 'changed',
    depth: names.length - 2,
    path,
    label: names.at(-1) ?? '',
    left: sign === '+' ? null : cell,
    right: sign === '-' ? null : count > 0 ? cell : makeCell(sign === '~' ? 'b' : 'a'),
    members: count,
    decoded: null,
    isRepeated: false,
  };
}

export function makeSection(field: string, written: readonly string[], change: Partial<DiffSection> = {}): DiffSection {
  const rows = written.map((row) => makeDiffRow(`${row.charAt(0)}${field}.${row.slice(1)}`));
  const changes = rows.filter(({ kind, members }) => kind !== 'equal' && members === 0).length;
  return { field, changes, rows, oneSided: null, policies: [], ...change };
}

export function makeDiff(sections: readonly DiffSection[], change: Partial<EventDiff> = {}): EventDiff {
  const place = { path: 'a.json', label: '/logs/a.json', offset: 0, length: 10 };
  const places = { left: place, right: { ...place, offset: 11 } };
  return { left: makeRow(1), right: makeRow(2), places, sections, noiseHidden: 0, coarse: null, ...change };
}
