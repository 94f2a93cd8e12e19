import { describe, expect, it } from 'vitest';
import type { Completion } from '#contract/query';
import { Completer } from '#engine/search/completion';
import { QuerySets } from '#engine/search/query-sets';
import { Vocabulary } from '#engine/search/vocabulary';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { indexOfRecords } from '../../../helpers/indexes';

const event = (eventName: string, more: object = {}): object => ({
  eventTime: '2023-07-10T12:40:01Z',
  eventSource: 's3.amazonaws.com',
  eventName,
  ...more,
});
const records = indexOfRecords(
  [event('GetObject'), event('GetObject'), event('PutObject', { requestParameters: { bucketName: 'two words' } })],
  { '@identity': 'AdminRole / jdoe' },
);

/** Two days of two services. */
const days = indexOfRecords([
  event('ListUsers', {
    eventSource: 'iam.amazonaws.com',
    eventTime: '2023-07-09T10:00:00Z',
    errorCode: 'AccessDenied',
  }),
  event('ListUsers', { eventSource: 'iam.amazonaws.com', eventTime: '2023-07-10T11:00:00Z' }),
  event('ListBuckets', { eventTime: '2023-07-10T12:00:00Z', sourceIPAddress: '10.0.0.1' }),
  event('ListBuckets', { eventTime: '2023-07-10T12:10:00Z', sourceIPAddress: '10.0.7.2' }),
  event('GetObject', {
    eventTime: '2023-07-10T12:20:00Z',
    sourceIPAddress: '192.0.2.1',
    userIdentity: { accessKeyId: 'AKIAEXAMPLE1' },
  }),
]);

async function complete(text: string, where: VisibleIndex, limit = 6): Promise<readonly Completion[]> {
  const vocabulary = new Vocabulary(where);
  await vocabulary.update();
  const completer = new Completer(where, vocabulary, new QuerySets(where, () => where.newSet()));
  return completer.complete({ text, cursor: text.length, limit });
}

async function offersFor(text: string, where: VisibleIndex = records): Promise<unknown[]> {
  const offers = await complete(text, where, 5);
  return offers.map(({ kind, insert, from, to, count, fuzzy }) => [kind, insert, from, to, count, fuzzy]);
}

async function labelled(text: string, where: VisibleIndex = days): Promise<unknown[]> {
  return (await complete(text, where)).map(({ label, count }) => `${label} ${count ?? '?'}`);
}

describe('completion', () => {
  it('offers names of fields, and values with their field', async () => {
    expect(await offersFor('two eve')).toContainEqual(['field', 'event:', 4, 7, 1, false]);
    expect(await offersFor('buck')).toEqual([['field', 'requestParameters.bucketName:', 0, 4, 1, false]]);
    expect(await offersFor('getob')).toEqual([['value', 'event:GetObject ', 0, 5, 2, false]]);
  });

  it('offers values, those that begin with the letters and the most frequent first', async () => {
    expect(await offersFor('event:')).toEqual([
      ['value', 'GetObject ', 6, 6, 2, false],
      ['value', 'PutObject ', 6, 6, 1, false],
    ]);
    expect(await offersFor('event:obj')).toHaveLength(2);
    expect(await offersFor('service:s')).toEqual([['value', 's3 ', 8, 9, 3, false]]);
  });

  it('quotes what has to be quoted', async () => {
    expect(await offersFor('requestParameters.bucketName:tw')).toEqual([['value', '"two words" ', 29, 31, 1, false]]);
  });

  it('offers the whole path for its last part', async () => {
    expect(await offersFor('bucketName:')).toEqual([['field', 'requestParameters.bucketName:', 0, 11, 1, true]]);
  });

  it('forgives typing errors', async () => {
    expect(await offersFor('event:putobjekt')).toEqual([['value', 'PutObject ', 6, 15, 1, true]]);
    expect(await offersFor('servise')).toEqual([['field', 'service:', 0, 7, 3, true]]);
  });
});

describe('completion under the rest of the query', () => {
  it('offers the values that its events have, with their counts', async () => {
    expect(await labelled('service:s3 event:')).toEqual(['ListBuckets 2', 'GetObject 1']);
    expect(await labelled('service:s3 -event:')).toEqual(['ListBuckets 2', 'GetObject 1']);
    expect(await labelled('event:List* service:')).toEqual(['iam 2', 's3 2']);
    expect(await labelled('service:s3 List')).toEqual(['event:ListBuckets 2']);
    expect(await labelled('service:iam OR event:')).toHaveLength(3);
  });

  it('offers the fields that its events have, those that they lack only where nothing else fits', async () => {
    expect(await labelled('service:iam erro')).toEqual(['error 1', 'errorCode 1']);
    expect(await labelled('service:s3 erro')).toEqual(['error 0', 'errorCode 0']);
  });

  it('says of a value that it does not have that no event has both', async () => {
    expect(await labelled('service:s3 event:ListU')).toEqual(['ListUsers 0']);
    expect(await labelled('service:iam event:ListUsres')).toEqual(['ListUsers 2']);
  });

  it('counts the whole archive while the rest has a syntax error', async () => {
    expect(await labelled('ip:10.0.0.0/99 event:ListU')).toEqual(['ListUsers 2']);
  });
});

describe('completion of times', () => {
  it('offers the days of the archive, and today and yesterday as they are read', async () => {
    expect(await labelled('time:')).toEqual(['today 4', 'yesterday 1', '2023-07-09* 1', '2023-07-10* 4']);
    expect(await labelled('service:iam time:2023')).toEqual(['2023-07-09* 1', '2023-07-10* 1']);
    expect(await labelled('time:2023-07-10T')).toEqual(['2023-07-10T11* 1', '2023-07-10T12* 3']);
    expect((await complete('time:tod', days))[0]?.note).toBe('2023-07-10, counted from the last event');
  });

  it('offers the first and the last event as bounds, and spans counted back from the end', async () => {
    expect(await labelled('time>=')).toEqual(['2023-07-09T10:00:00Z 5', 'now-1h 3', 'now-24h 4', 'now-7d 5']);
    expect((await labelled('time<='))[0]).toBe('2023-07-10T12:20:00Z 5');
    expect(await labelled('time>=2023-07-1')).toEqual(['2023-07-10 4']);
    expect(await labelled('time<2023')).toEqual(['2023-07-10T12:20:00Z 4', '2023-07-10 1']);
    expect(await labelled('time>2023-07-10T1')).toEqual(['2023-07-10T11:00Z 3']);
    expect(await labelled('time<=2023-07-10T11')).toEqual(['2023-07-10T11:00Z 2']);
    expect((await complete('time>=', days))[0]?.note).toBe('the first event');
  });

  it('offers last periods as a whole', async () => {
    expect(await labelled('service:s3 las')).toEqual(expect.arrayContaining(['last 1h 3', 'last 24h 3']));
    expect(await labelled('last 2')).toEqual(['last 2m 1', 'last 2h 4', 'last 2d 5', 'last 2w 5']);
    const [first] = await complete('service:iam last 2', days);
    expect([first?.insert, first?.from, first?.to]).toEqual(['last 2h ', 12, 18]);
  });

  it('offers nothing where no event has a time', async () => {
    expect(await labelled('time:', indexOfRecords([{ eventName: 'A' }]))).toEqual([]);
  });
});

describe('completion of what people paste or know from elsewhere', () => {
  it('offers access keys and addresses for their first letters, with their field', async () => {
    expect(await labelled('AKI')).toEqual(['key:AKIAEXAMPLE1 1']);
    expect(await labelled('10.0')).toEqual(['ip:10.0.0.1 1', 'ip:10.0.7.2 1']);
    expect(await labelled('ip:10.0.')).toEqual(['10.0.0.0/16 2', '10.0.0.1 1', '10.0.7.2 1']);
  });

  it("offers values behind another tool's name of a field, and the field here for that name", async () => {
    expect(await offersFor('eventName=Get', days)).toEqual([['value', 'GetObject ', 10, 13, 1, false]]);
    expect(await offersFor('src_ip:192', days)).toEqual([['value', '192.0.2.1 ', 7, 10, 1, false]]);
    const [ip] = await complete('src_i', days);
    expect([ip?.insert, ip?.note]).toEqual(['ip:', 'src_ip in other tools']);
  });

  it('offers similar words behind ~', async () => {
    expect(await labelled('~buck')).toEqual(['Buckets ?']);
    expect(await offersFor('~bukcets', days)).toEqual([['value', 'Buckets ', 1, 8, null, true]]);
  });
});

describe('the fields that completion offers', () => {
  const inserted = async (index: VisibleIndex, text: string, limit = 100): Promise<readonly string[]> =>
    (await complete(text, index, limit)).map(({ insert }) => insert);

  it('offers every path that has the typed text, the first of the data too', async () => {
    const index = indexOfRecords([
      { eventTime: '2024-03-05T02:00:00Z', requestParameters: { firstZone: 'a', secondZone: 'b' }, zoneLast: 'c' },
    ]);
    expect(await inserted(index, 'eventtim')).toEqual(['eventTime:']);
    expect([...(await inserted(index, 'zone'))].sort()).toEqual([
      'requestParameters.firstZone:',
      'requestParameters.secondZone:',
      'zoneLast:',
    ]);
    expect(await inserted(index, 'firstz')).toEqual(['requestParameters.firstZone:']);
  });

  it('offers what begins with the typed text before what only has it', async () => {
    const index = indexOfRecords([{ xzone: 'a', zoned: 'b' }]);
    expect(await inserted(index, 'zone')).toEqual(['zoned:', 'xzone:']);
    expect(await inserted(index, 'zone', 1)).toEqual(['zoned:']);
    expect(await inserted(index, 'zone', 0)).toEqual([]);
  });

  it('offers nothing of its own columns and nothing without events', async () => {
    const index = indexOfRecords([{ eventName: 'identity-like', eventVersion: '1.08' }]);
    expect((await inserted(index, '@')).filter((name) => name.startsWith('@'))).toEqual([]);
    expect(await inserted(index, 'errorc')).toEqual([]);
  });
});
