/**
 * Noise: what differs in every pair of calls, and so says nothing about what was done differently.
 *
 * Left out of a comparison unless asked for, and only where it differs. Who called, from where and with which key is not noise.
 */

/** Whole paths, without the places in arrays. */
const paths: ReadonlySet<string> = new Set([
  // The record's own.
  ...['eventID', 'requestID', 'sharedEventID', 'eventTime'],
  // When the session began, and what a data event moved.
  'userIdentity.sessionContext.attributes.creationDate',
  ...[
    'additionalEventData.x-amz-id-2',
    'additionalEventData.bytesTransferredIn',
    'additionalEventData.bytesTransferredOut',
  ],
  // EC2 repeats the request's identifier in its response; RunInstances adds a reservation.
  ...['responseElements.requestId', 'responseElements.requestID', 'responseElements.reservationId'],
  ...[
    'responseElements.x-amz-request-id',
    'responseElements.x-amz-id-2',
    'responseElements.ResponseMetadata.RequestId',
  ],
  // STS: a new session's keys. The role and the session's name are in fields of their own.
  'responseElements.credentials.accessKeyId',
  'responseElements.credentials.secretAccessKey',
  'responseElements.credentials.sessionToken',
  'responseElements.credentials.expiration',
]);

/** Tokens that the client makes for each request, so that a repeated request is not executed twice. */
const requestKeys: ReadonlySet<string> = new Set([
  'clientToken',
  'ClientToken',
  'clientRequestToken',
  'idempotencyToken',
]);

/** When the call took effect, as its response says; the revision that Lambda made. */
const responseKeys: ReadonlySet<string> = new Set([
  ...['createDate', 'creationDate', 'createdAt', 'updatedAt', 'lastModified', 'lastModifiedTime', 'lastUpdatedAt'],
  ...['updateDate', 'createTime', 'attachTime', 'revisionId', 'sessionToken'],
]);

/** Whether the field of this path, keys joined by `.`, is noise. Null: a field within an opened text, which never is. */
export function isNoise(path: string | null): boolean {
  if (path === null) return false;
  if (paths.has(path)) return true;
  const key = path.slice(path.lastIndexOf('.') + 1);
  if (path.startsWith('requestParameters.')) return requestKeys.has(key);
  return path.startsWith('responseElements.') && responseKeys.has(key);
}
