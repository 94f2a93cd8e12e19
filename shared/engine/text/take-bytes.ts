/**
 * Takes a piece of the text; with `isLast`, it is the last. It is only valid during the call. `position`: bytes of the file on disk used so far.
 *
 * Returns false to receive no further piece, not even the last.
 */
export type TakeBytes = (piece: Uint8Array, isLast: boolean, position: number) => boolean;
