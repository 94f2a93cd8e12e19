import { describe, expect, it } from 'vitest';
import { rowId, sourceId } from '#contract/ids';
import { hasSameRows, isOf, keepView, keptView, type KeptView } from '../../../renderer/state/kept-view';

const view: KeptView = {
  sources: [sourceId('a'), sourceId('b')],
  version: 7,
  wasImporting: false,
  query: {
    text: 'x',
    ranText: 'x',
    shownText: 'x',
    past: [''],
    future: [],
    sort: 'newest-first',
    timelineBy: null,
    withDuplicates: false,
  },
  groupedBy: null,
  firstRow: 120,
  row: rowId(3),
  marked: [rowId(4)],
  isDetailShown: true,
  tab: 'tree',
};

const sourcesOf = (...ids: readonly string[]) =>
  ids.map((id) => ({ sourceId: sourceId(id), kind: 'folder' as const, name: id, label: id }));

function makeStore(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe('the view kept over a reload', () => {
  it('comes back as it was, until it is cleared', () => {
    const store = makeStore();
    expect(keptView(store)).toBeNull();
    keepView(store, view);
    expect(keptView(store)).toEqual(view);
    keepView(store, null);
    expect(keptView(store)).toBeNull();
  });

  it('is none where the store is refused or holds something else', () => {
    const refuse = (): never => {
      throw new Error('refused');
    };
    const refused = { getItem: refuse, setItem: refuse, removeItem: refuse };
    keepView(refused, view);
    expect(keptView(refused)).toBeNull();
    expect(keptView({ ...makeStore(), getItem: () => '{no json' })).toBeNull();
  });

  it('is of the archive with the same sources, in any order', () => {
    expect(isOf(view, { sources: sourcesOf('b', 'a') })).toBe(true);
    expect(isOf(view, { sources: sourcesOf('a') })).toBe(false);
    expect(isOf(view, { sources: sourcesOf('a', 'c') })).toBe(false);
  });

  it('keeps its rows only where the archive was not read anew', () => {
    expect(hasSameRows(view, { version: 7 })).toBe(true);
    expect(hasSameRows(view, { version: 9 })).toBe(false);
    expect(hasSameRows({ ...view, wasImporting: true }, { version: 9 })).toBe(true);
  });
});
