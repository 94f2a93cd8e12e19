/** Writes tar archives. */

export interface TarMember {
  /** As bytes where it is no UTF-8. */
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  /** `0` a file, `1` a hard link, `2` a symbolic link, `3` a device, `5` a folder, `S` a sparse file; default: a file. */
  readonly type?: string;
  /** How a name of more than 100 bytes is written; default: `pax`. */
  readonly longName?: 'pax' | 'gnu' | 'prefix';
  /** What the header says of the size in place of the truth. */
  readonly saysBytes?: number;
}

const blockBytes = 512;
const nameBytes = 100;

/** The archive in ustar format, with two empty blocks at its end. */
export function makeTar(members: readonly TarMember[]): Uint8Array {
  return Buffer.concat([...members.flatMap(entry), Buffer.alloc(2 * blockBytes)]);
}

function entry({ name, bytes, type = '0', longName = 'pax', saysBytes }: TarMember): Buffer[] {
  const whole = Buffer.from(name);
  const size = saysBytes ?? bytes.length;
  if (whole.length <= nameBytes) return [header(whole, '', type, size), padded(bytes)];
  if (typeof name !== 'string') throw new RangeError('a long name in bytes is not written');
  if (longName === 'prefix') {
    const cut = name.lastIndexOf('/');
    return [header(Buffer.from(name.slice(cut + 1)), name.slice(0, cut), type, size), padded(bytes)];
  }
  const extra = longName === 'gnu' ? Buffer.concat([whole, Buffer.alloc(1)]) : paxRecord('path', name);
  const own =
    longName === 'gnu'
      ? header(Buffer.from('././@LongLink'), '', 'L', extra.length)
      : header(Buffer.from('pax'), '', 'x', extra.length);
  return [own, padded(extra), header(whole.subarray(0, nameBytes), '', type, size), padded(bytes)];
}

function header(name: Buffer, prefix: string, type: string, size: number): Buffer {
  const block = Buffer.alloc(blockBytes);
  name.copy(block, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257, 'latin1');
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** One line of a pax header: its own length in decimal digits stands first and counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest;
  while (length !== rest + String(length).length) length = rest + String(length).length;
  return Buffer.from(`${String(length)} ${key}=${value}\n`);
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((blockBytes - (bytes.length % blockBytes)) % blockBytes)]);
}
