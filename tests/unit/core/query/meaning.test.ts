import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuerySets } from '#engine/search/query-sets';
import { VisibleIndex } from '#engine/visibility/visible-index';
import { indexOf, parseFor, rowsIn } from '../../../helpers/indexes';
import { queryText } from '../../../helpers/queries';
import { readRecords } from '../../../helpers/read-records';
import { leavesOf } from '../../../helpers/segments';
import { fieldsAmong } from '../../../reference/fields';
import { leavesOfRecord, matches } from '../../../reference/query-match';
import { readQuery } from '../../../reference/query-text';

const record = `{
  "eventVersion": "1.08", "eventTime": "2023-07-10T12:40:01Z",
  "userIdentity": {"type": "AssumedRole", "principalId": "AROAEXAMPLE:jdoe", "accountId": "111122223333",
    "sessionContext": {"sessionIssuer": {"userName": "AdminRole"}}},
  "eventSource": "s3.amazonaws.com", "eventName": "PutBucketPolicy", "sourceIPAddress": "198.51.100.7",
  "errorCode": "AccessDenied", "readOnly": false, "vpcEndpointId": null,
  "requestParameters": {"bucketName": "logs", "size": 12345678901234567890, "tags": [], "policy": [{"Sid": "One"}, {"Sid": "Two"}]}
}`;
const leaves = leavesOfRecord(record);
const isField = fieldsAmong(leaves);
const index = new VisibleIndex();
for (const segment of readRecords(record).segments) index.merge(segment, 0);

/** As the engine finds it and as the reference does. */
function isFound(query: string): { readonly engine: boolean; readonly reference: boolean } {
  const rows = rowsIn(new QuerySets(index, () => index.newSet()).find(parseFor(index, query)));
  return { engine: rows.length === 1, reference: matches(readQuery(query, isField), leaves) };
}

/** Records that hold the fields of {@link queryText}. */
const somebodysRecord = fc.record(
  {
    eventSource: fc.constantFrom('s3.amazonaws.com', 'S3', 'a', 'or'),
    eventName: fc.constantFrom('a', 'AND', '-x', 'b c'),
    requestParameters: fc.oneof(
      fc.record({ bucketName: fc.constantFrom<unknown>('a', 'x y', 'a/B', 'a*b', '-5', 6, null, []), n: fc.nat(9) }),
      fc.constantFrom('-x', 'or', '2023-07-10T00:00:00Z', '5'),
    ),
    'odd name.a:b': fc.constantFrom('a', '!x', 'x'),
    sourceIPAddress: fc.constantFrom('10.1.2.3', '2001:db8::1', '11.0.0.1'),
    eventTime: fc.constantFrom('2023-07-10T12:00:30Z', '2023-07-10T12:01:00Z', '2023-07-09T00:00:00Z'),
  },
  { requiredKeys: [] },
);

/** A name that no event has would be a word, and a parenthesis in its value one of the query's. */
const ofAllFields = { requestParameters: { bucketName: 'b' }, 'odd name.a:b': 'b' };

it('means the same to the engine and to a reading of its text alone, however it is written', () => {
  const texts = fc.array(
    queryText.filter((text) => !text.includes('~')),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(fc.array(somebodysRecord, { maxLength: 8 }), texts, (records, asked) => {
      const events = [ofAllFields, ...records].map((each) => ({ record: each }));
      const made = indexOf({ segments: [{ thread: 0, events }] });
      const sets = new QuerySets(made.index, () => made.index.newSet());
      for (const text of asked) {
        const query = made.read(text);
        const expected = [...made.events].filter(([, event]) => matches(query, leavesOf(event))).map(([row]) => row);
        expect(rowsIn(sets.find(parseFor(made.index, text))), text).toEqual(expected);
      }
    }),
    { numRuns: 300 },
  );
});

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
    expect(isFound(query)).toEqual({ engine: true, reference: true });
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
    expect(isFound(query)).toEqual({ engine: false, reference: false });
  });
});
