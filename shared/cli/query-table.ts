import { epochMs } from '#contract/ids';
import { fieldType } from '#core/fields';
import { counted, formatCount } from '#core/figures';
import { noteText } from '#core/query/note-text';
import { formatIso, formatSpan, outOfRangeQuery } from '#core/time';
import type { ImportReport } from '#contract/report';
import type { EngineThread } from './engine-thread';
import { printable, columns } from './printable';
import { binTotals, cutOf, filesOf, reasonOf, rowsOf, type Answer } from './query-answer';

const heading = ['TIME (UTC)', 'SERVICE', 'EVENT', 'IDENTITY', 'REGION', 'FROM', 'RESULT'];
/** Wide enough for the longest role, session, kind and account, since two principals could look the same when cut. */
const longestPrincipal = 168;
const widths = [20, 18, 34, longestPrincipal, 16, 39, 34];
const longestBar = 40;
const longestValue = 72;
const mostLosses = 20;

/** The answer for reading, in pieces of whole lines, with the tables of groups before the bins. */
export async function* tableAnswer(
  client: EngineThread['client'],
  answer: Answer,
  limit: number,
  groups = '',
): AsyncGenerator<string> {
  for (const note of answer.notes) {
    const instead = note.text === null ? '' : ` Perhaps: --q ${printable(note.text)}`;
    yield `note: ${printable(noteText(note))}${instead}\n`;
  }
  if (answer.notes.length > 0) yield '\n';
  const wanted = Math.min(limit, answer.matched);
  const rows = [heading];
  for await (const page of rowsOf(client, answer.resultId, wanted)) {
    for (const row of page) {
      const time = row.time === null ? row.timeText : formatIso(row.time);
      rows.push([time, row.service, row.event, row.principal, row.region, row.ip, row.result]);
    }
  }
  if (rows.length > 1) {
    yield lines(columns(rows, widths));
    if (wanted < answer.matched) yield `… ${formatCount(answer.matched - wanted)} more (--limit)\n`;
    yield '\n';
  }
  for (const facet of answer.facets) {
    const values = facet.values.map(({ value, count }) => [count, value] as const);
    const longest = fieldType(facet.field) === 'identity' ? longestPrincipal : longestValue;
    yield `${printable(facet.field.toUpperCase())}\n${bars(values, longest)}`;
    const cut = cutOf(facet);
    if (cut !== null) yield `  … ${cut}\n`;
    if (facet.missing > 0) yield `  ${formatCount(facet.missing)} events have none\n`;
    yield '\n';
  }
  yield groups;
  if (answer.timeline !== null) {
    yield `BINS OF ${formatSpan(answer.timeline.stepMs).toUpperCase()} (UTC)\n`;
    yield bars(binTotals(answer.timeline).map(({ startMs, count }) => [count, formatIso(epochMs(startMs))]));
    yield '\n';
  }
  yield summary(answer);
  yield remarks(answer.report);
  yield* losses(client, answer.report);
  for (const hint of answer.hints) {
    const instead = hint.text === null ? '' : `: --q ${printable(hint.text)}`;
    yield `  hint: ${printable(hint.message)}${instead}\n`;
  }
}

function summary({ matched, total, report, first, last }: Answer): string {
  const span =
    first === null || last === null
      ? ''
      : `, ${formatIso(first)} to ${formatIso(last)} (${formatSpan(Math.max(0, last - first))})`;
  const files = [
    `${formatCount(report.filesRead)} read`,
    `${formatCount(report.filesPartial)} in part`,
    `${formatCount(report.filesUnread)} not read`,
    `${formatCount(report.filesIgnored)} ignored`,
  ].join(', ');
  return `${formatCount(matched)} of ${formatCount(total)} events; files: ${files}${span}\n`;
}

/** Counts that the number of events leaves out; empty where all are 0. */
function remarks({ duplicates, versions, summaryOnly, appended, undated, outOfRange }: ImportReport): string {
  const said = [
    duplicates === 0
      ? ''
      : `${counted(duplicates, 'duplicate', 'duplicates')} of events counted once (--duplicates shows them)`,
    versions === 0 ? '' : `${counted(versions, 'conflicting version')} (events with one ID and different content)`,
    summaryOnly === 0 ? '' : `${counted(summaryOnly, 'event', 'events')} without request and response`,
    appended === 0
      ? ''
      : `${counted(appended, 'event', 'events')} in a later gzip member of a file, where CloudTrail writes one (integrity:appended)`,
    undated === 0 ? '' : `${counted(undated, 'event', 'events')} without a time`,
    outOfRange === 0
      ? ''
      : `${counted(outOfRange, 'event', 'events')} with a time that cannot be right (${outOfRangeQuery})`,
  ].filter((text) => text !== '');
  return said.length === 0 ? '' : `  ${said.join('; ')}\n`;
}

/** The first files with a loss. */
async function* losses(
  client: EngineThread['client'],
  { filesUnread, filesPartial }: ImportReport,
): AsyncGenerator<string> {
  let left = mostLosses;
  for (const status of ['partial', 'unread'] as const) {
    for await (const file of filesOf(client, status)) {
      if (left === 0) break;
      left--;
      const words = status === 'partial' ? 'in part' : 'not read';
      yield `  ${words}: ${printable(file.path)}: ${printable(reasonOf(file))}\n`;
    }
  }
  const more = filesUnread + filesPartial - mostLosses;
  if (more > 0) yield `  … and ${formatCount(more)} more (--report)\n`;
}

/** One line per value: how often, a bar against the most frequent, what. */
function bars(values: readonly (readonly [count: number, value: string])[], longest = longestValue): string {
  const most = values.reduce((max, [count]) => Math.max(max, count), 1);
  const width = formatCount(most).length;
  const rows = values.map(([count, value]) => [value, '▇'.repeat(Math.ceil((count / most) * longestBar))]);
  const counts = values.map(([count]) => formatCount(count).padStart(width));
  return lines(
    columns(rows, [longest, longestBar]).map((line, index) => `  ${counts[index] ?? ''}  ${line}`.trimEnd()),
  );
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
