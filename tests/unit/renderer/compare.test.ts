import type { DiffRequest, SameCall, SameCallRequest } from '#contract/diff';
import { AppError } from '#contract/errors';
import { rowId } from '#contract/ids';
import { describe, expect, it } from 'vitest';
import { Compare } from '../../../renderer/state/compare.svelte';
import { makeDiff, makeSection } from '../../helpers/shown-diffs';
import { createFakeHost } from '../../helpers/fake-host';
import { makeRow } from '../../helpers/results';
import { waitFor } from '../../helpers/wait';

const rows = (...numbers: readonly number[]) => numbers.map(rowId);

interface Options {
  readonly diff?: (request: DiffRequest) => ReturnType<typeof makeDiff> | Promise<ReturnType<typeof makeDiff>>;
  readonly sameCall?: (request: SameCallRequest) => SameCall;
}

/** Same calls are rows ten apart, from 10 to 50, unless the test says otherwise. */
function tenApart({ row, direction }: SameCallRequest): SameCall {
  const found = direction === 'previous' ? row - 10 : row + 10;
  const isThere = found >= 10 && found <= 50;
  return {
    row: isThere ? rowId(found) : null,
    by: 'resource',
    name: 'bucket',
    message: isThere ? `found ${found}` : `none ${direction}`,
  };
}

function makeCompare({ diff, sameCall = tenApart }: Options = {}) {
  const host = createFakeHost({
    'event.diff':
      diff ??
      (({ left, right }) =>
        makeDiff([makeSection('requestParameters', ['=a', '=b', '=c', '~d', '+e'])], {
          left: makeRow(left),
          right: makeRow(right),
        })),
    'event.same-call': sameCall,
    'event.diff-text': ({ left, right, format }) => `${format} of ${left} and ${right}`,
  });
  const compare = new Compare(host);
  const settled = async (): Promise<readonly (number | undefined)[]> => {
    await waitFor(() => expect(compare.isBusy).toBe(false));
    return [compare.diff?.left.row, compare.diff?.right.row];
  };
  return { host, compare, settled };
}

describe('what is compared', () => {
  it('are the versions of one event, one after the other', async () => {
    const { compare, settled } = makeCompare();
    compare.openVersions(rowId(7), rows(8, 9));
    const first = await settled();
    await compare.step(1);
    expect([first, await settled(), compare.message]).toEqual([
      [7, 8],
      [7, 9],
      'Conflicting versions: one event ID, different content. They are versions of one event, or different calls.',
    ]);
  });

  it('is the marked event with the current one, the marked one on the left', async () => {
    const { compare, settled } = makeCompare();
    expect(compare.openMarked(rows(7), rowId(3))).toBeNull();
    expect(await settled()).toEqual([7, 3]);
  });

  it('is the first marked event with each of the others, whatever event is current', async () => {
    const { compare, settled } = makeCompare();
    compare.openMarked(rows(7, 5, 9), rowId(3));
    const seen = [await settled()];
    await compare.step(1);
    seen.push(await settled());
    await compare.step(1);
    seen.push(await settled());
    await compare.step(-1);
    seen.push(await settled());
    expect(seen).toEqual([
      [7, 5],
      [7, 9],
      [7, 9],
      [7, 5],
    ]);
  });

  it('is at most five beside the first, and says what is left out', async () => {
    const { compare } = makeCompare();
    compare.openMarked(rows(1, 2, 3, 4, 5, 6, 7, 8), null);
    expect([compare.count, compare.message]).toEqual([
      5,
      '8 are marked: the first is compared with the 5 marked after it.',
    ]);
  });

  it('is nothing where there are not two events, and says what is missing', () => {
    const { compare, host } = makeCompare();
    const said = [
      compare.openMarked([], rowId(3)),
      compare.openMarked(rows(3), rowId(3)),
      compare.openMarked(rows(3), null),
    ];
    expect(said.map((text) => text?.includes('press d'))).toEqual([true, true, true]);
    expect([compare.isOpen, host.calls]).toEqual([false, []]);
  });

  it('changes sides on demand, and the pinned event stays pinned', async () => {
    const { compare, settled } = makeCompare();
    compare.openMarked(rows(7, 5, 9), null);
    compare.swap();
    expect(await settled()).toEqual([5, 7]);
    await compare.step(1);
    expect(await settled()).toEqual([9, 7]);
    expect(compare.referenceSide).toBe('right');
  });

  it('is asked again, with identifiers and times, when these are wanted', async () => {
    const { compare, host, settled } = makeCompare();
    compare.openMarked(rows(7, 5), null);
    await settled();
    compare.toggleNoise();
    await settled();
    expect(host.requests('event.diff').map(({ withNoise }) => withNoise)).toEqual([false, true]);
  });

  it('is only the newest, however slow an older answer is', async () => {
    const { compare, settled } = makeCompare({
      diff: async ({ left, right }) => {
        if (right === 5) await new Promise(() => undefined);
        return makeDiff([], { left: makeRow(left), right: makeRow(right) });
      },
    });
    compare.openMarked(rows(7, 5, 9), null);
    await compare.step(1);
    expect(await settled()).toEqual([7, 9]);
  });

  it('can fail and be tried again', async () => {
    let isBroken = true;
    const { compare, settled } = makeCompare({
      diff: () => {
        if (isBroken) throw new AppError('not-found', 'the file is gone');
        return makeDiff([]);
      },
    });
    compare.openMarked(rows(7, 5), null);
    await settled();
    expect([compare.isOpen, compare.problem?.code]).toEqual([true, 'not-found']);
    isBroken = false;
    compare.retry();
    expect([await settled(), compare.problem]).toEqual([[1, 2], null]);
  });

  it('can be copied as text, as it is shown', async () => {
    const { compare } = makeCompare();
    compare.openMarked(rows(7, 5), null);
    compare.swap();
    expect(await compare.text('markdown')).toBe('markdown of 5 and 7');
  });
});

describe('the same call', () => {
  it('before an event stands on its left, the one after on its right', async () => {
    const { compare, settled } = makeCompare();
    await compare.openSameCall(rowId(30), 'previous');
    const before = await settled();
    await compare.openSameCall(rowId(30), 'next');
    expect([before, await settled(), compare.message]).toEqual([[20, 30], [30, 40], 'found 40']);
  });

  it('can be stepped on from, past the event itself, to the ends', async () => {
    const { compare, settled } = makeCompare();
    await compare.openSameCall(rowId(30), 'previous');
    const seen = [await settled()];
    for (const by of [-1, -1, 1, 1, 1, 1] as const) {
      await compare.step(by);
      seen.push(await settled());
    }
    expect(seen).toEqual([
      [20, 30],
      [10, 30],
      [10, 30],
      [20, 30],
      [40, 30],
      [50, 30],
      [50, 30],
    ]);
    expect([compare.message, compare.count]).toEqual(['none next', 4]);
  });

  it('opens nothing where there is none, and says so', async () => {
    const { compare } = makeCompare();
    await compare.openSameCall(rowId(10), 'previous');
    expect([compare.isOpen, compare.noneFound]).toEqual([false, { row: 10, message: 'none previous' }]);
  });

  it('that cannot be looked for says why', async () => {
    const { compare } = makeCompare({
      sameCall: () => {
        throw new AppError('not-found', 'the file is gone');
      },
    });
    await compare.openSameCall(rowId(10), 'previous');
    expect(compare.noneFound?.message).toBe('the file is gone');
  });
});

describe('the view of a comparison', () => {
  it('starts at the first change and goes round', async () => {
    const { compare, settled } = makeCompare();
    compare.openMarked(rows(7, 5), null);
    await settled();
    const { view } = compare;
    const seen = [view.current?.path];
    for (const by of [1, 1, -1] as const) {
      view.stepPlace(by);
      seen.push(view.current?.path);
    }
    expect(seen.map((path) => path?.split('.').at(-1))).toEqual(['d', 'e', 'd', 'e']);
    expect([view.place, view.placeCount]).toEqual([1, 2]);
  });

  it('keeps its place when what is above it opens', async () => {
    const { compare, settled } = makeCompare();
    compare.openMarked(rows(7, 5), null);
    await settled();
    const { view } = compare;
    view.stepPlace(1);
    const fold = view.lines.find(({ kind }) => kind === 'fold');
    if (fold !== undefined) view.toggle(fold);
    expect([view.lines.length, view.current?.path]).toEqual([7, 'requestParameters.e']);
  });

  it('shows the rest of the record by itself where nothing else differs', async () => {
    const { compare, settled } = makeCompare({
      diff: () => makeDiff([makeSection('requestParameters', ['=a']), makeSection('userIdentity', ['~userName'])]),
    });
    compare.openMarked(rows(7, 5), null);
    await settled();
    expect([compare.view.isRestOpen, compare.view.placeCount]).toEqual([true, 1]);
    compare.view.toggleRest();
    expect([compare.view.isRestOpen, compare.view.placeCount]).toEqual([false, 0]);
  });
});
