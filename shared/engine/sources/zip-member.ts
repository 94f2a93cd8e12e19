/** The content of a zip's member, by the step that leads to it. */
import type { FileProblem } from '#contract/report';
import { loss } from './problems';
import { HeldBytes, type RandomAccess } from './random-access';
import { maxWholePacked } from './unpack-whole';
import { descriptor, localBytes, readLocalHeader, viewOf, type ZipStep } from './zip-format';

/** Most headers are shorter, so that one read gets header and content of a small member. */
const usualHeaderBytes = 512;
const descriptorBytes = 24;
const maxHeaderBytes = localBytes + 2 * 0xffff;

export interface ZipContent {
  /** The packed bytes. */
  readonly packed: RandomAccess;
  /** Where it begins in the archive. */
  readonly offset: number;
  /** Checksum of the unpacked content; null where the archive has none. */
  readonly crc: number | null;
}

/** Finds the packed content; a problem where there is none. Throws the system's error. */
export function zipContent(whole: RandomAccess, step: ZipStep): ZipContent | FileProblem {
  const { packedBytes } = step;
  let access = whole;
  let at = step.headerOffset;
  if (packedBytes <= maxWholePacked && !(whole instanceof HeldBytes)) {
    access = new HeldBytes(whole.bytes(at, usualHeaderBytes + packedBytes + descriptorBytes));
    at = 0;
  }
  let header = readLocalHeader(access.bytes(at, usualHeaderBytes), at);
  if (header !== null && header.entry.headerBytes > usualHeaderBytes) {
    access = whole;
    at = step.headerOffset;
    header = readLocalHeader(access.bytes(at, maxHeaderBytes), at);
  }
  if (header === null) return loss('bad-archive', 'it is not where the directory of its archive says');
  const start = at + header.entry.headerBytes;
  const crc = header.crc ?? crcBehind(access, start + packedBytes, packedBytes);
  const offset = step.headerOffset + header.entry.headerBytes;
  return { packed: access.slice(start, packedBytes), offset, crc };
}

export const encryptedProblem = loss('encrypted', 'is encrypted: unpack it with its password, then open the folder');

/** A member packed by a method that is not read. */
export function methodProblem(method: string): FileProblem {
  return loss('unknown-format', `is packed by ${method}, which is not read: unpack it, then open the folder`);
}

/** The problem where checksum or length differ from the archive's; null where neither does. @param stated the archive's checksum, if any */
export function contentProblem(step: ZipStep, stated: number | null, crc: number, length: number): FileProblem | null {
  const isWhole = length === step.unpackedBytes;
  if (isWhole && (stated === null || stated === crc)) return null;
  const what = isWhole ? 'checksum' : 'length';
  const message = `its ${what} in the archive is wrong: it was damaged or changed; all of it was read anyway`;
  return loss('bad-archive', message, length);
}

/** The checksum in the descriptor after the content. */
function crcBehind(access: RandomAccess, at: number, packedBytes: number): number | null {
  const bytes = access.bytes(at, 12);
  if (bytes.length < 12) return null;
  const view = viewOf(bytes);
  // The signature may be missing; then only a matching length shows that this is a descriptor.
  if (view.getUint32(0, true) === descriptor) return view.getUint32(4, true);
  return view.getUint32(4, true) === packedBytes ? view.getUint32(0, true) : null;
}
