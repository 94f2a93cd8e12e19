import { describe, expect, it } from 'vitest';
import type { QueryHint } from '#contract/query';
import type { VisibleIndex } from '#engine/visibility/visible-index';
import { fieldLookup } from '#engine/search/fields';
import { findHints } from '#engine/search/hints';
import { QuerySets } from '#engine/search/query-sets';
import { Vocabulary } from '#engine/search/vocabulary';
import { indexOfRecords, parseFor } from '../../../helpers/indexes';

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

async function hintsFor(text: string, index: VisibleIndex = records): Promise<QueryHint[]> {
  const vocabulary = new Vocabulary(index);
  await vocabulary.update();
  const sets = new QuerySets(index, () => index.newSet());
  return findHints(
    { index, sets, vocabulary, fields: fieldLookup(index), shown: index.allRows() },
    text,
    parseFor(index, text),
  );
}

const short = ({ kind, text, count }: QueryHint): unknown => [kind, text, count];

describe('findHints', () => {
  it('offers the near word or value of the data', async () => {
    expect((await hintsFor('getobjekt')).map(short)).toEqual([['did-you-mean', 'GetObject', 2]]);
    expect((await hintsFor('event:PutObjct')).map(short)).toEqual([['did-you-mean', 'event:PutObject', 1]]);
  });

  it('offers the values that contain the text before near ones', async () => {
    expect((await hintsFor('identity:AdminRole')).map(short)).toEqual([['did-you-mean', 'identity:AdminRole*', 3]]);
    expect((await hintsFor('identity:jdoe')).map(short)).toEqual([['did-you-mean', 'identity:*jdoe*', 3]]);
  });

  it('offers no value that shares only a short word with the text', async () => {
    expect((await hintsFor('eventSource:nothereatall.amazonaws.com')).map(short)).not.toContainEqual([
      'did-you-mean',
      'eventSource:s3.amazonaws.com',
      3,
    ]);
  });

  it('offers only values in which each word of the text has a near one', async () => {
    const services = indexOfRecords(
      ['account', 'route53', 'monitoring', 'monitoring'].map((name) =>
        event('X', { eventSource: `${name}.amazonaws.com` }),
      ),
      {},
    );
    const offers = async (text: string): Promise<unknown[]> =>
      (await hintsFor(text, services)).filter(({ kind }) => kind === 'did-you-mean').map(({ text: offer }) => offer);
    expect(await offers('eventSource:foo-bar.amazonaws.com')).toEqual([]);
    expect(await offers('eventSource:kinesis.amazonaws.com')).toEqual([]);
    expect(await offers('service:"Amazon S3"')).toEqual([]);
    expect(await offers('eventSource:monitorng.amazonaws.com')).toEqual(['eventSource:monitoring.amazonaws.com']);
    expect(await offers('eventSource:acount.amazonaws.com')).toEqual(['eventSource:account.amazonaws.com']);
  });

  it('offers a quoted text as a wildcard, where that finds something', async () => {
    expect((await hintsFor('event:"Get*"')).map(short)).toEqual([['did-you-mean', 'event:Get*', 2]]);
    expect((await hintsFor('event:"Delete*"')).map(short)).toEqual([]);
  });

  it('offers the field that was meant', async () => {
    expect((await hintsFor('evntName:GetObject')).map(short)).toContainEqual(['field-meant', 'eventName:GetObject', 2]);
  });

  it('takes an equals sign for the colon that was meant', async () => {
    for (const written of ['eventName=GetObject', 'eventName==GetObject', 'evntName=GetObject']) {
      const hints = (await hintsFor(written)).map(short);
      expect(hints).toContainEqual(['field-meant', 'eventName:GetObject', 2]);
    }
    expect((await hintsFor('event=GetObject')).map(short)).toContainEqual(['field-meant', 'event:GetObject', 2]);
  });

  it('offers the day where a time was meant to be one', async () => {
    expect((await hintsFor('time:2023-07-10')).map(short)).toEqual([['did-you-mean', 'time:2023-07-10*', 3]]);
    expect((await hintsFor('time:2023-07-11')).map(short)).toEqual([]);
  });

  it('offers to drop the clause that excludes everything, the one that leaves most first', async () => {
    expect((await hintsFor('event:GetObject bucketName:x event:PutObject')).map(short)).toEqual([]);
    expect((await hintsFor('event:GetObject event:PutObject')).map(short)).toEqual([
      ['drop-clause', 'event:GetObject', 2],
      ['drop-clause', 'event:PutObject', 1],
    ]);
  });

  it('says that matches lie outside the time range', async () => {
    const hints = await hintsFor('event:PutObject time>=2023-07-11');
    expect(hints.map(short)).toContainEqual(['outside-range', 'event:PutObject', 1]);
  });

  it('says where AWS never logs a call', async () => {
    expect((await hintsFor('SendVoiceMessage')).map(({ kind }) => kind)).toEqual(['never-logged']);
    expect((await hintsFor('event:PutEvents')).map(({ kind }) => kind)).toContain('never-logged');
  });
});
