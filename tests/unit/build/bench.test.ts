import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#contract/ids';
import { createFieldLookup } from '#core/query/field-lookup';
import { parseQuery } from '#core/query/parse';
import { writeHardCase } from '../../../build/tools/bench/hard-cases';
import { percentile } from '../../../build/tools/bench/measure';
import { compose } from '../../../build/tools/bench/queries';
import { temporaryFolder } from '../../helpers/temporary-folder';

const words = {
  events: ['GetObject', 'AssumeRole', 'Decrypt', 'ConsoleLogin'],
  services: ['s3', 'sts', 'kms'],
  regions: ['us-east-1', 'eu-west-1'],
  identities: ['alice.meyer', 'orders-instance-role / i-0123'],
  agents: ['aws-cli/2.15.25 Python/3.11', 'Boto3/1.34.51 "quoted"'],
  addresses: ['10.20.1.2', '198.51.100.7'],
  keys: ['ASIAEXAMPLE', 'AKIAEXAMPLE'],
  rareKeys: ['AKIARARE'],
  results: ['Success', 'AccessDenied'],
};
const span = { first: epochMs(Date.UTC(2024, 2, 4)), last: epochMs(Date.UTC(2024, 2, 7)) };

describe('the timed queries', () => {
  it('are of every kind the bench promises, as many as asked, all different', () => {
    const texts = compose(words, span, 30);
    expect([...texts.keys()]).toEqual([
      'commonKeyword',
      'rareKeyword',
      'infix',
      'field',
      'wildcard',
      'andOrNot',
      'timeRange',
      'cidr',
    ]);
    expect([...texts.values()].map((variants) => new Set(variants).size)).toEqual(Array.from({ length: 8 }, () => 30));
  });

  it('are queries without a syntax error, also from values that need quoting', () => {
    const fields = createFieldLookup([]);
    const syntaxErrors = [...compose(words, span, 30).values()].flat().filter((text) => !parseQuery(text, fields).ok);
    expect(syntaxErrors).toEqual([]);
  });

  it('can be made of an archive that has none of the values', () => {
    const none = { ...words, events: ['none'], addresses: [], keys: ['none'], rareKeys: ['none'] };
    expect(compose(none, { first: epochMs(0), last: epochMs(0) }, 20).get('cidr')).toHaveLength(20);
  });
});

describe('a percentile', () => {
  it('is the nearest rank', () => {
    const values = [5, 1, 4, 2, 3, 6, 8, 7, 10, 9];
    expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1), percentile([7], 0.5)]).toEqual([
      5, 10, 10, 7,
    ]);
  });
});

describe('the hard cases', () => {
  /** All files of a case, unpacked. */
  function textsOf(path: string): readonly string[] {
    if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => textsOf(`${path}/${name}`));
    const bytes = readFileSync(path);
    return [(path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()];
  }

  it.each([
    ['oneArray', 3_000_000, 1],
    ['manyFiles', 2_500, 2_500],
    ['hugeEvent', 3_000_000, 1],
  ] as const)('are what they say they are: %s', async (name, size, files) => {
    const made = await writeHardCase(name, await temporaryFolder(), size);
    const texts = textsOf(made.path);
    const events = texts.flatMap((text) => {
      const json = JSON.parse(text) as { readonly Records?: readonly object[] };
      return (Array.isArray(json) ? json : (json.Records ?? [json])) as readonly { readonly eventID: string }[];
    });
    expect(made).toMatchObject({
      files,
      events: events.length,
      bytes: texts.reduce((sum, { length }) => sum + length, 0),
    });
    expect(texts).toHaveLength(files);
    expect(new Set(events.map(({ eventID }) => eventID)).size).toBe(events.length);
    if (name === 'manyFiles') expect(events).toHaveLength(size);
    else expect(made.bytes / size).toBeCloseTo(1, 2);
    if (name === 'hugeEvent') expect(events).toHaveLength(1);
  });
});
