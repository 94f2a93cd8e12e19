/** What the habits of other tools mean here: the one list of them. */
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import { createFieldLookup } from '#core/query/field-lookup';
import { habitExamples } from '#core/query/habit-examples';
import { queryNotes } from '#core/query/notes';
import { noteText } from '#core/query/note-text';
import { parseQuery } from '#core/query/parse';
import { printQuery } from '#core/query/print';
import { readQuery } from '#core/query/read-query';
import { anyText, queryPaths, queryText } from '../../../helpers/queries';

const fields = createFieldLookup([
  ...queryPaths,
  ...['eventName', 'errorCode', 'eventSource', 'sourceIPAddress', 'userIdentity.accessKeyId', 'recipientAccountId'],
  ...['requestParameters.bucketName', 'requestParameters.size', 'userIdentity.userName', 'additionalEventData.MFAUsed'],
]);
const lastEvent = epochMs(Date.parse('2023-07-10T12:40:01Z'));
const context = { fields, lastEvent };
const read = (text: string): string => readQuery(text, context).text;

describe('a habit of another tool', () => {
  it.each([
    // Kibana (KQL)
    ['event.action : "StopLogging"', 'event:"StopLogging"'],
    ['user.name:alice and not source.ip:"10.0.0.0/8"', 'identity:alice and not ip:10.0.0.0/8'],
    ['source.ip: 10.0.0.0/8', 'ip:10.0.0.0/8'],
    ['cloud.region : us-east-1', 'region:us-east-1'],
    ['cloud.account.id : 111122223333', 'account:111122223333'],
    ['event.provider : iam.amazonaws.com', 'service:iam.amazonaws.com'],
    ['event.outcome : failure', 'class:error'],
    ['event.outcome : success', 'result:Success'],
    ['aws.cloudtrail.error_code : *', 'errorCode:*'],
    ['aws.cloudtrail.user_identity.access_key_id : AKIAEXAMPLE', 'userIdentity.accessKeyId:AKIAEXAMPLE'],
    ['aws.cloudtrail.flattened.request_parameters.bucketName : logs', 'requestParameters.bucketName:logs'],
    ['user_agent.original : *boto*', 'agent:*boto*'],
    ['@timestamp >= "2023-07-10"', 'time>="2023-07-10"'],
    ['@timestamp >= now-2h', 'time>=2023-07-10T10:40:01Z'],
    ['event.action : (StopLogging or DeleteTrail)', 'event:(StopLogging or DeleteTrail)'],
    // Lucene, Elasticsearch
    ['_exists_:errorCode', 'errorCode:*'],
    ['NOT _exists_:errorCode', 'NOT errorCode:*'],
    ['_missing_:errorCode', '-errorCode:*'],
    ['eventName:[A TO D]', 'eventName:[A TO D]'],
    ['requestParameters.size:[1 TO 10]', 'requestParameters.size>=1 requestParameters.size<=10'],
    ['requestParameters.size:{1 TO *}', 'requestParameters.size>1'],
    ['-requestParameters.size:[1 TO 10]', '-(requestParameters.size>=1 requestParameters.size<=10)'],
    ['NOT requestParameters.size:[1 TO 10]', 'NOT (requestParameters.size>=1 requestParameters.size<=10)'],
    ['@timestamp:[now-7d TO now]', 'time>=2023-07-03T12:40:01Z time<=2023-07-10T12:40:01Z'],
    ['time:[2023-07-09 TO 2023-07-10]', 'time>=2023-07-09 time<=2023-07-10'],
    ['*:*', '*'],
    ['+root -Get*', 'root -Get'],
    ['StopLoging~1', '~StopLoging'],
    ['Stop*', 'Stop'],
    // Splunk
    ['eventName=StopLogging', 'eventName:StopLogging'],
    ['eventName!=StopLogging', '-eventName:StopLogging'],
    ['eventName="Stop*" errorCode=*', 'eventName:Stop* errorCode:*'],
    ['src_ip=10.0.0.0/8', 'ip:10.0.0.0/8'],
    ['userName=alice', 'identity:alice'],
    ['user="alice" NOT action=success', 'identity:"alice" NOT event:success'],
    ['eventName IN (StopLogging, DeleteTrail)', 'eventName:(StopLogging OR DeleteTrail)'],
    ['NOT eventName IN (StopLogging, DeleteTrail)', 'NOT eventName:(StopLogging OR DeleteTrail)'],
    ['earliest=-24h errorCode=*', 'time>=2023-07-09T12:40:01Z errorCode:*'],
    ['earliest=-7d@d latest=now', 'time>=2023-07-03T00:00:00Z time<=2023-07-10T12:40:01Z'],
    ['search eventName=StopLogging', 'eventName:StopLogging'],
    ['where isnull(errorCode)', '-errorCode:*'],
    ['cidrmatch("10.0.0.0/8", src_ip)', 'ip:10.0.0.0/8'],
    // Datadog
    ['@evt.name:StopLogging', 'event:StopLogging'],
    ['@usr.name:alice -@network.client.ip:10.0.0.0/8', 'identity:alice -ip:10.0.0.0/8'],
    ['@eventName:(StopLogging OR DeleteTrail)', 'eventName:(StopLogging OR DeleteTrail)'],
    ['@requestParameters.size:>5', 'requestParameters.size:>5'],
    ['status:error', 'class:error'],
    ['-status:error', '-class:error'],
    ['status:success', 'result:Success'],
    ['@error.kind:AccessDenied', 'error:AccessDenied'],
    // SQL, Athena, CloudTrail Lake
    ["eventName = 'StopLogging'", 'eventName:StopLogging'],
    ["eventName <> 'StopLogging' AND errorCode IS NULL", '-eventName:StopLogging AND -errorCode:*'],
    ["eventName LIKE 'Stop%'", 'eventName:Stop*'],
    ["eventName NOT LIKE '%Logging'", '-eventName:*Logging'],
    ["eventName IN ('StopLogging', 'DeleteTrail')", 'eventName:(StopLogging OR DeleteTrail)'],
    ["eventName NOT IN ('StopLogging')", '-eventName:(StopLogging)'],
    ['errorCode IS NOT NULL', 'errorCode:*'],
    ["time BETWEEN '2023-07-09' AND '2023-07-10'", '(time>=2023-07-09 time<=2023-07-10)'],
    ["where awsRegion = 'us-east-1' and eventName != 'X'", 'awsRegion:us-east-1 and -eventName:X'],
    // CloudWatch Logs: filter patterns and Insights
    [
      '{ ($.eventName = "StopLogging") || ($.errorCode = "*Denied*") }',
      '(eventName:"StopLogging") || (errorCode:*Denied*)',
    ],
    ['filter eventName = "StopLogging"', 'eventName = "StopLogging"'],
    ['filter eventName like /Stop|Delete/', 'eventName:/Stop|Delete/'],
    ['ispresent(errorCode)', 'errorCode:*'],
    ['exists(errorCode)', 'errorCode:*'],
    ['$.userIdentity.userName = alice', 'userIdentity.userName:alice'],
    // Any
    ['eventName == StopLogging', 'eventName == StopLogging'],
    ['time:2023-07', '(time>=2023-07 time<=2023-07)'],
    ['time:today', 'time:2023-07-10*'],
    ['time:yesterday', 'time:2023-07-09*'],
    ['last 2h', 'time>=2023-07-10T10:40:01Z'],
    ['root last 7 days', 'root time>=2023-07-03T12:40:01Z'],
    ['error_code:AccessDenied', 'error:AccessDenied'],
    ['event:(StopLogging, DeleteTrail)', 'event:(StopLogging OR DeleteTrail)'],
    ["event:'StopLogging'", 'event:StopLogging'],
    ["'two words'", '"two words"'],
    ['{"eventName": "StopLogging"}', 'eventName:StopLogging'],
    ['"eventName": "StopLogging", "errorCode": "AccessDenied",', 'eventName:StopLogging errorCode:AccessDenied'],
    ['{"userIdentity": {"userName": "alice smith"}}', 'userIdentity.userName:"alice smith"'],
  ])('%s', (text, meaning) => {
    expect(read(text)).toBe(meaning);
    expect(parseQuery(meaning, fields).ok).toBe(true);
    expect(read(meaning), 'what was read is read again as it stands').toBe(meaning);
  });
});

describe('the habits that help and README list', () => {
  it.each(habitExamples.map(({ written, read }) => [written, read]))('are read as they say: %s', (written, means) => {
    expect(read(written)).toBe(means);
  });

  it('are the same in both', async () => {
    const readme = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8');
    const rows = habitExamples.map(({ written, read: means }) => [`\`${written}\``, `\`${means}\``]);
    const cells = readme.split('\n').map((line) => line.split(' | ').map((cell) => cell.replace(/^\| *| *\|?$/g, '')));
    for (const row of rows) expect(cells.map((line) => line.slice(-2))).toContainEqual(row);
  });
});

describe('how a query was read', () => {
  it('is said beside what it found, with a way to search for the words', () => {
    const { note } = readQuery('root user=alice earliest=-24h', context);
    expect(note).toEqual({
      kind: 'read-as-query',
      words: ['root identity:alice time>=2023-07-09T12:40:01Z'],
      advice: 'Counted from the last event, 2023-07-10T12:40:01Z.',
      text: 'root "user=alice" "earliest=-24h"',
    });
    expect(note === null ? '' : noteText(note)).toMatch(/^Read as `root identity:alice /);
  });

  it('is the query itself where nothing in it is a habit', () => {
    for (const text of ['', 'root', 'service:s3 -event:Get* time>=2023-07-10', '"user=alice"', 'event:X (a OR b)'])
      expect(readQuery(text, context)).toEqual({ text, note: null });
  });

  it.each([
    'User: arn:aws:sts::1:x/y is not authorized to perform: sts:Z on resource: *',
    'the source : x was not found in user : y or elsewhere',
    'SELECT * FROM x',
    'stats count(*) by eventName',
    'index=main',
    'evntName=X',
    'Get*Policy',
    'arn:aws:iam::111122223333:user/alice',
    'result:failed',
    'error:null',
    'event:"Get*"',
    'event : ',
    'a (b',
  ])('is word by word where it can be meant otherwise: %s', (text) => {
    expect(readQuery(text, context)).toEqual({ text, note: null });
  });

  it('keeps the words that it cannot read, and says what they were read as', () => {
    const text = 'index=main eventName=X | stats count by user';
    expect(read(text)).toBe('index=main eventName:X | stats count by user');
    const words = queryNotes(read(text), fields).flatMap((note) => note.words);
    expect(words).toEqual(expect.arrayContaining(['index=main', 'stats']));
  });

  it('counts no time back where no event has one', () => {
    expect(readQuery('last 2h', { fields, lastEvent: null })).toEqual({ text: 'last 2h', note: null });
  });

  it('can be read again without another change, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = read(text);
        expect(read(once)).toBe(once);
        if (once !== text) expect(parseQuery(once, fields).ok).toBe(true);
      }),
    );
  });

  it('changes nothing in a query that this language prints', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const parsed = parseQuery(text, fields);
        fc.pre(parsed.ok);
        const printed = parsed.ok ? printQuery(parsed.value) : '';
        fc.pre(queryNotes(printed, fields).length === 0);
        expect(read(printed)).toBe(printed);
      }),
    );
  });
});
