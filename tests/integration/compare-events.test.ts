import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowId } from '#contract/ids';
import { engineOfFile } from '../helpers/engine';
import { envelope, record, writeEvidence } from '../helpers/evidence';
import { applyPatch, valueOf } from '../helpers/json-patch';

const startedEngine = engineOfFile();

/** The built engine and the built `query`, over records as they stand in files. */

const program = join(import.meta.dirname, '../../out/cli/query.js');
const policy = (Principal: unknown): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal }],
  });
const bucket = (policyText: string): object => ({
  readOnly: false,
  requestParameters: { bucketName: 'audit-logs', bucketPolicy: policyText },
});

/** Numbers no JavaScript number holds stand in the last two. */
const records = [
  record('PutBucketPolicy', { eventID: 'first', ...bucket(policy({ AWS: '111122223333' })) }, 1),
  record('PutBucketPolicy', { eventID: 'other', requestParameters: { bucketName: 'web' } }, 2),
  record('PutBucketPolicy', { eventID: 'second', ...bucket(policy('*')) }, 3),
  record('Resize', { eventID: 'small' }, 4).replace(
    '"requestParameters":null',
    '"requestParameters":{"size":9007199254740992}',
  ),
  record('Resize', { eventID: 'large' }, 5).replace(
    '"requestParameters":null',
    '"requestParameters":{"size":9007199254740993}',
  ),
];

const evidence = (): Promise<string> => writeEvidence(['log.json', envelope(...records)]);

function query(...args: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
} {
  const run = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('two events of an archive', () => {
  it('are compared by the engine, in rows and in texts', async () => {
    const engine = startedEngine();
    await engine.open(await evidence());
    const request = { left: rowId(0), right: rowId(2), withNoise: false };
    const diff = await engine.call('event.diff', request);
    expect([diff.left.timeText, diff.right.timeText]).toEqual(['2024-03-04T10:01:00Z', '2024-03-04T10:03:00Z']);
    expect(diff.sections.map(({ field, changes }) => `${field} ${changes}`).slice(0, 2)).toEqual([
      'requestParameters 2',
      'responseElements 0',
    ]);
    expect(diff.sections[0]?.policies[0]?.lines).toEqual([
      { kind: 'widened', text: 'statement Read now allows s3:GetObject on every resource (*) to everyone (*)' },
    ]);
    const texts = await Promise.all(
      (['markdown', 'unified'] as const).map((format) => engine.call('event.diff-text', { ...request, format })),
    );
    for (const text of texts) expect(text).toContain('requestParameters.bucketPolicy.Statement[Sid=Read].Principal');
  });

  it('say nothing of a policy that a denied call asked for', async () => {
    const engine = startedEngine();
    const denied = { ...bucket(policy('*')), errorCode: 'AccessDenied' };
    await engine.open(
      await writeEvidence(['log.json', envelope(records[0] ?? '', record('PutBucketPolicy', denied, 9))]),
    );
    const diff = await engine.call('event.diff', { left: rowId(0), right: rowId(1), withNoise: false });
    expect(diff.sections[0]?.policies[0]?.lines).toEqual([
      { kind: 'unknown', text: 'the policy after is of a call that failed (AccessDenied) and set nothing' },
    ]);
  });

  it('make a patch that turns the left record into the right', async () => {
    const engine = startedEngine();
    await engine.open(await evidence());
    const patch = await engine.call('event.diff-text', {
      left: rowId(3),
      right: rowId(4),
      withNoise: false,
      format: 'json-patch',
    });
    expect(patch).toContain('9007199254740993');
    expect(applyPatch(valueOf(records[3] ?? ''), patch)).toEqual(valueOf(records[4] ?? ''));
  });

  it('are found by the call before on the same resource', async () => {
    const engine = startedEngine();
    await engine.open(await evidence());
    expect(await engine.call('event.same-call', { row: rowId(2), direction: 'previous' })).toMatchObject({
      row: 0,
      by: 'resource',
      name: 'bucketName audit-logs',
    });
    await expect(
      engine.call('event.diff', { left: rowId(0), right: rowId(99), withNoise: false }),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('query --diff', () => {
  it('prints the list of changes, with numbers as they are written', async () => {
    const folder = await evidence();
    const { code, out, err } = query(folder, '--diff', 'small', 'large', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('"left":9007199254740992,"right":9007199254740993}');
    expect(JSON.parse(out)).toMatchObject({
      left: { eventID: 'small', eventName: 'Resize' },
      right: { eventID: 'large' },
      changes: [{ path: 'requestParameters.size', kind: 'changed' }],
      places: { left: { path: expect.any(String) as string }, right: { offset: expect.any(Number) as number } },
      policies: [],
      noiseHidden: 2,
      coarse: null,
    });
  });

  it('prints what a changed policy now does, and the whole as unified text without --json', async () => {
    const folder = await evidence();
    const json = JSON.parse(query('--json', folder, '--diff', 'first', 'second').out) as Record<string, unknown>;
    expect(json['policies']).toEqual([
      {
        path: 'requestParameters.bucketPolicy',
        lines: [
          { kind: 'widened', text: 'statement Read now allows s3:GetObject on every resource (*) to everyone (*)' },
        ],
      },
    ]);
    const { out } = query(folder, '--diff', 'first', 'second', '--with-noise');
    expect(out).toMatch(/^--- 2024-03-04T10:01:00Z {2}s3 {2}PutBucketPolicy/);
    expect(out).toContain('-eventID: "first"\n+eventID: "second"\n');
    expect(out).toMatch(
      /\n# before: log\.json, \d+ bytes from \d+ on\n# after: {2}log\.json, \d+ bytes from \d+ on\n$/,
    );
  });

  it('shows as unknown what a summary came without, as a list and as text', async () => {
    const csv = [
      'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,' +
        'Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category',
      'mary,,2024-03-04T10:09:00Z,s3.amazonaws.com,PutBucketPolicy,eu-west-1,10.0.0.1,,,[],,short,false,AwsApiCall,111122223333,Management',
    ].join('\n');
    const folder = await writeEvidence(['log.json', envelope(...records)], ['event_history.csv', csv]);
    const told = JSON.parse(query(folder, '--diff', 'first', 'short', '--json').out) as {
      readonly changes: readonly { readonly path: string; readonly kind: string; readonly right: unknown }[];
    };
    expect(told).toMatchObject({ left: { summaryOnly: false }, right: { summaryOnly: true } });
    const request = told.changes.filter(({ path }) => path.startsWith('requestParameters'));
    expect(request.length).toBeGreaterThan(0);
    expect(new Set(request.map(({ kind, right }) => `${kind} ${String(right)}`))).toEqual(new Set(['unknown null']));
    const { out } = query(folder, '--diff', 'first', 'short');
    expect(out).toContain('\n?requestParameters.bucketName: "audit-logs"\n');
    expect(out).not.toContain('\n-requestParameters');
  });

  it('ends with 2 and the identifier no event has', async () => {
    const folder = await evidence();
    const { code, out, err } = query(folder, '--diff', 'first', 'no "such" one');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('no \\"such\\" one');
    expect(query(folder, '--diff', 'first').code).toBe(2);
  });
});
