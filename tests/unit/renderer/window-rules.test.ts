import { epochMs } from '#contract/ids';
import { createFieldLookup } from '#core/query/field-lookup';
import { parseQuery } from '#core/query/parse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitTerms, searchedTexts } from '#core/query/hit-terms';
import { breadcrumbs } from '../../../renderer/features/open/breadcrumbs';
import { paintQuery } from '../../../renderer/features/query/paint';
import { commandOf, shortcutGroups } from '../../../renderer/keys/shortcuts';
import { cellText, defaultColumns, extraFields, startColumns } from '../../../renderer/state/columns';
import { visibleSpan } from '../../../renderer/state/visible-span';
import { ZoomStack } from '../../../renderer/state/zoom-stack';
import { makeRow } from '../../helpers/results';

const fields = createFieldLookup(['eventName', 'requestParameters.bucketName']);

describe('the coloured query', () => {
  it('shows exactly the text that was typed, with a syntax error anywhere', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), fc.nat(5), (text, from, length) => {
        const at = { from: Math.min(from, text.length), to: Math.min(from + length, text.length) };
        const pieces = paintQuery(text, fields, at);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        expect(new Set(pieces.map((piece) => piece.from)).size).toBe(pieces.length);
        const marked = pieces.filter((piece) => piece.isSyntaxError).map((piece) => piece.text);
        expect(marked.join('').length).toBe(text === '' ? 0 : Math.max(1, at.to - at.from));
      }),
    );
  });
});

describe('the visible part of the timeline', () => {
  const extent = { first: epochMs(0), last: epochMs(100_000) };

  it('is the whole archive where no range is chosen', () => {
    expect(visibleSpan(null, extent)).toEqual({ from: null, to: null });
  });

  it('shows some of what lies around the range, within the archive', () => {
    const within = visibleSpan({ from: epochMs(40_000), to: epochMs(60_000) }, extent);
    const atTheEnd = visibleSpan({ from: epochMs(80_000), to: null }, extent);
    expect([within, atTheEnd]).toEqual([
      { from: 37_000, to: 63_000 },
      { from: 77_000, to: 100_000 },
    ]);
  });

  it('is the whole archive where the range lies outside of it', () => {
    expect(visibleSpan({ from: epochMs(200_000), to: epochMs(300_000) }, extent)).toEqual({ from: null, to: null });
  });
});

describe('the ranges zoomed through', () => {
  const range = (from: number, to: number) => ({ from: epochMs(from), to: epochMs(to) });

  it('are gone back to one by one, and then to the whole', () => {
    const zoom = new ZoomStack();
    zoom.zoom(null, range(0, 1000));
    zoom.zoom(range(0, 1000), range(100, 200));
    expect([zoom.back(), zoom.back(), zoom.back()]).toEqual([range(0, 1000), null, null]);
  });

  it('are not every place an end of the range was moved through', () => {
    const zoom = new ZoomStack();
    zoom.zoom(null, range(0, 1000));
    zoom.zoom(range(0, 1000), range(10, 1000));
    zoom.zoom(range(10, 1000), range(5, 1000));
    expect(zoom.back()).toBeNull();
  });
});

describe('a range wider than those zoomed through', () => {
  const range = (from: number, to: number) => ({ from: epochMs(from), to: epochMs(to) });

  it('goes back to what is wider still', () => {
    const zoom = new ZoomStack();
    zoom.zoom(null, range(0, 1000));
    zoom.zoom(range(0, 1000), range(100, 200));
    zoom.zoom(range(100, 200), range(50, 5000));
    expect(zoom.back()).toBeNull();
  });
});

describe('the shortcuts', () => {
  it('give each key one command', () => {
    for (const occasion of ['list', 'comparison'] as const) {
      const chords = shortcutGroups
        .filter(({ during }) => during === undefined || during === occasion)
        .flatMap(({ shortcuts }) => shortcuts.filter(({ command }) => command !== null))
        .flatMap((shortcut) => shortcut.chords);
      expect(new Set(chords).size).toBe(chords.length);
    }
    expect(['/', 'Alt+ArrowLeft', 'q'].map((chord) => commandOf(chord, 'list'))).toEqual([
      'focus-query',
      'history-back',
      undefined,
    ]);
  });

  it('of the list mean something else, or nothing, while two events are compared', () => {
    expect(['c', 'r', 's', 'Escape'].map((chord) => commandOf(chord, 'list'))).toEqual([
      'copy-record',
      'toggle-detail-tab',
      'toggle-sort',
      'close',
    ]);
    expect(['c', 'r', 's', 'Escape'].map((chord) => commandOf(chord, 'comparison'))).toEqual([
      'copy-path',
      'toggle-rest',
      undefined,
      'close',
    ]);
  });
});

describe('the columns', () => {
  it('ask the engine only for what a row does not carry', () => {
    const columns = [
      ...defaultColumns,
      { field: 'agent', widthPx: 100 },
      { field: 'tlsDetails.cipherSuite', widthPx: 100 },
    ];
    const extra = extraFields(columns);
    const row = makeRow(1, ['reports/2023.csv', null, 'AES']);
    expect(extra).toEqual(['target', 'agent', 'tlsDetails.cipherSuite']);
    const shown = ['event', 'ip', 'target', 'agent', 'tlsDetails.cipherSuite'];
    expect(shown.map((field) => cellText(row, field, extra))).toEqual([
      'GetObject',
      null,
      'reports/2023.csv',
      null,
      'AES',
    ]);
  });
});

describe('the columns a window starts with', () => {
  it('are the same at any width, in an order that shows who did what, from where and how it ended, where there is little room', () => {
    const fieldsAt = (px: number): readonly string[] => startColumns(px).map(({ field }) => field);
    expect([...fieldsAt(1024)].sort()).toEqual([...fieldsAt(1440)].sort());
    expect(fieldsAt(1024)).toEqual(['time', 'event', 'target', 'identity', 'ip', 'result', 'service']);
    // Beside the facets, and without the column of marks, at 1,024 px.
    const widths = startColumns(1024).map(({ widthPx }) => widthPx);
    expect(widths.reduce((sum, px) => sum + px, 0)).toBeLessThanOrEqual(800);
  });
});

describe('the texts to mark in a record', () => {
  it('are those looked for anywhere, not those ruled out', () => {
    const parsed = parseQuery(
      'alpha -beta event:GetObject (gamma OR "two words") -event:PutObject ~like error:*',
      fields,
    );
    expect(parsed.ok && searchedTexts(hitTerms(parsed.value))).toEqual(['alpha', 'gamma', 'two words', 'like']);
  });
});

describe('the folders above a path', () => {
  it('differ on every system', () => {
    const paths = ['/', '/home/ana/logs', 'C:\\', 'C:\\Users\\ana', '\\\\server\\share\\logs'];
    expect(paths.map((path) => breadcrumbs(path).map((crumb) => crumb.path))).toEqual([
      ['/'],
      ['/', '/home', '/home/ana', '/home/ana/logs'],
      ['C:\\'],
      ['C:\\', 'C:\\Users', 'C:\\Users\\ana'],
      ['\\\\server\\share\\', '\\\\server\\share\\logs'],
    ]);
  });
});
