/** Where the rows of a page meet the query. */
import { describe, expect, it } from 'vitest';
import type { RowHit } from '#contract/events';
import { HitReader } from '#engine/search/row-hits';
import { indexOfRecords, parseFor } from '../../../helpers/indexes';

const record = {
  eventTime: '2023-07-10T12:40:01Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'PutUserPolicy',
  sourceIPAddress: '10.0.0.7',
  userAgent: 'aws-cli/2.1',
  requestID: 'a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1',
  requestParameters: { userName: 'alice', policyDocument: `${'x'.repeat(100)} iam:PassRole ${'y'.repeat(300)}` },
  responseElements: { note: 'for alice' },
};
const index = indexOfRecords([record, { eventName: 'ListUsers' }], { '@identity': 'bob (IAM user, 111122223333)' });

function hits(text: string, near: readonly string[] = []): readonly RowHit[] {
  return new HitReader(index, parseFor(index, text), () => near).read([0])[0] ?? [];
}

describe('the hits of a row', () => {
  it('are the first values that hold each word, what was sent before what came back', () => {
    expect(hits('ALICE aws-cli')).toEqual([
      { field: null, path: 'requestParameters.userName', text: 'alice', found: 'ALICE' },
      { field: null, path: 'userAgent', text: 'aws-cli/2.1', found: 'aws-cli' },
    ]);
  });

  it('are cut to what stands around the word', () => {
    const [hit] = hits('passrole');
    expect(hit?.path).toBe('requestParameters.policyDocument');
    expect(hit?.text).toMatch(/^…x+ iam:PassRole y+…$/);
    expect(hit?.text.length).toBeLessThan(220);
  });

  it('reach values that are kept outside the dictionary, and times', () => {
    expect(hits('a1a1-a1a1').map(({ path }) => path)).toEqual(['requestID']);
    expect(hits('12:40:01').map(({ path }) => path)).toEqual(['eventTime']);
  });

  it('of a field test are the whole value that passes it, also of a derived field', () => {
    expect(hits('service:iam requestParameters.userName:al*')).toEqual([
      { field: 'service', path: 'eventSource', text: 'iam', found: '' },
      { field: 'requestParameters.userName', path: 'requestParameters.userName', text: 'alice', found: '' },
    ]);
    expect(hits('identity:bob')).toEqual([
      { field: 'identity', path: '@identity', text: 'bob (IAM user, 111122223333)', found: '' },
    ]);
    expect(hits('target:alice')).toEqual([{ field: 'target', path: 'target', text: 'alice', found: '' }]);
  });

  it('of a range of addresses are the address in it', () => {
    expect(hits('10.0.0.0/8').map(({ path, text }) => [path, text])).toEqual([['sourceIPAddress', '10.0.0.7']]);
  });

  it('of a misspelt word are what it stands for', () => {
    expect(hits('~pasrole', ['passrole']).map(({ found }) => found)).toEqual(['passrole']);
  });

  it('are none for what is ruled out, and only those that the row has of several', () => {
    expect(hits('-alice')).toEqual([]);
    expect(hits('alice OR carol').map(({ text }) => text)).toEqual(['alice']);
    expect(hits('')).toEqual([]);
  });

  it('are left out where an expression takes too long', () => {
    const slow = indexOfRecords([{ requestParameters: { text: `${'a'.repeat(60)}!` } }]);
    const query = parseFor(slow, 'requestParameters.text:/^(a+)+$/');
    expect(new HitReader(slow, query, () => []).read([0])).toEqual([[]]);
  });
});
