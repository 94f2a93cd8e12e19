/** `--diff`: two events, by their identifiers, compared. */
import type { DiffCell, EventDiff } from '#contract/diff';
import type { RowId } from '#contract/ids';
import { changesIn, type Change } from '#core/diff/changes';
import { unknownIn, withoutUnknown } from '#core/diff/summary';
import { unifiedText } from '#core/diff/text';
import { quoteValue } from '#core/query/print';
import { UsageError } from './command-line';
import type { EngineThread } from './engine-thread';
import { printable } from './printable';
import { placeOf, rowsOf } from './query-answer';

export interface DiffQuestion {
  /** The identifiers of the event before and the event after. */
  readonly ids: readonly [string, string];
  readonly withNoise: boolean;
}

/** The arguments without `--diff` and the two identifiers behind it; null in their place where it is not among them. */
export function takeDiff(args: readonly string[]): {
  readonly ids: readonly [string, string] | null;
  readonly rest: readonly string[];
} {
  const end = args.indexOf('--');
  const at = (end < 0 ? args : args.slice(0, end)).indexOf('--diff');
  if (at < 0) return { ids: null, rest: args };
  const [left, right] = args.slice(at + 1, at + 3);
  if (left === undefined || right === undefined || left.startsWith('--') || right.startsWith('--')) {
    throw new UsageError('--diff takes two event identifiers');
  }
  return { ids: [left, right], rest: [...args.slice(0, at), ...args.slice(at + 3)] };
}

/**
 * The comparison, as one JSON object or as unified text. Throws {@link UsageError} where no event has one of the identifiers.
 *
 * Where several events share an identifier, takes the oldest; where both identifiers are the same, the two oldest.
 */
export async function* diffAnswer(
  client: EngineThread['client'],
  { ids: [left, right], withNoise }: DiffQuestion,
  asJson: boolean,
): AsyncGenerator<string> {
  const before = await rowsWith(client, left);
  const after = await rowsWith(client, right);
  const request = { left: first(before), right: left === right ? (after[1] ?? first(after)) : first(after), withNoise };
  if (asJson) yield jsonOf(await client.call('event.diff', request), [left, right]);
  else {
    yield unifiedText(await client.call('event.diff', request), 'terminal');
    yield `# before: ${await placeWords(client, request.left)}\n# after:  ${await placeWords(client, request.right)}\n`;
  }
}

async function placeWords(client: EngineThread['client'], row: RowId): Promise<string> {
  const { path, offset, length } = (await client.call('event.detail', row)).location;
  return `${printable(path)}, ${length} bytes from ${offset} on`;
}

async function rowsWith(client: EngineThread['client'], id: string): Promise<readonly RowId[]> {
  const { resultId } = await client.call('query.run', {
    text: `id:${quoteValue(id)}`,
    facets: [],
    withDuplicates: false,
    timeline: null,
    sort: 'oldest-first',
  });
  for await (const rows of rowsOf(client, resultId, 2)) if (rows.length > 0) return rows.map(({ row }) => row);
  throw new UsageError(`no event has the identifier ${JSON.stringify(id)}`);
}

const first = (rows: readonly RowId[]): RowId => rows[0] as RowId;

/** Put together as text, so that numbers stay as they are written. */
function jsonOf(told: EventDiff, [left, right]: DiffQuestion['ids']): string {
  const diff = withoutUnknown(told);
  const { sections, places, noiseHidden, coarse } = diff;
  const side = (row: EventDiff['left'], id: string): string =>
    JSON.stringify({
      eventID: id,
      eventTime: row.timeText,
      service: row.service,
      eventName: row.event,
      identity: row.principal,
      region: row.region,
      summaryOnly: row.isSummary,
    });
  const counts = sections.map(({ field, changes, oneSided }) => ({ field, changes, oneSided }));
  const changes = sections
    .flatMap((section) => [
      ...changesIn(section),
      ...unknownIn(section).map((each) => ({ ...each, kind: 'unknown' as const })),
    ])
    .map(changeOf);
  const policies = sections.flatMap((section) => section.policies);
  return (
    `{"left":${side(diff.left, left)},"right":${side(diff.right, right)},"places":{"left":${placeOf(places.left)},"right":${placeOf(places.right)}},"sections":${JSON.stringify(counts)},` +
    `"changes":[${changes.join(',')}],"policies":${JSON.stringify(policies)},` +
    `"noiseHidden":${noiseHidden},"coarse":${JSON.stringify(coarse)}}\n`
  );
}

type Told = Omit<Change, 'kind' | 'isRepeated'> & {
  readonly kind: Change['kind'] | 'unknown';
  readonly isRepeated?: boolean;
};

function changeOf({ path, kind, left, right, isRepeated = false }: Told): string {
  const sides = [left, right].filter((cell) => cell !== null);
  const redacted = sides.some((cell) => cell.isRedacted) ? ',"redacted":true' : '';
  const omitted = sides.some((cell) => cell.omitted !== null) ? ',"omitted":true' : '';
  return `{"path":${JSON.stringify(path)},"kind":"${kind}","left":${valueOf(left)},"right":${valueOf(right)}${redacted}${omitted}${isRepeated ? ',"repeated":true' : ''}}`;
}

/** A side that has no value is null; `kind` tells it from a null that was written. */
function valueOf(cell: DiffCell | null): string {
  if (cell === null) return 'null';
  return cell.type === 'string' ? JSON.stringify(cell.text) : cell.text;
}
