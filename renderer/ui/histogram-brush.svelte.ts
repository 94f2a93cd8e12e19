/**
 * What pointer, wheel and keys do to the span chosen in a histogram. Keeps no selection of its own: it reports a new one once a drag, a click,
 * a turn of the wheel or a key press has come to its end.
 */
import type { TimeSpan } from '#core/time';
import {
  binsForKey,
  dragTo,
  factorForKey,
  grab,
  moveEdge,
  moveSpan,
  timeAtPx,
  wheelFactor,
  wholeBins,
  zoomAbout,
  type BrushAxis,
  type BrushDrag,
} from '../lib/brush';
import { epochMs, type EpochMs } from '#contract/ids';
import { later } from '../lib/idle';

/** What the keyboard can take hold of: an end of the selection, or all of it. */
export type BrushPart = 'from' | 'to' | 'both';

export interface BrushView {
  readonly axis: BrushAxis;
  readonly selection: TimeSpan | null;
  /** As far as one can zoom out. */
  readonly whole: TimeSpan;
  /** The span of the bar at a place; null where there is none. */
  barAt(px: number): TimeSpan | null;
}

export interface BrushListener {
  /** Another selection than before; null for all. */
  onSelect(span: TimeSpan | null): void;
  /** One step back. */
  onZoomOut(): void;
}

/** A second click within this makes a double click; until then the first has only marked its bar. */
const clickMs = 250;
/** The wheel has come to rest. */
const restMs = 120;

export class Brush {
  private readonly view: () => BrushView;
  private readonly listener: BrushListener;
  private callOff: (() => void) | null = null;
  /** Where the wheel has got to, and the time under the pointer when it began. */
  private turned: { readonly span: TimeSpan; readonly time: EpochMs } | null = null;

  drag = $state.raw<BrushDrag | null>(null);
  /** What has been chosen so far, but not reported. */
  pending = $state.raw<TimeSpan | null>(null);
  readonly shown = $derived.by(() => this.pending ?? this.view().selection);

  constructor(view: () => BrushView, listener: BrushListener) {
    this.view = view;
    this.listener = listener;
  }

  /** Something is going on that Escape can stop. */
  get isBusy(): boolean {
    return this.drag !== null || this.callOff !== null;
  }

  /** The bar at an end of all that is shown. */
  barAtEnd(end: 'from' | 'to'): TimeSpan {
    const { from, to, stepMs } = this.view().axis;
    return end === 'from' ? { from, to: epochMs(from + stepMs) } : { from: epochMs(to - stepMs), to };
  }

  press(px: number, yPx: number): void {
    this.giveUp();
    const { axis, selection } = this.view();
    this.drag = grab(axis, selection, px, yPx);
  }

  move(px: number): void {
    if (this.drag !== null) this.pending = dragTo(this.view().axis, this.drag, px) ?? this.pending;
  }

  release(px: number): void {
    const { drag } = this;
    this.drag = null;
    if (this.pending !== null) this.commit();
    else if (drag?.kind === 'new') this.click(px);
  }

  doubleClick(): void {
    this.giveUp();
    this.listener.onZoomOut();
  }

  wheel(px: number, deltaPx: number): void {
    if (this.drag !== null || deltaPx === 0) return;
    const { axis } = this.view();
    this.zoom(this.turned?.time ?? timeAtPx(axis, px), wheelFactor(deltaPx));
    this.wait(restMs);
  }

  /** False where the key means nothing here. A change is reported by {@link commit}, when the key comes up. */
  key(chord: string, part: BrushPart): boolean {
    const { axis } = this.view();
    const bins = binsForKey(chord);
    const factor = factorForKey(chord);
    if (bins !== null) {
      const span = this.shown ?? axis;
      this.pending = part === 'both' ? moveSpan(axis, span, bins) : moveEdge(axis, span, part, bins);
    } else if (factor !== null) {
      const { from, to } = this.shown ?? axis;
      this.zoom(epochMs(from + (to - from) / 2), factor);
    } else if (chord === 'Enter') this.commit();
    else if (chord === 'Escape') {
      if (this.pending === null) this.listener.onZoomOut();
      this.giveUp();
    } else return false;
    return true;
  }

  /** Reports what was chosen; nothing where that is what was chosen already. */
  commit(): void {
    const { selection, whole } = this.view();
    const chosen = this.pending;
    const isAll = this.turned !== null && chosen !== null && chosen.from <= whole.from && chosen.to >= whole.to;
    this.giveUp();
    if (chosen === null || (chosen.from === selection?.from && chosen.to === selection.to)) return;
    if (isAll && selection === null) return;
    this.listener.onSelect(isAll ? null : chosen);
  }

  giveUp(): void {
    this.callOff?.();
    this.callOff = null;
    this.turned = null;
    this.drag = null;
    this.pending = null;
  }

  private click(px: number): void {
    this.pending = this.view().barAt(px);
    if (this.pending !== null) this.wait(clickMs);
  }

  private zoom(time: EpochMs, factor: number): void {
    const { axis, selection, whole } = this.view();
    const span = zoomAbout(this.turned?.span ?? selection ?? whole, time, factor, whole);
    this.turned = { span, time };
    this.pending = wholeBins(axis, span);
  }

  private wait(ms: number): void {
    this.callOff?.();
    this.callOff = later(ms, () => this.commit());
  }
}
