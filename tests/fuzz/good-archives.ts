/** Sound archives to be damaged: events of the synthetic generator in every shape and container that is read. */
import { gzipSync } from 'node:zlib';
import { makeArchive } from '../../build/tools/synthetic/archive';
import type { Random } from '../../build/tools/synthetic/random';
import { makeTar } from '../helpers/make-tar';
import { makeZip } from '../helpers/make-zip';
import { oddContainers } from './odd-archives';

/** The share of archives that have an odd container. */
const oddShare = 0.4;

/** A record in a text: bytes from `start` to `end`, with what wraps it. */
export interface PlacedRecord {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** A text with events in it. */
export interface GoodText {
  readonly shape: string;
  readonly bytes: Buffer;
  /** In their order. */
  readonly records: readonly PlacedRecord[];
  /**
   * Whether a record is found whatever happened to others: not so in tables, where a quote lost far before takes all that follows for one
   * text. Then its loss must be reported.
   */
  readonly isFoundAlone: boolean;
}

/** A text within containers, or by itself. */
export interface GoodArchive {
  readonly text: GoodText;
  /** From the outside in; empty: the text itself. */
  readonly containers: readonly string[];
  readonly bytes: Buffer;
}

interface Event {
  readonly id: string;
  readonly json: string;
}

interface Shape {
  readonly head: string;
  readonly foot: string;
  readonly between: string;
  readonly isFoundAlone?: false;
  record(event: Event, number: number): string;
}

const isoTime = (number: number): string => new Date(Date.UTC(2024, 4, 6) + number * 1000).toISOString();
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const itself = ({ json }: Event): string => json;

const shapes: Readonly<Record<string, Shape>> = {
  records: { head: '{"Records":[', between: ',', foot: ']}', record: itself },
  pretty: {
    head: '{\n  "Records": [\n',
    between: ',\n',
    foot: '\n  ]\n}\n',
    record: ({ json }) => JSON.stringify(JSON.parse(json), null, 2),
  },
  array: { head: '[', between: ',\r\n', foot: ']', record: itself },
  lines: { head: '', between: '\n', foot: '\n', record: itself },
  together: { head: '', between: '', foot: '', record: itself },
  batches: { head: '', between: '\n', foot: '', record: ({ json }) => `{"Records":[${json}]}` },
  lookup: {
    head: '{"Events":[',
    between: ',',
    foot: ']}',
    record: ({ id, json }) => `{"EventId":"${id}","ReadOnly":"true","CloudTrailEvent":${JSON.stringify(json)}}`,
  },
  cloudWatchEvents: {
    head: '{"events":[',
    between: ',',
    foot: ']}',
    record: ({ json }, number) =>
      `{"logStreamName":"trail","timestamp":${String(1_714_953_600_000 + number)},"message":${JSON.stringify(json)}}`,
  },
  cloudWatchExport: {
    head: '',
    between: '\n',
    foot: '\n',
    record: ({ json }, number) => `${isoTime(number)} ${json}`,
  },
  subscription: {
    head: '',
    between: '',
    foot: '',
    record: ({ json }, number) =>
      `{"messageType":"DATA_MESSAGE","logGroup":"trail","logEvents":[{"id":"${String(number)}","timestamp":1,"message":${JSON.stringify(json)}}]}`,
  },
  eventBridge: {
    head: '',
    between: '\n',
    foot: '',
    record: ({ id, json }) =>
      `{"version":"0","id":"${id}","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","detail":${json}}`,
  },
  logsInsights: {
    head: '{"results":[',
    between: ',',
    foot: '],"status":"Complete"}',
    record: ({ json }, number) =>
      `[{"field":"@timestamp","value":"${isoTime(number)}"},{"field":"@message","value":${JSON.stringify(json)}}]`,
  },
  splunk: {
    head: '',
    between: '\n',
    foot: '\n',
    record: ({ json }) => `{"preview":false,"result":{"_raw":${JSON.stringify(json)}}}`,
  },
  elastic: {
    head: '{"hits":{"hits":[',
    between: ',',
    foot: ']}}',
    record: ({ id, json }) =>
      `{"_index":"trail","_id":"${id}","_source":{"event":{"original":${JSON.stringify(json)}}}}`,
  },
  historyCsv: {
    head:
      'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,' +
      'Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category\n',
    between: '\n',
    foot: '\n',
    isFoundAlone: false,
    record: ({ id }, number) =>
      `alice,,${isoTime(number)},s3.amazonaws.com,GetObject,us-east-1,192.0.2.7,"[cli/2 ""x"", y]",,[],,${id},true,AwsApiCall,111122223333,Data`,
  },
  jsonCsv: {
    head: '@timestamp,@message\n',
    between: '\n',
    foot: '\n',
    isFoundAlone: false,
    record: ({ json }, number) => `${isoTime(number)},${quoted(json)}`,
  },
};

const containers: Readonly<Record<string, (bytes: Buffer, random: Random) => Uint8Array>> = {
  gzip: (bytes) => gzipSync(bytes, { level: 6 }),
  zip: (bytes) => makeZip([{ name: 'logs/a.json', bytes }]),
  storedZip: (bytes) => makeZip([{ name: 'logs/a.json', bytes, stored: true }]),
  tar: (bytes) => makeTar([{ name: 'logs/a.json', bytes }]),
};

/** The names of the shapes and of the containers, for a test that goes through all. */
export const shapeNames: readonly string[] = Object.keys(shapes);
export const containerNames: readonly string[] = Object.keys(containers);
export const oddNames: readonly string[] = Object.keys(oddContainers);

/** Whether the text's bytes stand in these containers as they are. */
export function isPacked(names: readonly string[]): boolean {
  return names.some((name) => name === 'gzip' || name === 'zip' || oddContainers[name]?.isPacked === true);
}

/** Up to `most` events in a shape; `random` says which. */
export function makeText(random: Random, shapeName: string, most: number): GoodText {
  const shape = shapes[shapeName];
  if (shape === undefined) throw new Error(`there is no shape ${shapeName}`);
  const records: PlacedRecord[] = [];
  const pieces = [shape.head];
  let at = shape.head.length;
  for (const [number, event] of eventsOf(random, 3 + random.below(most - 2)).entries()) {
    if (number > 0) {
      pieces.push(shape.between);
      at += shape.between.length;
    }
    const text = shape.record(event, number);
    // The generator's events are plain ASCII: a character is a byte.
    records.push({ id: event.id, start: at, end: at + text.length });
    pieces.push(text);
    at += text.length;
  }
  pieces.push(shape.foot);
  const bytes = Buffer.from(pieces.join(''), 'latin1');
  return { shape: shapeName, bytes, records, isFoundAlone: shape.isFoundAlone !== false };
}

/** A text in up to three containers, some of them odd. */
export function makeGoodArchive(random: Random): GoodArchive {
  const text = makeText(random, random.pick(shapeNames), 40);
  const chosen = Array.from({ length: random.pick([0, 0, 0, 1, 1, 2, 3]) }, () => random.pick(containerNames));
  if (random.chance(oddShare)) chosen.splice(random.below(chosen.length + 1), 0, random.pick(oddNames));
  return { text, containers: chosen, bytes: packed(text.bytes, chosen, random) };
}

/** The bytes within containers, named from the outside in. */
export function packed(bytes: Buffer, names: readonly string[], random: Random): Buffer {
  return names.reduceRight((inner, name) => {
    const made = oddContainers[name]?.make(inner, random) ?? containers[name]?.(inner, random);
    if (made === undefined) throw new Error(`there is no container ${name}`);
    return Buffer.from(made);
  }, bytes);
}

function eventsOf(random: Random, count: number): readonly Event[] {
  const texts: string[] = [];
  for (const { json } of makeArchive({ events: count, seed: random.next() })) {
    texts.push(...(JSON.parse(json) as { Records: object[] }).Records.map((record) => JSON.stringify(record)));
  }
  return texts.map((json) => ({ id: (JSON.parse(json) as { eventID: string }).eventID, json: ascii(json) }));
}

function ascii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
