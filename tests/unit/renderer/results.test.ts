import { AppError } from '#contract/errors';
import { resultId, rowId } from '#contract/ids';
import type { PageRequest, RowPage } from '#contract/events';
import { describe, expect, it, vi } from 'vitest';
import { Detail } from '../../../renderer/state/detail.svelte';
import { Preferences } from '../../../renderer/state/preferences.svelte';
import { Results } from '../../../renderer/state/results.svelte';
import { Selection } from '../../../renderer/state/selection.svelte';
import { createFakeHost } from '../../helpers/fake-host';
import { makeResult, makeRow } from '../../helpers/results';
import { waitFor } from '../../helpers/wait';

const locations = new Map([[resultId('narrow'), 1]]);

function makeResults(page?: (request: PageRequest) => Promise<RowPage>) {
  const host = createFakeHost({
    'result.page': async (request) => {
      if (page !== undefined) return page(request);
      const { resultId: id, start, count, columns } = request;
      const rows = Array.from({ length: count }, (_, offset) =>
        makeRow(
          start + offset,
          columns.map((column) => `${column} of ${start + offset}`),
        ),
      );
      return { resultId: id, start, rows };
    },
    'result.locate': ({ resultId: id }) => locations.get(id) ?? null,
    'event.detail': (row) => ({
      row,
      raw: '{}',
      wrapping: null,
      location: { path: 'a.json', label: '/a.json', offset: 0, length: 2 },
      summary: makeRow(row),
    }),
    'settings.set': () => null,
  });
  const stale = vi.fn();
  const preferences: Preferences = new Preferences(host, {
    onColumns: () => results.reload(),
    onProblem: () => undefined,
  });
  const results: Results = new Results(host, preferences, {
    onRows: () => selection.settle(),
    onShown: (result, keepsPlace) => void selection.relocate(result, keepsPlace ? 'nowhere' : 'to-event-or-first'),
    onStale: stale,
  });
  const detail = new Detail(host);
  const selection: Selection = new Selection(host, results, detail);
  return { host, results, selection, detail, preferences, stale };
}

describe('the rows of a result', () => {
  it('keep the previous rows on screen until the new ones are here', async () => {
    let release: () => void = () => undefined;
    const { results } = makeResults(async ({ resultId: id, start }) => {
      if (id === resultId('slow')) await new Promise<void>((resolve) => (release = resolve));
      return { resultId: id, start, rows: [makeRow(id === resultId('slow') ? 2 : 1)] };
    });
    results.show(makeResult(1, 'quick'), false);
    await waitFor(() => expect(results.rowAt(0)?.row).toBe(1));
    results.show(makeResult(1, 'slow'), false);
    const meanwhile = results.rowAt(0)?.row;
    release();
    await waitFor(() => expect(results.rowAt(0)?.row).toBe(2));
    expect(meanwhile).toBe(1);
  });

  it('are none at once where nothing matches', () => {
    const { results } = makeResults();
    results.show(makeResult(0), false);
    expect([results.isShown, results.count]).toEqual([true, 0]);
  });

  it('are asked for again with the values of an added column', async () => {
    const { results, preferences } = makeResults();
    results.show(makeResult(3), false);
    await waitFor(() => expect(results.count).toBe(3));
    preferences.addColumn('requestParameters.bucketName');
    const read = (): string | null => {
      const row = results.rowAt(2);
      return row === undefined ? null : results.cellText(row, 'requestParameters.bucketName');
    };
    await waitFor(() => expect(read()).toBe('requestParameters.bucketName of 2'));
  });

  it('have the query run again where the engine let them go', async () => {
    const { results, stale } = makeResults(() => Promise.reject(new AppError('stale-result', 'gone')));
    results.show(makeResult(3), false);
    await waitFor(() => expect(stale).toHaveBeenCalledOnce());
    expect(results.problem).toBeNull();
  });
});

describe('the current event', () => {
  it('is read once its row has come', async () => {
    const { results, selection, detail } = makeResults();
    results.show(makeResult(500), false);
    await waitFor(() => expect(results.count).toBe(500));
    selection.select(499);
    const early = selection.row;
    results.view(480, 499);
    await waitFor(() => expect(detail.event?.row).toBe(499));
    expect([early, selection.row]).toEqual([null, rowId(499)]);
  });

  it('is found again in a new result, and stays open where that does not hold it', async () => {
    const { results, selection, detail } = makeResults();
    results.show(makeResult(50), false);
    await waitFor(() => expect(results.count).toBe(50));
    selection.select(30);
    await waitFor(() => expect(detail.event?.row).toBe(30));
    results.show(makeResult(2, 'narrow'), false);
    await waitFor(() => expect(selection.index).toBe(1));
    results.show(makeResult(5, 'elsewhere'), false);
    await waitFor(() => expect(selection.index).toBeNull());
    expect(detail.event?.row).toBe(30);
  });

  it('can be one that was come to by another way, in the list or not', async () => {
    const { results, selection, detail } = makeResults();
    results.show(makeResult(2, 'narrow'), false);
    await waitFor(() => expect(results.count).toBe(2));
    await selection.showRow(rowId(900));
    await waitFor(() => expect(detail.event?.row).toBe(900));
    const inList = selection.index;
    results.show(makeResult(5, 'elsewhere'), false);
    await waitFor(() => expect(results.count).toBe(5));
    await selection.showRow(rowId(901));
    await waitFor(() => expect(detail.event?.row).toBe(901));
    expect([inList, selection.index, selection.row]).toEqual([1, null, 901]);
  });

  it('or the first row is where the list goes with a new question, and nowhere with the same one', async () => {
    const { results, selection } = makeResults();
    const moves: number[] = [];
    selection.onReveal = (index) => moves.push(index);
    const shown = async (count: number, keepsPlace: boolean, firstRow: number): Promise<readonly number[]> => {
      results.show(makeResult(count, String(count)), keepsPlace);
      await waitFor(() => expect(results.count).toBe(count));
      await waitFor(() => expect(results.rowAt(firstRow)).toBeDefined());
      return moves.splice(0);
    };
    expect(await shown(400, false, 0)).toEqual([0]);
    results.view(300, 330);
    expect(await shown(401, true, 300)).toEqual([]);
    // The first rows are asked for, although the list still stands far below.
    expect(await shown(402, false, 0)).toEqual([0]);
    selection.select(0);
    moves.length = 0;
    results.show(makeResult(2, 'narrow'), false);
    await waitFor(() => expect(moves).toEqual([1]));
    results.show(makeResult(5, 'elsewhere'), false);
    await waitFor(() => expect(moves).toEqual([1, 0]));
  });

  it('goes to the first row also where more events came before a new answer was on screen', async () => {
    const { results, selection } = makeResults();
    const moves: number[] = [];
    selection.onReveal = (index) => moves.push(index);
    results.show(makeResult(10, 'new'), false);
    results.show(makeResult(11, 'new and more'), true);
    await waitFor(() => expect(results.count).toBe(11));
    expect(moves).toEqual([0]);
  });

  it('stays within the list', async () => {
    const { results, selection } = makeResults();
    results.show(makeResult(3), false);
    await waitFor(() => expect(results.count).toBe(3));
    const places = [-1, -1, 1, 1, 1, 1].map((by) => {
      selection.step(by);
      return selection.index;
    });
    expect(places).toEqual([0, 0, 1, 2, 2, 2]);
  });

  it('is marked by what it is, not by where it stands', async () => {
    const { results, selection } = makeResults();
    results.show(makeResult(3), false);
    await waitFor(() => expect(results.count).toBe(3));
    selection.toggleMark(1);
    selection.toggleMark(2);
    selection.toggleMark(1);
    expect([[...selection.marked], selection.isMarked(1), selection.isMarked(2)]).toEqual([[2], false, true]);
  });
});
