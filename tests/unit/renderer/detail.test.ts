import { rowId } from '#contract/ids';
import type { RelatedEvents } from '#contract/events';
import { describe, expect, it, vi } from 'vitest';
import { relatedGroups } from '../../../renderer/features/detail/related-groups';
import { Detail } from '../../../renderer/state/detail.svelte';
import { createFakeHost } from '../../helpers/fake-host';
import { makeRow } from '../../helpers/results';

const none: RelatedEvents = { duplicates: [], versions: [], shared: [], amends: [], amendedBy: [] };
const location = (row: number) => ({ path: `${row}.json`, label: `/${row}.json`, offset: 0, length: 2 });
const related = (row: number) => ({ summary: makeRow(row), account: '111122223333', location: location(row) });

function makeDetail(answer: (row: number) => RelatedEvents | Promise<RelatedEvents>) {
  const host = createFakeHost({
    'event.detail': (row) => ({ row, raw: '{}', wrapping: null, location: location(row), summary: makeRow(row) }),
    'event.related': answer,
  });
  return { host, detail: new Detail(host) };
}

describe('what belongs to an event', () => {
  it('comes after the event itself', async () => {
    const { detail } = makeDetail((row) => ({ ...none, duplicates: [related(row + 10)] }));
    await detail.show(rowId(1));
    expect(detail.event?.row).toBe(1);
    await vi.waitFor(() => expect(detail.related?.duplicates.map(({ summary }) => summary.row)).toEqual([11]));
  });

  it('is that of the event on screen, however late it was looked up for another', async () => {
    let release: (found: RelatedEvents) => void = () => undefined;
    const { host, detail } = makeDetail((row) =>
      row === 1 ? new Promise((resolve) => (release = resolve)) : { ...none, shared: [related(22)] },
    );
    await detail.show(rowId(1));
    await vi.waitFor(() => expect(host.requests('event.related')).toEqual([1]));
    await detail.show(rowId(2));
    release({ ...none, duplicates: [related(11)] });
    await vi.waitFor(() => expect(detail.related?.shared).toHaveLength(1));
    expect(detail.related?.duplicates).toEqual([]);
  });

  it('does not keep the event from showing where it cannot be looked up', async () => {
    const { detail } = makeDetail(() => {
      throw new Error('the index is busy');
    });
    await detail.show(rowId(1));
    await vi.waitFor(() => expect(detail.relatedProblem?.message).toContain('the index is busy'));
    expect([detail.event?.row, detail.problem, detail.related]).toEqual([1, null, null]);
  });

  it('is told in groups, of which none is empty', () => {
    const all: RelatedEvents = {
      ...none,
      versions: [related(1)],
      duplicates: [related(2), related(3)],
      shared: [related(4)],
    };
    const titles = (isInsight: boolean): readonly string[] => relatedGroups(all, isInsight).map(({ title }) => title);
    expect([titles(false), titles(true)]).toEqual([
      ['Same ID, different content', 'Duplicates', 'View of the other account'],
      ['Same ID, different content', 'Duplicates', 'Other end of the insight'],
    ]);
    expect(relatedGroups(none, false)).toEqual([]);
  });
});
