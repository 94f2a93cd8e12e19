/**
 * A span of time chosen on an axis: pixels to times, dragging, snapping to bins, moving by keys. Pure; the view passes it events.
 *
 * A selection is always made of whole bins, since that is what the bars show; so what is chosen can be counted by eye.
 */

import { epochMs, type EpochMs } from '#contract/ids';
import type { TimeSpan } from '#core/time';

/** Bins of `stepMs` from `origin`, and the span they cover on an axis of `widthPx`. */
export interface BrushAxis extends TimeSpan {
  readonly origin: EpochMs;
  readonly stepMs: number;
  readonly widthPx: number;
}

/** What a press of the pointer took hold of. */
export type BrushDrag =
  | { readonly kind: 'new'; readonly startPx: number }
  | { readonly kind: 'move'; readonly startPx: number; readonly span: TimeSpan }
  | { readonly kind: 'edge'; readonly startPx: number; readonly edge: 'from' | 'to'; readonly span: TimeSpan };

/** The bar at the top of a selection that moves it, as high as this, px. */
export const handlePx = 12;
/** Within this of an edge the pointer takes hold of it, px. */
const edgeReachPx = 5;
/** A press that moves less than this is a click, px. */
const dragThresholdPx = 3;

export function timeAtPx(axis: BrushAxis, px: number): EpochMs {
  if (axis.widthPx <= 0) return axis.from;
  const share = Math.min(Math.max(px / axis.widthPx, 0), 1);
  return epochMs(axis.from + share * (axis.to - axis.from));
}

export function pxAtTime(axis: BrushAxis, time: EpochMs): number {
  if (axis.to <= axis.from) return 0;
  return ((time - axis.from) / (axis.to - axis.from)) * axis.widthPx;
}

/** The smallest span of whole bins, at least one, within the axis' bins, that holds the given one. */
export function snapToBins(axis: BrushAxis, span: TimeSpan): TimeSpan {
  const first = binFloor(axis, axis.from);
  const end = Math.max(binCeil(axis, axis.to), first + axis.stepMs);
  const from = Math.min(Math.max(binFloor(axis, span.from), first), end - axis.stepMs);
  const to = Math.min(Math.max(binCeil(axis, span.to), from + axis.stepMs), end);
  return { from: epochMs(from), to: epochMs(to) };
}

/**
 * What a press takes hold of: an edge of the selection, the selection by its handle, or nothing yet. A drag inside the selection begins a new
 * one, which narrows it.
 *
 * @param yPx from the top of the plot
 */
export function grab(axis: BrushAxis, selection: TimeSpan | null, px: number, yPx: number): BrushDrag {
  if (selection === null) return { kind: 'new', startPx: px };
  const fromPx = pxAtTime(axis, selection.from);
  const toPx = pxAtTime(axis, selection.to);
  const nearest = Math.abs(px - fromPx) < Math.abs(px - toPx) ? 'from' : 'to';
  if (Math.abs(px - (nearest === 'from' ? fromPx : toPx)) <= edgeReachPx)
    return { kind: 'edge', startPx: px, edge: nearest, span: selection };
  if (yPx <= handlePx && px > fromPx && px < toPx) return { kind: 'move', startPx: px, span: selection };
  return { kind: 'new', startPx: px };
}

/** The selection while the pointer is at `px`; null while it has moved too little to mean anything. */
export function dragTo(axis: BrushAxis, drag: BrushDrag, px: number): TimeSpan | null {
  if (Math.abs(px - drag.startPx) < dragThresholdPx) return null;
  switch (drag.kind) {
    case 'new': {
      const a = timeAtPx(axis, drag.startPx);
      const b = timeAtPx(axis, px);
      return snapToBins(axis, ordered(a, b));
    }
    case 'move':
      return moveSpan(axis, drag.span, Math.round((timeAtPx(axis, px) - timeAtPx(axis, drag.startPx)) / axis.stepMs));
    case 'edge': {
      const time = timeAtPx(axis, px);
      const other = drag.edge === 'from' ? drag.span.to : drag.span.from;
      return snapToBins(axis, ordered(time, other));
    }
  }
}

/** The selection with one edge moved by so many bins; the edges never cross. */
export function moveEdge(axis: BrushAxis, span: TimeSpan, edge: 'from' | 'to', bins: number): TimeSpan {
  const whole = snapToBins(axis, axis);
  const snapped = snapToBins(axis, span);
  const moved = snapped[edge] + bins * axis.stepMs;
  return edge === 'from'
    ? { from: epochMs(Math.min(Math.max(moved, whole.from), snapped.to - axis.stepMs)), to: snapped.to }
    : { from: snapped.from, to: epochMs(Math.max(Math.min(moved, whole.to), snapped.from + axis.stepMs)) };
}

/** The selection moved by so many bins, without changing its length or leaving the axis. */
export function moveSpan(axis: BrushAxis, span: TimeSpan, bins: number): TimeSpan {
  const whole = snapToBins(axis, axis);
  const snapped = snapToBins(axis, span);
  const length = snapped.to - snapped.from;
  const from = Math.min(Math.max(snapped.from + bins * axis.stepMs, whole.from), whole.to - length);
  return { from: epochMs(from), to: epochMs(from + length) };
}

/** A span `factor` times as long, in which a time keeps its place; within `whole`. Not made of whole bins: see {@link wholeBins}. */
export function zoomAbout(span: TimeSpan, time: EpochMs, factor: number, whole: TimeSpan): TimeSpan {
  const length = Math.min((span.to - span.from) * factor, whole.to - whole.from);
  const share = (time - span.from) / (span.to - span.from);
  const from = Math.min(Math.max(time - share * length, whole.from), whole.to - length);
  return { from: epochMs(from), to: epochMs(from + length) };
}

/** The smallest span of whole bins, at least one, that holds the given one, which may reach beyond the axis. */
export function wholeBins(axis: BrushAxis, span: TimeSpan): TimeSpan {
  const from = binFloor(axis, span.from);
  return { from: epochMs(from), to: epochMs(Math.max(binCeil(axis, span.to), from + axis.stepMs)) };
}

/** How many times as long a span gets by turning the wheel so far: up, a negative distance, is shorter. */
export function wheelFactor(deltaPx: number): number {
  return Math.exp(Math.min(Math.max(deltaPx, -200), 200) / 400);
}

/** How many times as long a chord makes a span; null where it does nothing of the kind. */
export function factorForKey(chord: string): number | null {
  if (chord === '+' || chord === '=') return 0.5;
  return chord === '-' ? 2 : null;
}

/** How many bins a chord (see `keys.ts`) moves an edge; null where it does not. Home and End go all the way. */
export function binsForKey(chord: string): number | null {
  switch (chord) {
    case 'ArrowRight':
    case 'ArrowUp':
      return 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return -1;
    case 'Shift+ArrowRight':
    case 'Shift+ArrowUp':
    case 'PageUp':
      return 10;
    case 'Shift+ArrowLeft':
    case 'Shift+ArrowDown':
    case 'PageDown':
      return -10;
    case 'Home':
      return Number.MIN_SAFE_INTEGER;
    case 'End':
      return Number.MAX_SAFE_INTEGER;
    default:
      return null;
  }
}

function ordered(a: EpochMs, b: EpochMs): TimeSpan {
  return a < b ? { from: a, to: b } : { from: b, to: a };
}

function binFloor(axis: BrushAxis, time: EpochMs): number {
  return axis.origin + Math.floor((time - axis.origin) / axis.stepMs) * axis.stepMs;
}

function binCeil(axis: BrushAxis, time: EpochMs): number {
  return axis.origin + Math.ceil((time - axis.origin) / axis.stepMs) * axis.stepMs;
}
