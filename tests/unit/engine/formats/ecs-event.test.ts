import { describe, expect, it } from 'vitest';
import { unwrapText } from '../../../helpers/unwrap-text';

const document = (more: Record<string, unknown>): string =>
  JSON.stringify({
    'event.action': 'CreateUser',
    ...more,
    aws: { cloudtrail: { event_version: '1.08', error_code: 'AccessDenied', user_identity: { type: 'IAMUser' } } },
    user: { name: 'alice' },
    '@timestamp': '2024-03-05T02:00:00.000Z',
  });
const event =
  '{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","userName":"alice"},"eventTime":"2024-03-05T02:00:00Z","eventName":"CreateUser","errorCode":"AccessDenied"}';

const session = {
  session_issuer: { type: 'Role', principal_id: 'AROA1', arn: 'arn:aws:iam::1:role/Admin', account_id: '1' },
  creation_date: '2024-03-05T01:00:00.000Z',
  mfa_authenticated: 'false',
};
const identity = { type: 'AssumedRole', arn: 'arn:aws:sts::2:assumed-role/Admin/ann', access_key_id: 'ASIA1' };
/** A call in a role session, as Elastic's module for CloudTrail keeps it. */
const sessionDocument = {
  '@timestamp': '2024-03-05T02:00:00.000Z',
  event: { action: 'GetObject', provider: 's3.amazonaws.com', id: 'e-1', outcome: 'success' },
  user: { id: 'AROA1:ann', name: 'Admin' },
  cloud: { account: { id: '2' }, region: 'eu-west-1' },
  source: { address: '198.51.100.7' },
  user_agent: { original: 'aws-cli' },
  aws: {
    cloudtrail: {
      event_version: '1.08',
      user_identity: { ...identity, session_context: session },
      request_id: 'r-1',
      read_only: true,
      resources: [{ arn: 'arn:aws:s3:::b', account_id: '3', type: 'AWS::S3::Bucket' }],
      event_type: 'AwsApiCall',
      management_event: false,
      recipient_account_id: '4',
      shared_event_id: 's-1',
      vpc_endpoint_id: 'vpce-1',
      event_category: 'Data',
      flattened: { request_parameters: { key: 'k' }, response_elements: { etag: 'x' } },
    },
  },
};
/** The same as CloudTrail wrote it. */
const sessionEvent = {
  eventVersion: '1.08',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROA1:ann',
    arn: 'arn:aws:sts::2:assumed-role/Admin/ann',
    accountId: '2',
    accessKeyId: 'ASIA1',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROA1',
        arn: 'arn:aws:iam::1:role/Admin',
        accountId: '1',
        userName: 'Admin',
      },
      attributes: { creationDate: '2024-03-05T01:00:00Z', mfaAuthenticated: 'false' },
    },
  },
  eventTime: '2024-03-05T02:00:00Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'aws-cli',
  requestParameters: { key: 'k' },
  responseElements: { etag: 'x' },
  requestID: 'r-1',
  eventID: 'e-1',
  readOnly: true,
  resources: [{ ARN: 'arn:aws:s3:::b', accountId: '3', type: 'AWS::S3::Bucket' }],
  eventType: 'AwsApiCall',
  managementEvent: false,
  recipientAccountId: '4',
  sharedEventID: 's-1',
  vpcEndpointId: 'vpce-1',
  eventCategory: 'Data',
};

describe('an event that was converted from the fields of Elastic', () => {
  it.each([0, 5000])('has all it is made of, also behind %i other fields', (count) => {
    const others = Object.fromEntries(Array.from({ length: count }, (_, i) => [`labels.field${String(i)}`, 'x']));
    expect(unwrapText(document(others))).toEqual({ events: [event], problems: [] });
  });

  it('has every part of a role session and of the call, each in its place', () => {
    const { events, problems } = unwrapText(JSON.stringify(sessionDocument));
    expect(problems).toEqual([]);
    expect(events.map((text) => JSON.parse(text) as unknown)).toEqual([sessionEvent]);
  });
});
