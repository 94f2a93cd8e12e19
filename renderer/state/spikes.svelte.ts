/**
 * Going from one bar that stands out to the next.
 *
 * A spike that is chosen fills the timeline, and the bars around it are gone from it: the spikes found in the wider view are kept for as long as
 * nothing but the span changes.
 */
import type { Timeline } from '#contract/query';
import type { TimeSpan } from '#core/time';
import { isEmptyRange, type TimeRange } from '#core/query/clauses';
import { findSpikes, nextSpike } from '../lib/spikes';
import { chosenSpan } from './visible-span';

/** What is on screen. */
export interface SpikeView {
  readonly timeline: Timeline | null;
  readonly range: TimeRange | null;
  /** The query without its time range. */
  readonly rest: string;
}

export class Spikes {
  private readonly view: () => SpikeView;
  private readonly onSpike: (span: TimeSpan) => void;
  private kept = $state.raw<{ readonly rest: string; readonly spans: readonly TimeSpan[] } | null>(null);

  /** Those that can be gone through from here. */
  readonly spans = $derived.by((): readonly TimeSpan[] => {
    const { timeline, range, rest } = this.view();
    const { kept } = this;
    const isAtKept = kept?.rest === rest && kept.spans.some(({ from, to }) => from === range?.from && to === range.to);
    if (kept !== null && isAtKept) return kept.spans;
    if (timeline === null || isEmptyRange(range)) return [];
    const chosen = chosenSpan(range, timeline) ?? timeline;
    const found = findSpikes(totalsOf(timeline), timeline.origin, timeline.stepMs);
    return found.filter(({ from, to }) => to > chosen.from && from <= chosen.to);
  });
  /** The place of the one that is chosen; -1 where none is. */
  readonly at = $derived.by(() => {
    const { range } = this.view();
    return this.spans.findIndex(({ from, to }) => from === range?.from && to === range.to);
  });

  constructor(view: () => SpikeView, onSpike: (span: TimeSpan) => void) {
    this.view = view;
    this.onSpike = onSpike;
  }

  /** Chooses the next or the previous spike; false where there is none. */
  step(direction: 1 | -1): boolean {
    const { rest } = this.view();
    const { spans } = this;
    const next = spans[nextSpike(spans.length, this.at, direction)];
    if (next === undefined) return false;
    this.kept = { rest, spans };
    this.onSpike(next);
    return true;
  }
}

function totalsOf({ error, write, read, unstated }: Timeline): readonly number[] {
  return error.map((count, bin) => count + (write[bin] ?? 0) + (read[bin] ?? 0) + (unstated[bin] ?? 0));
}
