import { describe, expect, it } from 'vitest';
import { describeRecordKind } from '#core/record-kind';
import { describeOutcome, type OutcomeParts } from '#core/outcome';

describe('the outcome of a call', () => {
  it.each<[result: string, eventClass: string, parts: OutcomeParts]>([
    ['Success', 'read', { readOnly: 'true' }],
    ['Success', 'write', { readOnly: 'false' }],
    ['Success', 'unstated', {}],
    ['Success', 'unstated', { readOnly: 'null', errorCode: '', errorMessage: '' }],
    ['(not stated)', 'write', { isUnstated: true, readOnly: 'false' }],
    ['(not stated)', 'unstated', { isUnstated: true }],
    ['AccessDenied', 'error', { isUnstated: true, errorCode: 'AccessDenied', readOnly: 'true' }],
    ['Failure', 'error', { isUnstated: true, errorMessage: 'Failed authentication' }],
    ['(not stated)', 'error', { errorCode: '(not stated)' }],
    ['AccessDenied', 'error', { errorCode: 'AccessDenied', readOnly: 'true' }],
    [
      'Failure',
      'error',
      { errorMessage: 'Failed authentication', failedKey: 'ConsoleLogin', eventName: 'ConsoleLogin' },
    ],
    ['Failure', 'error', { errorMessage: 'something went wrong' }],
    ['Failure', 'error', { failedKey: 'SwitchRole', eventName: 'SwitchRole' }],
    ['Failure', 'error', { failedKey: 'NewerEvent', eventName: 'NewerEvent', eventSource: 'newer.amazonaws.com' }],
    ['Failure', 'error', { failedKey: 'MfaResult', eventName: 'CheckMfa', eventSource: 'signin.amazonaws.com' }],
    ['Failure', 'error', { failedKey: 'x', eventName: 'Authenticate', eventSource: 'sso.amazonaws.com' }],
    ['Failure', 'error', { failedKey: null, eventName: 'SwitchRole' }],
    [
      'Success',
      'write',
      { failedKey: 'status', eventName: 'PutJob', eventSource: 'x.amazonaws.com', readOnly: 'false' },
    ],
    ['AccessDenied', 'error', { errorCode: 'AccessDenied', failedKey: 'SwitchRole', eventName: 'SwitchRole' }],
    ['Failure', 'error', { errorCode: 'Success', failedKey: 'SwitchRole', eventName: 'SwitchRole' }],
    ['Success', 'read', { errorCode: '200', errorMessage: 'OK', readOnly: 'true' }],
    ['Success', 'write', { errorCode: 'Success', readOnly: 'false' }],
    ['Success', 'write', { errorCode: 'None', errorMessage: 'None', readOnly: 'false' }],
    ['404', 'error', { errorCode: '404' }],
    ['NoneSuch', 'error', { errorCode: 'NoneSuch' }],
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
    expect(describeOutcome({}, describeRecordKind(parts))).toEqual({ result, eventClass: 'unstated' });
    expect(describeOutcome({ errorCode: 'X' }, describeRecordKind(parts)).result).toBe('X');
  });

  it('of network activity is that of the call', () => {
    const recordKind = describeRecordKind({ eventCategory: 'NetworkActivity', eventType: 'AwsVpceEvent' });
    expect(recordKind).toBeNull();
    expect(describeOutcome({ errorCode: 'VpceAccessDenied' }, recordKind).eventClass).toBe('error');
  });
});
