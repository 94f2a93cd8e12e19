import { describe, expect, it } from 'vitest';
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
});
