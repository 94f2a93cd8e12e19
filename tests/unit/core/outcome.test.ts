import { describe, expect, it } from 'vitest';
import { describeNature } from '#core/event-nature';
import { describeOutcome, type OutcomeParts } from '#core/outcome';

describe('the outcome of a call', () => {
  it.each<[result: string, eventClass: string, parts: OutcomeParts]>([
    ['Success', 'read', { readOnly: 'true' }],
    ['Success', 'write', { readOnly: 'false' }],
    ['Success', 'unstated', {}],
    ['Success', 'unstated', { readOnly: 'null', errorCode: '', errorMessage: '' }],
    ['AccessDenied', 'error', { errorCode: 'AccessDenied', readOnly: 'true' }],
    ['Failure', 'error', { errorMessage: 'Failed authentication', consoleLogin: 'Failure', readOnly: 'false' }],
    ['Failure', 'error', { consoleLogin: 'Failure' }],
    ['Failure', 'error', { errorMessage: 'something went wrong' }],
    ['Success', 'write', { consoleLogin: 'Success', readOnly: 'false' }],
  ])('is %s, counted as %s', (result, eventClass, parts) => {
    expect(describeOutcome(parts)).toEqual({ result, eventClass });
  });

  it.each([
    ['Insight start', { eventCategory: 'Insight', insightState: 'Start' }],
    ['Insight end', { eventType: 'AwsCloudTrailInsight', insightState: 'End' }],
    ['Insight', { eventCategory: 'Insight' }],
    ['Aggregated', { eventCategory: 'Aggregated' }],
    ['Aggregated', { eventType: 'AwsAggregatedEvent' }],
  ])('of what is no call is that it is %s', (result, parts) => {
    expect(describeOutcome({}, describeNature(parts))).toEqual({ result, eventClass: 'unstated' });
    expect(describeOutcome({ errorCode: 'X' }, describeNature(parts)).result).toBe('X');
  });

  it('of network activity is that of the call', () => {
    const nature = describeNature({ eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvent' });
    expect(nature).toBeNull();
    expect(describeOutcome({ errorCode: 'VpceAccessDenied' }, nature).eventClass).toBe('error');
  });
});
