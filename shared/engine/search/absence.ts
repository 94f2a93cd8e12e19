/**
 * Why a search may find nothing: what the open data cannot hold. Every sentence is counted from the index, since a missing event proves
 * something only where it would have been recorded.
 */
import type { QueryHint } from '#contract/query';
import { epochMs } from '#contract/ids';
import { isSameField } from '#core/fields';
import { formatCount } from '#core/figures';
import { partlyLogged, partlyLoggedCalls, type PartlyLogged } from '#core/never-logged';
import type { FieldNode, QueryNode, WordNode } from '#core/query/ast';
import { isEmptyRange, timeRangeIn } from '#core/query/clauses';
import { shortServiceName } from '#core/query/match';
import { eventSourcesOf } from '#core/service-names';
import { formatIso } from '#core/time';
import { assertNever } from '#contract/result';
import { andInto, complement, countBits, hasBit, isEmptyBetween, orInto, type Bitset } from '../index/bitset';
import type { EventIndex } from '../index/event-index';
import type { QuerySets } from './query-sets';
import { rowsWith, type FieldValues } from './rows-with';

export interface AbsenceContext {
  readonly index: EventIndex;
  readonly sets: QuerySets;
  /** The rows to look among. */
  readonly shown: Bitset;
}

type Leaf = WordNode | FieldNode;

/** A shorter word names a call only in the call's own case: `scan` and `publish` are ordinary words, `Scan` and `Publish` are not. */
const leastLength = 8;

/** Explains what no search of the open data can find. `leaves`: the query's words and field tests, without negated ones. */
export function explainAbsence(context: AbsenceContext, query: QueryNode, leaves: readonly Leaf[]): QueryHint[] {
  const services = leaves.flatMap((leaf) => serviceIn(leaf) ?? []);
  const calls = leaves.flatMap((leaf) => callsIn(leaf, services));
  const data = new DataEvents(context);
  const range = timeRangeIn(query);
  const from = range?.from ?? null;
  const said = [
    ...(isEmptyRange(range) ? [note('empty-range', emptyRange)] : []),
    ...calls.flatMap((call) => aboutCall(call, data, from)),
    ...(leaves.some(asksForDataEvents) ? aboutDataEvents(data, from) : []),
    ...services.flatMap((service) => aboutService(context, service)),
  ];
  const messages = new Map(said.map((hint) => [hint.message, hint]));
  return [...messages.values()];
}

const emptyRange = 'The chosen time range ends before it begins, or when it begins: no event can be in it.';

/** CloudTrail's names for the product that a leaf names, as written in `service:`; only names that some event here has. */
export function servicesMeant(context: AbsenceContext, leaf: Leaf): readonly string[] {
  const product = leaf.kind === 'word' ? leaf.text : serviceIn(leaf);
  if (product === undefined) return [];
  return eventSourcesOf(product).filter((name) => countOfService(context, name) > 0);
}

function serviceIn(leaf: Leaf): string | undefined {
  return valueOf(leaf, 'service');
}

/** The value a leaf asks a field for, under any of the field's names. */
function valueOf(leaf: Leaf, field: string): string | undefined {
  if (leaf.kind !== 'field' || !isSameField(leaf.field, field)) return undefined;
  return leaf.test.kind === 'equals' ? leaf.test.value : undefined;
}

/** The calls a leaf names that may not have been recorded: of the services the query names where it names one of theirs. */
function callsIn(leaf: Leaf, services: readonly string[]): readonly PartlyLogged[] {
  const name = leaf.kind === 'word' ? leaf.text : (valueOf(leaf, 'event') ?? '');
  const calls = partlyLogged(name).filter(
    ({ event }) => leaf.kind === 'field' || event.length >= leastLength || event === name,
  );
  const wanted = services.flatMap((service) => [shortServiceName(service.toLowerCase()), ...eventSourcesOf(service)]);
  return wanted.length === 0 ? calls : calls.filter(({ service }) => wanted.includes(service));
}

function asksForDataEvents(leaf: Leaf): boolean {
  const flag = valueOf(leaf, 'managementEvent')?.toLowerCase();
  return valueOf(leaf, 'category')?.toLowerCase() === 'data' || flag === 'false';
}

function aboutCall(call: PartlyLogged, data: DataEvents, from: number | null): QueryHint[] {
  const name = `${call.event} of ${call.product}`;
  const source = `(docs.aws.amazon.com/${call.page})`;
  const nothing = 'finding none says nothing about whether it was called';
  switch (call.logging) {
    case 'never':
      return [note('never-logged', `CloudTrail does not record ${name}: ${nothing} ${source}`)];
    case 'unlisted':
      return [
        note('never-logged', `AWS does not list ${name} among the calls CloudTrail records: ${nothing} ${source}`),
      ];
    case 'once-not':
      return [
        note(
          'never-logged',
          `CloudTrail did not always record ${name}, as earlier editions of AWS's page say: ${nothing} ${source}`,
        ),
      ];
    case 'data': {
      const gap = data.gap(call.service, from);
      if (gap === null) return [];
      const rule = `CloudTrail records ${name} only as a data event, which a trail has to be set up for`;
      const early = gap.isBefore ? nothing.replace('finding none', 'finding none before that') : nothing;
      return [note('data-events', `${rule}, and ${gap.said}: ${early} ${source}`)];
    }
    default:
      return assertNever(call.logging);
  }
}

function aboutDataEvents(data: DataEvents, from: number | null): QueryHint[] {
  const gap = data.gap(null, from);
  return gap === null ? [] : [note('data-events', `${capital(gap.said)}: a trail has to be set up to record them`)];
}

function aboutService(context: AbsenceContext, written: string): QueryHint[] {
  if (countOfService(context, written) > 0) return [];
  const others = eventSourcesOf(written);
  const counts = others
    .map((name) => ({ name, count: countOfService(context, name) }))
    .filter(({ count }) => count > 0);
  const [known] = counts;
  if (known !== undefined) {
    const names = counts.map(({ name }) => name).join(', ');
    return [note('no-service', `No event here is of a service named ${written}; CloudTrail writes it ${names}`)];
  }
  const also = others.length === 0 ? '' : `, nor of ${others.join(' or ')}, as CloudTrail may write it`;
  return [note('no-service', `No event here is of a service named ${written}${also}`)];
}

function countOfService({ sets, shown }: AbsenceContext, service: string): number {
  const rows = rowsWith(sets, [['service', service]]);
  andInto(rows, shown);
  return countBits(rows);
}

function note(kind: QueryHint['kind'], message: string): QueryHint {
  return { kind, message, text: null, count: null };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Which data events are missing, as the end of a sentence. `isBefore`: only those before a time. */
interface Gap {
  readonly said: string;
  readonly isBefore: boolean;
}

/** The data events among the rows to look among. */
class DataEvents {
  private readonly context: AbsenceContext;
  private rows: Bitset | null = null;

  constructor(context: AbsenceContext) {
    this.context = context;
  }

  /**
   * Whether the data events of a service (null: of any) are missing, or begin later than `from`. Null where there are some, so that the
   * search found nothing for another reason.
   */
  gap(service: string | null, from: number | null): Gap | null {
    const all = this.all();
    if (countBits(all) === 0) return { said: 'no event here is a data event', isBefore: false };
    const rows = all.slice();
    if (service !== null) andInto(rows, this.ofService(service));
    const count = countBits(rows);
    const of = service === null ? '' : ` of ${service}`;
    if (count === 0) {
      return {
        said: `none of the ${formatCount(countBits(all))} data events here is${of}`,
        isBefore: false,
      };
    }
    const first = this.firstTime(rows);
    if (from === null || first === null || from >= first) return null;
    return { said: `the first data event${of} here is of ${formatIso(epochMs(first))}`, isBefore: true };
  }

  /**
   * Data events by `eventCategory`; by `managementEvent` where there is no category (records before version 1.07); by the call where there is
   * neither.
   */
  private all(): Bitset {
    if (this.rows !== null) return this.rows;
    const { index, sets, shown } = this.context;
    const rows = rowsWith(sets, [['eventCategory', 'Data']]);
    const unstated = complement(this.existing('eventCategory'), index.allRows());
    const byFlag = rowsWith(sets, [['managementEvent', 'false']]);
    andInto(byFlag, unstated);
    orInto(rows, byFlag);
    andInto(unstated, complement(this.existing('managementEvent'), index.allRows()));
    if (countBits(unstated) > 0) {
      const byCall = index.newSet();
      for (const call of partlyLoggedCalls.filter(({ logging }) => logging === 'data')) {
        const values: FieldValues = [
          ['service', call.service],
          ['event', call.event],
        ];
        orInto(byCall, rowsWith(sets, values));
      }
      andInto(byCall, unstated);
      orInto(rows, byCall);
    }
    andInto(rows, shown);
    this.rows = rows;
    return rows;
  }

  private ofService(service: string): Bitset {
    const rows = this.context.index.newSet();
    for (const name of [service, ...eventSourcesOf(service)]) {
      orInto(rows, rowsWith(this.context.sets, [['service', name]]));
    }
    return rows;
  }

  private existing(field: string): Bitset {
    const nowhere = { from: 0, to: 0 };
    return this.context.sets.find({
      kind: 'field',
      field,
      fieldSpan: nowhere,
      test: { kind: 'exists' },
      span: nowhere,
    });
  }

  /** Null where no row has a time. */
  private firstTime(rows: Bitset): number | null {
    let first = Infinity;
    for (const block of this.context.index.blocks) {
      if (isEmptyBetween(rows, block.firstWord, block.endWord)) continue;
      for (let row = 0; row < block.rowCount; row++) {
        if (!hasBit(rows, block.base + row)) continue;
        const time = block.times.at(row);
        if (time < first) first = time;
      }
    }
    return first === Infinity ? null : first;
  }
}
