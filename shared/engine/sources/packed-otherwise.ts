/** Files in unsupported packings, recognised by their first bytes. */

/** A packing: its name, and the command that unpacks it. */
export interface ForeignPacking {
  readonly bytes: readonly number[];
  readonly what: string;
  readonly how: string;
}

const latin = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));
const zstd = { what: 'a zstd file', how: '`zstd -d FILE`, of a .tar.zst `tar --zstd -xf FILE`' };
const lz4 = { what: 'an lz4 file', how: '`lz4 -d FILE`, of a .tar.lz4 `lz4 -dc FILE | tar -x`' };

export const foreignPackings: readonly ForeignPacking[] = [
  { bytes: latin('BZh'), what: 'a bzip2 file', how: '`bunzip2 FILE`, of a .tar.bz2 `tar -xjf FILE`' },
  { bytes: [0xfd, ...latin('7zXZ'), 0x00], what: 'an xz file', how: '`unxz FILE`, of a .tar.xz `tar -xJf FILE`' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], ...zstd },
  // A frame to be skipped, with which some writers of zstd begin: https://www.rfc-editor.org/rfc/rfc8878#section-3.1.2
  ...Array.from({ length: 16 }, (_, i) => ({ bytes: [0x50 + i, 0x2a, 0x4d, 0x18], ...zstd })),
  { bytes: [0x04, 0x22, 0x4d, 0x18], ...lz4 },
  { bytes: [0x02, 0x21, 0x4c, 0x18], ...lz4 },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: 'a 7z archive', how: '`7z x FILE`' },
  { bytes: latin('Rar!\u001a\u0007'), what: 'a rar archive', how: '`unrar x FILE`' },
];

/** Whether bytes begin like a file in such a packing. */
export function isPackedOtherwise(head: Uint8Array): boolean {
  return foreignPackings.some(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
}
