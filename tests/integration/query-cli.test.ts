import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArchive } from '../../build/tools/synthetic/archive';
import { makeTar } from '../helpers/make-tar';
import { makeZip } from '../helpers/make-zip';

/** The built `query`, as a script calls it. */

const program = join(import.meta.dirname, '../../out/cli/query.js');

interface Answer {
  readonly total: number;
  readonly matched: number;
  readonly files: {
    readonly read: number;
    readonly partial: number;
    readonly unread: readonly { readonly path: string; readonly reason: string }[];
    readonly partlyRead: readonly { readonly path: string; readonly reason: string }[];
  };
  readonly span: readonly [string | null, string | null];
  readonly facets: Readonly<Record<string, readonly (readonly [string, number])[]>>;
  readonly bins: readonly (readonly [string, number])[];
  readonly events: readonly unknown[];
  readonly report: {
    readonly files: {
      readonly read: number;
      readonly partial: number;
      readonly unread: number;
      readonly ignored: number;
    };
    readonly sources: readonly unknown[];
    readonly formats: readonly (readonly [string, number])[];
    readonly accounts: readonly (readonly [string, number])[];
    readonly duplicates: number;
    readonly problems: readonly { readonly path: string; readonly problems: readonly unknown[] }[];
    readonly limitsHit?: readonly (readonly [string, number])[];
    readonly fileList: readonly unknown[];
  };
}

function query(...args: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
} {
  const run = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function answer(...args: readonly string[]): Answer {
  const { code, out, err } = query(...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Answer;
}

/** An event with what every event has, and more. */
function event(number: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    eventVersion: '1.08',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice', userName: 'alice' },
    eventTime: `2024-03-04T10:${String(number % 60).padStart(2, '0')}:00Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.1',
    userAgent: 'test',
    requestParameters: null,
    responseElements: null,
    readOnly: true,
    eventID: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    ...more,
  };
}

const batch = (records: readonly string[]): string => `{"Records":[${records.join(',')}]}`;

let folder = '';
/** For samples of single tests. */
let ignored = '';

function write(name: string, content: string | Uint8Array, below = folder): void {
  const path = join(below, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

describe('query', () => {
  const odd =
    '{ "eventTime":"2024-03-04T12:30:00Z", "eventVersion":"1.08","eventName":"Odd\\u0041","eventSource":"odd.amazonaws.com",' +
    '"requestParameters":{"big":12345678901234567890,"__proto__":{"x":1e400},"lone":"\\ud800","slash":"a\\/b"}, "eventID":"odd-1" }';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'trailglass-query-'));
    ignored = mkdtempSync(join(tmpdir(), 'trailglass-query-'));
    const reads = Array.from({ length: 6 }, (_, index) => JSON.stringify(event(index * 10)));
    const writes = Array.from({ length: 3 }, (_, index) =>
      JSON.stringify(event(100 + index, { eventName: 'PutObject', readOnly: false, errorCode: 'AccessDenied' })),
    );
    write('AWSLogs/a.json.gz', gzipSync(batch(reads)));
    write('AWSLogs/b.json', batch([...writes, odd]));
    write(
      'torn.json.gz',
      gzipSync(batch(Array.from({ length: 400 }, (_, index) => JSON.stringify(event(index))))).subarray(0, -40),
    );
    write('notes.txt', 'bring milk');
    write('empty.json', '');
  });

  afterAll(() => {
    for (const made of [folder, ignored]) rmSync(made, { recursive: true, force: true });
  });

  it('prints one object that says what there is, what matched and what was not read', () => {
    const { total, matched, files, span, facets, bins, events } = answer(join(folder, 'AWSLogs'));
    expect({ total, matched, files, span, facets, bins, events }).toEqual({
      total: 10,
      matched: 10,
      files: { read: 2, partial: 0, unread: [], partlyRead: [] },
      span: ['2024-03-04T10:00:00Z', '2024-03-04T12:30:00Z'],
      facets: {},
      bins: [],
      events: [],
    });
  });

  it('lists every file that was not, or not wholly, read, with the reason', () => {
    const { files } = answer(folder);
    expect(files.unread.map((file) => file.path)).toEqual(['empty.json', 'notes.txt']);
    expect(files.partlyRead.map((file) => file.path)).toEqual(['torn.json.gz']);
    expect([...files.unread, ...files.partlyRead].every((file) => file.reason.length > 0)).toBe(true);
    expect({ read: files.read, partial: files.partial }).toEqual({ read: 2, partial: 1 });
  });

  it('counts facets among the events that match the whole query', () => {
    const { matched, facets } = answer(
      join(folder, 'AWSLogs'),
      '--q',
      'event:PutObject OR event:Odd*',
      '--facet',
      'event',
      '--facet',
      'requestParameters.slash',
    );
    expect({ matched, facets }).toEqual({
      matched: 4,
      facets: {
        event: [
          ['PutObject', 3],
          ['OddA', 1],
        ],
        'requestParameters.slash': [['a/b', 1]],
      },
    });
  });

  it('says where a facet has more values than it lists', () => {
    const { out } = query(join(folder, 'AWSLogs'), '--facet', 'id', '--facet', 'event', '--top', '4', '--json');
    expect(JSON.parse(out)).toMatchObject({ facetsCut: [{ field: 'id', reason: '6 more values' }] });
  });

  it('counts bins that add up to the events that match, a time range in the query included', () => {
    const { matched, bins } = answer(join(folder, 'AWSLogs'), '--q', 'time<2024-03-04T10:30:00Z', '--bins', '20');
    expect(matched).toBe(bins.reduce((sum, [, count]) => sum + count, 0));
    expect(bins.length).toBeGreaterThan(1);
    expect(bins.length).toBeLessThanOrEqual(20);
    expect(bins.every(([start]) => /^2024-03-04T\d\d:\d\d:\d\dZ$/.test(start))).toBe(true);
  });

  it('prints records exactly as they are in their file', () => {
    const { code, out } = query(join(folder, 'AWSLogs'), '--q', 'odd-1', '--limit', '5', '--json');
    expect(code).toBe(0);
    expect(out).toContain(`"events":[${odd}],"places":[{"path":"b.json",`);
    expect(JSON.parse(out)).toMatchObject({ matched: 1 });
  });

  it('prints as many events as asked, oldest first', () => {
    const { events } = answer(join(folder, 'AWSLogs'), '--limit', '4');
    const times = (events as readonly { readonly eventTime: string }[]).map((record) => record.eventTime);
    expect(times).toEqual([...times].sort());
    expect(times).toHaveLength(4);
  });

  it('prints events in the order of any field, either way, and says how to ask for one', () => {
    const names = (sort: string): readonly string[] => {
      const { events } = answer(join(folder, 'AWSLogs'), '--limit', '20', '--sort', sort);
      return (events as readonly { readonly eventName: string }[]).map((record) => record.eventName);
    };
    const ascending = [...Array<string>(6).fill('GetObject'), 'OddA', ...Array<string>(3).fill('PutObject')];
    expect(names('event')).toEqual(ascending);
    expect(names('event:desc')).toEqual([...ascending].reverse());
    expect(names('time:desc')[0]).toBe('OddA');
    const { code, err } = query(join(folder, 'AWSLogs'), '--sort', '');
    expect({ code, says: err.includes('--sort takes a field') }).toEqual({ code: 2, says: true });
  });

  it('keeps a facet named __proto__ apart', () => {
    const { out } = query(join(folder, 'AWSLogs'), '--facet', '__proto__', '--json');
    expect(out).toContain('"facets":{"__proto__":[');
  });

  it('agrees with counting by hand on a synthetic archive', () => {
    const counts = new Map<string, number>();
    let refused = 0;
    for (const file of makeArchive({ events: 3000, seed: 5 })) {
      write(file.path, gzipSync(file.json), ignored);
      const { Records } = JSON.parse(file.json) as {
        readonly Records: readonly { readonly eventName: string; readonly errorCode?: string }[];
      };
      for (const record of Records) {
        if (record.errorCode !== 'AccessDenied') continue;
        refused++;
        counts.set(record.eventName, (counts.get(record.eventName) ?? 0) + 1);
      }
    }
    const { total, matched, facets } = answer(
      join(ignored, 'AWSLogs'),
      '--q',
      'error:AccessDenied',
      '--facet',
      'event',
    );
    expect({ total, matched }).toEqual({ total: 3000, matched: refused });
    expect(new Map(facets['event'])).toEqual(counts);
  });

  it('reports what every file was recognised as, and what was lost of it where', () => {
    const { report } = answer(folder);
    expect(report.files).toEqual({ read: 2, partial: 1, unread: 2, ignored: 0 });
    expect(report.fileList).toMatchObject([
      { path: 'AWSLogs/a.json.gz', recognisedAs: 'records', status: 'read', events: 6, duplicates: 0 },
      { path: 'AWSLogs/b.json', recognisedAs: 'records', status: 'read', events: 4, duplicates: 0 },
      { path: 'empty.json', status: 'unread', sizeBytes: 0, events: 0 },
      { path: 'notes.txt', status: 'unread', sizeBytes: 10, events: 0 },
      { path: 'torn.json.gz', recognisedAs: 'records', status: 'partial' },
    ]);
    expect(report.problems.map(({ path }) => path)).toEqual(['empty.json', 'notes.txt', 'torn.json.gz']);
    expect(report.problems[2]?.problems[0]).toMatchObject({
      code: 'torn',
      severity: 'loss',
      atByte: expect.any(Number),
    });
    expect(report.sources).toMatchObject([{ path: folder, kind: 'folder', files: 5 }]);
    expect(report.formats.map(([format]) => format)).toEqual(['records']);
    expect(report.limitsHit).toBeUndefined();
  });

  it('counts an event once however often it stands there, or every time it does', () => {
    const one = JSON.stringify(event(1, { recipientAccountId: '111122223333' }));
    write('duplicates/a.json', batch([one, JSON.stringify(event(2))]), ignored);
    write('duplicates/b.json', batch([one]), ignored);
    const place = join(ignored, 'duplicates');
    const once = answer(place);
    expect({ total: once.total, matched: once.matched, duplicates: once.report.duplicates }).toEqual({
      total: 2,
      matched: 2,
      duplicates: 1,
    });
    expect(answer(place, '--duplicates', '--limit', '9').events).toHaveLength(3);
    expect(query(place).out).toContain('1 duplicate of events counted once (--duplicates shows them)');
  });

  it('reads an archive in an archive, and stops where a limit says so', () => {
    const logs = [1, 2, 3].map((number) => ({
      name: `logs/${String(number)}.json`,
      bytes: Buffer.from(batch([JSON.stringify(event(number))])),
    }));
    write('case.bin', makeZip([{ name: 'inner', bytes: makeTar(logs) }]), ignored);
    const all = answer(join(ignored, 'case.bin'));
    expect(all.total).toBe(3);
    expect(all.report.fileList).toMatchObject([
      { path: 'case.bin', recognisedAs: 'zip', status: 'read', events: 0 },
      { path: 'case.bin!/inner', recognisedAs: 'tar', status: 'read', events: 0 },
      ...logs.map(({ name }) => ({ path: `case.bin!/inner!/${name}`, recognisedAs: 'records', events: 1 })),
    ]);
    const some = answer(join(ignored, 'case.bin'), '--limits', 'entries=2');
    expect(some.total).toBe(2);
    expect(some.report.limitsHit).toEqual([['entries', 1]]);
  });

  it('prints the report for reading', () => {
    const { code, out } = query(folder, '--report');
    expect(code).toBe(0);
    expect(out).toMatch(/^TRAILGLASS IMPORT REPORT\n/);
    expect(out).toMatch(/\nNOT READ {2}notes\.txt\n/);
    expect(out).toMatch(/\nIN PART {3}torn\.json\.gz\n/);
  });

  it('shows tables for reading, with what was not read', () => {
    const { code, out } = query(folder, '--q', 'event:PutObject', '--facet', 'result', '--bins', '10');
    expect(code).toBe(0);
    expect(out).toMatch(/^TIME \(UTC\)\s+SERVICE\s+EVENT/);
    expect(out).toMatch(/2024-03-04T10:40:00Z\s+s3\s+PutObject\s+alice/);
    expect(out).toMatch(/RESULT\n\s+3\s+AccessDenied/);
    expect(out).toMatch(/3 of \d+ events; files: 2 read, 1 in part, \d+ not read, 0 ignored/);
    expect(out).toMatch(/not read: notes\.txt: /);
  });

  it('shows a principal whole, so that none looks like another', () => {
    const role = 'r'.repeat(64);
    const accounts = ['111122223333', '111122223334'];
    const sessions = accounts.map((account, at) => {
      const arn = `arn:aws:sts::${account}:assumed-role/${role}/${'s'.repeat(64)}`;
      return JSON.stringify(event(at, { userIdentity: { type: 'AssumedRole', arn, accountId: account } }));
    });
    write('sessions.json', batch(sessions), ignored);
    const { out } = query(join(ignored, 'sessions.json'), '--facet', 'identity');
    for (const account of accounts) {
      const whole = `${role} / ${'s'.repeat(64)} (role session, ${account})`;
      expect(out.split(whole)).toHaveLength(3);
    }
  });

  it('lets no control character of a log reach the terminal', () => {
    write('hostile.json', batch([JSON.stringify(event(1, { eventName: 'X\u001b[2J\u202e' }))]), ignored);
    const { out } = query(join(ignored, 'hostile.json'), '--facet', 'event');
    expect(out).toContain('X\\u001b[2J\\u202e');
    expect(out).not.toMatch(/[\u001b\u202e]/);
  });

  it('names letters of a log that pass for others', () => {
    write('passing.json', batch([JSON.stringify(event(1, { eventName: '\u0430dmin ' }))]), ignored);
    const { out } = query(join(ignored, 'passing.json'), '--facet', 'event');
    expect(out.match(/\\u\{Cyrillic:\u0430\}dmin\\u0020/gu)).toHaveLength(2);
  });

  it('writes a value in the report and in a comparison as in its tables, not as the window does', () => {
    const name = 'X\u202e';
    const events = [1, 2].map((at) =>
      JSON.stringify(event(at, { eventName: name, requestParameters: { name: `${name}${at}` } })),
    );
    write(`${name}.json`, batch(events), join(ignored, 'same'));
    const path = join(ignored, 'same');
    const ids = [1, 2].map((at) => String(event(at)['eventID']));
    for (const args of [['--report'], ['--diff', ...ids], ['--facet', 'event', '--facet', 'file']]) {
      const { code, out } = query(path, ...args);
      expect(code).toBe(0);
      expect(out).toContain('X\\u202e');
      expect(out).not.toMatch(/[\u202e⟨]/);
    }
  });

  it('prints JSON of the same values in which a terminal obeys nothing', () => {
    const trick = '\u009b2J\u007f\u202e\u200b\u00a0\u{e0041}\ufe0f';
    const record = JSON.stringify(
      event(1, { eventName: `X${trick}`, requestParameters: { [trick]: `${trick} ` } }),
      null,
      2,
    );
    write(`trick${trick}.json`, batch([record, '{"eventName":\u009boops}']), join(ignored, 'trick'));
    const path = join(ignored, 'trick');
    for (const args of [
      ['--facet', 'event', '--limit', '9'],
      ['--diff', String(event(1)['eventID']), String(event(1)['eventID'])],
      ['--q', trick],
    ]) {
      expect(query(path, ...args, '--json').out).not.toMatch(/(?![\n ])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u);
    }
    const { events, facets, report } = answer(path, '--facet', 'event', '--limit', '9');
    expect(events[0]).toEqual(JSON.parse(record));
    expect(facets['event']?.[0]).toEqual([`X${trick}`, 1]);
    expect(report.fileList).toMatchObject([{ path: `trick${trick}.json` }]);
  });

  it('ends with 2 and a caret under the syntax error of the query', () => {
    const { code, out, err } = query(join(folder, 'AWSLogs'), '--q', 'event:PutObject )', '--json');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const [message = '', shown = '', caret = ''] = err.split('\n');
    expect(message).not.toBe('');
    expect(shown.trim()).toBe('event:PutObject )');
    expect(shown.charAt(caret.indexOf('^'))).toBe(')');
  });

  it('ends with 2 and the path that does not exist', () => {
    const { code, out, err } = query(join(folder, 'AWSLogs'), join(folder, 'nowhere'), '--json');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('nowhere');
  });

  it.each([
    ['--frobnicate'],
    ['--limit', 'many'],
    ['--bins', '1'],
    ['--facet'],
    ['--limits', 'ratio=0'],
    ['--report', '--q', 's3'],
    [],
  ])('ends with 2 where it is called wrongly: %j', (...args: readonly string[]) => {
    const paths = args.length === 0 ? [] : [folder];
    const { code, out, err } = query(...paths, ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  it('says where each event is', () => {
    const { events, places } = JSON.parse(
      query(join(folder, 'AWSLogs'), '--q', 'event:Odd*', '--json', '--limit', '5').out,
    ) as { readonly events: readonly unknown[]; readonly places: readonly unknown[] };
    const text = readFileSync(join(folder, 'AWSLogs/b.json'), 'utf8');
    expect(events).toHaveLength(1);
    expect(places).toEqual([
      { path: 'b.json', offset: Buffer.byteLength(text.slice(0, text.indexOf(odd))), length: Buffer.byteLength(odd) },
    ]);
  });

  it('lists the limits where none is given', () => {
    for (const args of [['--limits'], ['--limits', 'help'], [folder, '--limits']]) {
      const { code, out } = query(...args);
      expect(code).toBe(0);
      expect(out).toMatch(/^ {2}NAME +DEFAULT +AT MOST +MEANING\n {2}ratio +250/);
    }
  });

  it('explains itself', () => {
    const { code, out } = query('--help');
    expect(code).toBe(0);
    expect(out).toContain('--facet FIELD');
  });
});
