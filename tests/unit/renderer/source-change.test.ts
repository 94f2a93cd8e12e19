import { sourceId } from '#contract/ids';
import { nothingOpen } from '#contract/nothing-open';
import type { ArchiveStatus } from '#contract/sources';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceChange } from '../../../renderer/state/source-change';

/** An archive by the names of its sources: `abc` has three. */
function archive(names: string, change: Partial<ArchiveStatus> = {}): ArchiveStatus {
  const sources = [...names].map((name) => ({
    sourceId: sourceId(name),
    kind: 'file' as const,
    name,
    label: `/${name}`,
  }));
  return { ...nothingOpen(0), state: 'ready', sources, events: names.length * 10, ...change };
}

describe('what became of the open sources', () => {
  it('is found by comparing two statuses in a row', () => {
    const importing = { state: 'importing' } as const;
    const told = [
      sourceChange(archive('a'), archive('ab', { ...importing, events: 10 }), false),
      sourceChange(archive('ab', importing), archive('ab'), false),
      sourceChange(archive('ab'), archive('b'), false),
      sourceChange(archive('ab', importing), archive('a', importing), false),
      sourceChange(archive('a'), archive('b', importing), false),
      sourceChange(archive('ab'), nothingOpen(1), false),
      sourceChange(nothingOpen(1), archive('a', importing), false),
    ];
    expect(told).toEqual(['more', 'none', 'fewer', 'fewer', 'other', 'other', 'other']);
  });

  it('is another archive where the same sources are read again, alone or with others beside them', () => {
    const again = archive('a', { state: 'importing', events: 0, version: 1 });
    const withAnother = archive('ab', { state: 'importing', events: 0, version: 1 });
    const readAtOnce = archive('ab', { version: 1 });
    expect([
      sourceChange(archive('a'), again, false),
      sourceChange(archive('a'), withAnother, false),
      sourceChange(archive('a'), readAtOnce, true),
      sourceChange(archive('a'), readAtOnce, false),
    ]).toEqual(['other', 'other', 'other', 'more']);
  });

  it('does not depend on the order of the sources', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...'abcdef'), { minLength: 1 }), (names) => {
        const shuffled = [...names].reverse().join('');
        expect(sourceChange(archive(names.join('')), archive(shuffled), false)).toBe('none');
      }),
    );
  });
});
