/** Archives that are not read here, or not alone: each is named for what it is, with what to do. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '#contract/limits';
import type { FileReport } from '#contract/report';
import { importSources } from '#engine/decode/decode-pool';
import { makeZip } from '../../../helpers/make-zip';
import { noise } from '../../../helpers/noise';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const log = (name: string): Uint8Array => Buffer.from(`{"Records":[{"eventVersion":"1.08","eventName":"${name}"}]}`);

async function reportsOf(files: Readonly<Record<string, Uint8Array>>): Promise<readonly FileReport[]> {
  const path = await temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(path, name), bytes);
  const reports: FileReport[] = [];
  await importSources([{ path, prefix: '' }], {
    limits: defaultLimits,
    hashSeed: '00'.repeat(16),
    threads: 0,
    onSegment: () => undefined,
    onFile: ({ report }) => reports.push(report),
  });
  return reports;
}

const messages = (reports: readonly FileReport[]): string[] =>
  reports.flatMap(({ path, problems }) => problems.map(({ message }) => `${path}: ${message}`));

describe('a file packed in a way that is not read here', () => {
  const inside = Buffer.concat([noise('inside', 300), gzipSync(log('A')), makeZip([{ name: 'a', bytes: log('B') }])]);
  it.each([
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 'a zstd file'],
    ['zstd with a frame before it', [0x50, 0x2a, 0x4d, 0x18], 'a zstd file'],
    ['lz4', [0x04, 0x22, 0x4d, 0x18], 'an lz4 file'],
    ['older lz4', [0x02, 0x21, 0x4c, 0x18], 'an lz4 file'],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 'an xz file'],
    ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 'a 7z archive'],
  ])('is named, whatever it seems to hold: %s', async (_, magic, name) => {
    const [report, ...others] = await reportsOf({ 'case.tar.x': Buffer.concat([Buffer.from(magic), inside]) });
    expect(others).toEqual([]);
    expect(report).toMatchObject({ recognisedAs: 'other', status: 'unread', problemCount: 1 });
    expect(report?.problems[0]?.message).toMatch(
      new RegExp(`^it looks like ${name}, .*unpack it first \\(\`.*\\) and open`),
    );
  });
});

describe('a zip that was split into several files', () => {
  // As `zip -s` writes it: a mark before the first member, and the number of the last part in the end of the directory.
  const [one, two] = [noise('one', 3000), noise('two', 3000)];
  const whole = Buffer.from(
    makeZip([
      { name: 'a.json', bytes: log('A'), stored: true },
      { name: 'b', bytes: one, stored: true },
      { name: 'c', bytes: two, stored: true },
    ]),
  );
  const marked = Buffer.concat([Buffer.from('PK\u0007\u0008'), whole]);
  marked.writeUInt16LE(2, marked.length - 22 + 4);
  const parts = {
    'x.z01': marked.subarray(0, 2000),
    'x.z02': marked.subarray(2000, 4000),
    'x.zip': marked.subarray(4000),
  };

  it.each(Object.entries(parts))('is named so in each part: %s', async (name, bytes) => {
    const told = (await reportsOf({ [name]: bytes })).find(({ path }) => path === name)?.problems;
    // Before what comes of it.
    expect(told?.[0]?.message).toMatch(/^it is one part of a zip that was split/);
    expect(
      told
        ?.slice(1)
        .map(({ message }) => message)
        .join(),
    ).not.toContain('one part of');
  });

  it('gives the members that are whole in a part', async () => {
    const reports = await reportsOf(parts);
    expect(reports.find(({ path }) => path === 'x.z01!/a.json')).toMatchObject({ events: 1, status: 'read' });
  });

  it('is known by its names where it was cut into pieces of one size', async () => {
    const reports = await reportsOf({ 'x.zip.001': whole.subarray(0, 4000), 'x.zip.002': whole.subarray(4000) });
    expect(messages(reports).filter((message) => message.includes('one part of a zip that was split'))).toHaveLength(2);
  });

  it('is not what a sound zip with such a name is called', async () => {
    expect(messages(await reportsOf({ 'x.zip.001': makeZip([{ name: 'a', bytes: log('A') }]) }))).toEqual([]);
  });
});
