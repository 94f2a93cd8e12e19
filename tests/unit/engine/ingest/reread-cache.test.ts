/** The rows of large results are read again one by one, and the results searched once. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rereadRecord, type RereadRecord } from '#engine/reread/event-in-slice';
import { RereadCache } from '#engine/reread/reread-cache';
import { Unwrapper } from '#engine/formats/unwrap';
import { decodeWtf8, encodeWtf8 } from '#engine/text/wtf8';

const cache = new RereadCache<RereadRecord>();
const noHead = new Uint8Array(0);
const row = (id: string): string => `{"Data":[{"VarCharValue":"GetObject"},{"VarCharValue":"${id}"}]}`;
const results = (ids: readonly string[]): Uint8Array =>
  encodeWtf8(
    `{"ResultSet":{"Rows":[${ids.map(row).join(',')}],"ResultSetMetadata":{"ColumnInfo":[{"Name":"eventname"},{"Name":"eventid"}]}}}`,
  );
const event = (id: string): string => `{"eventName":"GetObject","eventID":"${id}"}`;
const ids = Array.from({ length: 2000 }, (_, at) => `event-${String(at)}`);

/** The event of this ID, read again as the row of this number. */
function reread(slice: Uint8Array, id: string, ordinal: number): string | null {
  const record = rereadRecord(
    'query-results',
    slice,
    noHead,
    ordinal,
    (bytes) => decodeWtf8(bytes) === event(id),
    cache,
  );
  return record === null ? null : decodeWtf8(record.raw);
}

afterEach(() => {
  vi.restoreAllMocks();
  cache.clear();
});

describe('reading the rows of large results again', () => {
  it('searches the results once for all of them', () => {
    const searches = vi.spyOn(Unwrapper.prototype, 'value');
    const whole = results(ids);
    const found = ids.map((id, at) => reread(whole.slice(), id, at));
    expect(found).toEqual(ids.map(event));
    expect(searches).toHaveBeenCalledTimes(1);
  });

  it('finds a row by what it is where its number is another', () => {
    reread(results(ids), 'event-0', 0);
    expect(reread(results(ids), 'event-7', 3)).toBe(event('event-7'));
    expect(reread(results(ids), 'event-8', 99_999)).toBe(event('event-8'));
  });

  it('shows the row around each event', () => {
    const isSecond = (bytes: Uint8Array): boolean => decodeWtf8(bytes) === event('event-1');
    for (const ordinal of [1, 1]) {
      const record = rereadRecord('query-results', results(ids), noHead, ordinal, isSecond);
      expect(decodeWtf8(record?.wrapping ?? noHead)).toBe(row('event-1'));
    }
  });

  it('never finds in other results what stood in the last ones', () => {
    reread(results(ids), 'event-0', 0);
    const others = results(ids.map((id) => id.replace('event', 'other')));
    expect(reread(others, 'event-5', 5)).toBeNull();
    expect(reread(others, 'other-5', 5)).toBe(event('other-5'));
  });
});
