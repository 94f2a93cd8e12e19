/**
 * The leaves of the rows of a segment in the order they were read, before they are sorted into columns.
 *
 * Appending to a log and sorting it once is as fast as appending to a thousand columns, and a broken record is undone by shortening it.
 */
import { withRoom } from './bytes';

export class LeafLog {
  /** Numbered values: path and code of each. Append only after {@link makeRoom}. */
  paths = new Uint32Array(65536);
  codes = new Uint32Array(65536);
  count = 0;
  /** Identifier columns: path and row of each, 16 bytes each. */
  uuidPaths = new Uint32Array(4096);
  uuidRows = new Uint32Array(4096);
  uuidBytes = new Uint8Array(65536);
  uuidCount = 0;
  /** Identifier columns: path, row, and end of each in `textBytes`. */
  textPaths = new Uint32Array(4096);
  textRows = new Uint32Array(4096);
  textEnds = new Uint32Array(4096);
  textBytes = new Uint8Array(65536);
  textCount = 0;

  get textBytesUsed(): number {
    return this.textCount === 0 ? 0 : (this.textEnds[this.textCount - 1] as number);
  }

  get sizeBytes(): number {
    return this.count * 8 + this.uuidCount * 24 + this.textCount * 12 + this.textBytesUsed;
  }

  /** Room for `more` numbered values. */
  makeRoom(more: number): void {
    if (this.count + more <= this.paths.length) return;
    this.paths = withRoom(this.paths, this.count + more);
    this.codes = withRoom(this.codes, this.count + more);
  }

  add(path: number, code: number): void {
    this.makeRoom(1);
    this.paths[this.count] = path;
    this.codes[this.count] = code;
    this.count += 1;
  }

  /** Keeps the string as a UUID if it is one in canonical lower-case form. */
  addUuid(path: number, row: number, bytes: Uint8Array, start: number): boolean {
    const at = this.uuidCount * 16;
    this.uuidBytes = withRoom(this.uuidBytes, at + 16);
    if (!packUuid(bytes, start, this.uuidBytes, at)) return false;
    this.uuidPaths = withRoom(this.uuidPaths, this.uuidCount + 1);
    this.uuidRows = withRoom(this.uuidRows, this.uuidCount + 1);
    this.uuidPaths[this.uuidCount] = path;
    this.uuidRows[this.uuidCount] = row;
    this.uuidCount += 1;
    return true;
  }

  addText(path: number, row: number, bytes: Uint8Array, start: number, length: number): void {
    const used = this.textBytesUsed;
    this.textBytes = withRoom(this.textBytes, used + length);
    // A short string costs less byte by byte than the subarray that `set` needs.
    if (length < 64) for (let i = 0; i < length; i += 1) this.textBytes[used + i] = bytes[start + i] as number;
    else this.textBytes.set(bytes.subarray(start, start + length), used);
    this.textPaths = withRoom(this.textPaths, this.textCount + 1);
    this.textRows = withRoom(this.textRows, this.textCount + 1);
    this.textEnds = withRoom(this.textEnds, this.textCount + 1);
    this.textPaths[this.textCount] = path;
    this.textRows[this.textCount] = row;
    this.textEnds[this.textCount] = used + length;
    this.textCount += 1;
  }

  textLength(text: number): number {
    return (this.textEnds[text] as number) - (text === 0 ? 0 : (this.textEnds[text - 1] as number));
  }

  /** Forgets what came after these counts. */
  rollback(count: number, uuidCount: number, textCount: number): void {
    this.count = count;
    this.uuidCount = uuidCount;
    this.textCount = textCount;
  }
}

/** Value of a lower-case hex digit, 255 for every other byte. */
const hexValues = new Uint8Array(256).fill(255);
for (let digit = 0; digit < 16; digit += 1) hexValues[digit.toString(16).charCodeAt(0)] = digit;

/** Where the sixteen pairs of digits stand in `8-4-4-4-12`. */
const pairOffsets = new Uint8Array([0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]);
const DASH = 0x2d;

function packUuid(bytes: Uint8Array, start: number, out: Uint8Array, at: number): boolean {
  if (
    bytes[start + 8] !== DASH ||
    bytes[start + 13] !== DASH ||
    bytes[start + 18] !== DASH ||
    bytes[start + 23] !== DASH
  ) {
    return false;
  }
  let wrong = 0;
  for (let i = 0; i < 16; i += 1) {
    const pair = start + (pairOffsets[i] as number);
    const high = hexValues[bytes[pair] as number] as number;
    const low = hexValues[bytes[pair + 1] as number] as number;
    wrong |= high | low;
    out[at + i] = (high << 4) | low;
  }
  return wrong < 16;
}
