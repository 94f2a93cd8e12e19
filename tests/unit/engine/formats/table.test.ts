import { describe, expect, it } from 'vitest';
import { memberName, recordName } from '#engine/formats/record-names';
import { isSepLine, shapeOf, tableAt } from '#engine/formats/table';
import { cellJson } from '#engine/formats/table-event';

const dialect = { delimiter: 0x2c, lineBreak: 0x0a };
const telling = ['eventname', 'eventtime'];

function eventOf(columns: Readonly<Record<string, string>>): unknown {
  const shape = shapeOf(Object.keys(columns), dialect);
  return shape === null ? null : JSON.parse(shape.eventOf(Object.values(columns)));
}

/** The fields of a record by the user guide, "CloudTrail record contents". */
const recordFields =
  `eventTime eventVersion userIdentity eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage
  requestParameters responseElements additionalEventData requestID eventID eventType apiVersion managementEvent readOnly resources
  recipientAccountId serviceEventDetails sharedEventID vpcEndpointId vpcEndpointAccountId eventCategory addendum
  sessionCredentialFromConsole eventContext edgeDeviceDetails tlsDetails insightDetails`.split(/\s+/);
/** Their members by "CloudTrail userIdentity element" and the same page. */
const members = {
  userIdentity: `type userName principalId arn accountId accessKeyId sessionContext invokedBy sessionIssuer attributes sourceIdentity
    webIdFederationData federatedProvider mfaAuthenticated creationDate ec2RoleDelivery ec2IssuedInVpc assumedRoot onBehalfOf userId
    identityStoreArn identityProvider credentialId inScopeOf issuerType credentialsIssuedTo sourceArn sourceAccount signInSessionArn`,
  tlsDetails: 'tlsVersion cipherSuite clientProvidedHostHeader keyExchange',
  addendum: 'reason updatedFields originalRequestID originalEventID',
  resources: 'ARN ARNPrefix accountId type',
};
const booleans = ['readOnly', 'managementEvent'];

describe('a table with a column for each field', () => {
  it.each(recordFields)('has the name that CloudTrail gives to %s', (name) => {
    expect(recordName(name.toLowerCase())).toBe(name);
    const lower = name.toLowerCase();
    const event = eventOf({ eventid: 'e-1', ...(telling.includes(lower) ? {} : { eventtime: 't' }), [lower]: 'x' });
    expect(event).toMatchObject({ eventID: lower === 'eventid' ? 'x' : 'e-1', [name]: 'x' });
  });

  it.each(Object.entries(members))('has the names that CloudTrail gives to the members of %s', (field, names) => {
    for (const name of names.split(/\s+/)) expect(memberName(name.toLowerCase(), field)).toBe(name);
    expect(memberName('Unknown', field)).toBe('Unknown');
  });

  it('knows ARN in capitals in the resources alone', () => {
    expect([memberName('arn', 'resources'), memberName('ARN', 'userIdentity')]).toEqual(['ARN', 'arn']);
  });

  it.each(
    `userIdentity additionalEventData resources serviceEventDetails addendum edgeDeviceDetails tlsDetails insightDetails
     eventContext`.split(/\s+/),
  )('reads structures in %s', (field) => {
    expect(cellJson('{type=Root, tlsversion=1.3, other=1}', [field])).toBe(
      '{"type":"Root","tlsVersion":"1.3","other":"1"}',
    );
  });

  it('reads JSON where a field may hold it, and keeps what a caller may have written as it is', () => {
    for (const field of ['requestParameters', 'responseElements', 'userIdentity']) {
      expect(cellJson(' {"a": [1]} ', [field])).toBe('{"a": [1]}');
      expect(cellJson('[{}]', [field])).toBe('[{}]');
      expect(cellJson('null', [field])).toBe('null');
      expect(cellJson('{"a":', [field])).toBe('"{\\"a\\":"');
    }
    expect(cellJson('{type=Root}', ['requestParameters'])).toBe('"{type=Root}"');
    expect(cellJson('{type=Root}', ['responseElements'])).toBe('"{type=Root}"');
    expect(cellJson('{"a":1}', ['userAgent'])).toBe(String.raw`"{\"a\":1}"`);
    expect(cellJson('{"a":1}', ['requestParameters', 'policy'])).toBe(String.raw`"{\"a\":1}"`);
    expect(cellJson('null', ['userAgent'])).toBe('"null"');
  });

  it.each(booleans)('has true and false in %s, in any case', (field) => {
    expect(['TRUE', 'false', '1'].map((cell) => cellJson(cell, [field]))).toEqual(['true', 'false', '"1"']);
    expect(cellJson('true', [field, 'a'])).toBe('"true"');
  });

  it('has members by their dots, and unknown columns by their names', () => {
    expect(
      eventOf({
        eventName: 'A',
        'useridentity.sessioncontext.attributes.mfaauthenticated': 'true',
        'my.own': 'x',
        '': 'y',
      }),
    ).toEqual({
      eventName: 'A',
      userIdentity: { sessionContext: { attributes: { mfaAuthenticated: 'true' } } },
      'my.own': 'x',
    });
  });

  it('is one of events with a telling column and another field', () => {
    for (const name of ['eventTime', 'eventName', 'eventSource', 'eventID']) {
      expect(shapeOf([name, 'awsRegion'], dialect)?.format).toBe('query-csv');
      expect(shapeOf([name, 'unknown'], dialect)).toBeNull();
    }
    expect(shapeOf(['awsRegion', 'userAgent'], dialect)).toBeNull();
  });

  it('lacks what it has no column for', () => {
    const lacks = (...more: string[]): unknown => {
      const shape = shapeOf(['eventName', 'eventID', ...more], dialect);
      return [shape?.isSummary, shape?.isOutcomeUnstated];
    };
    expect(lacks()).toEqual([true, true]);
    expect(lacks('requestparameters')).toEqual([false, true]);
    expect(lacks('responseelements.a')).toEqual([false, true]);
    expect(lacks('errorcode')).toEqual([true, false]);
  });
});

describe("the console's download", () => {
  const columns = {
    'Event name': 'A',
    'Event time': '2024-03-05T02:00:00Z',
    'Event source': 's3.amazonaws.com',
    'AWS region': 'r',
    'Source IP address': 'ip',
    'User agent': 'ua',
    'Error code': 'ec',
    'User name': 'un',
    'AWS access key': 'ak',
    'Request ID': 'rq',
    'Event ID': 'id',
    'Read-only': 'True',
    Resources: '[{"resourceType":"T","resourceName":"N"},{"resourceName":"arn:x"},1]',
    'Event type': 'et',
    'Recipient account ID': 'ra',
    'Event category': 'cat',
    ' Another ': 'x',
    '': 'y',
  };

  it('has all its fields, and others under their own names', () => {
    expect(eventOf(columns)).toEqual({
      Another: 'x',
      eventTime: '2024-03-05T02:00:00Z',
      eventSource: 's3.amazonaws.com',
      eventName: 'A',
      awsRegion: 'r',
      sourceIPAddress: 'ip',
      userAgent: 'ua',
      errorCode: 'ec',
      userIdentity: { userName: 'un', accessKeyId: 'ak' },
      requestID: 'rq',
      eventID: 'id',
      readOnly: true,
      resources: [{ type: 'T', name: 'N' }, { ARN: 'arn:x' }, {}],
      eventType: 'et',
      recipientAccountId: 'ra',
      eventCategory: 'cat',
    });
  });

  it('is a summary, without outcome where there is no column for it', () => {
    const shape = shapeOf(Object.keys(columns), dialect);
    expect([shape?.format, shape?.isSummary, shape?.isOutcomeUnstated]).toEqual(['event-history-csv', true, false]);
    const three = ['event name', 'event time', 'event source'];
    expect(shapeOf(three, dialect)?.isOutcomeUnstated).toBe(true);
    for (const missing of three)
      expect(
        shapeOf(
          three.filter((name) => name !== missing),
          dialect,
        ),
      ).toBeNull();
  });

  it('keeps resources that are no list as one name', () => {
    const three = { 'event name': 'A', 'event time': 't', 'event source': 's' };
    expect(eventOf({ ...three, resources: 'bucket' })).toMatchObject({ resources: [{ name: 'bucket' }] });
    expect(eventOf({ ...three, resources: '' })).not.toHaveProperty('resources');
  });
});

describe('a table with a column for the whole event', () => {
  const wholes = `eventjson cloudtrailevent event.original _source.event.original @message _raw detail message`.split(
    ' ',
  );

  it.each(wholes)('is known by the name %s', (name) => {
    const shape = shapeOf(['eventName', ` ${name.toUpperCase()} `, 'eventID'], dialect);
    expect([shape?.wholeColumn, shape?.format, shape?.otherWholes]).toEqual([1, 'json-csv', []]);
    expect(shape?.eventOf(['A', '{}', 'B'])).toBe('{}');
  });

  it('reads the first of them that is usual', () => {
    const shape = shapeOf([...wholes].reverse(), dialect);
    expect([shape?.wholeColumn, shape?.otherWholes]).toEqual([7, [0, 1, 2, 3, 4, 5, 6]]);
  });
});

describe('the first lines of a table', () => {
  const at = (text: string, isLast = true): unknown => {
    const found = tableAt(Buffer.from(text), 0, text.length, isLast);
    return found === null || found === 'needMore' ? found : [found.shape.delimiter, found.next];
  };

  it.each([
    ['eventName,eventID\n', [0x2c, 18]],
    ['eventName;eventID\n', [0x3b, 18]],
    ['eventName\teventID\n', [0x09, 18]],
    ['eventName|eventID\n', [0x7c, 18]],
    ['sep=;\neventName;eventID\n', [0x3b, 24]],
    ['"sep=|"\r\neventName|eventID\n', [0x7c, 27]],
    ['sep=;\neventName,eventID\n', null],
    ['a,b\n', null],
  ])('say what is between its cells: %j', (text, found) => {
    expect(at(text)).toEqual(found);
  });

  it('are read when all of the header is there', () => {
    expect([at('eventName,even', false), at('eventName,eventID', true)]).toEqual(['needMore', [0x2c, 17]]);
  });

  it('declare a delimiter in a line of at most 16 bytes', () => {
    const line = (returns: number): string => `sep=;${'\r'.repeat(returns)}\neventName;eventID\n`;
    expect(at(line(11))).toEqual([0x3b, 35]);
    expect(at(line(12))).toBeNull();
  });

  it('may be repeated where tables were joined', () => {
    const isSep = (...cells: string[]): boolean => isSepLine(cells);
    expect([isSep('sep=;'), isSep('SEP=', ''), isSep('sep=\t')]).toEqual([true, true, true]);
    expect([isSep('sep=;', 'x'), isSep('sep=;', '', ''), isSep('a'), isSep('sep=;x')]).toEqual(Array(4).fill(false));
  });
});
