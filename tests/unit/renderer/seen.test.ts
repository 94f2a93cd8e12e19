import { describe, expect, it, vi } from 'vitest';
import { epochMs } from '#contract/ids';
import { SeenValues } from '../../../renderer/state/seen.svelte';
import { createFakeHost } from '../../helpers/fake-host';

const span = { first: epochMs(1), last: epochMs(2) };

function makeSeen() {
  const host = createFakeHost({ 'query.seen': ({ value }) => (value === 'none' ? null : span) });
  const seen = new SeenValues(host, () => ({ text: 'x', withDuplicates: false }));
  return { host, seen };
}

describe('when a value was seen', () => {
  it('is asked for once, of the value that the pointer rests on', async () => {
    const { host, seen } = makeSeen();
    seen.ask('ip', 'passed');
    seen.ask('ip', 'rested on');
    await vi.waitFor(() => expect(seen.of('ip', 'rested on')).toEqual(span));
    seen.ask('ip', 'rested on');
    expect(host.requests('query.seen')).toEqual([
      { text: 'x', withDuplicates: false, field: 'ip', value: 'rested on' },
    ]);
    expect(seen.of('ip', 'passed')).toBeNull();
    expect(seen.of('key', 'rested on')).toBeNull();
  });

  it('is asked for anew when the query is another one', async () => {
    const { seen } = makeSeen();
    seen.ask('ip', 'a');
    await vi.waitFor(() => expect(seen.of('ip', 'a')).toEqual(span));
    seen.forget();
    expect(seen.of('ip', 'a')).toBeNull();
  });
});
