import { describe, expect, it } from 'vitest';
import { flatColumns } from '#engine/formats/flat-columns';

/** "AWSCloudTrail" in Azure Monitor's table reference, with the fields of the record they are taken from. */
const sentinel: readonly (readonly [string, string])[] = [
  ['UserIdentityType', 'userIdentity.type'],
  ['UserIdentityPrincipalid', 'userIdentity.principalId'],
  ['UserIdentityArn', 'userIdentity.arn'],
  ['UserIdentityAccountId', 'userIdentity.accountId'],
  ['UserIdentityAccessKeyId', 'userIdentity.accessKeyId'],
  ['UserIdentityUserName', 'userIdentity.userName'],
  ['UserIdentityInvokedBy', 'userIdentity.invokedBy'],
  ['SessionIssuerType', 'userIdentity.sessionContext.sessionIssuer.type'],
  ['SessionIssuerPrincipalId', 'userIdentity.sessionContext.sessionIssuer.principalId'],
  ['SessionIssuerArn', 'userIdentity.sessionContext.sessionIssuer.arn'],
  ['SessionIssuerAccountId', 'userIdentity.sessionContext.sessionIssuer.accountId'],
  ['SessionIssuerUserName', 'userIdentity.sessionContext.sessionIssuer.userName'],
  ['SessionMfaAuthenticated', 'userIdentity.sessionContext.attributes.mfaAuthenticated'],
  ['SessionCreationDate', 'userIdentity.sessionContext.attributes.creationDate'],
  ['EC2RoleDelivery', 'userIdentity.sessionContext.ec2RoleDelivery'],
  ['TlsVersion', 'tlsDetails.tlsVersion'],
  ['CipherSuite', 'tlsDetails.cipherSuite'],
  ['ClientProvidedHostHeader', 'tlsDetails.clientProvidedHostHeader'],
  ['AwsEventId', 'eventID'],
  ['AwsRequestId', 'requestID'],
  ['AwsRequestId_', 'requestID'],
  ['EventTypeName', 'eventType'],
  ['Category', 'eventCategory'],
];

const keysOf = (names: readonly string[], name: string): string | undefined =>
  flatColumns(names.map((each) => each.toLowerCase()))
    .get(name.toLowerCase())
    ?.keys.join('.');

describe('columns whose names join keys', () => {
  it.each(sentinel)("in Sentinel's table: %s is %s", (name, path) => {
    expect(keysOf(['TimeGenerated', 'EventName', name], name)).toBe(path);
    const anywhere = path.startsWith('userIdentity.') && name.startsWith('UserIdentity') ? path : undefined;
    expect(keysOf(['EventName', name], name)).toBe(anywhere);
    expect(keysOf(['TimeGenerated', name], name)).toBe(anywhere);
  });

  it('have the time of the event where no other column has it', () => {
    for (const name of ['TimeGenerated', 'TimeGenerated [UTC]', 'TimeGenerated [Local Time]']) {
      expect(keysOf([name, 'EventName'], name)).toBe('eventTime');
      expect(keysOf([name, 'EventName', 'EventTime'], name)).toBeUndefined();
    }
    expect(keysOf(['TimeGenerated', 'EventName', 'TimeGeneratedX'], 'TimeGeneratedX')).toBeUndefined();
  });

  it.each([
    ['2/25/2025, 9:19:25.391 AM', '2025-02-25T09:19:25.391Z'],
    ['12/5/2025, 12:00:01 AM', '2025-12-05T00:00:01Z'],
    ['12/15/2025, 12:00:01\u202fPM', '2025-12-15T12:00:01Z'],
    ['1/2/2025, 1:02:03 PM', '2025-01-02T13:02:03Z'],
    ['25.02.2025, 09:19:25', '25.02.2025, 09:19:25'],
  ])("have the portal's time in UTC as CloudTrail writes it: %s", (cell, time) => {
    const name = 'timegenerated [utc]';
    expect(flatColumns([name, 'eventname']).get(name)?.textOf?.(cell)).toBe(time);
    const local = 'timegenerated [local time]';
    expect(flatColumns([local, 'eventname']).get(local)?.textOf).toBeUndefined();
  });
});
