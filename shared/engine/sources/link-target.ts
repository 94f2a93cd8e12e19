/** Entries that an archive marks as symbolic links: the content is a path, or something hidden under the guise of a link. */
import type { FileProblem } from '#contract/report';
import { decodeWtf8 } from '../text/wtf8';
import { note } from './problems';
import { mayHoldEvents } from './stretch';

/** No system takes longer paths. */
const maxTargetBytes = 4096;

/** Whether the content of a link is a path. Other content is read like a file. */
export function isLinkTarget(content: Uint8Array): boolean {
  const isPath = content.length <= maxTargetBytes && !content.some((byte) => byte < 0x20);
  return isPath && !mayHoldEvents(content);
}

export function linkTo(target: Uint8Array): FileProblem {
  return note('oddity', `a symbolic link to "${decodeWtf8(target)}": it was not followed`);
}
