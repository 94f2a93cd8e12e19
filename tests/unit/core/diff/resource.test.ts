import { describe, expect, it } from 'vitest';
import { namedResource } from '#core/diff/resource';
import { parseTree } from '#core/json/tree';

function resource(record: unknown): unknown {
  const parsed = parseTree(JSON.stringify(record));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return namedResource(parsed.value);
}

const request = (requestParameters: unknown): unknown => resource({ requestParameters });

describe('the resource of a record', () => {
  it('is what its resources are called, before any request parameter', () => {
    expect(
      resource({
        resources: [{ ARN: 'arn:a', type: 'AWS::S3::Object' }, { ARN: 'arn:b' }, { ARN: 'arn:a' }, { accountId: '1' }],
        requestParameters: { bucketName: 'b' },
      }),
    ).toEqual({
      name: 'arn:a, arn:b',
      fields: [
        ['resources.ARN', 'arn:a'],
        ['resources.ARN', 'arn:b'],
      ],
    });
  });

  it.each([
    [{ policyArn: 'p', roleName: 'r' }, 'roleName r', [['requestParameters.roleName', 'r']]],
    [{ groupName: 'web', groupId: 'sg-1' }, 'groupId sg-1', [['requestParameters.groupId', 'sg-1']]],
    [
      { key: 'k', bucketName: 'b' },
      'bucketName b, key k',
      [
        ['requestParameters.bucketName', 'b'],
        ['requestParameters.key', 'k'],
      ],
    ],
    [
      { instancesSet: { items: [{ instanceId: 'i-1' }, { instanceId: 'i-2' }] } },
      'instanceId i-1, instanceId i-2',
      [
        ['requestParameters.instancesSet.items.instanceId', 'i-1'],
        ['requestParameters.instancesSet.items.instanceId', 'i-2'],
      ],
    ],
  ])('is the most telling request parameter: %j', (parameters, name, fields) => {
    expect(request(parameters)).toEqual({ name, fields });
  });

  it.each([
    null,
    {},
    { maxResults: 5 },
    { userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    { roleName: '' },
    ['roleName'],
  ])('is none where nothing names one: %j', (parameters) => {
    expect(request(parameters)).toBeNull();
  });
});
