/** Parts of an archive that was split into several files: reported as such, since no part can be read alone. */
import { endSignature, viewOf } from './zip-format';
import type { RandomAccess } from './random-access';

const endBytes = 22;
const maxComment = 0xffff;

export const splitZipText =
  'it is one part of a zip that was split into several files: put them together first (`zip -s 0 LAST.zip --out whole.zip`, or `cat` for .001, .002 …) and open that';

/** Advice for a file whose name looks like a split part; null otherwise. Only for files with a problem: the name alone proves nothing. */
export function splitPartText(path: string): string | null {
  if (/\.(?:z\d\d|zip\.\d{3,})$/i.test(path)) return splitZipText;
  if (/\.(?:7z\.\d{3,}|part\d+\.rar|r\d\d)$/i.test(path)) {
    return 'it is one part of an archive that was split into several files: unpack it with all its parts in one folder, and open what was in it';
  }
  return null;
}

/** Whether a zip declares itself the first or the last of several parts. */
export function isSplitZip(access: RandomAccess): boolean {
  const head = access.bytes(0, 8);
  const isFirst = [0x50, 0x4b, 7, 8, 0x50, 0x4b, 3, 4].every((byte, i) => head[i] === byte);
  return isFirst || diskOfEnd(access) > 0;
}

/** The part that holds the end of the directory, from 0. */
function diskOfEnd(access: RandomAccess): number {
  const tail = access.bytes(Math.max(0, access.size - endBytes - maxComment), endBytes + maxComment);
  const view = viewOf(tail);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail[at] !== 0x50 || view.getUint32(at, true) !== endSignature) continue;
    const disk = view.getUint16(at + 4, true);
    // In a zip64 the number is elsewhere; and a comment must end where the file does.
    if (disk === 0xffff || at + endBytes + view.getUint16(at + 20, true) !== tail.length) return 0;
    return disk;
  }
  return 0;
}
