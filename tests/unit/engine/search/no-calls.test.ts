import { describe, expect, it } from 'vitest';
import { VisibleIndex } from '#engine/visibility/visible-index';
import { RowReader } from '#engine/search/event-rows';
import { QuerySets } from '#engine/search/query-sets';
import { parseFor, rowsIn } from '../../../helpers/indexes';
import { readRecords } from '../../../helpers/read-records';

const call = {
  eventVersion: '1.08',
  eventTime: '2026-01-12T10:30:00Z',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'RunInstances',
  eventID: 'call',
  eventCategory: 'Management',
  userIdentity: { type: 'Root' },
};
const insight = {
  eventVersion: '1.07',
  eventTime: '2026-01-12T10:00:00Z',
  awsRegion: 'us-east-1',
  eventID: 'insight',
  eventType: 'AwsCloudTrailInsight',
  recipientAccountId: '111122223333',
  insightDetails: {
    state: 'Start',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    insightType: 'ApiErrorRateInsight',
    errorCode: 'Client.InstanceLimitExceeded',
  },
  eventCategory: 'Insight',
};
const aggregated = {
  eventVersion: '1.11',
  eventId: 'aggregated',
  accountId: '111122223333',
  eventSource: 's3.amazonaws.com',
  eventType: 'AwsAggregatedEvent',
  eventCategory: 'Aggregated',
  timeWindow: { windowStart: '2026-01-12T09:00:00Z', windowEnd: '2026-01-12T09:05:00Z', windowSize: 'PT5M' },
};

function open(): VisibleIndex {
  const index = new VisibleIndex();
  const { segments } = readRecords(JSON.stringify({ Records: [call, insight, aggregated] }));
  for (const segment of segments) index.merge(segment, 0);
  index.settle();
  return index;
}

describe('events that are no calls', () => {
  it('are shown with what they describe', () => {
    const rows = new RowReader(open(), ['account', 'id', 'error', 'eventTime']);
    expect(rows.read(1)).toMatchObject({
      service: 'ec2',
      event: 'RunInstances',
      identity: 'CloudTrail Insights',
      identityKind: 'insight',
      result: 'Insight start',
      eventClass: 'unstated',
      recordKind: {
        kind: 'insight',
        type: 'ApiErrorRateInsight',
        state: 'Start',
        errorCode: 'Client.InstanceLimitExceeded',
      },
      cells: ['111122223333', 'insight', 'Client.InstanceLimitExceeded', '2026-01-12T10:00:00Z'],
    });
    expect(rows.read(2)).toMatchObject({
      time: Date.UTC(2026, 0, 12, 9),
      timeText: '2026-01-12T09:00:00Z',
      service: 's3',
      event: '',
      identity: 'CloudTrail aggregation',
      identityKind: 'aggregated',
      result: 'Aggregated',
      recordKind: { kind: 'aggregated', windowEnd: '2026-01-12T09:05:00Z' },
      cells: ['111122223333', 'aggregated', null, null],
    });
    expect(rows.read(0)).toMatchObject({ recordKind: null, identity: 'Root', result: 'Success' });
  });

  it.each([
    ['service:ec2', [0, 1]],
    ['eventSource:ec2', [0]],
    ['insightDetails.eventSource:ec2', [1]],
    ['event:runinstances', [0, 1]],
    ['error:Client.*', [1]],
    ['id:aggregated', [2]],
    ['account:111122223333', [1, 2]],
    ['time<2026-01-12T10', [2]],
    ['NOT eventTime:*', [2]],
  ])('are found by %s', (query, rows) => {
    const index = open();
    expect(rowsIn(new QuerySets(index, () => index.newSet()).find(parseFor(index, query)))).toEqual(rows);
  });
});
