/** Events whose time is written in another way than CloudTrail's, or stands in another field than `eventTime`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { engineHere } from '../../../helpers/engine-here';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const engine = engineHere();

const events: readonly Readonly<Record<string, unknown>>[] = [
  { eventName: 'Lake', eventTime: '2023-01-22 16:53:53.000' },
  { eventName: 'Athena', eventTime: '2023-01-22 16:53:54.123456789 UTC' },
  { eventName: 'Trail', eventTime: '2023-01-22T16:53:55Z' },
  { eventName: 'Splunk', _time: '2023-01-22T17:53:56.000+0100' },
  { eventName: 'Logstash', '@timestamp': '2023-01-22T16:53:57.000Z' },
  { eventName: 'Both', eventTime: '2023-01-22T16:53:58Z', '@timestamp': '2024-05-05T00:00:00.000Z' },
  { eventName: 'BothWritten', eventTime: '2023-01-22 16:53:59', '@timestamp': '2024-05-05T00:00:00Z' },
  { eventName: 'Minute', eventTime: '2023-01-22T16:54Z' },
  { eventName: 'Kibana', eventTime: 'Jan 22, 2023 @ 16:54:01.500' },
  { eventName: 'Epoch', _time: '1674406442.25' },
  { eventName: 'EpochNumber', _time: 1674406443 },
  { eventName: 'EpochMilliseconds', '@timestamp': 1674406444001 },
  { eventName: 'Never', eventTime: 'never' },
];

const later = ['Minute', 'Kibana', 'Epoch', 'EpochNumber', 'EpochMilliseconds'];

beforeEach(async () => {
  const path = await temporaryFolder();
  await writeFile(join(path, 'a.json'), JSON.stringify(events.toReversed()));
  await engine.open(path);
});

describe('times as other tools write them', () => {
  it('put the events in order, and those without any last', async () => {
    const rows = await engine.rows('');
    expect(rows.map(({ event }) => event)).toEqual(events.map(({ eventName }) => eventName));
    expect(rows.map(({ time }) => time)).toEqual([
      ...[53_000, 54_123, 55_000, 56_000, 57_000, 58_000, 59_000, 60_000, 61_500, 62_250, 63_000, 64_001].map((ms) =>
        Date.UTC(2023, 0, 22, 16, 53, 0, ms),
      ),
      null,
    ]);
  });

  it('are shown as they are written, with their field where that is not eventTime', async () => {
    const rows = await engine.rows('');
    expect(rows.slice(0, 2).map(({ timeText }) => timeText)).toEqual(
      events.slice(0, 2).map((event) => event['eventTime']),
    );
    expect(rows.map(({ timeFrom }) => timeFrom ?? '')).toEqual([
      ...['', '', '', '_time', '@timestamp', '', '', '', '', '_time', '_time', '@timestamp', ''],
    ]);
  });

  it.each([
    ['time>=2023-01-22T16:53:54Z time<2023-01-22T16:53:58Z', ['Athena', 'Trail', 'Splunk', 'Logstash']],
    ['time>"2023-01-22 16:53:57 UTC"', ['Both', 'BothWritten', ...later]],
    ['time>=2023-01-22T16:54:01Z', later.slice(1)],
    ['time<=2023-01-22T16:54:02Z time>=2023-01-22T16:54Z', ['Minute', 'Kibana']],
    ['time>=2024-01-01', []],
    ['time:2024*', []],
    ['time:2023*', ['Lake', 'Athena', 'Trail', 'Splunk', 'Logstash', 'Both', 'BothWritten', 'Minute']],
    ['eventTime>=2023-01-22', ['Lake', 'Athena', 'Trail', 'Both', 'BothWritten', 'Minute', 'Kibana']],
  ])('are compared as the instants they are: %s', async (text, expected) => {
    expect(await engine.names(text)).toEqual(expected);
  });
});
