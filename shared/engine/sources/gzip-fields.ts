/** Events could be hidden in gzip headers, which no tool unpacks: such fields are not read, but they are reported. */
import type { FileProblem } from '#contract/report';
import { headerOf, findHeaderWithFields } from './gzip-header';
import { mayHoldEvents, Unread } from './stretch';

/** See {@link Unread.problem}. */
export const inGzipHeaders = 'in the header of the gzip data';

/**
 * The problem to report about the headers of intact gzip data; null where no field in them may hold events.
 *
 * @param isSeveral whether it may have more than one member; headers of further ones are then found by their signature
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
