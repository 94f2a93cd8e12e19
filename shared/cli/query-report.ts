/** The import report as JSON. */
import type { LimitName } from '#contract/limits';
import type { FileProblem, FileReport, ImportReport, ValueCount } from '#contract/report';
import type { EngineThread } from './engine-thread';
import { filesOf, type Answer } from './query-answer';

/**
 * The `report` of the answer as one JSON object, in pieces: an archive may have a hundred thousand files.
 */
export async function* jsonReport(client: EngineThread['client'], { report }: Answer): AsyncGenerator<string> {
  const { filesRead: read, filesPartial: partial, filesUnread: unread, filesIgnored: ignored } = report;
  const sources = report.sources.map(({ label, kind, files, events, duplicates }) => {
    return { path: label, kind, files, events, duplicates };
  });
  yield `{"files":${JSON.stringify({ read, partial, unread, ignored })},"sources":${JSON.stringify(sources)}`;
  yield `,"formats":${pairs(report.formats)},"accounts":${pairs(report.accounts)}`;
  yield `,"regions":${pairs(report.regions)},"days":${pairs(report.days)}`;
  yield `,"duplicates":${report.duplicates},"versions":${report.versions},"summaryOnly":${report.summaryOnly},"appended":${report.appended}`;
  yield `,"undated":${report.undated},"outOfRange":${report.outOfRange}`;

  const limits = new Map<LimitName, number>();
  yield ',"problems":[';
  let separator = '';
  for await (const file of filesOf(client, 'troubled')) {
    for (const limit of new Set(file.problems.flatMap((problem) => problem.limit ?? []))) {
      limits.set(limit, (limits.get(limit) ?? 0) + 1);
    }
    const { problemCount } = file;
    yield (
      separator + JSON.stringify({ ...factsOf(file, report), problemCount, problems: file.problems.map(problemOf) })
    );
    separator = ',';
  }
  yield ']';
  if (limits.size > 0) yield `,"limitsHit":${JSON.stringify([...limits])}`;
  yield ',"fileList":[';
  separator = '';
  for await (const file of filesOf(client, 'all')) {
    yield separator + JSON.stringify(factsOf(file, report));
    separator = ',';
  }
  yield ']}';
}

/** Like the facets: a list of pairs, so that no value of the data becomes a key. */
function pairs(values: readonly ValueCount[]): string {
  return JSON.stringify(values.map(({ value, count }) => [value, count]));
}

/** `source` is its place among the sources: files of several may have one path. */
function factsOf(
  { path, sourceId, recognisedAs, status, sizeBytes, events, duplicates }: FileReport,
  { sources }: ImportReport,
) {
  const source = sources.findIndex((each) => each.sourceId === sourceId);
  return { path, source, recognisedAs, status, sizeBytes, events, duplicates };
}

function problemOf({ code, severity, message, atByte, snippet }: FileProblem) {
  return { code, severity, message, atByte, snippet };
}
