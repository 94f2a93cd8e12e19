/** What the context menu offers, by what it was opened on. */
import { epochMs } from '#contract/ids';
import { describe, expect, it } from 'vitest';
import { actionsOn, headingOf } from '../../../renderer/features/menu/actions';
import type { AppState } from '../../../renderer/state/app.svelte';
import type { MenuTarget } from '../../../renderer/state/context-menu.svelte';

/** As much of the window as the actions ask before they are run. */
const app = {
  preferences: { columns: [{ field: 'event', widthPx: 100 }], facets: ['region'] },
  fields: { label: (field: string) => field },
} as unknown as AppState;

const ids = (target: MenuTarget): readonly string[] => actionsOn(target, app).map(([id]) => id);
const value = (field: string, text = 'x'): MenuTarget => ({ values: [{ field, text }], canFilter: true });
const filters = ['and', 'without', 'only'];

describe('the context menu', () => {
  it('offers the three filters on every value and on every span', () => {
    const span = { from: epochMs(0), to: epochMs(1000) };
    for (const target of [value('service'), { span }, { ...value('ip'), isRow: true, time: null }])
      expect(ids(target).slice(0, 3)).toEqual(filters);
  });

  it('offers a column or a facet only where there is none of the field', () => {
    expect(ids(value('service'))).toEqual([...filters, 'column', 'facet', 'group', 'copy']);
    expect(ids(value('eventName'))).not.toContain('column');
    expect(ids(value('region'))).not.toContain('facet');
  });

  it('shows the filters as impossible where no query finds the value, and lets it be copied', () => {
    const target: MenuTarget = { values: [{ field: 'time', text: 'x' }], canFilter: false, time: epochMs(5) };
    expect(ids(target)).toEqual([...filters, 'around', 'copy']);
    const disabled = actionsOn(target, app).filter(([, action]) => action.canRun?.(target, app) === false);
    expect(disabled.map(([id]) => id)).toEqual(filters);
  });

  it('offers on a group of two fields what is about both', () => {
    const target: MenuTarget = {
      values: [
        { field: 'identity', text: 'a' },
        { field: 'ip', text: '' },
      ],
      canFilter: true,
    };
    expect(ids(target)).toEqual([...filters, 'copy']);
    expect(headingOf(target, app)).toBe('identity: a, ip: (empty)');
  });

  it('copies rows, and has no filters, where no value was pressed', () => {
    expect(ids({ isRow: true, time: epochMs(5) })).toEqual(['around', 'copy-table', 'copy-json']);
    expect(headingOf({ isRow: true }, app)).toBeNull();
  });
});
