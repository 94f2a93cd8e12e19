import { describe, expect, it } from 'vitest';
import { fieldLookup } from '#engine/search/fields';
import { findHints } from '#engine/search/hints';
import { QuerySets } from '#engine/search/query-sets';
import { Vocabulary } from '#engine/search/vocabulary';
import { indexOfRecords, parseFor } from '../../../helpers/indexes';

interface Call {
  readonly service: string;
  readonly event: string;
  readonly time?: string;
  readonly more?: object;
}

const call = ({ service, event, time = '2023-07-10T12:00:00Z', more = {} }: Call): object => ({
  eventTime: time,
  eventSource: `${service}.amazonaws.com`,
  eventName: event,
  ...more,
});
const data = { eventCategory: 'Data', managementEvent: false };
const management = { eventCategory: 'Management', managementEvent: true };
const listed = call({ service: 'iam', event: 'ListUsers', more: management });

/** What is said where the query finds nothing, and what is offered to try. */
async function hintsIn(records: readonly object[], text: string): Promise<{ notes: string[]; tries: unknown[] }> {
  const index = indexOfRecords(records);
  const vocabulary = new Vocabulary(index);
  await vocabulary.update();
  const sets = new QuerySets(index, () => index.newSet());
  const context = { index, sets, vocabulary, fields: fieldLookup(index), shown: index.allRows() };
  const hints = findHints(context, text, parseFor(index, text));
  return {
    notes: hints.filter((hint) => hint.text === null).map(({ message }) => message),
    tries: hints.filter((hint) => hint.text !== null).map((hint) => [hint.kind, hint.text, hint.count]),
  };
}

describe('a search in a range of time that ends before it begins', () => {
  it('says so, and offers to search all times', async () => {
    const said = 'The chosen time range ends before it begins, or when it begins: no event can be in it.';
    const range = 'time>=2023-07-11 time<2023-07-10';
    expect(await hintsIn([listed], `event:ListUsers ${range}`)).toMatchObject({
      notes: [said],
      tries: expect.arrayContaining([['outside-range', 'event:ListUsers', 1]]) as unknown,
    });
    expect((await hintsIn([listed], 'time>=2023-07-10T13:00Z time<2023-07-10T13:00Z')).notes).toEqual([said]);
    expect((await hintsIn([listed], 'time>=2023-07-11 time<2023-07-12')).notes).toEqual([]);
    expect((await hintsIn([listed], 'time>=2023-07-11')).notes).toEqual([]);
  });
});

describe('a search for data events that finds nothing', () => {
  it.each([
    'GetObject',
    'event:GetObject',
    'eventName:getobject',
    'service:s3 event:GetObject',
    'x OR event:GetObject',
  ])('says that there is no data event at all: %s', async (text) => {
    const bucket = call({ service: 's3', event: 'ListBuckets', more: management });
    const { notes } = await hintsIn([listed, bucket], text);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(
      /^CloudTrail records GetObject of Amazon S3 only as a data event, .* and no event here is a data event: /,
    );
  });

  it('says that the data events are of other services', async () => {
    const invoked = call({ service: 'lambda', event: 'Invoke', more: data });
    const { notes } = await hintsIn([listed, invoked, invoked], 'event:GetObject');
    expect(notes).toEqual([expect.stringContaining('none of the 2 data events here is of s3')]);
  });

  it('says when the first data event of the service was, where earlier ones are sought', async () => {
    const records = [
      listed,
      call({ service: 's3', event: 'GetObject', time: '2023-07-11T09:00:00Z', more: data }),
      call({ service: 's3', event: 'GetObject', time: '2023-07-11T08:00:00Z', more: data }),
    ];
    const early = await hintsIn(records, 'event:PutObject time>=2023-07-10 time<2023-07-12');
    expect(early.notes).toEqual([
      expect.stringContaining(
        'the first data event of s3 here is of 2023-07-11T08:00:00Z: finding none before that says',
      ),
    ]);
    expect((await hintsIn(records, 'event:PutObject time>=2023-07-11T08:30')).notes).toEqual([]);
    expect((await hintsIn(records, 'event:PutObject')).notes).toEqual([]);
  });

  it('knows data events of older records by their flag, and of the oldest by what they call', async () => {
    const flagged = call({ service: 's3', event: 'PutObject', more: { managementEvent: false } });
    expect((await hintsIn([flagged], 'event:GetObject')).notes).toEqual([]);
    expect((await hintsIn([call({ service: 's3', event: 'PutObject' })], 'event:GetObject')).notes).toEqual([]);
    const managed = call({ service: 's3', event: 'PutObject', more: { managementEvent: true } });
    expect((await hintsIn([managed], 'event:GetObject')).notes).toEqual([
      expect.stringContaining('no event here is a data event'),
    ]);
    const network = call({ service: 's3', event: 'PutObject', more: { ...data, eventCategory: 'NetworkActivity' } });
    expect((await hintsIn([network], 'event:GetObject')).notes).toEqual([
      expect.stringContaining('no event here is a data event'),
    ]);
  });

  it('says so where the category is asked for', async () => {
    for (const text of ['category:Data', 'eventCategory:data', 'managementEvent:false']) {
      const { notes } = await hintsIn([listed], text);
      expect(notes).toEqual([expect.stringMatching(/^No event here is a data event: a trail has to be set up/)]);
    }
  });

  it('is not explained by what the query rules out, by a value of another field, or by a common word', async () => {
    for (const text of [
      'nothing -event:GetObject',
      'requestParameters.x:GetObject',
      'awsRegion:GetObject',
      'scan',
      'publish',
    ])
      expect((await hintsIn([listed], text)).notes).toEqual([]);
    expect((await hintsIn([listed], 'event:scan')).notes).toHaveLength(1);
    expect((await hintsIn([listed], 'Scan')).notes).toHaveLength(1);
  });
});

describe('a search for a call that is not recorded', () => {
  it('names every service that has one, unless the query names the service', async () => {
    const both = await hintsIn([listed], 'PutEvents');
    expect(both.notes).toEqual([
      expect.stringContaining('PutEvents of Amazon EventBridge'),
      expect.stringContaining('did not always record PutEvents of Amazon Pinpoint'),
    ]);
    const bridge = await hintsIn([listed], 'service:eventbridge event:PutEvents');
    expect(bridge.notes).toEqual([
      expect.stringContaining('PutEvents of Amazon EventBridge'),
      'No event here is of a service named eventbridge, nor of events, as CloudTrail may write it',
    ]);
    const pinpoint = await hintsIn([listed], 'service:pinpoint event:PutEvents');
    expect(pinpoint.notes[0]).toContain('Amazon Pinpoint');
  });

  it('says where AWS does not list it, and gives the page', async () => {
    const { notes } = await hintsIn([listed], 'event:PutRecordBatch');
    expect(notes).toEqual([
      'AWS does not list PutRecordBatch of Amazon Data Firehose among the calls CloudTrail records: finding none says nothing about ' +
        'whether it was called (docs.aws.amazon.com/firehose/latest/dev/monitoring-using-cloudtrail.html)',
    ]);
  });
});

describe('a search for a service that finds nothing', () => {
  const alarm = call({ service: 'monitoring', event: 'PutMetricAlarm', more: management });

  it('says that no event is of it', async () => {
    const { notes, tries } = await hintsIn([listed], 'service:lambda');
    expect(notes).toEqual(['No event here is of a service named lambda']);
    expect(tries).toEqual([]);
  });

  it.each(['service:cloudwatch', 'eventSource:cloudwatch', 'cloudwatch'])(
    'offers the name CloudTrail has for %s',
    async (text) => {
      const { tries } = await hintsIn([listed, alarm], text);
      expect(tries).toContainEqual(['service-meant', 'service:monitoring', 1]);
    },
  );

  it('says the other name also where the rest of the query leaves nothing of it', async () => {
    const { notes, tries } = await hintsIn([listed, alarm], 'service:cloudwatch event:DeleteAlarms');
    expect(notes).toEqual(['No event here is of a service named cloudwatch; CloudTrail writes it monitoring']);
    expect(tries).toEqual([]);
  });

  it('says nothing of a service that is there', async () => {
    expect((await hintsIn([listed, alarm], 'service:iam event:PutMetricAlarm')).notes).toEqual([]);
  });
});
