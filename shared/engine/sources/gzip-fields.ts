/** Events in the headers of gzip data, where nothing unpacks them: such fields are not read, and that is said. */
import type { FileProblem } from '#contract/report';
import { headerOf, findHeaderWithFields } from './gzip-header';
import { mayHoldEvents, Unread } from './stretch';

/** See {@link Unread.problem}. */
export const inGzipHeaders = 'in the header of the gzip data';

/**
 * What to say of the headers of gzip data that is known to unpack; null where no field of them may hold events.
 *
 * @param isSeveral whether it may have more than one member; headers of further ones are then found by their look
 */
export function unreadFields(packed: Uint8Array, isSeveral: boolean): FileProblem | null {
  const left = new Unread();
  for (let at = 0; at >= 0; at = isSeveral ? findHeaderWithFields(packed, at + 1) : -1) {
    for (const { offset, bytes } of headerOf(packed, at).fields) {
      if (mayHoldEvents(bytes)) left.add({ offset, bytes: bytes.length });
    }
  }
  return left.problem('loss', inGzipHeaders);
}
