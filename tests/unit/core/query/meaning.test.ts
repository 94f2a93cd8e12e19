import { describe, expect, it } from 'vitest';
import { createFieldLookup } from '#core/query/field-lookup';
import { parseQuery } from '#core/query/parse';
import { leavesOfRecord, matchesNaively } from '../../../helpers/naive-query';

const record = `{
  "eventVersion": "1.08", "eventTime": "2023-07-10T12:40:01Z",
  "userIdentity": {"type": "AssumedRole", "principalId": "AROAEXAMPLE:jdoe", "accountId": "111122223333",
    "sessionContext": {"sessionIssuer": {"userName": "AdminRole"}}},
  "eventSource": "s3.amazonaws.com", "eventName": "PutBucketPolicy", "sourceIPAddress": "198.51.100.7",
  "errorCode": "AccessDenied", "readOnly": false, "vpcEndpointId": null,
  "requestParameters": {"bucketName": "logs", "size": 12345678901234567890, "tags": [], "policy": [{"Sid": "One"}, {"Sid": "Two"}]}
}`;
const leaves = leavesOfRecord(record);
const fields = createFieldLookup(leaves.map((leaf) => leaf.path));

function matches(query: string): boolean {
  const parsed = parseQuery(query, fields);
  if (!parsed.ok) throw parsed.error;
  return matchesNaively(parsed.value, leaves);
}

describe('a query means', () => {
  it.each([
    '',
    'BUCKETPOL',
    '12:40:01',
    '"admin"',
    'false',
    'null',
    'identity:"AdminRole / jdoe"',
    'kind:"role session"',
    'account:111122223333',
    'result:AccessDenied class:error',
    'requestParameters:logs',
    'REQUESTPARAMETERS.policy.sid:two',
    'requestParameters.policy.Sid:(x OR One)',
    'requestParameters.tags:*',
    'requestParameters.size>12345678901234567889',
    '-vpcEndpointId:*',
    'vpcEndpointId:null',
    'readonly:false',
    'service:s3 -service:ec2',
    'nothing OR ip:198.51.100.0/24',
  ])('that the event is found: %s', (query) => {
    expect(matches(query)).toBe(true);
  });

  it.each([
    'eventName',
    '"role session"',
    'bucketpolicies',
    'requestParameters.policy:Sid',
    'requestParameters.buck:logs',
    'requestParameters.tags:""',
    'requestParameters.size>12345678901234567890',
    '-service:s3',
    'policy nothing',
    'NOT (policy OR nothing)',
  ])('that the event is not found: %s', (query) => {
    expect(matches(query)).toBe(false);
  });
});
