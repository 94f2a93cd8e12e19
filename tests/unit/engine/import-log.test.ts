import { describe, expect, it } from 'vitest';
import { sourceId } from '#contract/ids';
import { defaultLimits } from '#contract/limits';
import type { FileProblem, FileReport, FilesRequest } from '#contract/report';
import type { SourceRef } from '#contract/sources';
import type { FileOutcome } from '#engine/decode/import-types';
import { ImportLog } from '#engine/imports/import-log';
import type { ListedFile } from '#engine/sources/listed-file';
import { listingOf } from '../../helpers/listing-of';

const source = (name: string): SourceRef => ({ sourceId: sourceId(name), kind: 'folder', name, label: `/${name}` });
const listed = (relative: string, of = 0): ListedFile => ({
  path: `/x/${relative}`,
  relative,
  source: of,
  steps: [],
  packedBytes: 10,
  sizeBytes: 10,
  mtimeMs: 1,
  ctimeMs: 1,
  inode: 1,
});
const problem: FileProblem = { code: 'torn', severity: 'loss', message: 'torn', atByte: 3, snippet: '' };

function outcome(
  file: number | null,
  more: Partial<FileReport> = {},
  member: [number, string] | null = null,
): FileOutcome {
  const problems = more.problems ?? [];
  return {
    file,
    member: member === null ? null : { ordinal: member[0], name: member[1], steps: [] },
    report: {
      path: 'as the decoder has it',
      sourceId: null,
      status: 'read',
      recognisedAs: 'records',
      sizeBytes: 10,
      events: 1,
      duplicates: 0,
      problems,
      problemCount: problems.length,
      ...more,
    },
    bytesJson: 100,
    content: null,
  };
}

const none = { duplicates: 0, versions: 0 };
const fewer = { ...defaultLimits, nesting: 1 };

/** Two imports: a folder with a tar in it, then two folders at once. */
function log(): ImportLog {
  const made = new ImportLog();
  made.begin([source('one')], defaultLimits);
  made.listed(listingOf([listed('b.tar'), listed('c.json')]), [20]);
  for (const told of [
    outcome(1, { status: 'partial', problems: [problem], events: 7 }),
    outcome(0, { recognisedAs: 'tar', events: 0 }),
    outcome(0, { status: 'ignored', recognisedAs: 'digest', events: 0 }, [1, 'y.json']),
    outcome(0, { events: 2 }, [0, 'z.json']),
    outcome(null, { path: 'a folder', status: 'unread', recognisedAs: null, problems: [problem], events: 0 }),
  ])
    made.add(told);
  made.end(false, 5);
  made.begin([source('two'), source('three')], fewer);
  made.listed(listingOf([listed('three/b.json', 1), listed('two/b.json')]), [10, 10]);
  made.add(outcome(1, { events: 3 }));
  made.add(outcome(0, { events: 4 }));
  made.add({ ...outcome(null, { path: 'three/locked', status: 'unread', problems: [problem] }), source: 1 });
  made.end(true, 6);
  return made;
}

function paths(made: ImportLog, more: Partial<FilesRequest> = {}): string[] {
  const page = made.page({ which: 'all', search: '', start: 0, count: 100, ...more }, () => none);
  return page.files.map(({ path }) => path);
}

describe('ImportLog', () => {
  it('lists files, members and what is no file by path, each with its source', () => {
    const page = log().page({ which: 'all', search: '', start: 0, count: 100 }, (record) => ({
      duplicates: record,
      versions: 0,
    }));
    expect(page.files.map(({ path, sourceId: of, events, status }) => [path, of, events, status])).toEqual([
      ['a folder', 'one', 0, 'unread'],
      ['b.tar', 'one', 0, 'read'],
      ['b.tar!/y.json', 'one', 0, 'ignored'],
      ['b.tar!/z.json', 'one', 2, 'read'],
      ['c.json', 'one', 7, 'partial'],
      ['three/b.json', 'three', 4, 'read'],
      ['three/locked', 'three', 1, 'unread'],
      ['two/b.json', 'two', 3, 'read'],
    ]);
    expect(page.files[4]).toMatchObject({ recognisedAs: 'records', problems: [problem], problemCount: 1 });
    expect(page.files[2]).toMatchObject({ recognisedAs: 'digest', problems: [], problemCount: 0 });
  });

  it('shows a window of those that fit', () => {
    const made = log();
    expect(paths(made, { which: 'troubled' })).toEqual(['a folder', 'c.json', 'three/locked']);
    expect(paths(made, { which: 'ignored' })).toEqual(['b.tar!/y.json']);
    expect(paths(made, { search: 'B.JSON' })).toEqual(['three/b.json', 'two/b.json']);
    const page = made.page({ which: 'all', search: '.json', start: 1, count: 2 }, () => none);
    expect([page.total, page.start, page.files.map(({ path }) => path)]).toEqual([5, 1, ['b.tar!/z.json', 'c.json']]);
  });

  it('finds a record by file and member, over all imports', () => {
    const made = log();
    const found = (file: number, member: number | null): string => {
      const at = made.records.find(file, member);
      return at < 0 ? 'none' : made.report(at, () => none).path;
    };
    expect([found(0, null), found(0, 0), found(0, 1), found(2, null), found(3, null)]).toEqual([
      'b.tar',
      'b.tar!/z.json',
      'b.tar!/y.json',
      'three/b.json',
      'two/b.json',
    ]);
    expect([found(0, 2), found(1, 0), found(9, null)]).toEqual(['none', 'none', 'none']);
    expect([0, 1, 2, 3, 4].map((file) => made.file(file)?.relative)).toEqual([
      'b.tar',
      'c.json',
      'three/b.json',
      'two/b.json',
      undefined,
    ]);
  });

  it('forgets a source and what was its own', () => {
    const made = log();
    expect(made.counts).toEqual({ read: 4, partial: 1, unread: 2, ignored: 1 });
    expect(made.bytesOnDisk()).toBe(40);
    expect([0, 1, 2, 3].map(made.filesOf(sourceId('three')))).toEqual([false, false, true, false]);
    made.remove(sourceId('three'));
    expect(paths(made, { search: 't' })).toEqual(['b.tar', 'b.tar!/y.json', 'b.tar!/z.json', 'two/b.json']);
    expect(made.counts).toEqual({ read: 3, partial: 1, unread: 1, ignored: 1 });
    expect(made.sources.map(({ name }) => name)).toEqual(['one', 'two']);
    expect([made.bytesOnDisk(), made.file(2), made.cancelled]).toEqual([30, undefined, true]);
    made.remove(sourceId('two'));
    expect([made.bytesOnDisk(), made.cancelled]).toEqual([20, false]);
    made.begin([source('three')], defaultLimits);
    expect([made.firstFile, made.sources.map(({ name }) => name)]).toEqual([4, ['one', 'three']]);
  });

  it('has the limits of each import with an open source', () => {
    const made = log();
    expect(made.limits).toEqual([defaultLimits, fewer]);
    made.remove(sourceId('one'));
    expect(made.limits).toEqual([fewer]);
  });

  it('keeps all problems of a file, gives pages few of them, and of absurdly many files keeps few', () => {
    const many = Array.from({ length: 200 }, () => problem);
    const made = new ImportLog();
    made.begin([source('one')], defaultLimits);
    for (let file = 0; file < 600; file++) {
      made.add(outcome(null, { path: `f${String(1000 + file)}`, status: 'unread', problems: many, problemCount: 900 }));
    }
    const kept = [...made.reports(() => none)].map(({ problems }) => problems.length);
    expect(kept).toEqual([...Array<number>(500).fill(200), ...Array<number>(100).fill(5)]);
    const { files } = made.page({ which: 'all', search: '', start: 0, count: 500 }, () => none);
    expect(files.map(({ problems }) => problems.length)).toEqual([
      ...Array<number>(50).fill(200),
      ...Array<number>(450).fill(20),
    ]);
    expect(files.every(({ problemCount }) => problemCount === 900)).toBe(true);
  });
});
