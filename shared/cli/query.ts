/** `npm run query -- PATH... [--q QUERY] [--facet FIELD]... [--bins N] [--limit N] [--json]`, or with `--report`, `--verify` or `--diff ID ID` */
import { once } from 'node:events';
import process, { argv, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { AppError } from '#contract/errors';
import type { ImportLimits } from '#contract/limits';
import type { SortOrder } from '#contract/query';
import { createFieldLookup } from '#core/query/field-lookup';
import { escapeForTerminal, escapeJson } from '#core/visible';
import { commandLine, readCount, UsageError } from './command-line';
import { startEngineThread, type EngineThread } from './engine-thread';
import { asksForLimits, limitsList, readLimits } from './import-limits';
import { printable } from './printable';
import { ask, type Question } from './query-answer';
import { diffAnswer, takeDiff, type DiffQuestion } from './query-diff';
import { askGroups, groupsJson, groupsTable, type Groupings, readGroupFields, readGroupSort } from './query-groups';
import { jsonAnswer } from './query-json';
import { tableAnswer } from './query-table';
import { alarmExitCode, verifyAnswer, type VerifyQuestion } from './query-verify';
import { sourcesOf } from './sources';
import { formatCount } from '#core/figures';

const help = `Reads CloudTrail logs and answers a query.

  npm run --silent query -- PATH... [options]

  PATH           a folder (any depth) or a file of any kind and name: logs in JSON or CSV, gz, zip, tar, and these within
                 each other
  --q QUERY      as in the window's query bar; all events where left out (--q=-x where it begins with a dash)
  --facet FIELD  counts by a field (service, event, identity, ...) or a path; may be given again
  --top N        the most values per facet, or groups (default 10; with --json, and at most, 10000)
  --group FIELD[,FIELD]  one row for each value of a field, or for each pair of values of two: how many events, first and
                 last seen, errors, writes, distinct addresses and event names; may be given again
  --sort COLUMN[:asc]  with --group: value, second-value, count, first, last, errors, writes, addresses or events;
                 figures and times from the greatest unless :asc stands behind (count:asc: rare first); default count
  --bins N       counts over time, in at most N bins of a natural length
  --limit N      the most events to print, oldest first (default 10; with --json 0)
  --sort FIELD   without --group, the order of the events: by a field or a path, and by time where its values are equal; FIELD:desc for the
                 other way round (time:desc: newest first); events without a value come last either way
  --duplicates       counts and lists every duplicate of an event; else each event counts once
  --report       instead of events: what was opened, what each file was recognised as, what was lost and where
  --limits LIST  other limits than those that guard against hostile archives: NAME=N,NAME=N (see below); alone, or as
                 --limits help, lists them
  --verify       instead of events: whether the files are whole and unaltered, by what digests, CloudTrail's own deliveries
                 and the files' names say
  --keys FILE    with --verify: public keys of CloudTrail, as aws cloudtrail list-public-keys prints them; may be given again
  --signatures FILE  with --verify: signatures of the newest digests, as aws s3api head-object prints them, or as JSON
                 {KEY: SIGNATURE}; may be given again
  --manifest FILE  with --verify: instead, hold the files against a manifest that was made before: which have changed, are gone, are new
  --make-manifest  instead of events: the SHA-256 of every opened file, as sha256sum --check reads it; with --json also of what
                 they hold, unpacked
  --diff ID ID   two events, by eventID, compared: what differs from the first to the second
  --with-noise   with --diff: also what differs in every pair of calls (identifiers, times, session tokens)
  --json         one JSON object instead of tables:
                 {total, matched,
                  files: {read, partial, unread: [{path, reason}], partlyRead: [{path, reason}]},
                  span: [first, last],
                  facets: {FIELD: [[value, count], ...]},
                  facetsCut: [{field, reason}] where there are more values than listed,
                  groups: [{fields, total, missing, repeated, uncounted, rows: [{values, count, first, last, errors, writes,
                           addresses, events, bins}], bins: {origin, stepMs, count}}] with --group: total being the number of groups,
                           missing the events without a value, repeated the events with several, which count in several
                           groups; bins, with --bins, the events of each group over time,
                  bins: [[start, count], ...],
                  notes: [{kind, words, advice, text, message}] what of the query was read otherwise than other tools would:
                         kind being read-as-operator, -word, -value or -test, or read-whole; text the query perhaps meant, or null,
                  hints: [{kind, message, text, count}] where nothing was found: why that may be, and what to try instead,
                  report: {files: {read, partial, unread, ignored},
                           sources: [{path, kind, files, events, duplicates}],
                           formats, accounts, regions, days: [[value, count], ...] each,
                           duplicates, versions, summaryOnly,
                           problems: [{path, source, recognisedAs, status, sizeBytes, events, duplicates, problemCount,
                                       problems: [{code, severity, message, atByte, snippet}]}],
                           limitsHit: [[limit, files], ...] where one was,
                           fileList: [{path, source, recognisedAs, status, sizeBytes, events, duplicates}]
                           of all files, archives too, source being a place among the sources},
                  events: [records as they stand in their files, invisible characters as \\u202e],
                  places: [{path, offset, length}] of each of the events, in bytes of the file's unpacked text; with {error} besides
                           where an event, which is null then, could not be read again}
                 with --diff:
                 {left, right, places: {left, right: {path, offset, length} each}, sections: [{field, changes, oneSided}],
                  changes: [{path, kind, left, right}], kind being added, removed, changed, or
                           unknown: not in the summary that one of the two events is; with repeated: true where the
                           response only repeats the request, which the sections' changes do not count,
                  policies: [{path, lines: [{kind, text}]}] what became of policies, kind being widened, narrowed, changed, same
                           (another text with the same effect) or unknown (cannot be compared),
                  noiseHidden, coarse}
                 with --verify:
                 {summary: [sentence], alarms,
                  digests: [{path, state, level, reason}], state being ok, changed, appended, missing, ambiguous or malformed; level
                           being signed, chained, listed or nothing,
                  files: [{path, state, listedIn, level, reason}], state being ok, changed, appended, missing, ambiguous, unlisted
                           or unverified,
                  ledger: {trails: [{trail, bucket, prefix, recorded, present, repacked, absentLogs: [key], absentDigests}]},
                  names: [{path, expected, found}], appended: [{path, events}],
                  trailSettings: [{eventID, time, event, trail, by, error}],
                  coverage: [{account, region, from, to, state, reason}], state being verified, present, incomplete, empty or
                           unknown,
                  keys: [{fingerprint, from, isInsideEvidence}]}
                 with --verify --manifest:
                 {unchanged, changed: [{path, expected, found}], gone: [path], added: [path], unreadable: [{path, reason}]}

Facets, groups and bins count the events that match the whole query. Times are UTC; the span is the archive's.

Limits (--limits alone lists them); numbers may end in K, M or G:
${limitsList}
Exit code: 0 answered, 3 with --verify where something is changed, appended, missing or not listed, 2 called wrongly (a mistake in the query, a path or event that does not exist), 1 failed.
`;

/** The engine lists no more of one facet. */
const mostValues = 10_000;

interface Command {
  readonly paths: readonly string[];
  readonly question: Question;
  readonly groupings: Groupings;
  readonly limit: number;
  readonly asJson: boolean;
  /** Print the report instead of the answer. */
  readonly isReport: boolean;
  readonly limits: ImportLimits;
  /** Print a manifest instead of the answer. */
  readonly isManifest: boolean;
  /** Check the files instead of answering the question. */
  readonly verify: VerifyQuestion | null;
  /** Compare two events instead of answering the question. */
  readonly diff: DiffQuestion | null;
}

await commandLine(help, async () => {
  if (asksForLimits(argv.slice(2))) {
    stdout.write(limitsList);
    return;
  }
  const { paths, question, groupings, limit, limits, asJson, isReport, isManifest, verify, diff } = readCommand();
  const sources = await sourcesOf(paths);
  const engine = startEngineThread(import.meta.url);
  try {
    await open(engine, sources, limits);
    if (isReport) {
      stdout.write(await engine.client.call('archive.report-text', 'terminal'));
      return;
    }
    if (isManifest) {
      stdout.write(await engine.client.call('archive.manifest', asJson ? 'json' : 'text'));
      return;
    }
    if (verify !== null) {
      const { pieces, alarms } = await verifyAnswer(engine.client, verify, asJson);
      await print(pieces, asJson);
      if (alarms) process.exitCode = alarmExitCode;
      return;
    }
    if (diff !== null) {
      await print(diffAnswer(engine.client, diff, asJson), asJson);
      return;
    }
    await mustBeField(engine, question.sort);
    const answer = await ask(engine.client, question).catch((thrown: unknown) => {
      throw queryMistake(thrown, question.text);
    });
    const groups = await askGroups(engine.client, question, groupings, asJson);
    let unread = 0;
    const pieces = asJson
      ? jsonAnswer(engine.client, answer, question.facets, limit, () => unread++, groupsJson(groups))
      : tableAnswer(engine.client, answer, limit, groupsTable(groups));
    await print(pieces, asJson);
    if (unread > 0) throw new Error(`events that could not be read again: ${String(unread)}; see "error" in "places"`);
  } finally {
    await engine.stop();
  }
});

/** Throws where events are to be sorted by what no event has. */
async function mustBeField({ client }: EngineThread, sort: SortOrder): Promise<void> {
  if (typeof sort === 'string') return;
  const known = createFieldLookup((await client.call('field.list', null)).map(({ name }) => name));
  if (!known.has(sort.field)) throw new UsageError(`--sort: no event has a field ${JSON.stringify(sort.field)}`);
}

function readCommand(): Command {
  const { ids, rest } = takeDiff(argv.slice(2));
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      q: { type: 'string', default: '' },
      facet: { type: 'string', multiple: true, default: [] },
      group: { type: 'string', multiple: true, default: [] },
      sort: { type: 'string' },
      top: { type: 'string' },
      bins: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
      duplicates: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      verify: { type: 'boolean', default: false },
      manifest: { type: 'string' },
      'make-manifest': { type: 'boolean', default: false },
      keys: { type: 'string', multiple: true, default: [] },
      signatures: { type: 'string', multiple: true, default: [] },
      limits: { type: 'string', multiple: true, default: [] },
      'with-noise': { type: 'boolean', default: false },
    },
  });
  if (positionals.length === 0) throw new UsageError('give a folder or a file to read; see --help');
  if (values.report && !values.json && (values.q !== '' || ids !== null)) {
    throw new UsageError('--report is about all that was opened; it takes no --q and no --diff');
  }
  const proofs = [...values.keys, ...values.signatures];
  if ((proofs.length > 0 || values.manifest !== undefined) && !values.verify)
    throw new UsageError('--keys, --signatures and --manifest are for --verify');
  if ((values.verify || values['make-manifest']) && (values.q !== '' || values.report || ids !== null)) {
    throw new UsageError(
      '--verify and --make-manifest are about all that was opened; they take no --q, --report or --diff',
    );
  }
  // Of the groups where there are any, else of the events.
  const [eventSort, groupSort] = values.group.length === 0 ? [values.sort, undefined] : [undefined, values.sort];
  const most = 1_000_000_000;
  const asJson = values.json;
  return {
    paths: positionals,
    question: {
      text: values.q,
      facets: values.facet,
      top: readCount('--top', values.top ?? (asJson ? String(mostValues) : '10'), 1, mostValues),
      bins: values.bins === undefined ? null : readCount('--bins', values.bins, 2, 100_000),
      withDuplicates: values.duplicates,
      sort: readSort(eventSort ?? 'time'),
    },
    groupings: { fields: values.group.map(readGroupFields), sort: readGroupSort(groupSort) },
    limit: readCount('--limit', values.limit ?? (asJson ? '0' : '10'), 0, most),
    limits: readLimits(values.limits),
    asJson,
    isReport: values.report && !asJson,
    isManifest: values['make-manifest'],
    verify: values.verify ? { proofs, manifest: values.manifest ?? null } : null,
    diff: ids === null ? null : { ids, withNoise: values['with-noise'] },
  };
}

/** `FIELD`, `FIELD:asc` or `FIELD:desc`. Paths contain no colon that is followed by these words. */
function readSort(text: string): SortOrder {
  const [, field = '', way = 'asc'] = /^(.+?)(?::(asc|desc))?$/su.exec(text.trim()) ?? [];
  if (field === '') throw new UsageError('--sort takes a field or a path, such as --sort event or --sort time:desc');
  if (field === 'time') return way === 'asc' ? 'oldest-first' : 'newest-first';
  return { field, direction: way === 'asc' ? 'ascending' : 'descending' };
}

async function open(
  engine: EngineThread,
  sources: Awaited<ReturnType<typeof sourcesOf>>,
  limits: ImportLimits,
): Promise<void> {
  let hasTold = false;
  await engine.client.call(
    'engine.open',
    { sources, limits },
    {
      onProgress: (progress) => {
        if (!stderr.isTTY || progress.elapsedMs < 500) return;
        hasTold = true;
        const share = progress.bytesTotal === 0 ? 0 : Math.floor((100 * progress.bytesDone) / progress.bytesTotal);
        stderr.write(`\rreading: ${share} %, ${formatCount(progress.events)} events`);
      },
    },
  );
  if (hasTold) stderr.write('\r\u001b[K');
}

/** A syntax error in the query as a usage error with a caret under its place; other errors unchanged. */
function queryMistake(thrown: unknown, text: string): unknown {
  if (!(thrown instanceof AppError) || thrown.code !== 'bad-query') return thrown;
  const { at, hint } = thrown.details;
  const lines = [printable(thrown.message)];
  if (at !== undefined) {
    // As typed, with all spaces, so that the caret is under the right place.
    const typed = (part: string): string => escapeForTerminal(part, { isLayout: true });
    const before = Array.from(typed(text.slice(0, at.from))).length;
    const length = Array.from(typed(text.slice(at.from, at.to))).length;
    lines.push(`  ${typed(text)}`, `  ${' '.repeat(before)}${'^'.repeat(Math.max(1, length))}`);
  }
  if (hint !== undefined) lines.push(printable(hint));
  return new UsageError(lines.join('\n'), true);
}

/**
 * Writes in pieces of some size, at the pace of the reader. JSON comes out the same by value, with nothing in it that a terminal would
 * obey or not show.
 */
async function print(pieces: AsyncIterable<string>, isJson: boolean): Promise<void> {
  let text = '';
  const flush = async (): Promise<void> => {
    if (text !== '' && !stdout.write(text)) await once(stdout, 'drain');
    text = '';
  };
  for await (const piece of pieces) {
    text += isJson ? escapeJson(piece) : piece;
    if (text.length > 65_536) await flush();
  }
  await flush();
}
