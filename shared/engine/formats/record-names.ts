/** The names of CloudTrail's fields as it writes them, for tools that change their case. */

/** The name of a field of the record as CloudTrail writes it, ignoring case; null where there is none. */
export function recordName(name: string): string | null {
  return recordNames.get(name.toLowerCase()) ?? null;
}

/** The same for a member of one of its fields; unknown names are unchanged. */
export function memberName(name: string, field: string): string {
  const lower = name.toLowerCase();
  if (field === 'resources' && lower === 'arn') return 'ARN';
  return memberNames.get(lower) ?? name;
}

const byLowerCase = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [name.toLowerCase(), name]));

/** Names of a record's fields, which query results have in lower case. */
const recordNames = byLowerCase([
  'eventVersion',
  'userIdentity',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'requestID',
  'eventID',
  'readOnly',
  'resources',
  'eventType',
  'apiVersion',
  'managementEvent',
  'recipientAccountId',
  'serviceEventDetails',
  'sharedEventID',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'eventCategory',
  'addendum',
  'sessionCredentialFromConsole',
  'edgeDeviceDetails',
  'tlsDetails',
  'insightDetails',
  'eventContext',
]);

/** Names within those that hold objects. */
const memberNames = byLowerCase([
  'type',
  'principalId',
  'arn',
  'accountId',
  'accessKeyId',
  'userName',
  'invokedBy',
  'identityProvider',
  'credentialId',
  'onBehalfOf',
  'userId',
  'identityStoreArn',
  'inScopeOf',
  'sourceArn',
  'sourceAccount',
  'issuerType',
  'credentialsIssuedTo',
  'sessionContext',
  'attributes',
  'mfaAuthenticated',
  'creationDate',
  'sessionIssuer',
  'webIdFederationData',
  'federatedProvider',
  'sourceIdentity',
  'ec2RoleDelivery',
  'ec2IssuedInVpc',
  'assumedRoot',
  'signInSessionArn',
  'ARNPrefix',
  'tlsVersion',
  'cipherSuite',
  'clientProvidedHostHeader',
  'keyExchange',
  'reason',
  'updatedFields',
  'originalRequestID',
  'originalEventID',
]);
