/** Changes of what trails record as marks over the bars. Those too near to each other for a pointer are one mark. */
import type { TrailSetting } from '#contract/integrity';
import type { TimeSpan } from '#core/time';

/** In pixels: the least distance of two marks, which is the width of one. */
export const markPx = 24;

export interface TrailMark {
  /** Where the first of them is, in pixels from the left. */
  readonly px: number;
  readonly settings: readonly TrailSetting[];
  /** All of them failed. */
  readonly isFailed: boolean;
}

/** `settings` need no order; those outside the span, or without a time, have no mark. */
export function trailMarks(
  settings: readonly TrailSetting[],
  { from, to }: TimeSpan,
  widthPx: number,
): readonly TrailMark[] {
  const placed = settings
    .flatMap((setting) =>
      setting.time === null || setting.time < from || setting.time >= to
        ? []
        : [{ px: (widthPx * (setting.time - from)) / (to - from), setting }],
    )
    .sort((one, other) => one.px - other.px);
  const marks: { readonly px: number; readonly settings: TrailSetting[] }[] = [];
  for (const { px, setting } of placed) {
    const last = marks.at(-1);
    if (last !== undefined && px - last.px < markPx) last.settings.push(setting);
    else marks.push({ px, settings: [setting] });
  }
  return marks.map((mark) => ({ ...mark, isFailed: mark.settings.every(({ error }) => error !== null) }));
}
