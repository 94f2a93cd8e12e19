/** Events that belong together, and the places that they are read again from. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RelatedEvent } from '#contract/events';
import { makeTar } from '../../helpers/make-tar';
import { makeZip } from '../../helpers/make-zip';
import { folder, open, raise, record } from '../../helpers/source-folders';

describe('a summary of an event', () => {
  const csv = [
    'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,' +
      'Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category',
    'mary,,2023-07-10T12:40:01Z,s3.amazonaws.com,Name1,eu-west-1,10.0.0.1,,,[],,1,true,AwsApiCall,111122223333,Management',
    'mary,,2023-07-10T12:40:02Z,s3.amazonaws.com,Name2,eu-west-1,10.0.0.1,,,[],,2,true,AwsApiCall,111122223333,Management',
  ].join('\n');

  it('is a duplicate where the whole event is open, and is shown where it is not', async () => {
    const source = await folder('summaries', {});
    await writeFile(join(source.path, 'event_history.csv'), csv);
    const userIdentity = { type: 'IAMUser', userName: 'mary' };
    const facts = { userIdentity, eventSource: 's3.amazonaws.com', sourceIPAddress: '10.0.0.1' };
    const whole = await folder('whole', { 'z.json': [record('1', facts)] });
    const opened = await open([source]);
    const shown = async (): Promise<unknown[]> =>
      (await opened.rows('')).map(({ event, format, isSummary }) => [event, format, isSummary]);
    const summaries = [
      ['Name1', 'event-history-csv', true],
      ['Name2', 'event-history-csv', true],
    ];
    expect(await shown()).toEqual(summaries);
    await opened.add(whole);
    expect(await shown()).toEqual([['Name1', 'records', false], summaries[1]]);
    expect(await opened.report()).toMatchObject({
      events: 2,
      duplicates: 1,
      versions: 0,
      summaryOnly: 1,
      formats: [
        { value: 'event-history-csv', count: 2 },
        { value: 'records', count: 1 },
      ],
    });
    const [row] = await opened.rows('event:Name1');
    const { duplicates, versions } = await opened.call('event.related', row?.row ?? raise());
    expect(versions).toEqual([]);
    expect(duplicates.map(({ summary, location }) => [summary.isSummary, location.path])).toEqual([
      [true, 'event_history.csv'],
    ]);
    const { wrapping } = await opened.detail(duplicates[0]?.summary.row ?? raise());
    expect(wrapping).toBe(csv.split('\n')[1]);
    await opened.remove(whole);
    expect(await shown()).toEqual(summaries);
  });

  it('is not hidden by an event that has its ID and says something else', async () => {
    const source = await folder('summaries', {});
    await writeFile(join(source.path, 'event_history.csv'), csv);
    const userIdentity = { type: 'IAMUser', userName: 'mary' };
    const facts = { userIdentity, eventSource: 's3.amazonaws.com', sourceIPAddress: '10.0.0.1' };
    const forged = [
      { ...facts, eventName: 'Harmless' },
      { ...facts, eventTime: '2020-01-01T00:00:00Z' },
      { ...facts, sourceIPAddress: '10.9.9.9' },
      { ...facts, userIdentity: { ...userIdentity, userName: 'bob' } },
      { eventSource: 's3.amazonaws.com' },
    ];
    for (const [at, forgery] of forged.entries()) {
      const opened = await open([source]);
      await opened.add(await folder(`forged${String(at)}`, { 'a.json': [record('1', forgery)] }));
      expect(
        (await opened.rows('eventID:1')).map(({ isSummary, otherVersions }) => [isSummary, otherVersions]),
      ).toEqual(
        expect.arrayContaining([
          [true, 1],
          [false, 1],
        ]),
      );
      const [row] = await opened.rows('eventID:1');
      const related = await opened.call('event.related', row?.row ?? raise());
      expect(related).toMatchObject({ duplicates: [], versions: [{}] });
    }
  });
});

describe('events in archives', () => {
  it('are shown with the path to them, and read again from it', async () => {
    const json = (...ids: readonly string[]): Uint8Array =>
      Buffer.from(JSON.stringify({ Records: ids.map((id) => record(id)) }));
    const inner = makeTar([{ name: 'deep/c.json', bytes: json('3', '4') }]);
    const bytes = makeZip([
      { name: 'b.json', bytes: json('2') },
      { name: 'inner.tgz', bytes: gzipSync(inner) },
    ]);
    const source = await folder('one', { 'a.json': [record('1')] });
    await writeFile(join(source.path, 'case.zip'), bytes);
    const opened = await open([source]);
    const places: unknown[] = [];
    for (const { row, cells } of await opened.rows('')) {
      const { raw, location } = await opened.detail(row);
      expect(raw).toBe(JSON.stringify(record(cells[0] ?? '')));
      const { path } = await opened.call('event.digest', row);
      places.push([cells[0], location.path, location.label.slice(source.path.length + 1), path]);
    }
    const deep = 'case.zip!/inner.tgz!/deep/c.json';
    expect(places).toEqual([
      ['1', 'a.json', 'a.json', 'a.json'],
      ['2', 'case.zip!/b.json', 'case.zip!/b.json', 'case.zip'],
      ['3', deep, deep, 'case.zip'],
      ['4', deep, deep, 'case.zip'],
    ]);
  });
});

describe('events that belong together', () => {
  it('are listed in order of time, a hundred of each kind at most', async () => {
    const at = (second: number): string =>
      `2023-07-10T12:${String(10 + Math.floor(second / 60))}:${String(second % 60).padStart(2, '0')}Z`;
    const ends = Array.from({ length: 150 }, (_, count) =>
      record(`e${count}`, { sharedEventID: 's', eventTime: at(149 - count) }),
    );
    const opened = await open([await folder('one', { 'a.json': ends })]);
    const [first] = await opened.rows('');
    const { shared } = await opened.call('event.related', first?.row ?? raise());
    expect(shared.map(({ summary }) => summary.timeText)).toEqual(
      Array.from({ length: 100 }, (_, second) => at(second + 1)),
    );
  });

  it('are found from each other', async () => {
    const source = await folder('one', {
      'a.json': [
        record('1', { sharedEventID: 's' }),
        record('1', { sharedEventID: 's', recipientAccountId: '444455556666' }),
        record('2', { eventTime: '2023-07-10T12:40:05Z' }),
        record('3', { addendum: { reason: 'UPDATED_DATA', originalEventID: '2' } }),
      ],
      'b.json': [record('2', { eventTime: '2023-07-10T12:40:09Z' })],
    });
    const opened = await open([source]);
    const rows = await opened.rows('');
    expect(rows.map(({ cells, otherVersions }) => [cells[0], otherVersions])).toEqual([
      ['1', 0],
      ['1', 0],
      ['3', 0],
      ['2', 1],
      ['2', 1],
    ]);
    const related = async (at: number): Promise<Record<string, string[][]>> => {
      const found = await opened.call('event.related', rows[at]?.row ?? raise());
      const kinds = Object.entries(found) as [string, readonly RelatedEvent[]][];
      const shown = kinds.map(([kind, events]) => [kind, events.map((each) => [each.summary.event, each.account])]);
      return Object.fromEntries(shown.filter(([, events]) => events?.length !== 0)) as Record<string, string[][]>;
    };
    expect(await related(0)).toEqual({ shared: [['Name1', '444455556666']] });
    expect(await related(1)).toEqual({ shared: [['Name1', '111122223333']] });
    const both = [
      ['Name2', '111122223333'],
      ['Name2', '111122223333'],
    ];
    expect(await related(2)).toEqual({ amends: both });
    expect(await related(3)).toEqual({ versions: both.slice(1), amendedBy: [['Name3', '111122223333']] });
    expect(await opened.report()).toMatchObject({ events: 5, versions: 2 });
  });
});
