/** Reads a file that somebody brought along, such as a list of keys or a manifest. */
import { closeSync, readSync } from 'node:fs';
import { formatBytes } from '#core/figures';
import { openEvidence } from './open-evidence';

/** Its text as UTF-8. Throws the system's error, or one that says that it is too large. */
export function readSmallText(path: string, maxBytes: number): string {
  const { descriptor, state } = openEvidence(path);
  try {
    if (state.size > maxBytes) throw new Error(`it is larger than ${formatBytes(maxBytes)}`);
    const bytes = new Uint8Array(state.size);
    let read = 0;
    for (let more = 1; more > 0 && read < bytes.length; read += more)
      more = readSync(descriptor, bytes, read, bytes.length - read, read);
    return new TextDecoder().decode(bytes.subarray(0, read));
  } finally {
    closeSync(descriptor);
  }
}
