/** The import report as plain text, for a case file: what was opened, the totals, and every file. */
import type { EpochMs } from '#contract/ids';
import { limitNames, type ImportLimits } from '#contract/limits';
import type { FileProblem, FileReport, ImportReport, SourceReport, TextTarget, ValueCount } from '#contract/report';
import { counted, formatCount } from './figures';
import { formatName, formatNameOf } from './format-names';
import { formatIso } from './time';
import { textWriters, type TextWriter } from './visible';

/** Characters of a line. Paths are never broken, so that they can be copied. */
const width = 100;

const statusNames: { readonly [Status in FileReport['status']]: string } = {
  read: 'read',
  partial: 'IN PART',
  unread: 'NOT READ',
  ignored: 'ignored',
};

/** The head of the report. */
export interface ReportHead {
  readonly madeAt: EpochMs;
  /** The app's. */
  readonly version: string;
  /** Those of each import into what is open. */
  readonly limits: readonly ImportLimits[];
  readonly target: TextTarget;
  /** What the integrity checks come to, in sentences. */
  readonly integrity?: readonly string[];
}

/**
 * The whole report. Below its head, the same evidence gives the same text. `files` is read once, in its order.
 *
 * Text from the evidence is escaped, so that it cannot change how the text around it is shown.
 */
export function reportText(head: ReportHead, report: ImportReport, files: Iterable<FileReport>): string {
  const writer = textWriters[head.target];
  const limits = new Map<string, number>();
  const fileLines: string[] = [];
  let listed = 0;
  for (const file of files) {
    listed++;
    for (const limit of limitsOf(file)) limits.set(limit, (limits.get(limit) ?? 0) + 1);
    fileLines.push(...fileLinesOf(writer, file, sourceOf(file, report.sources)));
  }
  const lines = [
    'TRAILGLASS IMPORT REPORT',
    `Made ${formatIso(head.madeAt)} (UTC) by Trailglass ${head.version}`,
    ...(report.cancelled ? ['', 'The import was stopped early: this is what had been read by then.'] : []),
    ...section(
      'Opened',
      report.sources.flatMap((source, index, all) => sourceLines(writer, source, all.length > 1 ? index : null)),
    ),
    ...section('Totals', totalLines(report)),
    ...section(
      'Integrity',
      (head.integrity ?? []).map((sentence) => `  ${sentence}`),
    ),
    ...section('Formats (duplicates included)', valueLines(writer, report.formats, formatNameOf)),
    ...section('Accounts', valueLines(writer, report.accounts)),
    ...section('Regions', valueLines(writer, report.regions)),
    ...section('Days (UTC)', valueLines(writer, report.days)),
    ...section('Limits in force', limitLines(head.limits)),
    ...section(
      'Limits that were reached',
      [...limits].map(([limit, count]) => `  ${limit}: ${counted(count, 'file')}`),
    ),
    ...section(`Files (${formatCount(listed)})`, [...legend, ...fileLines]),
  ];
  return `${lines.join('\n')}\n`;
}

const legend = [
  '  IN PART and NOT READ: something was, or may have been, left out; its losses are listed below.',
  '  ignored: nothing to read (a digest, OS metadata, open already). Notes: odd, but all was read.',
];

/** Where imports had different limits, each in the order of the imports. */
function limitLines(all: readonly ImportLimits[]): readonly string[] {
  const [first] = all;
  if (first === undefined) return [];
  return limitNames.map((name) => {
    const values = [...new Set(all.map((limits) => formatCount(limits[name])))];
    return `  ${name.padEnd(12)}  ${values.join(', then ')}`;
  });
}

/** Nothing where there is nothing to say. */
function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, '-'.repeat(title.length), ...lines];
}

/** Sources have numbers where there are several: files of two of them may have one path. */
function sourceLines(
  writer: TextWriter,
  { kind, label, files, events, duplicates }: SourceReport,
  index: number | null,
): readonly string[] {
  const place = index === null ? '' : `${index + 1}  `;
  const margin = ' '.repeat(10 + place.length);
  return [
    `  ${place}${kind.padEnd(6)}  ${writer.text(label)}`,
    `${margin}${counted(files, 'file')}, ${counted(events, 'event')}${duplicatesOf(duplicates)}`,
  ];
}

function sourceOf({ sourceId }: FileReport, sources: readonly SourceReport[]): string | null {
  const index = sources.length > 1 ? sources.findIndex((source) => source.sourceId === sourceId) : -1;
  return index < 0 ? null : `of source ${index + 1}`;
}

function duplicatesOf(duplicates: number): string {
  return duplicates === 0 ? '' : `, ${counted(duplicates, 'duplicate', 'duplicates')} among them`;
}

function totalLines(report: ImportReport): readonly string[] {
  const { first, last } = report;
  const rows: readonly (readonly [label: string, value: string, remark: string])[] = [
    ['Events', formatCount(report.events), 'each counted once'],
    ['Duplicates', formatCount(report.duplicates), 'further places of the same events'],
    ['Conflicting versions', formatCount(report.versions), 'events with one ID and different content'],
    ['Summary only', formatCount(report.summaryOnly), 'came without request and response'],
    ['Appended', formatCount(report.appended), 'in a later gzip member of a file; CloudTrail writes one'],
    ['Without a time', formatCount(report.undated), 'in the list, not on the timeline'],
    ...(report.outOfRange === 0
      ? []
      : [
          [
            'Time out of range',
            formatCount(report.outOfRange),
            'before 2006 or after 2099: in the list, not on the timeline',
          ] as const,
        ]),
    ['Files read', formatCount(report.filesRead), ''],
    ['Read in part', formatCount(report.filesPartial), ''],
    ['Not read', formatCount(report.filesUnread), ''],
    ['Ignored', formatCount(report.filesIgnored), 'nothing in them to read'],
    ['Bytes on disk', formatCount(report.bytesOnDisk), ''],
    ['Bytes unpacked', formatCount(report.bytesJson), ''],
  ];
  const widest = Math.max(...rows.map(([, value]) => value.length));
  const labelWidth = Math.max(...rows.map(([label]) => label.length)) + 1;
  return [
    ...rows.map(([label, value, remark]) =>
      `  ${label.padEnd(labelWidth)}${value.padStart(widest)}  ${remark}`.trimEnd(),
    ),
    `  ${'First event'.padEnd(labelWidth)}${first === null ? 'none with a time' : formatIso(first)}`,
    `  ${'Last event'.padEnd(labelWidth)}${last === null ? 'none with a time' : formatIso(last)}`,
  ];
}

function valueLines(
  writer: TextWriter,
  values: readonly ValueCount[],
  nameOf = (value: string) => value,
): readonly string[] {
  const widest = values.reduce((most, { count }) => Math.max(most, formatCount(count).length), 0);
  return values.map(({ value, count }) => `  ${formatCount(count).padStart(widest)}  ${writer.text(nameOf(value))}`);
}

function fileLinesOf(writer: TextWriter, file: FileReport, source: string | null): readonly string[] {
  const { path, status, recognisedAs, events, duplicates, versions = 0, sizeBytes, problems, problemCount } = file;
  const facts = [
    recognisedAs === null ? 'not recognised' : formatName(recognisedAs),
    `${counted(events, 'event')}${duplicatesOf(duplicates)}`,
    ...(versions === 0
      ? []
      : [`${formatCount(versions)} ${versions === 1 ? 'shares its' : 'share their'} ID with other content`]),
    `${counted(sizeBytes, 'byte')}${isMember(path) ? ' packed' : ''}`,
    ...(source === null ? [] : [source]),
  ];
  const more = problemCount - problems.length;
  return [
    '',
    `${statusNames[status].padEnd(8)}  ${writer.text(path)}`,
    `${' '.repeat(10)}${facts.join('; ')}`,
    ...problems.flatMap((problem) => problemLines(writer, problem, isPacked(path))),
    ...(more > 0 ? [`${' '.repeat(10)}and ${formatCount(more)} more, which are not listed`] : []),
  ];
}

function problemLines(
  writer: TextWriter,
  { severity, message, atByte, snippet }: FileProblem,
  isUnpacked: boolean,
): readonly string[] {
  const place = atByte === null ? '' : `at byte ${formatCount(atByte)}${isUnpacked ? ' of the unpacked text' : ''}: `;
  return [
    ...wrapped(`${severity}  ${place}${writer.text(message)}`, 10, 16),
    ...(snippet === '' ? [] : wrapped(`near: ${writer.text(snippet, { isLayout: true })}`, 16, 22)),
  ];
}

/** A member of an archive, by its path. */
const isMember = (path: string): boolean => path.includes('!/');
const isPacked = (path: string): boolean => isMember(path) || /\.t?gz$/i.test(path);

/** Lines of at most {@link width} characters, broken at spaces where possible; later lines are indented further. */
function wrapped(text: string, indent: number, hanging: number): readonly string[] {
  const lines: string[] = [];
  let rest = Array.from(text);
  while (rest.length > 0) {
    const margin = lines.length === 0 ? indent : hanging;
    const room = width - margin;
    const space = rest.length <= room ? rest.length : rest.lastIndexOf(' ', room);
    const cut = space > 0 ? space : room;
    lines.push(' '.repeat(margin) + rest.slice(0, cut).join(''));
    rest = rest.slice(rest[cut] === ' ' ? cut + 1 : cut);
  }
  return lines;
}

function limitsOf({ problems }: FileReport): ReadonlySet<string> {
  return new Set(problems.flatMap(({ limit }) => (limit === undefined ? [] : [limit])));
}
