/** Opens the text of a file, or of a member in it, again by its known location. */
import { lentBytes } from '../text/lent';
import { AccessStream, PartStream, PeekStream } from './byte-stream';
import { contentKind, headBytes } from './content-kind';
import type { ContainerStep } from './member';
import { AccessInput, StreamInput } from './packed-input';
import { HeldBytes, type RandomAccess } from './random-access';
import { noLimits } from './unpack-limits';
import { GzipStream, InflateStream } from './unpack-streams';
import { zipContent } from './zip-member';

/**
 * Follows the steps from a file on disk to the bytes of a member and unpacks every gzip; null where a step no longer fits. Only what comes
 * before the text is read, and only where it is packed. No limits apply: it was within them at import.
 */
export async function openText(file: RandomAccess, steps: readonly ContainerStep[]): Promise<PeekStream | null> {
  let access: RandomAccess | null = file;
  let stream = new PeekStream(new AccessStream(file));
  for (const step of steps) {
    ({ access, stream } = await withoutGzip(access, stream));
    if (step.kind === 'zip') {
      if (access === null) {
        const held: Uint8Array | null = await stream.hold(Infinity, 0);
        if (held === null) return null;
        access = new HeldBytes(held);
      }
      const content = zipContent(access, step);
      if ('code' in content) return null;
      const { packed, offset } = content;
      access = step.method === 'stored' ? packed : null;
      const input =
        step.method === 'stored'
          ? new AccessStream(packed)
          : new InflateStream(new AccessInput(packed), noLimits, offset);
      stream = new PeekStream(input);
    } else if (access !== null) {
      access = access.slice(step.offset, step.bytes);
      stream = new PeekStream(new AccessStream(access));
    } else {
      if ((await stream.skip(step.offset)) < step.offset) return null;
      stream = new PeekStream(new PartStream(stream, step.bytes));
    }
  }
  return (await withoutGzip(access, stream)).stream;
}

interface Opened {
  /** Null where the bytes can only be read in sequence. */
  readonly access: RandomAccess | null;
  readonly stream: PeekStream;
}

async function withoutGzip(access: RandomAccess | null, stream: PeekStream): Promise<Opened> {
  let opened: Opened = { access, stream };
  while (contentKind(lentBytes(await opened.stream.peek(headBytes))) === 'gzip') {
    const input = opened.access === null ? new StreamInput(opened.stream) : new AccessInput(opened.access);
    opened = { access: null, stream: new PeekStream(new GzipStream(input, noLimits)) };
  }
  return opened;
}
