import { epochMs, type EpochMs } from '#contract/ids';
import { noteText } from '#core/query/note-text';
import { formatIso } from '#core/time';
import type { EngineThread } from './engine-thread';
import { binTotals, cutOf, filesOf, reasonOf, recordsOf, type Answer } from './query-answer';
import { jsonReport } from './query-report';

/**
 * The answer as one JSON object, in pieces.
 *
 * Put together as text: the records must come out as they stand in the files (numbers past 2^53, escapes, order of keys), and a
 * facet may have any name, `__proto__` too.
 *
 * @param groups what is to stand under the key `groups`, as JSON; null for no such key
 * @param onUnread called for each record that could not be read again: it is `null` among the events, and its place has the `error`
 */
export async function* jsonAnswer(
  client: EngineThread['client'],
  answer: Answer,
  facets: readonly string[],
  limit: number,
  onUnread: (error: string) => void,
  groups: string | null = null,
): AsyncGenerator<string> {
  const counted = answer.facets.map(
    (facet, index) =>
      `${JSON.stringify(facets[index] ?? facet.field)}:${JSON.stringify(facet.values.map(({ value, count }) => [value, count]))}`,
  );
  const cut = answer.facets.flatMap((facet, index) => {
    const reason = cutOf(facet);
    return reason === null ? [] : [{ field: facets[index] ?? facet.field, reason }];
  });
  const bins = answer.timeline === null ? [] : binTotals(answer.timeline);
  yield '{';
  yield `"total":${answer.total},"matched":${answer.matched},`;
  yield `"files":{"read":${answer.report.filesRead},"partial":${answer.report.filesPartial},"unread":[`;
  yield* reasons(client, 'unread');
  yield '],"partlyRead":[';
  yield* reasons(client, 'partial');
  yield ']},';
  yield `"span":${JSON.stringify([isoOf(answer.first), isoOf(answer.last)])},`;
  yield `"facets":{${counted.join(',')}},`;
  yield `"facetsCut":${JSON.stringify(cut)},`;
  if (groups !== null) yield `"groups":${groups},`;
  yield `"bins":${JSON.stringify(bins.map(({ startMs, count }) => [formatIso(epochMs(startMs)), count]))},`;
  yield `"notes":${JSON.stringify(answer.notes.map((note) => ({ ...note, message: noteText(note) })))},`;
  yield `"hints":${JSON.stringify(answer.hints)},`;
  yield '"report":';
  yield* jsonReport(client, answer);
  yield ',"events":[';
  let separator = '';
  const places: string[] = [];
  for await (const records of recordsOf(client, answer.resultId, Math.min(limit, answer.matched))) {
    for (const { raw, error } of records) {
      if (error !== null) onUnread(error);
      yield separator + raw;
      separator = ',';
    }
    places.push(records.map(({ place }) => place).join(','));
  }
  yield '],"places":[';
  // The last batch may be an empty one.
  yield places.filter((batch) => batch !== '').join(',');
  yield ']}\n';
}

/** Why each file was not read, or only in part. */
async function* reasons(client: EngineThread['client'], status: 'unread' | 'partial'): AsyncGenerator<string> {
  let separator = '';
  for await (const file of filesOf(client, status)) {
    yield separator + JSON.stringify({ path: file.path, reason: reasonOf(file) });
    separator = ',';
  }
}

function isoOf(time: EpochMs | null): string | null {
  return time === null ? null : formatIso(time);
}
