/** Exports of Elastic and Splunk. */
import { cell, exampleEvent, exampleEvents, quote } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);
const lines = (wrap: (event: string) => string): string => events.map((event) => `${wrap(event)}\n`).join('');

export const elasticHits = sample(
  'an answer of Elastic',
  `{"took":3,"hits":{"total":{"value":3},"hits":[${events
    .map((event) => `{"_index":"logs","_id":"i","_source":{"@timestamp":"2024-03-05T02:00:00Z","event":{"action":"PutObject","original":${quote(event)}}}}`)
    .join(',')}]}}`,
  { events, recognisedAs: 'elastic' },
);
const hit = (event: string): string => `{"_index":"logs","_source":{"event":{"original":${quote(event)}}}}`;
export const elasticDamaged = sample(
  'an answer of Elastic with a bad document, more behind the list, and another answer behind that',
  `{"took":3,"hits":{"hits":[${hit(exampleEvent(1))},{"_index":"logs","_source":{"event":{oops}}},${hit(exampleEvent(2))}],"x":1},"y":{"z":2}}\n` +
    `{"hits":{"hits":[${hit(exampleEvent(3))}]}}`,
  { events, recognisedAs: 'elastic', status: 'partial', problems: ['bad-json'] },
);
export const elasticLines = sample(
  'documents of Elastic, one per line',
  lines((event) => `{"_index":"logs","_source":{"event.original":${quote(event)},"aws":{"cloudtrail":{"event_version":"1.08"}}}}`),
  { events, recognisedAs: 'elastic' },
);
export const elasticSource = sample(
  'documents of Elastic that are the events',
  lines((event) => `{"_index":"logs","_id":"i","_source":${event}}`),
  { events, recognisedAs: 'elastic' },
);
export const filebeat = sample(
  'what Filebeat writes',
  lines(
    (event) =>
      `{"@timestamp":"2024-03-05T02:00:00Z","event":{"original":${quote(event)},"provider":"s3.amazonaws.com"},"aws":{"cloudtrail":{}},"message":"PutObject"}`,
  ),
  { events, recognisedAs: 'elastic' },
);
export const logstash = sample(
  'what Logstash writes',
  lines((event) => `{"@timestamp":"2024-03-05T02:00:00Z","@version":"1","message":${quote(event)}}`),
  { events, recognisedAs: 'elastic' },
);
export const kibana = sample(
  'hits with fields',
  lines((event) => `{"_index":"logs","fields":{"event.original":[${quote(event)}],"event.action":["PutObject"]}}`),
  { events, recognisedAs: 'elastic' },
);
export const kibanaTable = sample(
  'a table of Kibana',
  `"@timestamp","event.action","event.original"\n${lines((event) => `"Mar 5, 2024 @ 02:00:00.000",PutObject,${cell(event)}`)}`,
  { events, recognisedAs: 'json-csv' },
);

export const splunkJson = sample(
  "Splunk's JSON",
  lines((event) => `{"preview":false,"offset":1,"result":{"_raw":${quote(event)},"_time":"2024-03-05","eventName":"PutObject"}}`),
  { events, recognisedAs: 'splunk' },
);
export const splunkRaw = sample(
  "Splunk's raw events beside their fields",
  `[${events.map((event) => `{"_raw":${quote(event)},"eventName":"PutObject"}`).join(',')}]`,
  { events, recognisedAs: 'splunk' },
);
export const splunkTable = sample(
  "Splunk's table",
  `"_raw","_time",host\n${lines((event) => `${cell(event)},"2024-03-05T02:00:00.000+0000",h`)}`,
  { events, recognisedAs: 'json-csv' },
);
export const splunkCollector = sample(
  "what Splunk's collector takes",
  lines((event) => `{"time":1709604000,"host":"h","sourcetype":"aws:cloudtrail","event":${event}}`),
  { events, recognisedAs: 'splunk' },
);
