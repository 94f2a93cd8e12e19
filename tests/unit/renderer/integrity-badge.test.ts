/** What stands beside an event's file: nothing is green without a signature. */
import { expect, test } from 'vitest';
import type { DigestLevel, FileState } from '#contract/integrity';
import { badgeOf } from '../../../renderer/features/integrity/badge';

const states: readonly FileState[] = ['ok', 'changed', 'appended', 'missing', 'ambiguous', 'unlisted', 'unverified'];
const levels: readonly DigestLevel[] = ['signed', 'chained', 'listed', 'nothing'];

test('only what is as a signed digest lists it is proven', () => {
  const proven = states.flatMap((state) =>
    levels.filter((level) => badgeOf({ state, level, reason: '' }).tone === 'proven').map((level) => [state, level]),
  );
  expect(proven).toEqual([['ok', 'signed']]);
});

test('what needs an explanation says so, and what no digest covers does not alarm', () => {
  const alarms = states.filter((state) => badgeOf({ state, level: 'signed', reason: '' }).tone === 'alarm');
  expect(alarms).toEqual(['changed', 'appended', 'missing', 'ambiguous', 'unlisted']);
});
