/** How a comparison is looked at: what is open, and where the cursor is. */
import type { EventDiff } from '#contract/diff';
import { SvelteSet } from 'svelte/reactivity';
import { withoutUnknown } from '#core/diff/summary';
import { diffLines, differsOnlyInRest, restId, type DiffLine, type DiffLines } from '../lib/diff-lines';

const none: DiffLines = { lines: [], places: [] };

export class CompareView {
  private readonly told: () => EventDiff | null;
  private readonly diff = $derived.by((): EventDiff | null => {
    const diff = this.told();
    return diff === null ? null : withoutUnknown(diff);
  });
  private readonly opened = new SvelteSet<string>();
  /** Long values shown to their end, by the ids of their lines. */
  private readonly whole = new SvelteSet<string>();
  /** Null: open where nothing else differs. */
  private rest = $state<boolean | null>(null);
  private cursorId = $state<string | null>(null);

  private readonly shown = $derived.by((): DiffLines => {
    const diff = this.diff;
    return diff === null ? none : diffLines(diff, { opened: this.opened, isRestOpen: this.isRestOpen });
  });

  constructor(diff: () => EventDiff | null) {
    this.told = diff;
  }

  get lines(): readonly DiffLine[] {
    return this.shown.lines;
  }

  /** How many places differ among the lines. */
  get placeCount(): number {
    return this.shown.places.length;
  }

  /** The line of the cursor: where it was put, else the first place that differs. */
  readonly cursor = $derived.by((): number => {
    const at = this.cursorId === null ? -1 : this.lines.findIndex(({ id }) => id === this.cursorId);
    return at >= 0 ? at : (this.shown.places[0] ?? 0);
  });
  readonly current = $derived<DiffLine | null>(this.lines[this.cursor] ?? null);
  /** The place that the cursor is on, from 0; null where the records are equal there. */
  readonly place = $derived.by((): number | null => {
    const at = this.shown.places.indexOf(this.cursor);
    return at < 0 ? null : at;
  });

  get isRestOpen(): boolean {
    const diff = this.diff;
    return this.rest ?? (diff !== null && differsOnlyInRest(diff));
  }

  moveTo(index: number): void {
    this.cursorId = this.lines[index]?.id ?? null;
  }

  /** To the next or previous place that differs, and from the last to the first. */
  stepPlace(by: 1 | -1): void {
    const { places } = this.shown;
    const next =
      by === 1
        ? (places.find((line) => line > this.cursor) ?? places[0])
        : (places.findLast((line) => line < this.cursor) ?? places.at(-1));
    if (next !== undefined) this.moveTo(next);
  }

  toggleRest(): void {
    this.rest = !this.isRestOpen;
  }

  isWhole(id: string): boolean {
    return this.whole.has(id);
  }

  /** Opens or closes the lines that a line is a heading or fold of. */
  toggle(line: DiffLine): void {
    if (line.id === restId) this.toggleRest();
    else if (line.kind === 'fold') flip(this.opened, line.id);
    else if (line.kind === 'row') flip(this.whole, line.id);
  }

  reset(): void {
    this.opened.clear();
    this.whole.clear();
    this.rest = null;
    this.cursorId = null;
  }
}

function flip(set: SvelteSet<string>, id: string): void {
  if (!set.delete(id)) set.add(id);
}
