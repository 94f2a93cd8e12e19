/**
 * Takes a piece of the text; with `isLast`, there is nothing more. The piece is only lent. `position`: bytes of the file on disk used so far.
 *
 * Returns false to have no more: not even the last piece.
 */
export type TakeBytes = (piece: Uint8Array, isLast: boolean, position: number) => boolean;
