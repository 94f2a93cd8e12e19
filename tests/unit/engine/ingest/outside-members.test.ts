import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { envelope, record } from '../../../helpers/evidence';
import { makeZip } from '../../../helpers/make-zip';
import { openBytes } from '../../../helpers/open-here';

const hidden = Buffer.from(`{"eventName":"Hidden"}`);
const member = (name: string): { readonly name: string; readonly bytes: Buffer } => ({
  name: `${name}.json`,
  bytes: Buffer.from(envelope(record(name))),
});
const whole = Buffer.from(makeZip([member('A'), member('B')]));
const second = whole.indexOf('PK\x03\x04', 4, 'latin1');
const directory = whole.indexOf('PK\x01\x02', 0, 'latin1');
const insert = (at: number, what: Uint8Array): Buffer =>
  Buffer.concat([whole.subarray(0, at), what, whole.subarray(at)]);

/** The offsets of a directory count what was put in. */
function zipWithin(at: number, what: Uint8Array): Buffer {
  const bytes = insert(at, what);
  const start = directory + (at <= directory ? what.length : 0);
  bytes.writeUInt32LE(start, bytes.length - 22 + 16);
  let entry = start;
  for (const offset of [0, second]) {
    bytes.writeUInt32LE(at <= offset ? offset + what.length : offset, entry + 42);
    entry = bytes.indexOf('PK\x01\x02', entry + 4, 'latin1');
  }
  return bytes;
}

const places = {
  'before its first member': [zipWithin(0, hidden), insert(0, hidden)],
  'between two members': [zipWithin(second, hidden), insert(second, hidden)],
  'between the last member and the directory': [zipWithin(directory, hidden)],
  'behind its end': [Buffer.concat([whole, hidden])],
} as const;

describe('events in a zip outside of its members', () => {
  it.each(Object.entries(places))('are read %s, with a line of their own in the report', async (_, archives) => {
    for (const archive of archives) {
      for (const bytes of [archive, gzipSync(archive)]) {
        const { names, files } = await openBytes(bytes);
        expect([...names].sort()).toEqual(['A', 'B', 'Hidden']);
        const said = files.flatMap(({ problems }) => problems.map(({ message }) => message));
        expect(said).toContain(
          'a stretch of bytes that belongs to no member: read like a file, and listed by the place',
        );
      }
    }
  });

  it('are read as a packed file too, and as a table', async () => {
    const csv = 'User name,Event time,Event source,Event name\nalice,2024-03-04T10:00:00Z,s3.amazonaws.com,Hidden\n';
    const wide = Buffer.from(hidden.toString(), 'utf16le');
    for (const what of [gzipSync(hidden), Buffer.from(csv), wide, Buffer.from(wide).swap16()]) {
      const { names } = await openBytes(zipWithin(second, what));
      expect([...names].sort()).toEqual(['A', 'B', 'Hidden']);
    }
  });

  it('are read in a comment and in extra fields', async () => {
    const comment = Buffer.concat([whole, hidden]);
    comment.writeUInt16LE(hidden.length, whole.length - 2);
    const field = Buffer.concat([Buffer.from([0x99, 0x99, hidden.length, 0]), hidden]);
    const local = zipWithin(30 + 'A.json'.length, field);
    local.writeUInt16LE(field.length, 28);
    local.writeUInt32LE(0, local.indexOf('PK\x01\x02', 0, 'latin1') + 42);
    const own = insert(directory + 46 + 'A.json'.length, field);
    own.writeUInt16LE(field.length, directory + 30);
    own.writeUInt32LE(own.readUInt32LE(own.length - 10) + field.length, own.length - 10);
    for (const bytes of [comment, local, own]) {
      const { names } = await openBytes(bytes);
      expect([...names].sort()).toEqual(['A', 'B', 'Hidden']);
    }
  });
});

describe('bytes in a zip outside of its members', () => {
  it('that hold no events are listed with their number and place', async () => {
    const { names, files, report } = await openBytes(zipWithin(second, Buffer.from('nothing that anybody could read')));
    expect(names.length).toBe(2);
    expect(report.filesUnread).toBe(1);
    expect(files.map(({ path }) => path)).toContain(
      `evidence!/(31 bytes at byte ${String(second)} that belong to no member)`,
    );
  });

  it('that are too few for an event, or a comment, are told of by a note', async () => {
    const comment = Buffer.concat([whole, Buffer.from('made by hand')]);
    comment.writeUInt16LE(12, whole.length - 2);
    for (const bytes of [zipWithin(second, Buffer.from('x')), comment]) {
      const { files, report } = await openBytes(bytes);
      expect({ lost: report.filesUnread + report.filesPartial }).toEqual({ lost: 0 });
      expect(files.flatMap(({ problems }) => problems.map(({ message }) => message)).join()).toMatch(
        /^1 byte that.*at byte \d+|^12 bytes of the archive's comment.*at byte \d+/,
      );
    }
  });

  it('that are padding, or an older directory, are not worth a word', async () => {
    const grown = Buffer.concat([
      whole.subarray(0, directory),
      whole.subarray(directory, -22),
      whole.subarray(directory),
    ]);
    grown.writeUInt32LE(directory * 2 + (whole.length - 22 - directory) - directory, grown.length - 6);
    for (const bytes of [zipWithin(second, Buffer.alloc(100)), Buffer.concat([whole, Buffer.alloc(2048)]), grown]) {
      expect((await openBytes(bytes)).files).toEqual([]);
    }
  });
});
