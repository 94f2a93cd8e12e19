/** Tables whose rows are events. */
import { cell, exampleEvents } from '../example-events';
import { sample } from '../sample';

const events = exampleEvents(3);

export const historyHeader =
  'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category';
const historyRow =
  'alice,AKIAEXAMPLE,2024-03-05T02:00:00Z,s3.amazonaws.com,CreateBucket,eu-west-1,203.0.113.1,"aws-cli ""2""",AccessDenied,' +
  '"[{""resourceType"":""AWS::S3::Bucket"",""resourceName"":""example-bucket""},{""resourceType"":""AWS::S3::Bucket"",""resourceName"":""arn:aws:s3:::b""}]",' +
  'EXAMPLE1,ffffffff-1111-4222-8333-ffffffffffff,false,AwsApiCall,111122223333,Management';
export const historyEvent =
  '{"eventTime":"2024-03-05T02:00:00Z","eventSource":"s3.amazonaws.com","eventName":"CreateBucket","awsRegion":"eu-west-1",' +
  '"sourceIPAddress":"203.0.113.1","userAgent":"aws-cli \\"2\\"","errorCode":"AccessDenied","userIdentity":{"userName":"alice","accessKeyId":"AKIAEXAMPLE"},' +
  '"requestID":"EXAMPLE1","eventID":"ffffffff-1111-4222-8333-ffffffffffff","readOnly":false,"resources":[{"type":"AWS::S3::Bucket","name":"example-bucket"},' +
  '{"type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::b"}],"eventType":"AwsApiCall","recipientAccountId":"111122223333","eventCategory":"Management"}';
export const history = sample("the console's table", `${historyHeader}\r\n${historyRow}\r\n${historyRow}\r\n`, {
  events: [historyEvent, historyEvent],
  summaries: 'all',
  recognisedAs: 'event-history-csv',
});
export const historyReordered = sample(
  "the console's table, in another order and with a column of someone's own",
  '\ufeffEVENT TIME,Event name,Event source,Read-only,Note\n2024-03-05T02:00:00Z,ListBuckets,s3.amazonaws.com,TRUE,"seen,\ntwice"\n',
  {
    events: [
      '{"Note":"seen,\\ntwice","eventTime":"2024-03-05T02:00:00Z","eventSource":"s3.amazonaws.com","eventName":"ListBuckets","readOnly":true}',
    ],
    summaries: 'all',
    recognisedAs: 'event-history-csv',
  },
);

export const athena = sample(
  'an answer of Athena',
  '"eventversion","useridentity","eventtime","eventsource","eventname","requestparameters","responseelements","readonly","resources","tlsdetails","year"\n' +
    '"1.08","{type=AssumedRole, principalid=AROAEXAMPLE:a=b, arn=arn:aws:sts::111122223333:assumed-role/R/a=b, accountid=111122223333, invokedby=null, sessioncontext={attributes={mfaauthenticated=false, creationdate=2024-03-05T01:00:00Z}, sessionissuer=null}}",' +
    '"2024-03-05T02:00:00Z","s3.amazonaws.com","PutObject","{""bucketName"":""b"",""size"":12345678901234567890}","null","true","[{arn=arn:aws:s3:::b, accountid=111122223333, type=AWS::S3::Bucket}]",,"2024"\n' +
    '"1.08","{type=Root, principalid=a{b}","2024-03-05T02:00:01Z","s3.amazonaws.com","GetObject","{bucketName=b}",,,,"{tlsversion=TLSv1.3}","2024"\n',
  {
    events: [
      '{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:a=b","arn":"arn:aws:sts::111122223333:assumed-role/R/a=b","accountId":"111122223333","sessionContext":{"attributes":{"mfaAuthenticated":"false","creationDate":"2024-03-05T01:00:00Z"}}},' +
        '"eventTime":"2024-03-05T02:00:00Z","eventSource":"s3.amazonaws.com","eventName":"PutObject","requestParameters":{"bucketName":"b","size":12345678901234567890},"responseElements":null,"readOnly":true,' +
        '"resources":[{"ARN":"arn:aws:s3:::b","accountId":"111122223333","type":"AWS::S3::Bucket"}],"year":"2024"}',
      '{"eventVersion":"1.08","userIdentity":"{type=Root, principalid=a{b}","eventTime":"2024-03-05T02:00:01Z","eventSource":"s3.amazonaws.com","eventName":"GetObject","requestParameters":"{bucketName=b}","tlsDetails":{"tlsVersion":"TLSv1.3"},"year":"2024"}',
    ],
    recognisedAs: 'query-csv',
  },
);
export const lakeColumns = sample(
  'a result of CloudTrail Lake with some columns',
  'eventTime,eventName,eventSource,userIdentity.arn,userIdentity.type\n2024-03-05 02:00:00.000,GetObject,s3.amazonaws.com,arn:aws:iam::111122223333:root,Root\n',
  {
    events: [
      '{"eventTime":"2024-03-05 02:00:00.000","eventName":"GetObject","eventSource":"s3.amazonaws.com","userIdentity":{"arn":"arn:aws:iam::111122223333:root","type":"Root"}}',
    ],
    summaries: 'all',
    recognisedAs: 'query-csv',
    // The time is without a zone.
    problems: ['oddity'],
  },
);
export const lakeJson = sample(
  'a result of CloudTrail Lake with the whole event',
  `eventid,eventjson\n${events.map((event) => `x,${cell(event)}\n`).join('')}`,
  { events, recognisedAs: 'json-csv' },
);
export const semicolons = sample('a table cut by semicolons', `eventid;eventjson\n${events.map((event) => `x;${cell(event)}\n`).join('')}`, {
  events,
  recognisedAs: 'json-csv',
});
export const sentinel = sample(
  "a table of Microsoft Sentinel, from the portal",
  '"TimeGenerated [UTC]",AwsEventId,EventName,EventSource,EventTypeName,AWSRegion,SourceIpAddress,UserIdentityType,UserIdentityPrincipalid,UserIdentityUserName,' +
    'UserIdentityAccountId,SessionMfaAuthenticated,SessionIssuerUserName,RequestParameters,ReadOnly,CidrIp,Category,TlsVersion,AwsRequestId_,ErrorCode,Type\n' +
    '"2/25/2025, 9:19:25.391 PM",e1,GetObject,s3.amazonaws.com,AwsApiCall,eu-west-1,203.0.113.1,AssumedRole,AROAEXAMPLE:s,,' +
    '111122223333,false,R,"{""bucketName"":""b""}",true,10.0.0.0/8,Management,TLSv1.3,R1,,AWSCloudTrail\n' +
    '"12/1/2025, 12:00:00.000 AM",e2,DeleteUser,iam.amazonaws.com,AwsApiCall,us-east-1,203.0.113.1,IAMUser,AIDAEXAMPLE,alice,111122223333,,,,false,,,,,AccessDenied,AWSCloudTrail\n',
  {
    events: [
      '{"eventTime":"2025-02-25T21:19:25.391Z","eventID":"e1","eventName":"GetObject","eventSource":"s3.amazonaws.com","eventType":"AwsApiCall","awsRegion":"eu-west-1",' +
        '"sourceIPAddress":"203.0.113.1","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:s","accountId":"111122223333",' +
        '"sessionContext":{"attributes":{"mfaAuthenticated":"false"},"sessionIssuer":{"userName":"R"}}},"requestParameters":{"bucketName":"b"},"readOnly":true,' +
        '"CidrIp":"10.0.0.0/8","eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3"},"requestID":"R1","Type":"AWSCloudTrail"}',
      '{"eventTime":"2025-12-01T00:00:00.000Z","eventID":"e2","eventName":"DeleteUser","eventSource":"iam.amazonaws.com","eventType":"AwsApiCall","awsRegion":"us-east-1",' +
        '"sourceIPAddress":"203.0.113.1","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","userName":"alice","accountId":"111122223333"},"readOnly":false,' +
        '"errorCode":"AccessDenied","Type":"AWSCloudTrail"}',
    ],
    recognisedAs: 'query-csv',
  },
);
export const sentinelTime = sample(
  "a table of Microsoft Sentinel's interface, whose time has no zone",
  'TimeGenerated,EventName,EventSource,UserIdentityArn\n2025-02-25 09:19:25.391039,GetObject,s3.amazonaws.com,arn:aws:iam::111122223333:root\n',
  {
    events: [
      '{"eventTime":"2025-02-25 09:19:25.391039","eventName":"GetObject","eventSource":"s3.amazonaws.com","userIdentity":{"arn":"arn:aws:iam::111122223333:root"}}',
    ],
    summaries: 'all',
    recognisedAs: 'query-csv',
    problems: ['oddity'],
  },
);
export const flatNames = sample(
  'a table whose names run the keys together, with a time of its own',
  'eventID,eventTime,eventName,userIdentitytype,userIdentityaccessKeyId,Category,TimeGenerated\ne1,2017-02-12T19:57:06Z,ListBuckets,Root,AKIAEXAMPLE,x,y\n',
  {
    events: [
      '{"eventID":"e1","eventTime":"2017-02-12T19:57:06Z","eventName":"ListBuckets","userIdentity":{"type":"Root","accessKeyId":"AKIAEXAMPLE"},"eventCategory":"x","TimeGenerated":"y"}',
    ],
    summaries: 'all',
    recognisedAs: 'query-csv',
  },
);
export const pipes = sample('a table cut by |', `eventid|eventjson\n${events.map((event) => `x|${cell(event)}\n`).join('')}`, {
  events,
  recognisedAs: 'json-csv',
});
export const sepLine = sample(
  "tables with Excel's line that tells the delimiter",
  `sep=;\r\neventid;eventjson;a,b\r\n${events.map((event) => `x;${cell(event)};"1,5"\r\nsep=;\r\neventid;eventjson;a,b\r\n`).join('')}`,
  { events, recognisedAs: 'json-csv' },
);
export const carriageReturns = sample(
  'a table whose rows end with carriage returns alone',
  `eventid,eventjson,note\r${events.map((event, i) => `x,${cell(event)},"two\nlines, or\rthree"${i < 2 ? '\r' : ''}`).join('')}`,
  { events, recognisedAs: 'json-csv' },
);
export const carriageReturnsBadRow = sample(
  'such a table with a bad row',
  `sep=;\reventid;eventjson\rx;${cell(events[0] ?? '')}\rshort\rx;${cell(events[1] ?? '')}\r`,
  { events: events.slice(0, 2), recognisedAs: 'json-csv', status: 'partial', problems: ['bad-row'] },
);
export const joinedTables = sample(
  'tables one after the other, each with its header',
  events.map((event) => `\ufeffeventid,eventjson\r\nx,${cell(event)}\r\n`).join(''),
  { events, recognisedAs: 'json-csv' },
);
export const badRows = sample(
  'a table with bad rows',
  `eventid,eventjson\nx,${cell(events[0] ?? '')}\nonly one cell\nx,"lost ""quote\nx,${cell(events[1] ?? '')}\nx,not JSON\nx,${cell(events[2] ?? '')}\nx,"torn`,
  {
    events,
    recognisedAs: 'json-csv',
    status: 'partial',
    problems: ['bad-row', 'not-events', 'bad-row'],
  },
);
export const unknownTable = sample('a table of something else', 'name,price,colour\nx,1,red\n', {
  events: [],
  recognisedAs: null,
  status: 'unread',
  problems: ['unknown-format'],
});
