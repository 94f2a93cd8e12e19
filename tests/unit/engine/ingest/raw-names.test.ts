import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Check } from '#engine/text/utf8-check';
import { onDisk, pathOfBytes, shownPath } from '#engine/sources/raw-path';
import { decodeBytes } from '../../../helpers/decode-texts';
import { envelope, record } from '../../../helpers/evidence';
import { makeTar } from '../../../helpers/make-tar';
import { makeZip } from '../../../helpers/make-zip';
import { openBytes, openHere } from '../../../helpers/open-here';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const log = (name: string): Buffer => Buffer.from(envelope(record(name)));

// Other systems have no such names.
describe.runIf(process.platform === 'linux')('a file whose name is no UTF-8', () => {
  it('is read, in any folder and as any archive, its events are found again, and its bytes show', async () => {
    const folder = await temporaryFolder();
    const bytes = (...parts: readonly (string | number)[]): Buffer =>
      Buffer.concat([
        Buffer.from(`${folder}/`),
        ...parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))),
      ]);
    mkdirSync(bytes('caf', 0xe9));
    writeFileSync(bytes('caf', 0xe9, '/', 0xff, '.json'), log('Deep'));
    writeFileSync(bytes(0xe9, '.gz'), gzipSync(log('Packed')));
    writeFileSync(bytes(0xe8, '.gz'), gzipSync(log('Other')));
    writeFileSync(bytes(0xe9, '.zip'), makeZip([{ name: 'a.json', bytes: log('Member') }]));
    writeFileSync(bytes('é', 0xc3, '.json'), '{');
    const { names, files, report } = await openHere(folder);
    expect([...names].sort()).toEqual(['Deep', 'Member', 'Other', 'Packed']);
    expect(report.filesRead).toBe(5);
    expect(files.map(({ path }) => path)).toEqual(['é\\xC3.json']);
  });

  it('has a path that gives its bytes back, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 30 }), (bytes) => {
        expect(Buffer.from(onDisk(pathOfBytes(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
    expect(shownPath(pathOfBytes(Buffer.from([0x61, 0xe9, 0xc3, 0xa9, 0xff])))).toBe('a\\xE9é\\xFF');
  });
});

it('shows the bytes of a name in a tar that are no UTF-8', async () => {
  const tar = Buffer.from(makeTar([{ name: 'cafX.json', bytes: log('A') }]));
  tar.writeUInt8(0xe9, tar.indexOf('X.json'));
  const sum = tar.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  expect((await decodeBytes(tar)).map(({ path }) => path)).toEqual(['file!/caf\\xE9.json', 'file']);
});

describe('bytes of a text that are no UTF-8', () => {
  it('get a note with the place of the first, where events are in it', async () => {
    const text = Buffer.from(envelope(record('A', { userAgent: 'x?y' })));
    const at = text.indexOf('?');
    text.writeUInt8(0xe9, at);
    for (const bytes of [text, gzipSync(text)]) {
      const { names, files } = await openBytes(bytes);
      expect(names).toEqual(['A']);
      expect(files[0]?.problems).toMatchObject([{ code: 'oddity', severity: 'note', atByte: at }]);
      expect(files[0]?.problems[0]?.message).toMatch(/^bytes that are not UTF-8/);
    }
    expect((await openBytes(Buffer.from(envelope(record('é\u{1f600}'))))).files).toEqual([]);
  });

  it('are found wherever the text is cut', () => {
    const character = fc.constantFrom('a', 'é', '€', '\u{1f600}', '\ufffd');
    const bad = fc.constantFrom([0xe9], [0x80], [0xc3], [0xf0, 0x9f], [0xed, 0xa0, 0x80], [0xff]);
    const parts = fc.array(fc.oneof({ weight: 6, arbitrary: character }, { weight: 1, arbitrary: bad }));
    fc.assert(
      fc.property(parts, fc.infiniteStream(fc.integer({ min: 1, max: 4 })), (all, sizes) => {
        const bytes = Buffer.concat(
          all.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
        );
        const check = new Utf8Check();
        for (let at = 0; at < bytes.length;) {
          const length = sizes.next().value ?? 1;
          check.push(bytes.subarray(at, at + length), false);
          at += length;
        }
        check.push(new Uint8Array(0), true);
        expect(check.firstInvalid).toBe(firstInvalid(bytes));
      }),
      { numRuns: 500 },
    );
  });
});

/** The longest start of the text that is UTF-8, by the decoder that refuses. */
function firstInvalid(bytes: Uint8Array): number | null {
  const isSound = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length));
      return true;
    } catch {
      return false;
    }
  };
  if (isSound(bytes.length)) return null;
  let at = bytes.length;
  while (!isSound(at)) at--;
  return at;
}
