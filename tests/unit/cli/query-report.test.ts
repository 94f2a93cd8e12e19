import { describe, expect, it } from 'vitest';
import { epochMs, resultId, sourceId } from '#contract/ids';
import { defaultLimits } from '#contract/limits';
import type { FileReport, FilesRequest, ImportReport } from '#contract/report';
import { UsageError } from '../../../shared/cli/command-line';
import type { EngineThread } from '../../../shared/cli/engine-thread';
import { asksForLimits, limitsList, readLimits } from '../../../shared/cli/import-limits';
import type { Answer } from '../../../shared/cli/query-answer';
import { jsonReport } from '../../../shared/cli/query-report';
import { tableAnswer } from '../../../shared/cli/query-table';
import { makeRow } from '../../helpers/results';
import { stubEngine } from '../../helpers/stub-engine';

function file(number: number, over: Partial<FileReport> = {}): FileReport {
  return {
    path: `a/${String(number).padStart(5, '0')}.json`,
    sourceId: sourceId('s'),
    status: 'read',
    recognisedAs: 'records',
    sizeBytes: 10,
    events: 2,
    duplicates: 1,
    problems: [],
    problemCount: 0,
    ...over,
  };
}

const lost = {
  code: 'limit',
  severity: 'loss',
  message: 'too much',
  atByte: 3,
  snippet: '⟨U+0000⟩',
  limit: 'ratio',
} as const;

/** A client of an archive of these files, and what it answers. */
function archiveOf(files: readonly FileReport[]): { readonly client: EngineThread['client']; readonly answer: Answer } {
  const of = ({ which }: Pick<FilesRequest, 'which'>): readonly FileReport[] =>
    files.filter(({ status, problemCount }) =>
      which === 'troubled' ? problemCount > 0 : which === 'all' || which === status,
    );
  const { call } = stubEngine({
    'archive.files': (request) => {
      if (request.count > 500) throw new Error('more than a page holds');
      const fitting = of(request);
      const { start, count } = request;
      return { total: fitting.length, start, files: fitting.slice(start, start + count) };
    },
  });
  const report: ImportReport = {
    filesRead: of({ which: 'read' }).length,
    filesPartial: of({ which: 'partial' }).length,
    filesUnread: of({ which: 'unread' }).length,
    filesIgnored: of({ which: 'ignored' }).length,
    files: [],
    filesTroubled: of({ which: 'troubled' }).length,
    events: 5,
    duplicates: 3,
    versions: 2,
    summaryOnly: 1,
    appended: 2,
    undated: 4,
    outOfRange: 1,
    first: null,
    last: null,
    sources: [
      {
        sourceId: sourceId('s'),
        kind: 'folder',
        name: 'a',
        label: '/a',
        files: files.length,
        events: 8,
        duplicates: 3,
      },
    ],
    formats: [{ value: 'records', count: 5 }],
    accounts: [{ value: '__proto__', count: 5 }],
    regions: [],
    days: [],
    bytesOnDisk: 1,
    bytesJson: 1,
    elapsedMs: 1,
    cancelled: false,
  };
  const answer: Answer = {
    total: 5,
    matched: 0,
    report,
    first: null,
    last: null,
    facets: [],
    timeline: null,
    hints: [],
    notes: [],
    resultId: resultId('r1'),
  };
  // The command uses nothing else of the client.
  return { client: { call } as EngineThread['client'], answer };
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe('the report as JSON', () => {
  it('lists every file, and of those with problems every problem', async () => {
    const files = [
      file(1),
      file(2, { status: 'partial', problems: [lost, lost], problemCount: 9 }),
      file(3, { status: 'ignored', recognisedAs: 'digest', events: 0, duplicates: 0 }),
    ];
    const { client, answer } = archiveOf(files);
    const text = await textOf(jsonReport(client, answer));
    expect(text).toContain('"accounts":[["__proto__",5]]');
    const { code, severity, message, atByte, snippet } = lost;
    expect(JSON.parse(text)).toEqual({
      files: { read: 1, partial: 1, unread: 0, ignored: 1 },
      sources: [{ path: '/a', kind: 'folder', files: 3, events: 8, duplicates: 3 }],
      formats: [['records', 5]],
      accounts: [['__proto__', 5]],
      regions: [],
      days: [],
      duplicates: 3,
      versions: 2,
      summaryOnly: 1,
      appended: 2,
      undated: 4,
      outOfRange: 1,
      problems: [
        {
          path: 'a/00002.json',
          source: 0,
          recognisedAs: 'records',
          status: 'partial',
          sizeBytes: 10,
          events: 2,
          duplicates: 1,
          problemCount: 9,
          problems: [
            { code, severity, message, atByte, snippet },
            { code, severity, message, atByte, snippet },
          ],
        },
      ],
      limitsHit: [['ratio', 1]],
      fileList: files.map(({ path, recognisedAs, status, sizeBytes, events, duplicates }) => {
        return { path, source: 0, recognisedAs, status, sizeBytes, events, duplicates };
      }),
    });
  });

  it('comes in small pieces however many files there are, each file once', async () => {
    const files = Array.from({ length: 1_501 }, (_, number) => file(number));
    const { client, answer } = archiveOf(files);
    const pieces: string[] = [];
    for await (const piece of jsonReport(client, answer)) pieces.push(piece);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(500);
    const { fileList, limitsHit } = JSON.parse(pieces.join('')) as {
      readonly fileList: readonly { readonly path: string }[];
      readonly limitsHit?: unknown;
    };
    expect(fileList.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    expect(limitsHit).toBeUndefined();
  });
});

describe('the table', () => {
  it('reports duplicates and ignored files in one line, then the first losses', async () => {
    const broken = Array.from({ length: 30 }, (_, number) =>
      file(number, { status: 'unread', problems: [lost], problemCount: 1 }),
    );
    const { client, answer } = archiveOf([...broken, file(40, { status: 'ignored' })]);
    const lines = (await textOf(tableAnswer(client, answer, 10))).split('\n');
    expect(lines[0]).toMatch(/; files: 0 read, 0 in part, 30 not read, 1 ignored(?:,|$)/);
    expect(lines[1]).toBe(
      '  3 duplicates of events counted once (--duplicates shows them); 2 conflicting versions (events with one ID and different content); ' +
        '1 event without request and response; 2 events in a later gzip member of a file, where CloudTrail writes one (integrity:appended); 4 events without a time; ' +
        '1 event with a time that cannot be right (time<2006-01-01 OR time>=2100-01-01)',
    );
    expect(lines.filter((line) => line.startsWith('  not read: '))).toHaveLength(20);
    expect(lines).toContain('  … and 10 more (--report)');
  });
});

describe('--limits', () => {
  it('changes what it names and nothing else', () => {
    expect(readLimits([])).toEqual(defaultLimits);
    expect(readLimits(['ratio=2000,memberBytes=10G', 'recordBytes=1M'])).toEqual({
      ...defaultLimits,
      ratio: 2_000,
      memberBytes: 10 * 2 ** 30,
      recordBytes: 2 ** 20,
    });
  });

  it.each([
    'ratio',
    'ratio=',
    'ratio=0',
    'ratio=-1',
    'ratio=1.5',
    'ratio=1T',
    'Ratio=1',
    '',
    'toString=1',
    'nesting=33',
  ])('says what is wrong with %j', (text) => {
    expect(() => readLimits([text])).toThrow(UsageError);
  });

  it('names what there is no limit of, and all there are', () => {
    const names = Object.keys(defaultLimits).join(', ');
    for (const text of ['memory=1', 'memory']) {
      expect(() => readLimits([text])).toThrow(`there is no limit called "memory"; the limits are ${names}`);
    }
    expect(() => readLimits(['ratio=many'])).toThrow('--limits: ratio takes a whole number from 1 to');
  });

  it.each([
    [['folder', '--limits'], true],
    [['--limits', '--json', 'folder'], true],
    [['--limits', 'help'], true],
    [['--limits=help'], true],
    [['--limits', 'ratio=5', 'folder'], false],
    [['folder'], false],
    [['--', '--limits'], false],
  ])('by itself asks for the list: %j', (args, asks) => {
    expect(asksForLimits(args)).toBe(asks);
  });

  it('lists each with its default, the most it can be, its unit and its meaning', () => {
    for (const [name, value] of Object.entries(defaultLimits)) {
      const line = limitsList.split('\n').find((each) => each.trim().startsWith(`${name} `)) ?? '';
      const figures = line.match(/\d[\d,]*[KMG]?/g) ?? [];
      expect(readLimits([`${name}=${String(figures[0]).replaceAll(',', '')}`])).toEqual(defaultLimits);
      expect(value).toBeGreaterThan(0);
      expect(line).toMatch(/bytes|levels|files|times/);
    }
  });
});

describe('the column of times', () => {
  it('is in UTC as it says, whatever zone the record has, and shows what is no time as it is written', async () => {
    const { answer } = archiveOf([]);
    const rows = [
      { ...makeRow(1), time: epochMs(Date.UTC(2024, 2, 5, 1)), timeText: '2024-03-05T02:00:00+01:00' },
      { ...makeRow(2), time: null, timeText: 'yesterday' },
    ];
    const { call } = stubEngine({
      'result.page': ({ resultId, start }) => ({ resultId, start, rows }),
      'archive.files': ({ start }) => ({ total: 0, start, files: [] }),
    });
    const text = await textOf(tableAnswer({ call } as EngineThread['client'], { ...answer, matched: 2 }, 2));
    expect(text).toContain('\n2024-03-05T01:00:00Z ');
    expect(text).toContain('\nyesterday ');
  });
});
