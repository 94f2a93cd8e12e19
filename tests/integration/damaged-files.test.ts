import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { FileProblem, FileReport } from '#contract/report';
import { engineOfFile, type TestEngine } from '../helpers/engine';
import {
  envelope,
  gzipHeaderBytes,
  gzipped,
  record,
  storedGzip,
  storedHeaderBytes,
  writeEvidence,
  type EvidenceFile,
} from '../helpers/evidence';

const startedEngine = engineOfFile();

/** Files as they come out of broken disks, cut downloads and careless hands. Not one may stop an import or go unmentioned. */

interface Damage {
  readonly content: string | Uint8Array;
  /** The events that are sound. */
  readonly events: readonly string[];
  readonly status: FileReport['status'];
  /** Null: nothing to say about the byte. */
  readonly problems: readonly (readonly [FileProblem['code'], number | null])[];
}

const [a, b, c] = [record('A'), record('B', {}, 1), record('C', {}, 2)];
const abc = envelope(a, b, c);
const wrong = record('Wrong').replace('"eu-west-1"', 'eu-west-1');
const deep = (depth: number): string => record('Deep').replace('null', '['.repeat(depth) + ']'.repeat(depth));
const digestFile = JSON.stringify({
  awsAccountId: '111122223333',
  digestStartTime: '2024-03-04T10:00:00Z',
  digestEndTime: '2024-03-04T11:00:00Z',
  digestS3Bucket: 'trail',
  logFiles: [{ s3Bucket: 'trail', s3Object: 'a.json.gz', hashValue: '00', hashAlgorithm: 'SHA-256' }],
});

/** Where a byte of the text lies in its stored gzip. */
const storedAt = (offset: number, blockBytes: number): number =>
  gzipHeaderBytes + (Math.floor(offset / blockBytes) + 1) * storedHeaderBytes + offset;

function withBytes(bytes: Uint8Array, at: number, ...values: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(values, at);
  return copy;
}

const blockBytes = 64;
const stored = storedGzip(abc, blockBytes);
const inB = abc.indexOf(b) + 100;
/** The block that holds this byte, by the offset of its first one. */
const blockOfB = inB - (inB % blockBytes);

const damages: Readonly<Record<string, Damage>> = {
  'gzip with a broken block': {
    // The header in front of the block: its length and the complement do not fit.
    content: withBytes(stored, storedAt(blockOfB, blockBytes) - 4, 0xff, 0xff, 0xff, 0xff),
    events: ['A'],
    status: 'partial',
    problems: [
      ['torn', blockOfB],
      ['bad-gzip', blockOfB],
    ],
  },
  'gzip that ends too early': {
    content: stored.subarray(0, storedAt(inB, blockBytes)),
    events: ['A'],
    status: 'partial',
    problems: [
      ['torn', inB],
      ['torn', inB],
    ],
  },
  'gzip without its last byte': {
    content: gzipSync(abc).subarray(0, -1),
    events: ['A', 'B', 'C'],
    status: 'partial',
    problems: [['torn', abc.length]],
  },
  'gzip with a wrong checksum': {
    content: withBytes(gzipSync(abc), gzipSync(abc).length - 8, 1, 2, 3, 4),
    events: ['A', 'B', 'C'],
    status: 'partial',
    problems: [['bad-gzip', abc.length]],
  },
  'gzip followed by something else': {
    content: Buffer.concat([gzipSync(abc), Buffer.from('something else')]),
    events: ['A', 'B', 'C'],
    status: 'partial',
    problems: [['bad-gzip', abc.length]],
  },
  'gzip in name only': {
    content: Buffer.from([0x1f, 0x8b, 1, 2, 3]),
    events: [],
    status: 'unread',
    problems: [['bad-gzip', 0]],
  },
  'a wrong record in the middle': {
    content: envelope(a, wrong, c),
    events: ['A', 'C'],
    status: 'partial',
    problems: [['bad-json', envelope(a, wrong).indexOf(':eu-west-1') + 1]],
  },
  'a wrong record in the middle of a gzip file': {
    content: gzipped(a, wrong, wrong, c),
    events: ['A', 'C'],
    status: 'partial',
    problems: [
      ['bad-json', envelope(a, wrong).indexOf(':eu-west-1') + 1],
      ['bad-json', envelope(a, wrong, wrong).lastIndexOf(':eu-west-1') + 1],
    ],
  },
  'garbage after the array': {
    content: `[${a},${b}] and so on`,
    events: ['A', 'B'],
    status: 'partial',
    problems: [['bad-json', a.length + b.length + 4]],
  },
  'zero bytes after the end': {
    content: Buffer.concat([Buffer.from(abc), Buffer.alloc(4096)]),
    events: ['A', 'B', 'C'],
    status: 'read',
    problems: [['oddity', null]],
  },
  'nothing but zero bytes': {
    content: Buffer.alloc(4096),
    events: [],
    status: 'unread',
    problems: [['empty', null]],
  },
  'a zero byte within a record': {
    content: envelope(a, b.replace('192.0', '192\0.0'), c),
    events: ['A', 'C'],
    status: 'partial',
    problems: [['bad-json', envelope(a, b).indexOf('192.0', a.length + 20) + 3]],
  },
  'a list cut in a record': {
    content: abc.slice(0, inB),
    events: ['A'],
    status: 'partial',
    problems: [['torn', inB]],
  },
  'a list cut between records': {
    content: abc.slice(0, abc.indexOf(c)),
    events: ['A', 'B'],
    status: 'partial',
    problems: [['torn', abc.indexOf(c)]],
  },
  'no bytes': { content: '', events: [], status: 'unread', problems: [['empty', null]] },
  'no bytes, gzipped': { content: gzipSync(''), events: [], status: 'unread', problems: [['empty', null]] },
  'white space only': { content: ' \r\n\t ', events: [], status: 'unread', problems: [['empty', null]] },
  'a list of no events': { content: envelope(), events: [], status: 'read', problems: [] },
  'a record nested too deep': {
    content: envelope(a, deep(100_000), c),
    events: ['A', 'C'],
    status: 'partial',
    // The record itself is the first of 512 levels.
    problems: [['too-deep', envelope(a, deep(1)).lastIndexOf(':[') + 1 + 511]],
  },
  'a record nested deep': {
    content: envelope(a, deep(400), c),
    events: ['A', 'Deep', 'C'],
    status: 'read',
    problems: [],
  },
  'brackets without end': {
    content: '['.repeat(300_000),
    events: [],
    status: 'unread',
    problems: [['too-deep', 64]],
  },
  'text that is no JSON': { content: 'eventName=A\n', events: [], status: 'unread', problems: [['unknown-format', 0]] },
  'no zip archive, though it begins as one': {
    content: Buffer.from('PK\x03\x04 and so on'),
    events: [],
    status: 'unread',
    problems: [
      ['bad-archive', null],
      ['oddity', 0],
    ],
  },
  'a digest': { content: gzipSync(digestFile), events: [], status: 'ignored', problems: [] },
  'JSON of another kind': {
    content: '{"name":"x","version":"1"}',
    events: [],
    status: 'unread',
    problems: [['not-events', 0]],
  },
  'an element that is no event': {
    content: envelope(a, '{"x":1}', '17', b),
    events: ['A', 'B'],
    status: 'partial',
    problems: [
      ['not-events', envelope(a).length - 1],
      ['not-events', envelope(a, '{"x":1}').length - 1],
    ],
  },
  'a byte order mark and lines that end in CRLF': {
    content: `\ufeff${envelope(a, b, c).replaceAll(',{', ',\r\n  {')}\r\n`,
    events: ['A', 'B', 'C'],
    status: 'read',
    problems: [],
  },
  'a line that is wrong': {
    content: `${a}\r\n${wrong}\r\n${c}\r\n`,
    events: ['A', 'C'],
    status: 'partial',
    problems: [['bad-json', `${a}\r\n${wrong}`.indexOf(':eu-west-1') + 1]],
  },
  'bytes that are no UTF-8': {
    content: Buffer.concat([
      Buffer.from(`[${a},{"eventName":"Odd","x":"`),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from(`"},${b}]`),
    ]),
    events: ['Odd', 'A', 'B'],
    status: 'read',
    problems: [['oddity', Buffer.byteLength(`[${a},{"eventName":"Odd","x":"`)]],
  },
};

const neighbour = record('Neighbour', {}, -1);
const isRoot = process.getuid?.() === 0;

async function opened(...files: readonly EvidenceFile[]): Promise<TestEngine> {
  const engine = startedEngine();
  await engine.open(await writeEvidence(...files));
  return engine;
}

describe('a damaged file', () => {
  it.each(Object.entries(damages))(
    '%s: what is sound is found, what is not is listed with its byte',
    async (_, damage) => {
      const { content, events, status, problems } = damage;
      const engine = await opened(['a/damaged.json', content], ['b/neighbour.json.gz', gzipped(neighbour)]);
      const { files } = await engine.report();
      expect(files.map(({ path }) => path)).toEqual(problems.length > 0 ? ['a/damaged.json'] : []);
      const told = files.flatMap((file) => file.problems.map(({ code, atByte }) => [code, atByte]));
      expect(told).toEqual(problems);
      if (files[0] !== undefined)
        expect(files[0]).toMatchObject({ status, events: events.length, problemCount: problems.length });
      for (const { message } of files[0]?.problems ?? []) expect(message).not.toBe('');
      const names = await engine.names('');
      expect([...names].sort()).toEqual(['Neighbour', ...events].sort());
      // Of what was cut out, nothing is found; of what was kept, all is as it stands in the file.
      expect((await engine.run('event:Wrong')).matched).toBe(0);
      for (const name of events) {
        const row = (await engine.rows(`event:${name}`))[0];
        const { raw, location } = await engine.detail(row!.row);
        expect(JSON.parse(raw)).toMatchObject({ eventName: name });
        expect(location.path).toBe('a/damaged.json');
      }
    },
  );
});

describe('an archive of damaged files', () => {
  it('adds up: files, events, accounts, Regions, days', async () => {
    const entries = Object.entries(damages).map(([name, { content }]): EvidenceFile => [`${name}/log`, content]);
    const other = { awsRegion: 'us-east-1', recipientAccountId: '999999999999', eventTime: '2024-03-05T00:00:00Z' };
    const engine = await opened(
      ...entries,
      ['z/other.json', envelope(record('Other', other), record('Other', other))],
      ['z/undated.json', envelope(record('Undated', { eventTime: 'soon' }), record('Undated', { eventTime: null }))],
    );
    const report = await engine.report();
    const all = Object.values(damages);
    const withStatus = (wanted: FileReport['status']): number => all.filter(({ status }) => status === wanted).length;
    const sound = all.reduce((sum, { events }) => sum + events.length, 0);
    const odd = all.reduce((sum, { events }) => sum + events.filter((name) => name === 'Odd').length, 0);
    expect(report).toMatchObject({
      filesRead: withStatus('read') + 2,
      filesPartial: withStatus('partial'),
      filesUnread: withStatus('unread'),
      events: sound + 4,
      // The one made by hand has neither a time nor an account nor a Region.
      undated: 2 + odd,
      accounts: [
        { value: '111122223333', count: sound - odd + 2 },
        { value: '999999999999', count: 2 },
        { value: '(not stated)', count: odd },
      ],
      regions: [
        { value: 'eu-west-1', count: sound - odd + 2 },
        { value: 'us-east-1', count: 2 },
      ],
      days: [
        { value: '2024-03-04', count: sound - odd },
        { value: '2024-03-05', count: 2 },
      ],
      first: Date.parse('2024-03-04T10:00:00Z'),
      last: Date.parse('2024-03-05T00:00:00Z'),
      cancelled: false,
    });
    expect(report.files.map(({ path }) => path)).toEqual(
      Object.keys(damages)
        .filter((name) => damages[name]!.problems.length > 0)
        .map((name) => `${name}/log`)
        .sort(),
    );
    const onDisk = entries.reduce((sum, [, content]) => sum + Buffer.byteLength(content), 0);
    expect(report.bytesOnDisk).toBeGreaterThan(onDisk);
    const status = await engine.call('archive.status', null);
    const { filesRead, filesPartial, filesUnread, events } = report;
    expect(status).toMatchObject({ state: 'ready', filesRead, filesPartial, filesUnread, events, progress: null });
    expect((await engine.run('')).matched).toBe(events);
  });

  it('lists the first problems of a file with very many, and counts all', async () => {
    const engine = await opened([
      'log.json',
      envelope(...Array.from({ length: 500 }, (_, i) => (i % 5 === 0 ? a : wrong))),
    ]);
    const [file] = (await engine.report()).files;
    expect({ ...file, problems: file?.problems.length }).toMatchObject({
      events: 100,
      problems: 20,
      problemCount: 400,
    });
    expect(await engine.names('')).toHaveLength(100);
  });
});

describe('what cannot be opened', () => {
  it('is listed where a link leads out of the folder or to nothing, or a folder has a file’s name', async () => {
    const outside = await writeEvidence(['secret.json', envelope(record('Secret'))]);
    const folder = await writeEvidence(['log.json', abc], ['folder.json/inner.json', envelope(record('Inner'))]);
    await symlink(outside, join(folder, 'out'));
    await symlink(join(folder, 'nowhere'), join(folder, 'dangling.json'));
    await symlink(folder, join(folder, 'loop'));
    const engine = startedEngine();
    await engine.open(folder);
    expect([...(await engine.names(''))].sort()).toEqual(['A', 'B', 'C', 'Inner']);
    const { files } = await engine.report();
    expect(files.map(({ path, status, problems }) => [path, status, problems.map(({ code }) => code)])).toEqual([
      ['dangling.json', 'unread', ['unreadable']],
      ['out', 'unread', ['unreadable']],
    ]);
  });

  it('is listed where it is gone, and the rest is read', async () => {
    const folder = await writeEvidence(['log.json', abc]);
    const engine = startedEngine();
    await engine.open([folder, join(folder, 'gone')]);
    expect(await engine.names('')).toEqual(['A', 'B', 'C']);
    expect((await engine.report()).files).toMatchObject([
      { path: 'gone/', status: 'unread', problems: [{ code: 'unreadable' }] },
    ]);
  });

  it('is listed where there is no permission, and the rest is read', async ({ skip }) => {
    skip(isRoot, 'root may read everything');
    const folder = await writeEvidence(['log.json', abc], ['closed.json', abc]);
    await chmod(join(folder, 'closed.json'), 0);
    await mkdir(join(folder, 'closed'), { mode: 0 });
    const engine = startedEngine();
    await engine.open(folder);
    expect(await engine.names('')).toEqual(['A', 'B', 'C']);
    expect((await engine.report()).files).toMatchObject([
      {
        path: 'closed.json',
        status: 'unread',
        problems: [{ code: 'unreadable', message: 'no permission to read it' }],
      },
      { path: 'closed/', status: 'unread', problems: [{ code: 'unreadable', message: 'no permission to read it' }] },
    ]);
  });

  it('is an archive all the same where there is nothing in it', async () => {
    const engine = await opened();
    expect(await engine.report()).toMatchObject({
      filesRead: 0,
      events: 0,
      first: null,
      last: null,
      days: [],
      files: [],
    });
    expect(await engine.run('anything', { timeline: { from: null, to: null, maxBins: 10 } })).toMatchObject({
      total: 0,
      matched: 0,
      timeline: null,
    });
  });
});
