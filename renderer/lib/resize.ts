/** How wide something may be made by pointer or keys. All lengths in px. */
export interface ResizeLimits {
  readonly minPx: number;
  readonly maxPx: number;
}

/** A key's step; with Shift ten times that. */
const keyStepPx = 8;

export function clampSize(sizePx: number, { minPx, maxPx }: ResizeLimits): number {
  // In a window narrower than all panes together the greatest size is below the least; the least then counts.
  return Math.max(Math.min(Math.round(sizePx), maxPx), minPx);
}

/**
 * The size after the pointer went `movedPx` from where it took hold. `sign` is 1 where moving right or down makes the thing
 * greater, -1 where it lies on the other side of the handle.
 */
export function sizeAfterDrag(startPx: number, movedPx: number, sign: 1 | -1, limits: ResizeLimits): number {
  return clampSize(startPx + sign * movedPx, limits);
}

/**
 * The size after a chord (see `keys.ts`), or null where it does not resize: arrows along the axis, with Shift in greater steps, Home
 * for the least and End for the greatest.
 */
export function sizeAfterKey(
  chord: string,
  sizePx: number,
  axis: 'x' | 'y',
  sign: 1 | -1,
  limits: ResizeLimits,
): number | null {
  const shift = chord.startsWith('Shift+');
  const step = sign * keyStepPx * (shift ? 10 : 1);
  switch (shift ? chord.slice('Shift+'.length) : chord) {
    case axis === 'x' ? 'ArrowRight' : 'ArrowDown':
      return clampSize(sizePx + step, limits);
    case axis === 'x' ? 'ArrowLeft' : 'ArrowUp':
      return clampSize(sizePx - step, limits);
    case 'Home':
      return clampSize(limits.minPx, limits);
    case 'End':
      return clampSize(limits.maxPx, limits);
    default:
      return null;
  }
}

/** The place a dragged column takes among the others when it is let go at `x`: the index it has afterwards. */
export function columnDropIndex(widthsPx: readonly number[], dragged: number, x: number): number {
  let left = 0;
  let index = 0;
  for (const [column, widthPx] of widthsPx.entries()) {
    if (column !== dragged && x > left + widthPx / 2) index++;
    left += widthPx;
  }
  return index;
}
