import { describe, expect, it } from 'vitest';
import { RowReader } from '#engine/search/event-rows';
import { listFields } from '#engine/search/field-list';
import { indexOf, indexOfRecords } from '../../../helpers/indexes';

const record = {
  eventTime: '2023-07-10T12:40:01Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'us-east-1',
  sourceIPAddress: '10.0.0.1',
  requestID: 'a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1',
  requestParameters: { key: 'Zoë', nothing: null, list: ['b', 'a'], size: 12 },
  resources: [{ ARNPrefix: 'arn:x' }, { ARNPrefix: 'arn:y' }],
};
const derived = {
  '@identity': 'jdoe (IAM user, 111122223333)',
  '@kind': 'IAM user',
  '@result': 'Success',
  '@class': 'read',
};

describe('RowReader', () => {
  it('reads the shown fields and the columns asked for', () => {
    const index = indexOfRecords([record], derived);
    const columns = [
      'requestParameters.key',
      'REQUESTPARAMETERS.LIST',
      'resource',
      'id',
      'requestID',
      'no.such',
      'time',
    ];
    expect(new RowReader(index, columns).read(0)).toEqual({
      row: 0,
      time: Date.UTC(2023, 6, 10, 12, 40, 1),
      timeText: '2023-07-10T12:40:01Z',
      service: 's3',
      event: 'GetObject',
      identity: 'jdoe',
      identityKind: 'IAM user',
      principal: 'jdoe (IAM user, 111122223333)',
      region: 'us-east-1',
      ip: '10.0.0.1',
      result: 'Success',
      eventClass: 'read',
      format: 'records',
      isSummary: false,
      isDuplicate: false,
      otherVersions: 0,
      recordKind: null,
      cells: ['Zoë', 'b, a', 'arn:x, arn:y', null, record.requestID, null, '2023-07-10T12:40:01Z'],
    });
  });

  it('shows a time as it is written, and none where there is none', () => {
    const index = indexOfRecords([
      { eventTime: '2023-07-10T14:40:01.250+02:00' },
      { eventTime: 'soon' },
      { eventName: 'x' },
    ]);
    const rows = [0, 1, 2].map((row) => new RowReader(index).read(row));
    expect(rows.map((row) => [row?.time, row?.timeText])).toEqual([
      [Date.UTC(2023, 6, 10, 12, 40, 1, 250), '2023-07-10T14:40:01.250+02:00'],
      [null, 'soon'],
      [null, ''],
    ]);
  });

  it('reads nothing where there is no row', () => {
    const event = { record };
    const { index } = indexOf({
      segments: [
        { thread: 0, events: [event] },
        { thread: 1, events: [event] },
      ],
    });
    expect([0, 1, 31, 32, 33, -1].filter((row) => new RowReader(index).read(row) !== undefined)).toEqual([0, 32]);
  });
});

describe('listFields', () => {
  it('counts events and values by short name, then by path', () => {
    const index = indexOfRecords(
      [record, { eventSource: 'ec2.amazonaws.com', requestParameters: { nothing: null } }],
      derived,
    );
    const fields = listFields(index);
    const byName = new Map(fields.map(({ name, events, distinct }) => [name, [events, distinct]]));
    expect(byName.get('service')).toEqual([2, 2]);
    expect(byName.get('resource')).toEqual([1, 2]);
    expect(byName.get('identity')).toEqual([2, 1]);
    expect(byName.get('time')).toEqual([1, null]);
    expect(byName.get('requestID')).toEqual([1, null]);
    expect(byName.get('requestParameters.list')).toEqual([1, 2]);
    expect(byName.has('requestParameters.nothing')).toBe(false);
    expect(byName.has('@identity')).toBe(false);
    expect(fields[0]?.name).toBe('service');
  });
});
