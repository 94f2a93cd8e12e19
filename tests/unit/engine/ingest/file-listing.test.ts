import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileListing } from '#engine/sources/file-listing';
import type { ListedFile } from '#engine/sources/listed-file';
import type { ContainerStep } from '#engine/sources/member';
import { listingOf } from '../../../helpers/listing-of';

/** Any string, with letters whose order in UTF-8 is not that of their code units, and bytes of names that are no UTF-8. */
const text = fc.oneof(
  fc.array(fc.constantFrom('a', 'é', '\uffff', '\ue000', '\u{1f600}', '\ud800', '\udce9', '\ud7ff', '/', '!/')),
  fc.array(fc.string({ unit: 'binary' })),
);
const name = text.map((parts) => parts.join(''));
const bytes = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const state = fc.record({ sizeBytes: bytes, mtimeMs: fc.double({ noNaN: true }), ctimeMs: bytes, inode: bytes });
const step: fc.Arbitrary<ContainerStep> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('zip' as const),
      headerOffset: bytes,
      packedBytes: bytes,
      unpackedBytes: bytes,
      method: fc.constantFrom('stored' as const, 'deflated' as const),
      isLink: fc.constant(true as const),
    },
    { requiredKeys: ['kind', 'headerOffset', 'packedBytes', 'unpackedBytes', 'method'] },
  ),
  fc.record({ kind: fc.constant('stretch' as const), offset: bytes, bytes }),
);
/** A file on disk with what is in it, or itself. */
const onDisk: fc.Arbitrary<readonly ListedFile[]> = fc
  .record({ folder: name, prefix: name, own: name, source: fc.nat(), state, members: fc.array(fc.tuple(name, step)) })
  .map(({ folder, prefix, own, source, state: known, members }) => {
    const file = { ...known, path: `/${folder}/${own}`, relative: prefix + own, source };
    if (members.length === 0) return [{ ...file, steps: [], packedBytes: known.sizeBytes }];
    return members.map(([member, to]) => ({
      ...file,
      relative: `${file.relative}!/${member}`,
      steps: [to],
      packedBytes: to.kind === 'zip' ? to.packedBytes : to.bytes,
    }));
  });
const files = fc
  .uniqueArray(onDisk, { selector: ([first]) => first?.path })
  .map((all) => all.flat())
  .filter((all) => new Set(all.map(({ relative }) => relative)).size === all.length);

describe('the listing of an import', () => {
  it('gives every file back as it was, in code-unit order, in this thread and in another one', () => {
    fc.assert(
      fc.property(files, (all) => {
        const listing = listingOf(all);
        const expected = [...all].sort((one, other) => (one.relative < other.relative ? -1 : 1));
        expect([...listing]).toEqual(expected);
        expect([...new FileListing(listing.shared)]).toEqual(expected);
        expect(expected.map((_, at) => listing.sourceOf(at))).toEqual(expected.map(({ source }) => source));
        expect(listing.members).toBe(expected.filter(({ steps }) => steps.length > 0).length);
        expect(listing.packedBytes).toBe(expected.reduce((sum, { packedBytes }) => sum + packedBytes, 0));
      }),
      { numRuns: 300 },
    );
  });

  it('has nothing before its first file and behind its last one', () => {
    const listing = listingOf([]);
    expect([listing.length, listing.at(-1), listing.at(0), listing.sourceOf(-1)]).toEqual([
      0,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('puts members of one name in the order they lie in, and files on disk of one name by their paths', () => {
    const file = (path: string, headerOffset: number): ListedFile => ({
      path,
      relative: 'a.zip!/b',
      source: 0,
      steps: [{ kind: 'zip', headerOffset, packedBytes: 1, unpackedBytes: 1, method: 'stored' }],
      packedBytes: 1,
      ...{ sizeBytes: 9, mtimeMs: 1, ctimeMs: 1, inode: 1 },
    });
    const all = [file('/2', 5), file('/2', 3), file('/1', 7), file('/1', 6)];
    expect(Array.from(listingOf(all), ({ path, steps: [to] }) => [path, to])).toMatchObject([
      ['/1', { headerOffset: 6 }],
      ['/1', { headerOffset: 7 }],
      ['/2', { headerOffset: 3 }],
      ['/2', { headerOffset: 5 }],
    ]);
  });

  it('takes at most 260 bytes for each, however many threads read them, with names as long as CloudTrail makes them', () => {
    const folder = 'AWSLogs/123456789012/CloudTrail/us-east-1/2024/03/04/';
    const member = (at: number): ListedFile => ({
      path: '/cases/one/case.zip',
      relative: `case.zip!/${folder}${String(at).padStart(10, '0')}_CloudTrail_us-east-1_20240304T1005Z.json`,
      source: 0,
      steps: [{ kind: 'zip', headerOffset: at, packedBytes: 1, unpackedBytes: 1, method: 'stored' }],
      packedBytes: 1,
      ...{ sizeBytes: 9, mtimeMs: 1, ctimeMs: 1, inode: 1 },
    });
    const onDiskToo = (at: number): ListedFile => {
      const { relative } = member(at);
      return { ...member(at), path: `/cases/one/${relative}`, steps: [] };
    };
    const count = 50_000;
    for (const [make, most] of [
      [member, 200],
      [onDiskToo, 260],
    ] as const) {
      const { shared } = listingOf(Array.from({ length: count }, (_, at) => make(at)));
      const pieces: unknown[] = Object.values(shared).flat();
      let sum = 0;
      for (const piece of pieces) {
        if (!(piece instanceof SharedArrayBuffer)) throw new Error('not shared');
        sum += piece.byteLength;
      }
      expect(sum / count).toBeLessThan(most);
    }
  });
});
