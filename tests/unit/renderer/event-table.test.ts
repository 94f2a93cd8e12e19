import { describe, expect, it } from 'vitest';
import { toJson, toTsv } from '../../../renderer/lib/event-table';

describe('events as a table', () => {
  it('keep one line and one cell per value, whatever the value holds', () => {
    const rows = [['a\tb', 'c\r\nd\u2028e', null]];
    expect(toTsv(['One', 'Two', 'Three'], rows)).toBe('One\tTwo\tThree\na b\tc d e\t');
  });

  it('leave a value that a spreadsheet would take for a formula as it is', () => {
    expect(toTsv(['Agent'], [['=1+1'], ['@x']])).toBe('Agent\n=1+1\n@x');
  });
});

describe('events as JSON', () => {
  it('are one record as it stands, or an array of several', () => {
    expect(toJson(['{ "a" : 1.0 }'])).toBe('{ "a" : 1.0 }');
    expect(toJson(['{"a":1.0}', '{"b":2}'])).toBe('[\n{"a":1.0},\n{"b":2}\n]');
  });
});
