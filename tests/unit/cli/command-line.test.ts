import { describe, expect, it } from 'vitest';
import { readCount, UsageError } from '../../../shared/cli/command-line';

describe('a number on the command line', () => {
  it('is taken where it is whole and within its limits', () => {
    expect([readCount('--limit', '0', 0, 10), readCount('--limit', '10', 0, 10)]).toEqual([0, 10]);
  });

  it.each(['', '-1', '1.5', '1e3', '11', 'ten', '0x1', ' 1'])('is refused with the option named: %j', (text) => {
    expect(() => readCount('--limit', text, 0, 10)).toThrow(UsageError);
    expect(() => readCount('--limit', text, 0, 10)).toThrow(/^--limit takes a whole number from 0 to 10/);
  });
});
