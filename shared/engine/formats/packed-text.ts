/**
 * Decodes base64 and gzip texts in JSON: CloudWatch Logs sends events to Lambda and Kinesis this way.
 *
 * Source: the Amazon CloudWatch Logs User Guide, "Log group-level subscription filters".
 */
import { constants, gunzipSync } from 'node:zlib';
import type { ImportLimits } from '#contract/limits';
import type { FileProblem } from '#contract/report';

/** Up to this many unpacked bytes per file, any ratio is harmless. */
const ratioCheckedFrom = 64 * 2 ** 20;
const equals = 0x3d;
const openBrace = 0x7b;
const openBracket = 0x5b;
/** Characters that show what a base64 text contains. */
const headCharacters = 8;

/** The content of a packed text, as far as it could be unpacked. */
export interface OpenedText {
  readonly bytes: Uint8Array;
  readonly problem: Pick<FileProblem, 'code' | 'message' | 'limit'> | null;
}

/** Unpacks the texts of one file, within limits for all of them together. */
export class PackedTexts {
  private readonly limits: Pick<ImportLimits, 'ratio' | 'recordBytes'>;
  private readonly ratioFromBytes: number;
  private packed = 0;
  private unpacked = 0;

  /** @param ratioFromBytes the ratio applies from this many unpacked bytes on; tests set it lower */
  constructor(limits: Pick<ImportLimits, 'ratio' | 'recordBytes'>, ratioFromBytes = ratioCheckedFrom) {
    this.limits = limits;
    this.ratioFromBytes = ratioFromBytes;
  }

  /** The content of a text that is gzip data, or base64 of gzip data or JSON; null where it is neither. */
  open(text: Uint8Array): OpenedText | null {
    if (isGzip(text)) return this.gunzip(text);
    return isBase64(text) ? decoded(text) : null;
  }

  private gunzip(packed: Uint8Array): OpenedText {
    const { ratio, recordBytes } = this.limits;
    this.packed += packed.length;
    const left = Math.max(this.ratioFromBytes, ratio * this.packed) - this.unpacked;
    const most = Math.min(left, recordBytes);
    const limit = most < recordBytes ? 'ratio' : 'recordBytes';
    const tooLarge = {
      code: 'limit',
      message:
        limit === 'ratio'
          ? `the packed texts of this file unpack to more than ${String(ratio)} times their size; this one was left out`
          : `a packed text that unpacks to more than ${String(recordBytes)} bytes; it was left out`,
      limit,
    } as const;
    if (most <= 0) return { bytes: nothing, problem: tooLarge };
    const whole = tryGunzip(packed, most);
    if (whole === 'tooLarge') {
      this.unpacked += most;
      return { bytes: nothing, problem: tooLarge };
    }
    if (whole !== 'broken') {
      this.unpacked += whole.bytes.length;
      const behind = packed.length - whole.used;
      const message = `gzip data in a text, with ${String(behind)} bytes after its end, which were not read`;
      return { bytes: whole.bytes, problem: behind === 0 ? null : { code: 'bad-gzip', message } };
    }
    const bytes = this.soundPart(packed, most);
    const message = `gzip data in a text that is damaged or cut off; ${String(bytes.length)} bytes of it could be unpacked`;
    return { bytes, problem: { code: 'bad-gzip', message } };
  }

  /** The content of the longest valid prefix: on an error, zlib drops a whole piece. */
  private soundPart(packed: Uint8Array, most: number): Uint8Array {
    let sound = nothing;
    let from = 0;
    let to = packed.length + 1;
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      const part = tryGunzip(packed.subarray(0, middle), most, constants.Z_SYNC_FLUSH);
      if (typeof part === 'string') to = middle;
      else {
        this.unpacked += part.bytes.length;
        sound = part.bytes;
        from = middle;
      }
    }
    return sound;
  }
}

const nothing: Uint8Array = new Uint8Array(0);

function tryGunzip(
  packed: Uint8Array,
  maxOutputLength: number,
  finishFlush = constants.Z_FINISH,
): { readonly bytes: Uint8Array; readonly used: number } | 'broken' | 'tooLarge' {
  try {
    // With `info`, which the types leave out, zlib's engine is returned and knows how much it used.
    const { buffer, engine } = gunzipSync(packed, { maxOutputLength, finishFlush, info: true }) as unknown as {
      readonly buffer: Uint8Array;
      readonly engine: { readonly bytesWritten: number };
    };
    return { bytes: buffer, used: engine.bytesWritten };
  } catch (thrown) {
    return thrown instanceof RangeError ? 'tooLarge' : 'broken';
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08;
}

/** Whether a text is base64 of gzip data or of JSON, judged by its first characters, since plain words are valid base64 too. */
function isBase64(text: Uint8Array): boolean {
  if (text.length < headCharacters) return false;
  for (let at = 0; at < headCharacters; at++) if (codes[text[at] as number] !== 1) return false;
  const head = Buffer.from(latin(text.subarray(0, headCharacters)), 'base64');
  const [first, second = 0] = head;
  const mayFollow = ' \t\r\n"}]{[';
  const isJson = (first === openBrace || first === openBracket) && mayFollow.includes(String.fromCharCode(second));
  return isJson || isGzip(head);
}

function decoded(text: Uint8Array): OpenedText {
  let end = text.length;
  while (end > 0 && (text[end - 1] === equals || isLineEnd(text[end - 1]))) end--;
  let at = 0;
  while (at < end && (codes[text[at] as number] === 1 || isLineEnd(text[at]))) at++;
  const bytes = Buffer.from(latin(text.subarray(0, at)), 'base64');
  const message = `a base64 text that is invalid from its character ${String(at + 1)} on; what came before was read`;
  return { bytes, problem: at === end ? null : { code: 'bad-json', message } };
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

/** 1 for the characters of both base64 alphabets. */
const codes = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  codes[character.charCodeAt(0)] = 1;
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
