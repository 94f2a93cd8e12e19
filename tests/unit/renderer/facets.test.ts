import type { Facet } from '#contract/query';
import { describe, expect, it } from 'vitest';
import { Facets } from '../../../renderer/state/facets.svelte';
import { Preferences } from '../../../renderer/state/preferences.svelte';
import { createFakeHost } from '../../helpers/fake-host';
import { waitFor } from '../../helpers/wait';

const counted = (field: string, distinct: number): Facet => ({ field, values: [], distinct, missing: 0 });

function makeFacets() {
  const host = createFakeHost({
    'query.facet': ({ facet }) => counted(facet.field, facet.limit),
    'settings.set': () => null,
  });
  const preferences = new Preferences(host, { onColumns: () => undefined, onProblem: () => undefined });
  const facets = new Facets(host, preferences, () => ({ text: 'service:s3', withDuplicates: true }));
  const view = (field: string) => facets.views.find((one) => one.field === field);
  return { host, facets, view };
}

describe('the facets', () => {
  it('are counted alone when only the way one is looked at changes', async () => {
    const { host, facets, view } = makeFacets();
    facets.search('event', 'get');
    facets.order('event', 'least');
    await waitFor(() => expect(view('event')?.isBusy).toBe(false));
    expect(host.requests('query.facet').at(-1)).toEqual({
      text: 'service:s3',
      facet: { field: 'event', search: 'get', order: 'least', limit: 8 },
      withDuplicates: true,
    });
  });

  it('are moved by one place, and stay at the ends', () => {
    const { facets } = makeFacets();
    const order = () => facets.views.map(({ field }) => field).slice(0, 3);
    const [first = '', second = '', third = ''] = order();
    facets.move(third, -1);
    expect(order()).toEqual([first, third, second]);
    facets.move(first, -1);
    facets.move(first, 1);
    expect(order()).toEqual([third, first, second]);
  });

  it('go back to their first values for another search', async () => {
    const { facets, view } = makeFacets();
    facets.more('event');
    await waitFor(() => expect(view('event')?.counted?.distinct).toBe(48));
    facets.search('event', 'a');
    await waitFor(() => expect(view('event')?.counted?.distinct).toBe(8));
  });

  it('are asked for as they are looked at when the query runs', () => {
    const { facets } = makeFacets();
    facets.search('region', 'eu');
    const request = facets.requests().find((one) => one.field === 'region');
    expect(request?.search).toBe('eu');
  });

  it('come and go, for any path', async () => {
    const { facets, view } = makeFacets();
    facets.add('requestParameters.bucketName');
    facets.add('requestParameters.bucketName');
    await waitFor(() => expect(view('requestParameters.bucketName')?.counted).not.toBeNull());
    const added = facets.views.filter((one) => one.field === 'requestParameters.bucketName').length;
    facets.remove('requestParameters.bucketName');
    expect([added, view('requestParameters.bucketName')]).toEqual([1, undefined]);
  });
});
