/** Names what begins with neither `{` nor `[`. */

const magics: readonly { readonly bytes: readonly number[]; readonly name: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'a zip archive, which has to be unpacked first' },
  { bytes: [0x50, 0x41, 0x52, 0x31], name: 'Parquet (as Security Lake writes it), which is not supported' },
  { bytes: [0xff, 0xfe], name: 'UTF-16 text; it has to be saved as UTF-8' },
  { bytes: [0xfe, 0xff], name: 'UTF-16 text; it has to be saved as UTF-8' },
  { bytes: [0x42, 0x5a, 0x68], name: 'a bzip2 file, which has to be unpacked first' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], name: 'a zstd file, which has to be unpacked first' },
];

/** One line for the list of what was not read. */
export function describeUnknown(bytes: Uint8Array, start: number, end: number): string {
  const known = magics.find((magic) => magic.bytes.every((byte, i) => start + i < end && bytes[start + i] === byte));
  return known === undefined ? 'neither JSON nor gzip' : `it looks like ${known.name}`;
}
