import type { Completion } from '#contract/query';
import { mostQueries } from '#contract/settings';
import { describe, expect, it } from 'vitest';
import { Completions } from '../../../renderer/state/completions.svelte';
import { Preferences } from '../../../renderer/state/preferences.svelte';
import { createFakeHost } from '../../helpers/fake-host';

const offer: Completion = { kind: 'value', label: 's3', count: 3, fuzzy: false, insert: 's3 ', from: 8, to: 8 };

function make() {
  const host = createFakeHost({ 'query.complete': () => [offer], 'settings.set': () => null });
  const preferences = new Preferences(host, { onColumns: () => undefined, onProblem: () => undefined });
  const completions = new Completions(host, preferences);
  const labels = async (text: string): Promise<readonly string[]> => {
    await completions.ask(text, text.length);
    return completions.items.map(({ label }) => label);
  };
  return { preferences, completions, labels };
}

describe('earlier queries', () => {
  it('are offered before all else where nothing is typed, and behind it where they hold the text', async () => {
    const { preferences, labels } = make();
    for (const query of ['service:s3', 'error:*', 'service:iam']) preferences.rememberQuery(query);
    expect(await labels('')).toEqual(['service:iam', 'error:*', 'service:s3', 's3']);
    expect(await labels('service:')).toEqual(['s3', 'service:iam', 'service:s3']);
    expect(await labels('service:s3')).toEqual(['s3']);
  });

  it('are remembered once each, the newest first, and not without end', () => {
    const { preferences } = make();
    for (const query of ['a', 'b', 'a', ' ', 'x'.repeat(3000)]) preferences.rememberQuery(query);
    expect(preferences.queries).toEqual(['a', 'b']);
    for (let at = 0; at < mostQueries * 2; at++) preferences.rememberQuery(`query ${at}`);
    expect([preferences.queries.length, preferences.queries[0]]).toEqual([mostQueries, `query ${mostQueries * 2 - 1}`]);
  });
});

describe('a completion that is taken', () => {
  it('replaces what is typed of it, and keeps what stands behind', async () => {
    const { completions } = make();
    await completions.ask('service: error:*', 8);
    expect(completions.applied(offer, 'service: error:*')).toEqual({ text: 'service:s3  error:*', cursor: 11 });
  });

  it('replaces also what was typed since the completions were found', async () => {
    const { completions, labels } = make();
    await labels('service:');
    expect(completions.applied(offer, 'service:s3x')).toEqual({ text: 'service:s3 ', cursor: 11 });
  });
});
