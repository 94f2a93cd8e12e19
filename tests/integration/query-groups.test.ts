import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** `query --group`, as a script calls it. */

const program = join(import.meta.dirname, '../../out/cli/query.js');

interface Row {
  readonly values: readonly string[];
  readonly bins?: readonly number[];
}

interface GroupsJson {
  readonly fields: readonly string[];
  readonly rows: readonly Row[];
  readonly bins?: unknown;
}

let folder = '';

function query(...args: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
} {
  const run = spawnSync(process.execPath, [program, folder, ...args], { encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function groups(...args: readonly string[]): readonly GroupsJson[] {
  const { code, out, err } = query(...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return (JSON.parse(out) as { readonly groups: readonly GroupsJson[] }).groups;
}

const event = (minute: number, more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  eventVersion: '1.08',
  eventTime: `2024-03-04T10:${String(minute).padStart(2, '0')}:00Z`,
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'us-east-1',
  sourceIPAddress: '192.0.2.1',
  readOnly: true,
  eventID: `00000000-0000-4000-8000-${String(minute).padStart(12, '0')}`,
  ...more,
});

describe('query --group', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'trailglass-groups-'));
    const records = [
      event(0, {}),
      event(10, { sourceIPAddress: '192.0.2.2', errorCode: 'AccessDenied' }),
      event(20, { eventName: 'PutObject', readOnly: false }),
      event(30, { eventName: 'PutObject', readOnly: false, resources: [{ ARN: 'arn:a' }, { ARN: 'arn:b' }] }),
      event(40, { eventName: 'Odd\u202eName', sourceIPAddress: undefined }),
    ];
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ Records: records }));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives one row per value, with its figures', () => {
    expect(groups('--group', 'event', '--q=-event:Odd*')).toEqual([
      {
        ...{ fields: ['event'], total: 2, missing: 0, repeated: 0 },
        rows: [
          {
            ...{ values: ['GetObject'], count: 2, first: '2024-03-04T10:00:00Z', last: '2024-03-04T10:10:00Z' },
            ...{ errors: 1, writes: 0, addresses: 2, events: 1 },
          },
          {
            ...{ values: ['PutObject'], count: 2, first: '2024-03-04T10:20:00Z', last: '2024-03-04T10:30:00Z' },
            ...{ errors: 0, writes: 2, addresses: 1, events: 1 },
          },
        ],
      },
    ]);
  });

  it('gives one row per pair of values of two fields, and says how many events lack one', () => {
    const [byPair] = groups('--group', 'event,ip', '--sort', 'value');
    expect(byPair?.rows.map(({ values }) => values)).toEqual([
      ['GetObject', '192.0.2.1'],
      ['GetObject', '192.0.2.2'],
      ['PutObject', '192.0.2.1'],
    ]);
    expect(byPair).toMatchObject({ total: 3, missing: 1, repeated: 0 });
  });

  it('counts under the whole query, sorts by any column either way, and stops at --top', () => {
    const first = (...sort: readonly string[]): unknown =>
      groups('--group', 'event', '--top', '1', ...sort)[0]?.rows[0]?.values[0];
    expect(first('--sort', 'count:asc')).toBe('Odd\u202eName');
    expect(first('--sort', 'first')).toBe('Odd\u202eName');
    expect(first('--sort', 'writes')).toBe('PutObject');
    expect(groups('--group', 'event', '--q', 'event:PutObject')[0]).toMatchObject({ total: 1 });
  });

  it('says of an event with several values that it counts in several groups', () => {
    expect(groups('--group', 'resource')[0]).toMatchObject({ total: 2, missing: 4, repeated: 1 });
    expect(query('--group', 'resource').out).toContain('several values: 1 event counts in more than one group');
  });

  it('bins the events of each group where bins are asked for', () => {
    const [table] = groups('--group', 'event', '--bins', '6', '--q=-event:Odd*');
    expect(table?.bins).toEqual({ origin: '2024-03-04T10:00:00Z', stepMs: 900_000, count: 3 });
    expect(table?.rows.map(({ bins }) => bins)).toEqual([
      [2, 0, 0],
      [0, 1, 1],
    ]);
  });

  it('prints a table in which no value of a log can mislead', () => {
    const { out } = query('--group', 'event', '--group', 'file', '--limit', '0');
    expect(out).toContain('EVENT: 3 groups');
    expect(out).toMatch(/GetObject +2 +2024-03-04T10:00:00Z +2024-03-04T10:10:00Z +1 +0 +2 +1/);
    expect(out).toContain('Odd\\u202eName');
    expect(out).toMatch(/a\.json +5 /);
  });

  it('ends with 2 and says what it takes where it was called wrongly', () => {
    const mistakes = [
      ['--group', 'a,b,c'],
      ['--group', 'event,'],
      ['--group', 'event', '--sort', 'size'],
      ['--group', 'event', '--sort', 'count:up'],
      ['--sort', 'count'],
    ];
    for (const args of mistakes) {
      const { code, err } = query(...args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(err).toMatch(/--group|--sort/);
    }
  });
});
