import { describe, expect, it } from 'vitest';
import type { RowHit } from '#contract/events';
import { createFieldLookup } from '#core/query/field-lookup';
import { hitTerms } from '#core/query/hit-terms';
import { parseQuery } from '#core/query/parse';
import {
  hitColumnIndex,
  hitName,
  needsHitColumn,
  placeAmongChosen,
  unseenHits,
} from '../../../renderer/features/events/hit-column';
import { makeRow } from '../../helpers/results';

const columns = [
  { field: 'time', widthPx: 173 },
  { field: 'event', widthPx: 100 },
  { field: 'ip', widthPx: 100 },
];

function isNeeded(text: string): boolean {
  const parsed = parseQuery(text, createFieldLookup(['requestParameters.userName']));
  return parsed.ok && needsHitColumn(hitTerms(parsed.value), columns);
}

const inAny = (path: string, text: string, found: string): RowHit => ({ field: null, path, text, found });
const inField = (field: string, text: string): RowHit => ({ field, path: field, text, found: '' });

function unseen(...hits: readonly RowHit[]): readonly RowHit[] {
  const cells = new Map([
    ['event', 'DeleteTrailOfALongName'],
    ['ip', '10.0.0.7'],
  ]);
  return unseenHits({ ...makeRow(1), hits }, columns, (field) => cells.get(field) ?? null);
}

describe('the column of hits', () => {
  it('is there for words and for fields without a column, not for what a column or the timeline shows', () => {
    expect(['backdoor', 'requestParameters.userName:x', '10.0.0.0/8'].map(isNeeded)).toEqual([true, true, true]);
    expect(['', 'eventName:StopLogging', 'time>2023', '-backdoor'].map(isNeeded)).toEqual([false, false, false, false]);
  });

  it('stands beside what was done to what', () => {
    expect(hitColumnIndex(columns)).toBe(2);
    expect(hitColumnIndex([{ field: 'ip', widthPx: 100 }])).toBe(1);
  });

  it('shows the hits that no cell shows, or shows only beyond its edge', () => {
    const hidden = [inAny('userAgent', 'a backdoor', 'backdoor'), inAny('eventName', 'DeleteTrailOfALongName', 'name')];
    const shown = [inAny('requestParameters.x', 'Delete it', 'delete'), inAny('sourceIPAddress', '10.0.0.7', '')];
    expect(unseen(...hidden, ...shown)).toEqual(hidden);
    expect(unseen(inField('errorCode', 'AccessDenied'), inField('event', 'DeleteTrail'))).toEqual([
      inField('errorCode', 'AccessDenied'),
    ]);
  });

  it('names the value by the last key of its path, or by the field where it has no path', () => {
    expect(hitName(inAny('requestParameters.userName', '', ''))).toBe('userName');
    expect(hitName({ ...inField('identity', 'x'), path: '@identity' })).toBe('identity');
  });

  it('does not count among the places of the chosen columns', () => {
    // Shown: time, event, hits, ip.
    expect(placeAmongChosen(columns, 'ip', 0)).toBe(0);
    expect(placeAmongChosen(columns, 'time', 3)).toBe(2);
    expect(placeAmongChosen(columns, 'time', 1)).toBe(1);
  });
});
