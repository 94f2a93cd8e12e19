import { rowId, type RowId } from '#contract/ids';
import type { EventDetail, RelatedEvents } from '#contract/events';
import { describe, expect, it } from 'vitest';
import { relatedGroups } from '../../../renderer/features/detail/related-groups';
import { Detail } from '../../../renderer/state/detail.svelte';
import { createFakeHost } from '../../helpers/fake-host';
import { makeRow } from '../../helpers/results';
import { waitFor } from '../../helpers/wait';

const none: RelatedEvents = { duplicates: [], versions: [], shared: [], amends: [], amendedBy: [] };
const location = (row: number) => ({ path: `${row}.json`, label: `/${row}.json`, offset: 0, length: 2 });
const related = (row: number) => ({ summary: makeRow(row), account: '111122223333', location: location(row) });

const read = (row: RowId): EventDetail => ({
  row,
  raw: '{}',
  wrapping: null,
  location: location(row),
  summary: makeRow(row),
});
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An answer that comes when the test says so. */
function held<Answer>() {
  let resolve: (answer: Answer) => void = () => undefined;
  const promise = new Promise<Answer>((given) => (resolve = given));
  return { promise, resolve: (answer: Answer) => resolve(answer) };
}

function makeDetail(
  answer: (row: number) => RelatedEvents | Promise<RelatedEvents>,
  readEvent: (row: RowId) => EventDetail | Promise<EventDetail> = read,
) {
  const host = createFakeHost({
    'event.detail': readEvent,
    'event.related': answer,
  });
  return { host, detail: new Detail(host) };
}

describe('the event on screen', () => {
  it('stays when it is chosen again while another is on its way', async () => {
    const other = held<EventDetail>();
    const { detail } = makeDetail(
      () => none,
      (row) => (row === 2 ? other.promise : read(row)),
    );
    await detail.show(rowId(1));
    const overtaken = detail.show(rowId(2));
    await detail.show(rowId(1));
    other.resolve(read(rowId(2)));
    await overtaken;
    expect([detail.event?.row, detail.isBusy]).toEqual([1, false]);
  });
});

describe('what belongs to an event', () => {
  it('comes after the event itself', async () => {
    const { detail } = makeDetail((row) => ({ ...none, duplicates: [related(row + 10)] }));
    await detail.show(rowId(1));
    expect(detail.event?.row).toBe(1);
    await waitFor(() => expect(detail.related?.duplicates.map(({ summary }) => summary.row)).toEqual([11]));
  });

  it('is that of the event on screen, however late it was looked up for another', async () => {
    let release: (found: RelatedEvents) => void = () => undefined;
    const { host, detail } = makeDetail((row) =>
      row === 1 ? new Promise((resolve) => (release = resolve)) : { ...none, shared: [related(22)] },
    );
    await detail.show(rowId(1));
    await waitFor(() => expect(host.requests('event.related')).toEqual([1]));
    await detail.show(rowId(2));
    release({ ...none, duplicates: [related(11)] });
    await waitFor(() => expect(detail.related?.shared).toHaveLength(1));
    expect(detail.related?.duplicates).toEqual([]);
  });

  it('is not mixed up with what was looked up again while the next event was on its way', async () => {
    const event = held<EventDetail>();
    const again = held<RelatedEvents>();
    const answers = [none, again.promise, { ...none, shared: [related(22)] }];
    const { host, detail } = makeDetail(
      () => answers.shift() ?? none,
      (row) => (row === 2 ? event.promise : read(row)),
    );
    await detail.show(rowId(1));
    const shown = detail.show(rowId(2));
    detail.relateAgain();
    event.resolve(read(rowId(2)));
    await shown;
    await waitFor(() => expect(detail.related?.shared).toHaveLength(1));
    again.resolve({ ...none, duplicates: [related(11)] });
    await settle();
    expect(host.requests('event.related')).toEqual([1, 1, 2]);
    expect([detail.event?.row, detail.related?.duplicates]).toEqual([2, []]);
  });

  it('does not keep the event from showing where it cannot be looked up', async () => {
    const { detail } = makeDetail(() => {
      throw new Error('the index is busy');
    });
    await detail.show(rowId(1));
    await waitFor(() => expect(detail.relatedProblem?.message).toContain('the index is busy'));
    expect([detail.event?.row, detail.problem, detail.related]).toEqual([1, null, null]);
  });

  it('is shown in groups, of which none is empty', () => {
    const all: RelatedEvents = {
      ...none,
      versions: [related(1)],
      duplicates: [related(2), related(3)],
      shared: [related(4)],
    };
    const titles = (isInsight: boolean): readonly string[] => relatedGroups(all, isInsight).map(({ title }) => title);
    expect([titles(false), titles(true)]).toEqual([
      ['Conflicting versions', 'Duplicates', 'View of the other account'],
      ['Conflicting versions', 'Duplicates', 'Other end of the insight'],
    ]);
    expect(relatedGroups(none, false)).toEqual([]);
  });
});
