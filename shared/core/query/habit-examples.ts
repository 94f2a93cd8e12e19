/** The habits of other tools that are read as they are meant there: what the help and the README list. A test reads every one. */

export interface HabitExample {
  readonly tool: string;
  readonly written: string;
  /** What runs; times count from a last event at 2023-07-10T12:40:01Z. */
  readonly read: string;
}

export const habitExamples: readonly HabitExample[] = [
  { tool: 'Kibana', written: 'event.action : "StopLogging"', read: 'event:"StopLogging"' },
  {
    tool: 'Kibana',
    written: 'user.name:alice and not source.ip:"10.0.0.0/8"',
    read: 'identity:alice and not ip:10.0.0.0/8',
  },
  { tool: 'Kibana', written: 'event.outcome : failure', read: 'class:error' },
  { tool: 'Kibana', written: 'aws.cloudtrail.error_code : *', read: 'errorCode:*' },
  { tool: 'Kibana', written: '@timestamp >= now-2h', read: 'time>=2023-07-10T10:40:01Z' },
  { tool: 'Lucene', written: '_exists_:errorCode', read: 'errorCode:*' },
  { tool: 'Lucene', written: 'time:[2023-07-09 TO 2023-07-10]', read: 'time>=2023-07-09 time<=2023-07-10' },
  { tool: 'Lucene', written: '+root -Get*', read: 'root -Get' },
  { tool: 'Splunk', written: 'eventName!=StopLogging', read: '-eventName:StopLogging' },
  { tool: 'Splunk', written: 'src_ip=10.0.0.0/8 user=alice', read: 'ip:10.0.0.0/8 identity:alice' },
  {
    tool: 'Splunk',
    written: 'eventName IN (StopLogging, DeleteTrail)',
    read: 'eventName:(StopLogging OR DeleteTrail)',
  },
  { tool: 'Splunk', written: 'earliest=-24h errorCode=*', read: 'time>=2023-07-09T12:40:01Z errorCode:*' },
  { tool: 'Datadog', written: '@evt.name:StopLogging status:error', read: 'event:StopLogging class:error' },
  { tool: 'SQL', written: "eventName LIKE 'Stop%' AND errorCode IS NULL", read: 'eventName:Stop* AND -errorCode:*' },
  { tool: 'CloudWatch', written: '{ $.eventName = "StopLogging" }', read: 'eventName:"StopLogging"' },
  { tool: 'CloudWatch', written: 'filter ispresent(errorCode)', read: 'errorCode:*' },
  { tool: 'any', written: 'time:today', read: 'time:2023-07-10*' },
  { tool: 'any', written: 'last 2h', read: 'time>=2023-07-10T10:40:01Z' },
  { tool: 'any', written: '{"eventName": "StopLogging"}', read: 'eventName:StopLogging' },
];
