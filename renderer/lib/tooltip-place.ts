/** Where a tooltip stands: inside the window, and never over what it is about. All in px of the window. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;

const gapPx = 4;

/** Below what it is about, else above, else beside it; where nothing has room, below. */
export function tooltipPlace(about: Box, tip: Size, room: Size): { readonly left: number; readonly top: number } {
  const right = about.left + about.width;
  const bottom = about.top + about.height;
  const left = within(about.left, tip.width, room.width);
  const top = within(about.top, tip.height, room.height);
  if (bottom + gapPx + tip.height <= room.height) return { left, top: bottom + gapPx };
  if (about.top - gapPx - tip.height >= 0) return { left, top: about.top - gapPx - tip.height };
  if (right + gapPx + tip.width <= room.width) return { left: right + gapPx, top };
  if (about.left - gapPx - tip.width >= 0) return { left: about.left - gapPx - tip.width, top };
  return { left, top: within(bottom + gapPx, tip.height, room.height) };
}

function within(start: number, size: number, room: number): number {
  return Math.max(Math.min(start, room - size), 0);
}
