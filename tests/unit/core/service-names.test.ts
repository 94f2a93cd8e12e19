import { describe, expect, it } from 'vitest';
import { eventSourcesOf } from '#core/service-names';

describe('the names CloudTrail has for a service', () => {
  it.each([
    ['cloudwatch', 'monitoring'],
    ['Amazon CloudWatch', 'monitoring'],
    ['step functions', 'states'],
    ['StepFunctions.amazonaws.com', 'states'],
    ['cognito', 'cognito-idp cognito-identity cognito-sync'],
    ['eventbridge', 'events'],
    ['ses', 'email'],
    ['email', ''],
    ['s3', ''],
    ['constructor', ''],
  ])('%s: %s', (product, names) => {
    expect(eventSourcesOf(product).join(' ')).toBe(names);
  });
});
