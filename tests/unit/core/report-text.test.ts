import { describe, expect, it } from 'vitest';
import { epochMs, sourceId } from '#contract/ids';
import { defaultLimits } from '#contract/limits';
import type { FileProblem, FileReport, ImportReport } from '#contract/report';
import { reportText } from '#core/report-text';

const report: ImportReport = {
  filesRead: 1,
  filesPartial: 1,
  filesUnread: 0,
  filesIgnored: 1,
  files: [],
  filesTroubled: 1,
  events: 12_345,
  duplicates: 7,
  versions: 2,
  summaryOnly: 0,
  appended: 0,
  undated: 1,
  outOfRange: 0,
  first: epochMs(Date.UTC(2024, 2, 5, 2, 11)),
  last: epochMs(Date.UTC(2024, 2, 6)),
  sources: [
    {
      sourceId: sourceId('s'),
      kind: 'file',
      name: 'case.zip',
      label: '/cases/case.zip',
      files: 3,
      events: 12_352,
      duplicates: 7,
    },
  ],
  formats: [
    { value: 'records', count: 12_000 },
    { value: 'event-history-csv', count: 345 },
  ],
  accounts: [{ value: '111122223333', count: 12_345 }],
  regions: [],
  days: [{ value: '2024-03-05', count: 12_344 }],
  bytesOnDisk: 4_000,
  bytesJson: 1_234_567,
  elapsedMs: 5,
  cancelled: false,
};

const limits = { ...defaultLimits, ratio: 300 };
const head = {
  madeAt: epochMs(Date.UTC(2024, 2, 7, 9)),
  version: '1.2.3',
  limits: [defaultLimits, limits],
  target: 'window',
} as const;

function file(over: Partial<FileReport> = {}): FileReport {
  return {
    path: 'case.zip!/a.json',
    sourceId: sourceId('s'),
    status: 'read',
    recognisedAs: 'records',
    sizeBytes: 1_000,
    events: 1,
    duplicates: 0,
    problems: [],
    problemCount: 0,
    ...over,
  };
}

function problem(over: Partial<FileProblem> = {}): FileProblem {
  return { code: 'bad-json', severity: 'loss', message: 'no JSON', atByte: 1_234, snippet: '', ...over };
}

const printed = `TRAILGLASS IMPORT REPORT
Made 2024-03-07T09:00:00Z (UTC) by Trailglass 1.2.3

Opened
------
  file    /cases/case.zip
          3 files, 12,352 events, 7 duplicates among them

Totals
------
  Events                  12,345  each counted once
  Duplicates                   7  further places of the same events
  Conflicting versions         2  events with one ID and different content
  Summary only                 0  came without request and response
  Appended                     0  in a later gzip member of a file; CloudTrail writes one
  Without a time               1  in the list, not on the timeline
  Files read                   1
  Read in part                 1
  Not read                     0
  Ignored                      1  nothing in them to read
  Bytes on disk            4,000
  Bytes unpacked       1,234,567
  First event          2024-03-05T02:11:00Z
  Last event           2024-03-06T00:00:00Z

Formats (duplicates included)
-----------------------------
  12,000  CloudTrail log file
     345  CSV of the event history

Accounts
--------
  12,345  111122223333

Days (UTC)
----------
  12,344  2024-03-05

Limits in force
---------------
  ratio         250, then 300
  memberBytes   68,719,476,736
  recordBytes   62,914,560
  entries       2,000,000
  nesting       8
  heldBytes     536,870,912
  folderDepth   100

Files (4)
---------
  IN PART and NOT READ: something was, or may have been, left out; its losses are listed below.
  ignored: nothing to read (a digest, OS metadata, open already). Notes: odd, but all was read.

read      case.zip!/a.json
          CloudTrail log file; 2 events, 1 duplicate among them; 1 shares its ID with other content; 1,000 bytes packed

IN PART   case.zip!/b.csv
          CSV of the event history; 1 event; 1,000 bytes packed
          loss  at byte 1,234 of the unpacked text: no JSON
                near: {"eventName":oops}
          note  no JSON
          and 3 more, which are not listed

ignored   case.zip!/digest.json
          CloudTrail digest; 0 events; 1,000 bytes packed

read      z.json
          CloudTrail log file; 1 event; 1,000 bytes
          loss  at byte 1,234: no JSON
`;

describe('the report as text', () => {
  it('says what was opened, the totals, each kind, and every file with its problems', () => {
    const files = [
      file({ duplicates: 1, versions: 1, events: 2 }),
      file({
        path: 'case.zip!/b.csv',
        status: 'partial',
        recognisedAs: 'event-history-csv',
        problems: [problem({ snippet: '{"eventName":oops}' }), problem({ severity: 'note', atByte: null })],
        problemCount: 5,
      }),
      file({ path: 'case.zip!/digest.json', status: 'ignored', recognisedAs: 'digest', events: 0 }),
      file({ path: 'z.json', problems: [problem()], problemCount: 1 }),
    ];
    expect(reportText(head, report, files)).toBe(printed);
  });

  it('writes out what cannot be seen, wherever a log could put it', () => {
    const trick = 'a\u202eb\n\u0007';
    const hostile: ImportReport = {
      ...report,
      sources: report.sources.map((source) => ({ ...source, label: trick })),
      formats: [{ value: '__proto__', count: 1 }],
      accounts: [{ value: trick, count: 1 }],
    };
    const files = [file({ path: trick, problems: [problem({ message: trick, snippet: trick })], problemCount: 1 })];
    const shown = { window: 'a⟨U+202E⟩b⟨U+000A⟩⟨U+0007⟩', terminal: 'a\\u202eb\\u000a\\u0007' } as const;
    for (const target of ['window', 'terminal'] as const) {
      const text = reportText({ ...head, target }, hostile, files);
      expect(text.match(/[\p{Cc}\p{Cf}]/gu)?.every((character) => character === '\n')).toBe(true);
      expect(text.split(shown[target])).toHaveLength(6);
      expect(text.includes('⟨')).toBe(target === 'window');
      expect(text).toContain('  1  __proto__\n');
    }
  });

  it('breaks long words and long sentences, and never a path', () => {
    const path = `${'folder/'.repeat(30)}x.json`;
    const long = file({
      path,
      problems: [problem({ message: 'many words '.repeat(30).trim(), snippet: '𝄞'.repeat(300) })],
      problemCount: 1,
    });
    const lines = reportText(head, report, [long]).split('\n');
    const tooLong = lines.filter((line) => Array.from(line).length > 100 && !line.includes(path));
    expect(tooLong.map((line) => line.trim())).toEqual([]);
    expect(lines.filter((line) => line.includes(path))).toHaveLength(1);
    expect(lines.join('').match(/𝄞/gu)).toHaveLength(300);
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain('many words '.repeat(30).trim());
  });

  it('numbers several sources, since their files may have the same paths', () => {
    const [one] = report.sources;
    const sources = one === undefined ? [] : [one, { ...one, sourceId: sourceId('t'), label: '/cases/other' }];
    const text = reportText(head, { ...report, sources }, [file(), file({ sourceId: sourceId('t') })]);
    expect(text).toContain('  2  file    /cases/other\n             3 files, 12,352 events');
    expect([...text.matchAll(/; (of source \d)\n/g)].map(([, words]) => words)).toEqual(['of source 1', 'of source 2']);
  });

  it('says which limits were reached in how many files, and that an import was stopped', () => {
    const bomb = file({
      status: 'unread',
      recognisedAs: null,
      problems: [problem({ code: 'limit', limit: 'ratio' }), problem({ code: 'limit', limit: 'ratio' })],
      problemCount: 2,
    });
    const text = reportText(head, { ...report, cancelled: true, first: null, last: null }, [bomb, bomb]);
    expect(text).toContain('The import was stopped early');
    expect(text).toContain('Limits that were reached\n------------------------\n  ratio: 2 files\n');
    expect(text).toContain('First event          none with a time');
    expect(text).toContain('not recognised; 1 event');
  });
});
