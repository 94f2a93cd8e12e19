import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFieldLookup } from '#core/query/field-lookup';
import { habits } from '#core/query/habits';
import { noteText } from '#core/query/note-text';
import { queryNotes } from '#core/query/notes';
import { parseQuery } from '#core/query/parse';
import { anyText, queryPaths } from '../../../helpers/queries';

const fields = createFieldLookup([...queryPaths, 'eventName', 'errorCode', 'requestParameters.size']);

/** What the words were read as, the words, and the query to write instead. */
const notesTo = (text: string): unknown =>
  queryNotes(text, fields).map((note) => [note.kind.replace('read-as-', ''), note.words.join(' '), note.text]);

describe('an operator that may have been a word', () => {
  it.each([
    ['not authorized to perform', 'not', '"not authorized to perform"'],
    ['a or b And c', 'or And', '"a or b And c"'],
    [
      'User: arn:aws:sts::1:x/y is not authorized to perform: sts:Z on resource: *',
      'not',
      '"User: arn:aws:sts::1:x/y is not authorized to perform: sts:Z on resource: *"',
    ],
    ['service:s3 Not x', 'Not', 'service:s3 "Not" x'],
    ['event:x or not root', 'or not', 'event:x "or" "not" root'],
  ])('is reported wherever it is not in capitals: %s', (text, words, instead) => {
    expect(notesTo(text)).toContainEqual(['operator', words, instead]);
  });

  it.each([
    'a AND b OR NOT c',
    'a && b || !c',
    '"not authorized"',
    '"or"',
    'event:/a or b/',
    'android',
    'region:(a or b)',
    'service:s3 and not event:x',
  ])('is not reported where it can be meant one way only: %s', (text) => {
    expect(notesTo(text)).toEqual([]);
  });
});

describe('what means something in other tools and was read as a word', () => {
  it.each([
    ['eventName=X', 'eventName=X', 'eventName:X'],
    ["eventName = 'X' root", "eventName = 'X'", 'eventName:X root'],
    ['-eventName==X', 'eventName==X', '-eventName:X'],
    ["eventName != 'two words'", "eventName != 'two words'", '-eventName:"two words"'],
    ["eventName <> 'two words'", "eventName <> 'two words'", '-eventName:"two words"'],
    ['eventName =~ "^Get"', 'eventName =~', 'eventName:/^Get/'],
    ['@timestamp >= 2023', '@timestamp >= 2023', 'time>=2023'],
    ['$.eventName = X', '$.eventName = X', 'eventName:X'],
    ['index=main', 'index=main', null],
    ['a = b != c', '!=', null],
    ['=', '=', null],
    ['eventName IN (A, "b c")', 'eventName IN A,', 'eventName:(A OR "b c")'],
    ['eventName in ["A","B"]', 'eventName in ["A","B"]', 'eventName:("A" OR "B")'],
    ['x IN', 'IN', null],
    ['evntName IN (A, B)', 'evntName IN A, B', null],
    ['eventName like Get', 'eventName like Get', 'eventName:Get'],
    ["eventName LIKE 'Get%'", "eventName LIKE 'Get%'", 'eventName:Get*'],
    ['eventName NOT LIKE "%two words%"', 'eventName LIKE', '-eventName:/^.*two words.*$/i'],
    ['eventName like /Get|Put/', 'eventName like /Get|Put/', 'eventName:/Get|Put/'],
    ['eventName contains "Bucket"', 'eventName contains', 'eventName:*Bucket*'],
    [
      "time BETWEEN '2023-07-10' AND '2023-07-11'",
      "time BETWEEN '2023-07-10' '2023-07-11'",
      '(time>=2023-07-10 time<=2023-07-11)',
    ],
    ['errorCode NOT EXISTS', 'errorCode EXISTS', '-errorCode:*'],
    ['eventName IS NULL', 'eventName IS NULL', '-eventName:*'],
    ['eventName is not null x', 'eventName is null', 'eventName:* x'],
    ['[a TO b]', '[a TO b]', null],
    ['{a TO b}', '{a TO b}', null],
    ['a ]', ']', null],
    ['x[0', 'x[0', null],
    ['{"a":b', '{"a":b', null],
    ['*:*', '*:*', '*'],
    ["'two words'", "'two words'", '"two words"'],
    ['/Get.*/', '/Get.*/', null],
    ['stats', 'stats', null],
    ['evntName:X', 'evntName:X', null],
    ['user.name:Bob', 'user.name:Bob', 'identity:Bob'],
    ['"no such":x', '"no such":x', null],
    ['"no such": x', '"no such":', null],
    ['evntName : X', 'evntName : X', null],
    ['user.name : Bob', 'user.name : Bob', 'identity:Bob'],
    [':', ':', null],
    ['a : ', ':', null],
    ['evntCount>5', 'evntCount>5', null],
    ['Get*', 'Get*', 'Get'],
    ['-Get*', 'Get*', '-Get'],
    ['+root', '+root', 'root'],
    ['a&&b', 'a&&b', null],
    ['10.0.0.0/33', '10.0.0.0/33', null],
    ['index=aws eventName=X', 'index=aws', 'eventName:X'],
    ['eventName="Get*" errorCode="*"', 'eventName="Get*" errorCode="*"', 'eventName:Get* errorCode:*'],
    ['errorCode!=""', 'errorCode!=""', 'errorCode:*'],
    ['eventName startswith "Get"', 'eventName startswith', 'eventName:Get*'],
    ['eventName endswith "Bucket"', 'eventName endswith', 'eventName:*Bucket'],
    ['isnotnull(errorCode)', 'isnotnull errorCode', 'errorCode:*'],
    ['isnull(errorCode)', 'isnull errorCode', '-errorCode:*'],
    ['_exists_:errorCode', '_exists_:errorCode', 'errorCode:*'],
    ['-_exists_:errorCode', '_exists_:errorCode', '-errorCode:*'],
    ['@eventName:X', '@eventName:X', 'eventName:X'],
    ['@eventName:(X OR "b c")', '@eventName: X', 'eventName:(X OR "b c")'],
    ['status:failed', 'status:failed', 'class:error'],
    ['-status:error', 'status:error', '-class:error'],
    ['outcome = failure', 'outcome = failure', 'class:error'],
    ['event.outcome:success', 'event.outcome:success', 'result:Success'],
    ['success:false', 'success:false', 'class:error'],
    ['filter eventName = X', 'filter', 'eventName = X'],
    ['ispresent(errorCode)', 'ispresent errorCode', 'errorCode:*'],
    [
      'cidrmatch("10.0.0.0/8", sourceIPAddress)',
      'cidrmatch "10.0.0.0/8", sourceIPAddress',
      'sourceIPAddress:10.0.0.0/8',
    ],
    ['not errorCode', 'errorCode', 'not errorCode:*'],
    ['GetObjct~', 'GetObjct~', '~GetObjct'],
    ['"GetObjct"~2', '2', '~GetObjct'],
    ['?etObject', '?etObject', null],
    ['eventName~"Get.*"', 'eventName~"Get.*"', 'eventName:/Get.*/'],
    ['event.outcome : "failure"', 'event.outcome :', 'class:error'],
    ['@message like /Get User/', '@message like /Get User/', '"Get User"'],
    ['stats count(*) by eventName', 'eventName', null],
  ])('is reported with what to write: %s', (text, words, instead) => {
    expect(notesTo(text)).toContainEqual(['word', words, instead]);
  });

  it('is reported for each habit once, with all its words, and a word by one habit only', () => {
    expect(notesTo('index=main x=y | stats count by eventName')).toEqual([
      ['word', 'index=main', 'x=y'],
      ['word', 'x=y', null],
      ['word', '| stats count by eventName', null],
    ]);
    expect(notesTo('eventName not in (A, B)')).toEqual([['word', 'eventName in A, B', '-eventName:(A OR B)']]);
  });

  it.each([
    'root',
    'service:s3 -event:Get* time>=2023-07-10 "a = b" event:/[a=b]|c/ ~word',
    'arn:aws:iam::111122223333:role/Admin',
    'AROAEXAMPLEEXAMPLEX1:jdoe',
    '2001:db8::1',
    '2001:db8::/32',
    '12:40:01',
    'ip ::1',
    'ip : ::1',
    'eventName : X',
    'https://example.com/?a=b',
    's3://bucket/key',
    'aGVsbG8= aGVsbG8==',
    `\${aws:username}`,
    '/aws/lambda/name',
    "don't",
    '*',
    'resource:arn:aws:s3:::b/*',
    'eventName = X',
    'time > 2023 time <= 2023-07',
  ])('is not reported of what is pasted or written as it should be: %s', (text) => {
    expect(notesTo(text)).toEqual([]);
  });
});

describe('what means something in other tools and was read as a part of a value', () => {
  it.each([
    ['time:[2023-07-10 TO 2023-07-11]', '[2023-07-10 TO 2023-07-11]', 'time>=2023-07-10 time<=2023-07-11'],
    ['time : [2023-07-10 TO 2023-07-11]', '[2023-07-10 TO 2023-07-11]', 'time>=2023-07-10 time<=2023-07-11'],
    ['event: (GetObject, PutObject)', 'GetObject, PutObject', 'event:(GetObject OR PutObject)'],
    ['time:{2023-07-10 TO *}', '{2023-07-10 TO *}', 'time>2023-07-10'],
    ['time:{2023-07-10 TO 2023-07-11}', '{2023-07-10 TO 2023-07-11}', 'time>2023-07-10 time<2023-07-11'],
    ['time:[* TO 2023-07-11]', '[* TO 2023-07-11]', 'time<=2023-07-11'],
    ['time:[* TO *]', '[* TO *]', 'time:*'],
    ['event:(GetObject, PutObject)', 'GetObject, PutObject', 'event:(GetObject OR PutObject)'],
    ['-event:("A", "B")', '"A",', '-event:("A" OR "B")'],
    ['event:!x', '!x', '-event:x'],
    ['event:!=x', '!=x', '-event:x'],
    ['event:=x', '=x', 'event:x'],
    ['errorCode:not x', 'not', null],
    ['event:[a', '[a', null],
  ])('is reported: %s', (text, words, instead) => {
    expect(notesTo(text)).toEqual([['value', words, instead]]);
  });
});

describe('a test of a field that finds something else than it would in other tools', () => {
  it.each([
    ['result:failure', 'result:failure', 'class:error'],
    ['result:Failed', 'result:Failed', 'class:error'],
    ['result:error', 'result:error', 'class:error'],
    ['-result:failure', 'result:failure', '-class:error'],
    ['result:ok', 'result:ok', 'result:Success'],
    ['result:denied', 'result:denied', 'error:(*Denied* OR *Unauthorized* OR *Forbidden*)'],
    ['class:failed', 'class:failed', 'class:error'],
    ['error:true', 'error:true', 'class:error'],
    ['error:success', 'error:success', 'result:Success'],
    ['errorCode:null', 'errorCode:null', '-errorCode:*'],
    ['-errorCode:null x', 'errorCode:null', 'errorCode:* x'],
    ['NOT errorCode:null', 'errorCode:null', 'NOT -errorCode:*'],
    ['error:none', 'error:none', '-error:*'],
    ['time:2023-07-10', 'time:2023-07-10', '(time>=2023-07-10 time<=2023-07-10)'],
    [
      '-eventTime:"2023-07-10 12:00"',
      'eventTime:"2023-07-10 12:00"',
      '-(eventTime>="2023-07-10 12:00" eventTime<="2023-07-10 12:00")',
    ],
    ['ip:10.0.0.1-10.0.0.9', 'ip:10.0.0.1-10.0.0.9', null],
    ['error:""', 'error:""', '-error:*'],
    ["error:''", "error:''", '-error:*'],
    ['error = null', 'error = null', '-error:*'],
    ['errorCode != ""', 'errorCode != ""', 'errorCode:*'],
    ['requestParameters.size:null', 'requestParameters.size:null', '-requestParameters.size:*'],
    ['readonly:no', 'readonly:no', 'readonly:false'],
    ['readOnly != 1', 'readOnly != 1', '-readOnly:true'],
    ['ip:"10.0.0.0/8"', 'ip:"10.0.0.0/8"', 'ip:10.0.0.0/8'],
    ["eventName:'X'", "eventName:'X'", 'eventName:X'],
    ['eventName:"Get*"', 'eventName:"Get*"', 'eventName:Get*'],
    ['requestParameters.bucketName = "a*"', 'requestParameters.bucketName = "a*"', 'requestParameters.bucketName:a*'],
    ['eventName:X;', 'eventName:X;', 'eventName:X'],
    ['eventName:A,B', 'eventName:A,B', 'eventName:(A OR B)'],
    ['-eventName:A|B', 'eventName:A|B', '-eventName:(A OR B)'],
    ['eventName:Get.*', 'eventName:Get.*', 'eventName:/Get.*/i'],
    ['eventName:^Get', 'eventName:^Get', 'eventName:/^Get/i'],
    ['eventName:Get%', 'eventName:Get%', 'eventName:Get*'],
    ['eventName:Get~1', 'eventName:Get~1', '~Get'],
    ['eventName:Get^2', 'eventName:Get^2', 'eventName:Get'],
    ['errorCode != AccessDenied', 'errorCode != AccessDenied', 'errorCode != AccessDenied errorCode:*'],
  ])('is reported with what to write: %s', (text, words, instead) => {
    expect(notesTo(text)).toEqual([['test', words, instead]]);
  });

  it.each([
    'time ~delete',
    'time:2023-07-10T12:00:00Z',
    'time:2023-07-10*',
    'result:Success',
    'class:error',
    'error:AccessDenied',
    'readonly:false',
    'resource:"arn:aws:s3:::b/*"',
    'requestParameters.bucketName:a,b',
    'agent:"a, b (c*)"',
    'eventName != X',
    'errorCode:*',
    'errorCode:Client.InvalidX.NotFound',
    'eventName:Get* ',
    'identity:"alice (IAM user, 111122223333)"',
    'ip:10.0.0.0/8',
  ])('is not reported where it means the same: %s', (text) => {
    expect(notesTo(text)).toEqual([]);
  });
});

describe('what is pasted whole', () => {
  it.each([
    [
      "SELECT * FROM logs WHERE eventname = 'X' AND errorcode IS NOT NULL LIMIT 10",
      'SELECT FROM WHERE LIMIT',
      'eventname:X AND errorcode:*',
    ],
    [
      "select a, count(*) from t where eventName in ('A','B') or (time > '2023-07-10' and eventName not like 'Get%') group by a;",
      'select from where group by',
      'eventName:(A OR B) or (time>2023-07-10 and -eventName:Get*)',
    ],
    ["SELECT a FROM t WHERE json_extract(x, '$.y') = 'z'", 'SELECT FROM WHERE', null],
    ['SELECT a FROM t', 'SELECT FROM', null],
    [
      'fields @timestamp, eventName | filter eventName = "X" and errorCode != "" | sort @timestamp desc',
      'fields filter sort',
      'eventName = "X" and errorCode:*',
    ],
    [
      'index=aws eventName=A OR eventName=B | search errorCode=* | stats count by x',
      'index=aws search stats',
      '(eventName:A OR eventName:B) errorCode:*',
    ],
    ['index=main | stats count', 'index=main stats', '*'],
    ['{ ($.eventName = "X") || ($.errorCode = "*Denied*") }', '{ }', '(eventName:"X") || (errorCode:*Denied*)'],
    ['{"eventID":"1-2","eventName":"X"}', '{"eventID":"1-2","eventName":"X"}', 'eventID:1-2'],
    ['{"Records":[{"eventName":"X","other":[1]}]}', '{"Records":[{"eventName":"X","other":[1]}]}', 'eventName:X'],
    ['"eventName": "X",\n"errorCode": "A B",', '"eventName": "X",\n"errorCode": "A B",', 'eventName:X errorCode:"A B"'],
  ])('is reported once, with the tests of fields in it: %s', (text, words, instead) => {
    expect(notesTo(text)).toEqual([['read-whole', words, instead]]);
  });

  it('is one message, with all of it in quotes', () => {
    const message = 'User x is not authorized to perform: y on [z] because no policy allows the y* action';
    expect(notesTo(message)).toEqual([['operator', 'not', `"${message}"`]]);
    const quoting = 'User: x is not authorized to perform: y on resource: "*" because no policy allows the action';
    expect(notesTo(quoting)).toEqual([['operator', 'not', `"${quoting.replaceAll('"', '\\"')}"`]]);
    const other = 'Instances i-1: the [requested] configuration* is currently unsupported here';
    expect(notesTo(other)).toEqual([['word', 'i-1: [requested] configuration*', `"${other}"`]]);
  });

  it('is no record where it is a test, or does not parse', () => {
    expect(notesTo('"eventName": "X"')).toEqual([]);
    expect(notesTo(`${'['.repeat(9000)}${']'.repeat(9000)}`)).toEqual([['read-whole', '['.repeat(60), null]]);
  });
});

describe('the notes to a query', () => {
  it('are none where it has a syntax error, which has its own message', () => {
    expect(notesTo('eventName=X (')).toEqual([]);
  });

  it('quote the query as it was written, and offer only queries, for any text', () => {
    const parts = fc.constantFrom(
      ...[
        'eventName',
        'foo',
        ' ',
        '=',
        '!=',
        '!',
        '[',
        ']',
        '{',
        ' TO ',
        ' in ',
        '(',
        ')',
        ',',
        '|',
        ' stats ',
        "'",
        '"',
      ],
      ...[
        'errorCode',
        ':null',
        ' != ',
        ' = ',
        '""',
        'status:failed',
        'SELECT a FROM b WHERE ',
        ' | filter ',
        '{"eventName":"X"}',
        '~2',
        '?',
      ],
      ...['*', ':', '/', '+', '<', '-', ' not ', 'event:', '&&', '10.0.0.0/8', '\\', '\n', '😀'],
    );
    const text = fc.oneof(
      anyText,
      fc.array(parts, { maxLength: 14 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (query) => {
        for (const note of queryNotes(query, fields)) {
          expect(note.words.length).toBeGreaterThan(0);
          for (const word of note.words) expect(query).toContain(word);
          if (note.text !== null) expect(parseQuery(note.text, fields).ok).toBe(true);
          expect(noteText(note)).toMatch(/\. [A-Z*][^]*\.$/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('read as sentences', () => {
    expect(queryNotes('index=main a or "b" or c', fields).map(noteText)).toEqual([
      'Read as the word `index=main`. There are no indexes here: all open events are searched.',
      'Read as an operator: `or`. Put it in quotes to look for the word.',
    ]);
    const [note] = queryNotes('a=b '.repeat(21), fields);
    expect(note && noteText(note)).toMatch(/^Read as the words (?:`[^`]+`, ){11}`a=b` and 9 more\. /);
  });

  it('call no command an operator', () => {
    expect(queryNotes('x LIMIT', fields).map(noteText)).toEqual([
      'Read as the word `LIMIT`. There are no commands here.',
    ]);
  });

  it('come from habits that each have a name of their own', () => {
    const names = habits.map((habit) => habit.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain('');
  });
});
