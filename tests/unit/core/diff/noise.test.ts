import { describe, expect, it } from 'vitest';
import { isNoise } from '#core/diff/noise';

describe('noise', () => {
  it.each([
    ['of the record itself', '', 'eventID requestID sharedEventID eventTime'],
    ['of the session', 'userIdentity.sessionContext.attributes.', 'creationDate'],
    ['of an S3 data event', 'additionalEventData.', 'x-amz-id-2 bytesTransferredIn bytesTransferredOut'],
    ['tokens of a request', 'requestParameters.', 'clientToken ClientToken clientRequestToken idempotencyToken'],
    ['tokens within a request', 'requestParameters.a.b.', 'clientToken idempotencyToken'],
    ['request IDs of an answer', 'responseElements.', 'requestId requestID reservationId x-amz-request-id x-amz-id-2'],
    ['request IDs of an answer', 'responseElements.ResponseMetadata.', 'RequestId'],
    ['credentials', 'responseElements.credentials.', 'accessKeyId secretAccessKey sessionToken expiration'],
    ['times of an answer', 'responseElements.role.', 'createDate creationDate createdAt createTime attachTime'],
    ['times of an answer', 'responseElements.', 'lastModified lastModifiedTime lastUpdatedAt updatedAt updateDate'],
    ['other parts of an answer', 'responseElements.', 'revisionId sessionToken'],
  ])('are %s: %s%s', (_, before, names) => {
    for (const name of names.split(' ')) expect([before + name, isNoise(before + name)]).toEqual([before + name, true]);
  });

  it.each([
    'userIdentity.accessKeyId',
    'sourceIPAddress',
    'requestParameters.createDate',
    'requestParameters.eventTime',
    'responseElements.clientToken',
    'responseElements.role.roleName',
    'clientToken',
    'createDate',
    '',
  ])('is not what says who did what: %s', (path) => {
    expect(isNoise(path)).toBe(false);
  });

  it('is nothing within an opened text', () => {
    expect(isNoise(null)).toBe(false);
  });
});
