import { describe, expect, it, vi } from 'vitest';
import type { Group, Groups as Answer, GroupsRequest, QueryResult } from '#contract/query';
import { Groups } from '../../../renderer/state/groups.svelte';
import { createFakeHost } from '../../helpers/fake-host';

const total = 300;

const group = (number: number): Group => ({
  ...{ values: [`v${number}`], count: 1, first: null, last: null, errors: 0, writes: 0, addresses: 0, events: 0 },
  bins: [],
});

function answerTo({ fields, start, limit }: GroupsRequest): Answer {
  const rows = Array.from({ length: Math.min(limit, total - start) }, (_, at) => group(start + at));
  return { fields, matched: total, missing: 0, repeated: 0, total, start, rows, bins: null };
}

const result = (version: number): QueryResult => ({ version }) as QueryResult;

function makeGroups() {
  const host = createFakeHost({ 'query.groups': answerTo });
  const groups = new Groups(host, () => ({ text: 'x', withDuplicates: false, from: null, to: null }));
  const asked = (): readonly GroupsRequest[] => host.requests('query.groups');
  return { groups, asked };
}

describe('the groups', () => {
  it('are counted once for each result, and for other fields', async () => {
    const { groups, asked } = makeGroups();
    const first = result(1);
    groups.follow(first);
    groups.follow(first);
    await vi.waitFor(() => expect(groups.rowAt(0)?.values).toEqual(['v0']));
    const counts = (): readonly GroupsRequest[] => asked().filter(({ start }) => start === 0);
    expect(counts()).toHaveLength(1);
    groups.open(['event', 'ip']);
    groups.follow(first);
    await vi.waitFor(() => expect(groups.answer?.fields).toEqual(['event', 'ip']));
    groups.follow(result(2));
    await vi.waitFor(() => expect(counts()).toHaveLength(3));
    expect(counts()[2]).toMatchObject({ text: 'x', fields: ['event', 'ip'], start: 0 });
  });

  it('come window by window as the table is scrolled', async () => {
    const { groups, asked } = makeGroups();
    groups.follow(result(1));
    await vi.waitFor(() => expect(groups.rowAt(0)).toBeDefined());
    expect(groups.rowAt(299)).toBeUndefined();
    groups.view(290, 299);
    await vi.waitFor(() => expect(groups.rowAt(299)?.values).toEqual(['v299']));
    expect(asked().some(({ start }) => start === 256)).toBe(true);
  });

  it('are sorted from the greatest figure, values from the first letter, and the other way round at another press', async () => {
    const { groups, asked } = makeGroups();
    groups.follow(result(1));
    groups.sortBy('errors');
    groups.sortBy('value');
    groups.sortBy('value');
    groups.sortBy('count');
    groups.sortBy('count');
    await vi.waitFor(() => expect(groups.isBusy).toBe(false));
    expect(asked().at(-1)?.sort).toEqual({ column: 'count', direction: 'ascending' });
    groups.sortBy('errors');
    expect(groups.sort).toEqual({ column: 'errors', direction: 'descending' });
    groups.sortBy('value');
    expect(groups.sort).toEqual({ column: 'value', direction: 'ascending' });
  });

  it('no longer sort by a second field that is removed', () => {
    const { groups } = makeGroups();
    groups.open(['event', 'ip']);
    groups.sortBy('second-value');
    groups.open(['event']);
    expect(groups.sort.column).toBe('count');
  });

  it('say why they could not be counted, and are counted again on request', async () => {
    let isBroken = true;
    const host = createFakeHost({
      'query.groups': (request) => {
        if (isBroken) throw new Error('broken');
        return answerTo(request);
      },
    });
    const groups = new Groups(host, () => ({ text: '', withDuplicates: false, from: null, to: null }));
    groups.follow(result(1));
    await vi.waitFor(() => expect(groups.problem).not.toBeNull());
    isBroken = false;
    groups.retry();
    await vi.waitFor(() => expect(groups.answer?.total).toBe(total));
    expect(groups.problem).toBeNull();
  });
});
