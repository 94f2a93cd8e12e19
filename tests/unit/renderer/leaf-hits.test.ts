/** Which values of a record are hits of a query. */
import { describe, expect, it } from 'vitest';
import { rowId } from '#contract/ids';
import type { EventDetail } from '#contract/events';
import { parseTree } from '#core/json/tree';
import { createFieldLookup } from '#core/query/field-lookup';
import { hitTerms } from '#core/query/hit-terms';
import { parseQuery } from '#core/query/parse';
import { leafHits } from '../../../renderer/features/detail/leaf-hits';
import { hitIds, stepsTo } from '../../../renderer/lib/json-hits';
import { makeRow } from '../../helpers/results';

const record = {
  eventSource: 'iam.amazonaws.com',
  eventTime: '2023-07-10T12:40:01Z',
  eventName: 'PutUserPolicy',
  errorCode: 'AccessDenied',
  sourceIPAddress: '10.0.0.7',
  recipientAccountId: '111122223333',
  userIdentity: { type: 'IAMUser', userName: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' },
  requestParameters: { userName: 'mallory', tags: ['mallory', 'x'], nothing: null },
};
const detail: EventDetail = {
  row: rowId(1),
  raw: JSON.stringify(record),
  wrapping: null,
  location: { path: 'a.json', label: '/a.json', offset: 0, length: 2 },
  summary: { ...makeRow(1), identity: 'alice', eventClass: 'error' },
  target: { names: [{ kind: 'user', text: 'mallory', field: 'target' }], beside: [] },
};

function paths(text: string, kind: 'isHit' | 'isWhole' | 'isNews' = 'isHit'): readonly string[] {
  const parsed = parseQuery(text, createFieldLookup(['requestParameters.userName', 'requestParameters.tags']));
  const tree = parseTree(detail.raw);
  if (!parsed.ok || !tree.ok) throw new Error('a bad test');
  const ids = hitIds(tree.value, leafHits(hitTerms(parsed.value), detail)[kind]);
  return ids.map((id) => stepsTo(tree.value, id).at(-1)?.node.path ?? '');
}

describe('the hits of a query in a record', () => {
  it('are the values that hold a word', () => {
    expect(paths('ALICE')).toEqual(['userIdentity.userName', 'userIdentity.arn']);
    expect(paths('-alice')).toEqual([]);
    expect(paths('10.0.0.0/8')).toEqual(['sourceIPAddress']);
  });

  it('are the values that a field test passes, each element of an array by itself', () => {
    expect(paths('requestParameters:mal*')).toEqual(['requestParameters.userName', 'requestParameters.tags']);
    expect(paths('service:iam event:/^Put/')).toEqual(['eventSource', 'eventName']);
    expect(paths('errorCode:*')).toEqual(['errorCode']);
  });

  it('are what a derived value is made of', () => {
    expect(paths('identity:alice')).toEqual(['userIdentity.userName', 'userIdentity.arn']);
    expect(paths('class:error')).toEqual(['errorCode']);
    expect(paths('account:111122223333')).toEqual(['recipientAccountId']);
    expect(paths('target:mallory')).toEqual(['requestParameters.userName', 'requestParameters.tags']);
    expect(paths('format:records')).toEqual([]);
  });

  it('are not times, which every event has', () => {
    expect(paths('time>2023')).toEqual([]);
  });

  it('are whole values where a field was tested, and news where the sentence does not say them', () => {
    expect(paths('service:iam alice', 'isWhole')).toEqual(['eventSource']);
    expect(paths('service:iam requestParameters.userName:mallory', 'isNews')).toEqual(['requestParameters.userName']);
  });
});
