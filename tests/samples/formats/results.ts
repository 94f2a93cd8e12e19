/** Results of queries in JSON: by columns, with whole records, and records whose keys are in lower case. */
import { exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const [a, b, c] = events as [string, string, string];

const columns = (second: number): readonly (readonly [string, string | null])[] => [
  ['eventID', `eeeeeeee-1111-4222-8333-00000000000${String(second)}`],
  ['eventTime', `2024-03-05 02:00:0${String(second)}.000`],
  ['eventSource', 's3.amazonaws.com'],
  ['eventName', 'GetObject'],
  ['userIdentity', '{type=IAMUser, accountid=111122223333, username=alice}'],
  ['errorCode', null],
  ['readOnly', 'true'],
  ['count', '7'],
];
const event = (second: number): string =>
  `{"eventID":"eeeeeeee-1111-4222-8333-00000000000${String(second)}","eventTime":"2024-03-05 02:00:0${String(second)}.000","eventSource":"s3.amazonaws.com","eventName":"GetObject",` +
  '"userIdentity":{"type":"IAMUser","accountId":"111122223333","userName":"alice"},"readOnly":true,"count":"7"}';
const expected = [event(1), event(2)];

const lake = (rows: readonly string[]): string =>
  `{"QueryStatus":"FINISHED","QueryStatistics":{"ResultsCount":2,"TotalResultsCount":2,"BytesScanned":1},"QueryResultRows":[${rows.join(',')}],"NextToken":"x"}`;
/** Their times name no zone. */
const zoneAssumed = ['oddity'] as const;
const lakeRow = (second: number): string =>
  `[${columns(second)
    .map(([name, text]) => `{"${name}":${text === null ? 'null' : quote(text)}}`)
    .join(', ')}]`;
export const lakeColumns = sample('get-query-results of Lake by columns', lake([lakeRow(1), lakeRow(2)]), {
  events: expected,
  summaries: 'all',
  recognisedAs: 'query-results',
  problems: zoneAssumed,
});
export const lakeRecords = sample(
  'get-query-results of Lake with whole records',
  lake(events.map((record) => `[{"eventJson":${quote(record)}},{"eventID":"x"}]`)),
  { events, recognisedAs: 'query-records' },
);
export const lakePages = sample('pages of results, one after the other', `${lake([lakeRow(1)])}\n${lake([lakeRow(2)])}`, {
  events: expected,
  summaries: 'all',
  recognisedAs: 'query-results',
  problems: zoneAssumed,
});
export const lakeRunning = sample('results of a query that has none yet', lake([]), {
  events: [],
  recognisedAs: null,
  status: 'unread',
  problems: ['not-events'],
});
export const otherColumns = sample('results that are counts', lake(['[{"eventName":"PutObject"},{"_col1":"7"}]', '[{"eventName":"X"},{"_col1":"1"}]']), {
  events: [],
  recognisedAs: 'other',
  status: 'unread',
  problems: ['not-events'],
});

const athenaRow = (cells: readonly (string | null)[]): string =>
  `{"Data":[${cells.map((text) => (text === null ? '{}' : `{"VarCharValue":${quote(text)}}`)).join(',')}]}`;
const names = columns(1).map(([name]) => name.toLowerCase());
const metadata = (header: readonly string[]): string =>
  `"ResultSetMetadata":{"ColumnInfo":[${header.map((name) => `{"CatalogName":"hive","Name":"${name}","Label":"${name}","Type":"varchar"}`).join(',')}]}`;
const cells = (second: number): readonly (string | null)[] => columns(second).map(([, text]) => text);
export const athena = sample(
  'get-query-results of Athena',
  JSON.stringify(
    JSON.parse(`{"UpdateCount":0,"ResultSet":{"Rows":[${[names, cells(1), cells(2)].map(athenaRow).join(',')}],${metadata(names)}}}`),
    null,
    4,
  ),
  { events: expected, summaries: 'all', recognisedAs: 'query-results', problems: zoneAssumed },
);
export const athenaBare = sample('get-query-results of Athena without what tells of the columns', `{"ResultSet":{"Rows":[${[names, cells(1), cells(2)].map(athenaRow).join(',')}]}}`, {
  events: expected,
  summaries: 'all',
  recognisedAs: 'query-results',
  problems: zoneAssumed,
});
export const athenaLater = sample(
  'a later page of get-query-results of Athena, without the names in its first row',
  `{"ResultSet":{"Rows":[${[cells(1), cells(2)].map(athenaRow).join(',')}],${metadata(names)}},"NextToken":"x"}`,
  { events: expected, summaries: 'all', recognisedAs: 'query-results', problems: zoneAssumed },
);
export const athenaBeside = sample(
  'get-query-results of Athena with events beside the rows and in a cell, one of them packed',
  `{"ResultSet":{"Rows":[{"Data":[{"VarCharValue":${quote(a)},"x":${quote(Buffer.from(b).toString('base64'))}}]}],"more":[${c}],${metadata(['eventjson'])}}}`,
  { events: [a, c, b], recognisedAs: 'mixed', problems: ['oddity', 'oddity'] },
);
const request = (record: string): string => JSON.stringify((JSON.parse(record) as { readonly requestParameters: unknown }).requestParameters);
export const athenaRequests = sample(
  'get-query-results of Athena with requests',
  `{"ResultSet":{"Rows":[${[
    ['eventname', 'eventid', 'requestparameters'],
    ['PutObject', 'e-1', request(a)],
  ]
    .map(athenaRow)
    .join(',')}]}}`,
  { events: [`{"eventName":"PutObject","eventID":"e-1","requestParameters":${request(a)}}`], recognisedAs: 'query-results' },
);

const splunkRow = (texts: readonly (string | null)[]): string => `[${texts.map((text) => (text === null ? 'null' : quote(text))).join(',')}]`;
export const splunkRows = sample(
  "Splunk's rows with raw events",
  `{"preview":false,"init_offset":0,"messages":[],"fields":["_time","_raw"],"rows":[${events.map((record) => splunkRow(['2024-03-05', record])).join(',')}]}`,
  { events, recognisedAs: 'splunk' },
);
export const splunkColumns = sample(
  "Splunk's columns with raw events",
  `{"preview":false,"fields":[{"name":"_raw"},{"name":"host"}],"columns":[[${events.map(quote).join(',')}],["h","h","h"]]}`,
  { events, recognisedAs: 'splunk' },
);
export const splunkFields = sample(
  "Splunk's rows by fields",
  `{"fields":["eventName","eventTime","userIdentity.arn","requestParameters"],"rows":[["PutObject","2024-03-05T02:00:01Z","arn:aws:iam::111122223333:user/alice",null]]}`,
  {
    events: ['{"eventName":"PutObject","eventTime":"2024-03-05T02:00:01Z","userIdentity":{"arn":"arn:aws:iam::111122223333:user/alice"}}'],
    recognisedAs: 'query-results',
  },
);

const lower =
  '{"eventversion":"1.08","useridentity":{"type":"IAMUser","principalid":"AIDAEXAMPLE","sessioncontext":{"attributes":{"mfaauthenticated":"true"}}, "other" : 1.0E+2},' +
  '"eventtime":"2024-03-05T02:00:01Z","eventsource":"iam.amazonaws.com","eventname":"Create\\u0055ser\\ud800","awsregion":"eu-west-1","sourceipaddress":"203.0.113.9","errorcode":null,' +
  '"requestparameters":{"username":"bob","size":12345678901234567890},"responseelements":"{\\"user\\":{\\"userName\\":\\"bob\\"}}","resources":[{"arn":"arn:aws:s3:::b","accountid":"1"}],' +
  '"eventid":"eeeeeeee-1111-4222-8333-000000000001","readonly":false,"recipientaccountid":"111122223333","mycolumn":"x"}';
const restored =
  '{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","sessionContext":{"attributes":{"mfaAuthenticated":"true"}},"other":1.0E+2},' +
  '"eventTime":"2024-03-05T02:00:01Z","eventSource":"iam.amazonaws.com","eventName":"Create\\u0055ser\\ud800","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.9","errorCode":null,' +
  '"requestParameters":{"username":"bob","size":12345678901234567890},"responseElements":{"user":{"userName":"bob"}},"resources":[{"ARN":"arn:aws:s3:::b","accountId":"1"}],' +
  '"eventID":"eeeeeeee-1111-4222-8333-000000000001","readOnly":false,"recipientAccountId":"111122223333","mycolumn":"x"}';
export const lowerCase = sample('records with their keys in lower case, one per line', `${lower}\n{"eventname":"X","eventtime":"2024-03-05T02:00:01Z"}\n`, {
  events: [restored, '{"eventName":"X","eventTime":"2024-03-05T02:00:01Z"}'],
  summaries: [1],
  recognisedAs: 'query-results',
});
export const lowerCaseList = sample('a list of records with their keys in lower case', `[${lower}, {"EVENTNAME":"X"}, ${lower}]`, {
  events: [restored, restored],
  recognisedAs: 'query-results',
  status: 'partial',
  problems: ['not-events'],
});
