/** Reads a JSON string of any kind. The scanner reads the plain values by itself and comes here for keys and for escapes. */
import { SLACK, withRoom } from './bytes';
import { Status, type Fault } from './scan-status';
import { encodeWtf8 } from './wtf8';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export class StringReader {
  /** The text that was read, unescaped: `length` bytes from `start` in these bytes. Valid until the next read. */
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  start = 0;
  length = 0;
  /** Offset after the closing quote in the bytes that were read from. */
  next = 0;
  /** True where the text holds no quote, backslash or control character. */
  plain = true;
  private scratch = new Uint8Array(1024);
  private scratchView = new DataView(this.scratch.buffer);
  private readonly fault: Fault;

  constructor(fault: Fault) {
    this.fault = fault;
  }

  /** Reads from `start`, just after the opening quote. */
  read(bytes: Uint8Array, view: DataView, start: number, end: number): Status {
    let at = start;
    let byte = 0;
    while (at < end && (byte = bytes[at] as number) !== QUOTE && byte !== BACKSLASH && byte >= 0x20) at += 1;
    if (at >= end) return Status.needMore;
    if (byte === QUOTE) {
      this.bytes = bytes;
      this.view = view;
      this.start = start;
      this.length = at - start;
      this.next = at + 1;
      this.plain = true;
      return Status.ok;
    }
    return this.readEscaped(bytes, start, end, at);
  }

  private readEscaped(bytes: Uint8Array, start: number, end: number, firstSpecial: number): Status {
    this.makeRoom(firstSpecial - start);
    this.scratch.set(bytes.subarray(start, firstSpecial));
    let length = firstSpecial - start;
    let plain = true;
    let at = firstSpecial;
    for (;;) {
      if (at >= end) return Status.needMore;
      this.makeRoom(length + 4);
      const byte = bytes[at] as number;
      if (byte === QUOTE) break;
      if (byte < 0x20) return this.bad('a control character inside a string', at);
      if (byte !== BACKSLASH) {
        this.scratch[length++] = byte;
        at += 1;
        continue;
      }
      if (at + 1 >= end) return Status.needMore;
      const escape = bytes[at + 1] as number;
      if (escape !== 0x75) {
        const code = escapedByte(escape);
        if (code < 0) return this.bad('an escape that JSON does not know', at);
        if (code < 0x20 || code === QUOTE || code === BACKSLASH) plain = false;
        this.scratch[length++] = code;
        at += 2;
        continue;
      }
      let code = hexUnit(bytes, at + 2, end);
      if (code === NEED_MORE) return Status.needMore;
      if (code < 0) return this.bad('\\u without four hex digits', at);
      at += 6;
      if (code >= 0xd800 && code < 0xdc00) {
        // A pair makes one character; anything else leaves the surrogate alone. What cannot be seen yet may still be the other half.
        const low =
          bytes[at] === BACKSLASH && bytes[at + 1] === 0x75 && at + 1 < end ? hexUnit(bytes, at + 2, end) : -1;
        if (at >= end || (bytes[at] === BACKSLASH && at + 1 >= end) || low === NEED_MORE) return Status.needMore;
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          at += 6;
        }
      }
      if (code < 0x20 || code === QUOTE || code === BACKSLASH) plain = false;
      length = encodeWtf8(this.scratch, length, code);
    }
    this.bytes = this.scratch;
    this.view = this.scratchView;
    this.start = 0;
    this.length = length;
    this.next = at + 1;
    this.plain = plain;
    return Status.ok;
  }

  private makeRoom(length: number): void {
    if (length + SLACK <= this.scratch.length) return;
    this.scratch = withRoom(this.scratch, length + SLACK);
    this.scratchView = new DataView(this.scratch.buffer);
  }

  private bad(message: string, at: number): Status {
    this.fault.code = 'bad-json';
    this.fault.message = message;
    this.fault.at = at;
    return Status.bad;
  }
}

const NEED_MORE = -2;

/** The code unit of four hex digits, -1 where they are none, {@link NEED_MORE} where the bytes end first. */
function hexUnit(bytes: Uint8Array, at: number, end: number): number {
  let unit = 0;
  for (let i = at; i < at + 4; i += 1) {
    if (i >= end) return NEED_MORE;
    const digit = hexDigit(bytes[i] as number);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function escapedByte(escape: number): number {
  switch (escape) {
    case 0x22: // "
    case 0x5c: // \
    case 0x2f: // /
      return escape;
    case 0x62: // b
      return 0x08;
    case 0x66: // f
      return 0x0c;
    case 0x6e: // n
      return 0x0a;
    case 0x72: // r
      return 0x0d;
    case 0x74: // t
      return 0x09;
    default:
      return -1;
  }
}
