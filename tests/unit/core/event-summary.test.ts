import { describe, expect, it } from 'vitest';
import { epochMs, rowId } from '#contract/ids';
import type { EventRow } from '#contract/events';
import { summarizeEvent } from '#core/event-summary';

const row: EventRow = {
  row: rowId(0),
  time: epochMs(Date.UTC(2023, 6, 10, 12, 40, 1)),
  timeText: '2023-07-10T12:40:01Z',
  service: 'cloudtrail',
  event: 'DeleteTrail',
  identity: 'AdminRole / jdoe',
  identityKind: 'role session',
  principal: 'AdminRole / jdoe (role session, 111122223333)',
  region: 'us-east-1',
  ip: '198.51.100.7',
  result: 'AccessDenied',
  eventClass: 'error',
  recordKind: null,
  format: 'records',
  isSummary: false,
  isDuplicate: false,
  otherVersions: 0,
  cells: [],
};

const sentence = (event: EventRow): string =>
  summarizeEvent(event, 'UTC')
    .map((part) => part.text)
    .join('');

describe('an event in one sentence', () => {
  it('says who did what, where, from where, when and with what result', () => {
    expect(sentence(row)).toBe(
      'AdminRole / jdoe (role session, 111122223333) called DeleteTrail on cloudtrail in us-east-1 from 198.51.100.7 at 2023-07-10 12:40:01 UTC: AccessDenied',
    );
  });

  it('gives the field and the value to filter by with every value', () => {
    const filters = summarizeEvent(row, 'UTC').flatMap(({ field, value }) =>
      field === undefined ? [] : [`${field}:${value ?? ''}`],
    );
    expect(filters).toEqual([
      'identity:AdminRole / jdoe (role session, 111122223333)',
      'kind:role session',
      'event:DeleteTrail',
      'service:cloudtrail',
      'region:us-east-1',
      'ip:198.51.100.7',
      'result:AccessDenied',
    ]);
  });

  it('says what was acted upon, with what beside it, and why it failed; each is a value to filter by', () => {
    const target = {
      names: [{ kind: 'user', text: 'jmerckle', field: 'target' }],
      beside: [{ kind: 'policy', text: 'zlj9i0k83o', field: 'requestParameters.policyName' }],
    };
    const detail = { target, errorMessage: 'User: jdoe is not authorized' };
    const parts = summarizeEvent({ ...row, event: 'PutUserPolicy', service: 'iam' }, 'UTC', detail);
    expect(parts.map(({ text }) => text).join('')).toBe(
      'AdminRole / jdoe (role session, 111122223333) called PutUserPolicy on user jmerckle (policy zlj9i0k83o) through iam in us-east-1 from 198.51.100.7 at 2023-07-10 12:40:01 UTC: AccessDenied: User: jdoe is not authorized',
    );
    const filters = parts.flatMap(({ field, value }) => (field === undefined ? [] : [[field, value]]));
    expect(filters).toContainEqual(['target', 'jmerckle']);
    expect(filters).toContainEqual(['requestParameters.policyName', 'zlj9i0k83o']);
    expect(filters).toContainEqual(['errorMessage', 'User: jdoe is not authorized']);
  });

  it('names three of many targets, and shortens a long message', () => {
    const names = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5'].map((text) => ({ kind: 'instance', text, field: 'target' }));
    const errorMessage = `You are not authorized. ${'Encoded message: x '.repeat(40)}`;
    const parts = summarizeEvent(row, 'UTC', { target: { names, beside: [] }, errorMessage });
    expect(parts.map(({ text }) => text).join('')).toMatch(
      / on instance i-1, i-2, i-3 and 2 more through .*: AccessDenied: You are not authorized\. .{100,150}…$/,
    );
    expect(parts.find(({ field }) => field === 'errorMessage')?.value).toBe(errorMessage);
  });

  it('speaks of sign-ins as such', () => {
    const root = { identity: 'Root', identityKind: 'Root', principal: 'Root (root of 111122223333)' };
    const login = { ...row, event: 'ConsoleLogin', service: 'signin', ...root };
    expect(sentence({ ...login, result: 'Success', eventClass: 'write' })).toMatch(
      /^Root of 111122223333 signed in to the console in /,
    );
    expect(sentence({ ...login, result: 'Failure' })).toMatch(
      /^Root of 111122223333 tried to sign in to the console in .*: Failure$/,
    );
  });

  it('says that a result is not stated, and of a sign-in that it was tried', () => {
    expect(sentence({ ...row, result: '(not stated)' })).toMatch(/: result not stated$/);
    const login = { ...row, event: 'ConsoleLogin', result: '(not stated)', eventClass: 'write' } as const;
    expect(sentence(login)).toMatch(/ tried to sign in to the console .*: result not stated$/);
  });

  it('says what an Insight found', () => {
    const insight: EventRow = {
      ...row,
      service: 'ec2',
      event: 'RunInstances',
      identity: 'CloudTrail Insights',
      identityKind: 'insight',
      principal: 'CloudTrail Insights (insight)',
      ip: '',
      result: 'Insight start',
      eventClass: 'unstated',
      recordKind: { kind: 'insight', type: 'ApiCallRateInsight', state: 'Start', errorCode: '' },
    };
    expect(sentence(insight)).toBe(
      'CloudTrail Insights: an unusual rate of calls to RunInstances on ec2 in us-east-1 began at 2023-07-10 12:40:01 UTC',
    );
    const errors = { kind: 'insight', type: 'ApiErrorRateInsight', state: 'End', errorCode: 'Throttled' } as const;
    expect(sentence({ ...insight, recordKind: errors })).toBe(
      'CloudTrail Insights: an unusual rate of failed calls (Throttled) to RunInstances on ec2 in us-east-1 ended at 2023-07-10 12:40:01 UTC',
    );
    const bare = { kind: 'insight', type: '', state: '', errorCode: '' } as const;
    expect(sentence({ ...insight, event: '', service: '', region: '', time: null, recordKind: bare })).toBe(
      'CloudTrail Insights: something unusual was found at an unstated time',
    );
    expect(sentence({ ...insight, recordKind: { ...bare, type: 'NewInsight' } })).toContain(
      'something unusual (NewInsight)',
    );
  });

  it('says what an aggregated event sums up', () => {
    const aggregated: EventRow = {
      ...row,
      service: 's3',
      event: '',
      identity: 'CloudTrail aggregation',
      identityKind: 'aggregated',
      principal: 'CloudTrail aggregation (aggregated)',
      ip: '',
      recordKind: { kind: 'aggregated', windowEnd: '2023-07-10T12:45:01Z' },
    };
    expect(sentence(aggregated)).toBe(
      'CloudTrail aggregation: calls to s3 in us-east-1, summed up from 2023-07-10 12:40:01 UTC to 2023-07-10 12:45:01 UTC',
    );
    expect(sentence({ ...aggregated, recordKind: { kind: 'aggregated', windowEnd: 'x' } })).toMatch(
      / to an unstated time$/,
    );
  });

  it('leaves out what the record does not say, and says that who or when is missing', () => {
    const bare = {
      ...row,
      time: null,
      service: '',
      event: '',
      identity: '(no identity)',
      identityKind: 'none',
      principal: '(no identity) (none)',
      region: '',
      ip: '',
    };
    expect(sentence({ ...bare, result: 'Success' })).toBe(
      'No stated identity made an unnamed call at an unstated time: Success',
    );
  });
});
