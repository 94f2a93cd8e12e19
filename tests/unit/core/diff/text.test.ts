import { describe, expect, it } from 'vitest';
import type { EventDiff } from '#contract/diff';
import { rowId } from '#contract/ids';
import type { EventRow } from '#contract/events';
import { jsonPatch } from '#core/diff/json-patch';
import { markdownText, unifiedText } from '#core/diff/text';
import { diffTexts, putBucketPolicy } from '../../../helpers/diffs';

const row: EventRow = {
  row: rowId(1),
  time: null,
  timeText: '2024-03-04T10:00:00Z',
  service: 's3',
  event: 'PutBucketPolicy',
  identity: 'alice',
  identityKind: 'IAM user',
  principal: 'alice (IAM user, 111122223333)',
  region: 'eu-west-1',
  ip: '192.0.2.1',
  result: 'Success',
  eventClass: 'write',
  recordKind: null,
  format: 'records',
  isSummary: false,
  isDuplicate: false,
  otherVersions: 0,
  cells: [],
};

function diff(left: unknown, right: unknown): EventDiff {
  const texts = [left, right].map((record) => JSON.stringify(record)) as [string, string];
  const place = { path: 'a.json', label: '/logs/a.json', offset: 0, length: 10 };
  return {
    left: row,
    right: { ...row, timeText: '2024-03-04T11:00:00Z' },
    places: { left: place, right: place },
    ...diffTexts(...texts, false),
  };
}

const statement = (Principal: unknown): unknown => ({
  Sid: 'R',
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  Principal,
});
const setPolicy = (Principal: unknown): object =>
  putBucketPolicy({ Version: '2012-10-17', Statement: [statement(Principal)] });
const policies = diff(
  { eventID: '1', ...setPolicy({ AWS: '111122223333' }), userAgent: 'a' },
  { eventID: '2', ...setPolicy('*'), userAgent: 'b|`c`' },
);

describe('a comparison as text', () => {
  it('as unified text holds what differs, line by line', () => {
    expect(unifiedText(policies).split('\n')).toEqual([
      '--- 2024-03-04T10:00:00Z  s3  PutBucketPolicy  alice  eu-west-1',
      '+++ 2024-03-04T11:00:00Z  s3  PutBucketPolicy  alice  eu-west-1',
      '@@ requestParameters: 2 changes @@',
      '# requestParameters.bucketPolicy: widened: statement R now allows s3:GetObject on every resource (*) to everyone (*)',
      '+requestParameters.bucketPolicy.Statement[Sid=R].Principal: "*"',
      '-requestParameters.bucketPolicy.Statement[Sid=R].Principal.AWS: "111122223333"',
      '@@ userAgent: 1 change @@',
      '-userAgent: "a"',
      '+userAgent: "b|`c`"',
      '# Left out: 1 value that differs in every call (identifiers, times, session tokens).',
      '',
    ]);
  });

  it('as Markdown lets no value break out of its cell', () => {
    const text = markdownText(policies);
    expect(text).toContain('| `userAgent` | `"a"` | ``"b\\|`c`"`` |');
    expect(text).toContain(
      '- **widened**: statement R now allows s3:GetObject on every resource \\(\\*\\) to everyone \\(\\*\\)',
    );
    const hostile = markdownText(diff({ a: 1 }, { 'k|\n`': '<img src=x>\n| x |\u202e' }));
    expect(hostile).toContain('<img src=x>\\n\\| x \\|⟨U+202E⟩');
    expect(hostile.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(6);
  });

  it('tells values apart that look the same', () => {
    const text = unifiedText(diff({ a: 'admin', b: 'x', c: 'a b' }, { a: '\u0430dmin', b: 'x\u200b', c: 'a  b' }));
    expect(text).toContain('-a: "admin"\n+a: "⟨Cyrillic: \u0430⟩dmin"');
    expect(text).toContain('+b: "x⟨U+200B⟩"');
    expect(text).toContain('+c: "a⟨U+0020 ×2⟩b"');
  });

  it('is written for a terminal as everything else there, with the escapes of JSON as they are', () => {
    const after = { a: '\u0430dmin', b: 'x\u200b', c: '\u001b[2J\n y', d: '\\u202e' };
    const told = diff({ a: 'admin', b: 'x', c: 'a', d: 'a' }, after);
    const text = unifiedText({ ...told, right: { ...told.right, event: 'Put\u202e' } }, 'terminal');
    expect(text).toContain('  Put\\u202e');
    expect(text).toContain('+a: "\\u{Cyrillic:\u0430}dmin"');
    expect(text).toContain('+b: "x\\u200b"');
    expect(text).toContain('+c: "\\u001b[2J\\n y"');
    expect(text).toContain('+d: "\\\\u202e"');
    expect(text).not.toContain('⟨');
    expect(unifiedText(diff({ 'x\u202e': 1 }, {}), 'terminal')).toContain('@@ x\\u202e: ');
  });

  it('says that values were redacted or left out by AWS', () => {
    const text = unifiedText(
      diff(
        { requestParameters: { a: '***', b: { x: 1 } } },
        { requestParameters: { a: 'x', b: { omitted: true, reason: 'too large', originalSize: 9 } } },
      ),
    );
    expect(text).toContain('-requestParameters.a: "***" (redacted by AWS: cannot be compared)');
    expect(text).toContain(
      '+requestParameters.b: {"omitted":true,"reason":"too large","originalSize":9} (left out by AWS: too large)',
    );
  });

  it('says so where nothing differs', () => {
    expect(unifiedText(diff({ a: 1 }, { a: 1 }))).toContain('# No difference.');
    expect(markdownText(diff({ a: 1 }, { a: 1 }))).toContain('No difference.');
  });

  describe('of a summary with the whole event', () => {
    const whole = {
      eventName: 'PutObject',
      requestParameters: { bucketName: 'b', acl: 'x' },
      userIdentity: { type: 'Root', arn: 'r' },
    };
    const short = { eventName: 'DeleteObject', userIdentity: { type: 'Root' } };
    const before = diff(whole, short);
    const after = diff(short, whole);

    it('says of what did not come with it that it is unknown there, not that it is gone', () => {
      const text = unifiedText({ ...before, right: { ...before.right, isSummary: true } });
      expect(text.split('\n').slice(2)).toEqual([
        '@@ requestParameters: 2 not in the summary @@',
        '?requestParameters.bucketName: "b"',
        '?requestParameters.acl: "x"',
        '@@ eventName: 1 change @@',
        '-eventName: "PutObject"',
        '+eventName: "DeleteObject"',
        '@@ userIdentity: 1 not in the summary @@',
        '?userIdentity.arn: "r"',
        '# The event after is a summary only: what is not in it is unknown there, not removed.',
        '',
      ]);
    });

    it('says so in Markdown too, whichever of the two it is', () => {
      const text = markdownText({ ...after, left: { ...after.left, isSummary: true } });
      expect(text).toContain('| `requestParameters.bucketName` | *not in the summary* | `"b"` |');
      expect(text).toContain('The event before is a summary only: what is not in it is unknown there, not added.');
      const alike = diff({ eventName: 'PutObject' }, whole);
      expect(markdownText({ ...alike, left: { ...alike.left, isSummary: true } })).toContain(
        'No difference in what both hold.',
      );
    });

    it('is described as any other between two summaries', () => {
      const rows = { left: { ...before.left, isSummary: true }, right: { ...before.right, isSummary: true } };
      expect(unifiedText({ ...before, ...rows })).toBe(unifiedText(before));
      expect(unifiedText(before)).toContain('-requestParameters.bucketName: "b"');
    });
  });

  it('as JSON Patch keeps numbers as they are written and escapes pointers', () => {
    expect(jsonPatch('{"a/b":{"~":1},"c":[1,2,3]}', '{"a/b":{"~":9007199254740993.0},"c":[1,3]}')).toEqual({
      ok: true,
      value:
        '[\n  { "op": "replace", "path": "/a~1b/~0", "value": 9007199254740993.0 },\n  { "op": "remove", "path": "/c/1" }\n]\n',
    });
  });
});
