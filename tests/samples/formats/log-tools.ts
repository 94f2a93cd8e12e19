/** Exports of Graylog, Wazuh, Loki and Grafana, and of Elastic without the events themselves. */
import { exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const [a, b, c] = events as [string, string, string];

export const graylog = sample(
  'messages of Graylog, one per line',
  events.map((event) => `{"version":"1.1","host":"h","timestamp":1709604000.1,"message":"PutObject","full_message":${quote(event)},"_aws_source":"s3"}\n`).join(''),
  { events, recognisedAs: 'graylog' },
);
export const graylogSearch = sample(
  'the messages of a search in Graylog',
  `{"messages":[${events.map((event) => `{"index":"graylog_0","message":{"_id":"i","full_message":${quote(event)},"message":"m"}}`).join(',')}],"total_results":3}`,
  { events, recognisedAs: 'graylog', problems: ['oddity'] },
);

const wazuhMessage = (event: string): string =>
  `{"integration":"aws","aws":${event.replace('{', '{"log_info":{"aws_account_alias":"","log_file":"AWSLogs/x.json.gz","s3bucket":"b"},')}}`;
const wazuhEvents = events.map((event) => event.replace('{', '{"log_info":{"aws_account_alias":"","log_file":"AWSLogs/x.json.gz","s3bucket":"b"},'));
const alert = (rest: string): string =>
  `{"timestamp":"2024-03-05T02:00:01.000+0000","rule":{"level":3,"id":"80202"},"agent":{"id":"000"},"manager":{"name":"m"},"id":"1709604001.1",${rest},"decoder":{"name":"json"},"location":"Wazuh-AWS"}\n`;
export const wazuh = sample(
  "Wazuh's archive, one per line",
  events.map((event) => alert(`"full_log":${quote(wazuhMessage(event))},"data":{"integration":"aws"}`)).join(''),
  { events: wazuhEvents, recognisedAs: 'wazuh' },
);
export const wazuhAlerts = sample("Wazuh's alerts, one per line", events.map((event) => alert(`"data":${wazuhMessage(event)}`)).join(''), {
  events: wazuhEvents,
  recognisedAs: 'wazuh',
});

const lines = (list: readonly string[]): string => `[${list.map((event, i) => `["170960400000000000${String(i)}",${quote(event)}]`).join(', ')}]`;
export const loki = sample(
  "an answer of Loki's",
  `{"status":"success","data":{"resultType":"streams","result":[{"stream":{"job":"cloudtrail","eventName":"PutObject"},"values":${lines([a, b])}},{"stream":{"job":"x"},"values":${lines([c])}}],"stats":{"summary":{"bytesProcessedPerSecond":1}}}}`,
  { events, recognisedAs: 'loki' },
);
export const lokiPush = sample('streams as they are sent to Loki', `{"streams":[{"stream":{"job":"c"},"values":${lines(events)}}]}`, {
  events,
  recognisedAs: 'loki',
});
export const logcli = sample(
  'what logcli writes, one per line',
  events.map((event) => `{"labels":{"job":"c"},"line":${quote(event)},"timestamp":"2024-03-05T02:00:00Z"}\n`).join(''),
  { events, recognisedAs: 'loki' },
);
export const grafanaLogs = sample(
  "Grafana's download of logs",
  JSON.stringify(
    events.map((line) => ({
      line,
      timestamp: '1709604000000000000',
      date: '2024-03-05T02:00:00.000Z',
      fields: { eventName: 'PutObject', eventSource: 's3.amazonaws.com', job: 'c' },
    })),
    null,
    2,
  ),
  { events, recognisedAs: 'loki' },
);
export const grafanaPanel = sample(
  "the data of a panel of Grafana's",
  `{"results":{"A":{"status":200,"frames":[{"schema":{"refId":"A","fields":[{"name":"Time","type":"time"},{"name":"Line","type":"string"}]},"data":{"values":[[1709604000000,1,2],[${events.map(quote).join(',')}]]}}]}}}`,
  { events, recognisedAs: 'events', problems: ['oddity'] },
);

const document =
  '{"@timestamp":"2024-03-05T02:00:01.000Z","aws":{"cloudtrail":{"event_type":"AwsApiCall","event_version":"1.05","event_category":"Management","flattened":{"request_parameters":{"roleArn":"arn:aws:iam::111122223333:role/b","size":12345678901234567890}},' +
  '"request_parameters":"{roleArn=arn:aws:iam::111122223333:role/b}","response_elements":"{x=1}","recipient_account_id":"111122223333","request_id":"r-1","read_only":true,"resources":[{"account_id":"111122223333","arn":"arn:aws:iam::111122223333:role/b","type":"AWS::IAM::Role"}],' +
  '"user_identity":{"access_key_id":"AKIAEXAMPLE","arn":"arn:aws:sts::111122223333:assumed-role/a/s","session_context":{"creation_date":"2024-03-05T01:00:00.000Z","mfa_authenticated":"false","session_issuer":{"account_id":"111122223333","arn":"arn:aws:iam::111122223333:role/a","principal_id":"AROAEXAMPLE","type":"Role"}},"type":"AssumedRole"}}},' +
  '"cloud":{"account":{"id":"111122223333"},"region":"eu-west-1"},"event":{"action":"AssumeRole","dataset":"aws.cloudtrail","id":"e-1","kind":"event","outcome":"success","provider":"sts.amazonaws.com"},' +
  '"source":{"address":"203.0.113.4","ip":"203.0.113.4"},"user":{"id":"AROAEXAMPLE:s","name":"a"},"user_agent":{"name":"aws-cli","original":"aws-cli/1"},"tags":["x"]}';
const converted =
  '{"eventVersion":"1.05","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:s","arn":"arn:aws:sts::111122223333:assumed-role/a/s","accountId":"111122223333","accessKeyId":"AKIAEXAMPLE",' +
  '"sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE","arn":"arn:aws:iam::111122223333:role/a","accountId":"111122223333","userName":"a"},"attributes":{"creationDate":"2024-03-05T01:00:00Z","mfaAuthenticated":"false"}}},' +
  '"eventTime":"2024-03-05T02:00:01Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.4","userAgent":"aws-cli/1",' +
  '"requestParameters":{"roleArn":"arn:aws:iam::111122223333:role/b","size":12345678901234567890},"responseElements":"{x=1}","requestID":"r-1","eventID":"e-1","readOnly":true,' +
  '"resources":[{"accountId":"111122223333","ARN":"arn:aws:iam::111122223333:role/b","type":"AWS::IAM::Role"}],"eventType":"AwsApiCall","recipientAccountId":"111122223333","eventCategory":"Management"}';
export const ecs = sample('documents of Elastic without the events themselves', `${document}\n${document}\n`, {
  events: [converted, converted],
  summaries: 'all',
  recognisedAs: 'ecs',
});
export const ecsHits = sample(
  'an answer of Elastic whose documents do not hold the events themselves, among others that do',
  `{"took":1,"hits":{"total":{"value":3},"hits":[{"_index":"logs-aws.cloudtrail-default","_source":${document}},{"_index":"x","_source":{"event":{"original":${quote(a)}}}}]}}`,
  { events: [converted, a], summaries: [0], recognisedAs: 'mixed' },
);
export const ecsFields = sample(
  'hits of Kibana whose fields do not hold the events themselves',
  '{"_index":"x","fields":{"@timestamp":["2024-03-05T02:00:01.000Z"],"event.action":["ListBuckets"],"event.provider":["s3.amazonaws.com"],"aws.cloudtrail.user_identity.type":["IAMUser"],"user.name":["alice"],"event.id":["e-2"]}}',
  {
    events: [
      '{"userIdentity":{"type":"IAMUser","userName":"alice"},"eventTime":"2024-03-05T02:00:01Z","eventSource":"s3.amazonaws.com","eventName":"ListBuckets","eventID":"e-2"}',
    ],
    summaries: 'all',
    recognisedAs: 'ecs',
  },
);
export const otherDocument = sample(
  'a document of Elastic about something else',
  '{"@timestamp":"2024-03-05T02:00:01.000Z","event":{"action":"REJECT","dataset":"aws.vpcflow"},"aws":{"vpcflow":{"version":"2"}},"message":"2 111122223333 eni-1"}',
  { events: [], recognisedAs: null, status: 'unread', problems: ['not-events'] },
);
