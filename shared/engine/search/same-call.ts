/**
 * The nearest event before or after with the same call, in the same account and Region, on the same resource, or by the same identity.
 */
import type { SameCall, SameCallRequest } from '#contract/diff';
import { rowId } from '#contract/ids';
import { namedResource } from '#core/diff/resource';
import type { JsonNode } from '#core/json/tree';
import { member } from '#core/diff/shapes';
import { fieldPaths } from '#core/fields';
import { andInto, type Bitset, hasBit } from '../index/bitset';
import type { VisibleIndex } from '../visibility/visible-index';
import { RowReader } from './event-rows';
import type { QuerySets } from './query-sets';
import { type FieldValues, rowsWith } from './rows-with';

/** In characters; an account number has 12. */
const longestAccount = 100;

interface Sought {
  readonly by: SameCall['by'];
  readonly name: string;
  /** Pairs of field and value; all must match. */
  readonly fields: FieldValues;
}

/**
 * Looks by the resource first; where that finds nothing, or the event names none, by the identity. `record` is the event's record,
 * `identity` its name as shown. Duplicates and other versions of the same event do not count.
 */
export function findSameCall(
  { index, sets }: { readonly index: VisibleIndex; readonly sets: QuerySets },
  { row, direction }: SameCallRequest,
  record: JsonNode,
  identity: string,
): SameCall {
  const account = new RowReader(index, ['account'], longestAccount).read(row)?.cells[0] ?? '';
  const region = stated(record, 'region');
  const call: FieldValues = [
    ...stated(record, 'service'),
    ...stated(record, 'event'),
    ...(account === '' ? [] : [['account', account] as const]),
    ...region,
  ];
  const places = [account === '' ? [] : `account ${account}`, region.map(([, name]) => name)].flat();
  const there = places.length === 0 ? '' : ` in ${places.join(', ')}`;
  const eventName = stated(record, 'event')[0]?.[1] ?? 'event';
  const which = direction === 'previous' ? 'earlier' : 'later';
  const eventId = member(record, 'eventID');
  const resource = namedResource(record);
  const byIdentity: Sought = { by: 'identity', name: identity, fields: [['identity', identity]] };
  const ways: readonly Sought[] = [
    ...(resource === null ? [] : [{ by: 'resource' as const, ...resource }]),
    byIdentity,
  ];
  const tried: string[] = [];
  for (const { by, name, fields } of ways) {
    const where = by === 'resource' ? `on ${name}` : `by ${name}`;
    const rows = rowsWith(sets, [...call, ...fields]);
    andInto(rows, index.visible.rows(false));
    if (eventId?.kind === 'string') removeRows(rows, rowsWith(sets, [['eventID', eventId.text]]));
    const found = nearest(index, rows, row, direction);
    if (found !== null) {
      const message =
        tried.length === 0
          ? `The ${direction} ${eventName} ${where}${there}.`
          : `There is no ${which} ${eventName} ${tried.join(' or ')}${there}. ` +
            `Compared with the ${direction} one ${where}, which is not on the same resource.`;
      return { row: rowId(found), by, name, message };
    }
    tried.push(where);
  }
  const first = ways[0] ?? byIdentity;
  return {
    row: null,
    by: first.by,
    name: first.name,
    message: `There is no ${which} ${eventName} ${tried.join(' or ')}${there}.`,
  };
}

/** The first path of a named field that has a text in the record, with the text. Insights have other paths than calls. */
function stated(record: JsonNode, field: string): FieldValues {
  const found = fieldPaths(field).flatMap((path) => {
    const value = path.split('.').reduce<JsonNode | null | undefined>((node, key) => node && member(node, key), record);
    return value?.kind === 'string' ? [[path, value.text] as const] : [];
  });
  return found.slice(0, 1);
}

function removeRows(rows: Bitset, others: Bitset): void {
  andInto(
    rows,
    others.map((word) => ~word),
  );
}

/** The last row before, or the first after, in the order of the list, where events without a time come last. */
function nearest(
  index: VisibleIndex,
  rows: Bitset,
  row: number,
  direction: SameCallRequest['direction'],
): number | null {
  const sign = direction === 'previous' ? -1 : 1;
  const own = orderOf(index, row);
  let best: { readonly row: number; readonly order: readonly number[] } | null = null;
  for (const { base, rowCount } of index.blocks) {
    for (let other = base; other < base + rowCount; other++) {
      if (other === row || !hasBit(rows, other)) continue;
      const order = orderOf(index, other);
      if (sign * compareOrder(order, own) <= 0) continue;
      if (best === null || sign * compareOrder(order, best.order) < 0) best = { row: other, order };
    }
  }
  return best?.row ?? null;
}

/** Compares by time, file and row number, which follows the location in the file: see `time-order.ts`. */
function orderOf(index: VisibleIndex, row: number): readonly number[] {
  const block = index.blockOf(row);
  if (block === undefined) return [Infinity];
  const local = row - block.base;
  const time = block.times.at(local);
  const member = block.places.member(local)?.ordinal ?? -1;
  return [Number.isNaN(time) ? Infinity : time, block.places.file(local), member, row];
}

function compareOrder(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at] as number, other[at] as number];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}
