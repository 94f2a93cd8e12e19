/** Changes of what trails record, as marks over the bars of the timeline. */
import { expect, test } from 'vitest';
import { epochMs } from '#contract/ids';
import type { TrailSetting } from '#contract/integrity';
import { trailMarks } from '../../../renderer/features/timeline/trail-marks';

const span = { from: epochMs(0), to: epochMs(1000) };
const setting = (time: number | null, error: string | null = null): TrailSetting => ({
  eventID: String(time),
  time: time === null ? null : epochMs(time),
  event: 'StopLogging',
  trail: 'main',
  by: 'mary',
  error,
});

test('a mark stands at its time, and what is not in view has none', () => {
  const marks = trailMarks([setting(500), setting(null), setting(1000), setting(-1)], span, 400);
  expect(marks.map(({ px, settings }) => [px, settings.length])).toEqual([[200, 1]]);
});

test('marks too near for a pointer are one, and no change is lost', () => {
  const marks = trailMarks([setting(540, 'AccessDenied'), setting(500), setting(900, 'AccessDenied')], span, 400);
  expect(marks.map(({ settings, isFailed }) => [settings.length, isFailed])).toEqual([
    [2, false],
    [1, true],
  ]);
});
