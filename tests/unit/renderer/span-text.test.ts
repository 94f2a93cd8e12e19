import { describe, expect, it } from 'vitest';
import { epochMs, type EpochMs } from '#contract/ids';
import { spanText } from '../../../renderer/features/query/span-text';

const at = (text: string): EpochMs => epochMs(Date.parse(text));
const early = at('2024-05-01T02:00:00.400Z');
const late = at('2024-05-01T09:00:00.400Z');

describe('the span in the head of the window', () => {
  it('says both ends in whole seconds, and a day that both share once', () => {
    expect(spanText({ from: early, to: late }, 'UTC')).toBe('2024-05-01 02:00:00 – 09:00:01');
    expect(spanText({ from: early, to: at('2024-05-02T00:00:00Z') }, 'UTC')).toBe(
      '2024-05-01 02:00:00 – 2024-05-02 00:00:00',
    );
  });

  it('fills an open end with nothing', () => {
    expect(spanText({ from: null, to: at('1980-01-01T00:00:00Z') }, 'UTC')).toBe('before 1980-01-01 00:00:00');
    expect(spanText({ from: early, to: null }, 'UTC')).toBe('from 2024-05-01 02:00:00');
    expect(spanText({ from: null, to: null }, 'UTC')).toBe('');
  });

  it('says of a reversed span that it ends before it begins', () => {
    expect(spanText({ from: late, to: early }, 'UTC')).toBe(
      '2024-05-01 09:00:00 – 2024-05-01 02:00:01: ends before it begins',
    );
  });
});
