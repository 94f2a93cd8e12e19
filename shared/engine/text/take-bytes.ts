import type { Lent } from './lent';

/**
 * Takes a piece of the text; with `isLast`, it is the last. It is lent for the call. `position`: bytes of the file on disk used so far.
 *
 * Returns false to receive no further piece, not even the last.
 */
export type TakeBytes = (piece: Lent, isLast: boolean, position: number) => boolean;
