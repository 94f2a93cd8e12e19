/** Which events are compared, and what the engine says of them. */
import type { DiffRequest, DiffTextFormat, EventDiff, SameCallRequest } from '#contract/diff';
import type { AppError } from '#contract/errors';
import type { RowId } from '#contract/ids';
import type { Host } from '../host/host';
import { Latest, Newest } from '../lib/latest';
import { compareTexts } from './compare-texts';
import { CompareView } from './compare-view.svelte';
import { asAppError, isCancelled } from './problem';

/** A pinned event, and those it is compared with one by one. */
interface Comparison {
  readonly reference: RowId;
  readonly others: readonly RowId[];
  readonly index: number;
  readonly referenceSide: 'left' | 'right';
  /** The others are calls of the same kind, found one by one as they are stepped to. */
  readonly isChain: boolean;
}

/** What a search for the same call came to where it found none. */
interface NoneFound {
  readonly row: RowId;
  readonly message: string;
}

/** Events beside the reference. */
const mostOthers = 5;

export class Compare {
  private readonly host: Host;
  private readonly latest: Latest<DiffRequest, EventDiff>;
  private readonly seeking = new Newest();
  private comparison = $state.raw<Comparison | null>(null);

  readonly view: CompareView;
  /** The newest comparison; the previous one stays until it is here. */
  diff = $state.raw<EventDiff | null>(null);
  problem = $state.raw<AppError | null>(null);
  isBusy = $state(false);
  /** How the events were chosen, in a sentence; empty where there is nothing to say. */
  message = $state('');
  /** Set after a search for the same call that opened nothing. */
  noneFound = $state.raw<NoneFound | null>(null);
  withNoise = $state(false);

  readonly isOpen = $derived(this.comparison !== null);
  readonly referenceSide = $derived(this.comparison?.referenceSide ?? 'left');
  readonly canStep = $derived(this.comparison !== null && (this.comparison.isChain || this.count > 1));

  constructor(host: Host) {
    this.host = host;
    this.latest = new Latest((request, signal) => host.call('event.diff', request, { signal }));
    this.view = new CompareView(() => this.diff);
  }

  /** The place of the compared event among those beside the reference, from 0. */
  get index(): number {
    return this.comparison?.index ?? 0;
  }

  get count(): number {
    return this.comparison?.others.length ?? 0;
  }

  get isChain(): boolean {
    return this.comparison?.isChain ?? false;
  }

  /**
   * Compares the marked events: the first with each of the following; a single one with the current event. Answers with what is
   * missing, in a sentence, where there are not two.
   */
  openMarked(marked: readonly RowId[], current: RowId | null): string | null {
    const [reference, ...others] = marked.length === 1 && current !== null ? [...marked, current] : marked;
    if (reference === undefined) return compareTexts.noneMarked;
    const distinct = others.filter((row) => row !== reference);
    if (distinct.length === 0) return compareTexts.oneMarked;
    const message = distinct.length > mostOthers ? compareTexts.moreMarked(marked.length, mostOthers) : '';
    this.open(
      { reference, others: distinct.slice(0, mostOthers), index: 0, referenceSide: 'left', isChain: false },
      message,
    );
    return null;
  }

  /** Compares an event with those that share its ID, one by one. */
  openVersions(row: RowId, versions: readonly RowId[]): void {
    if (versions.length === 0) return;
    const message =
      versions.length > mostOthers ? compareTexts.moreVersions(versions.length, mostOthers) : compareTexts.versions;
    const others = versions.slice(0, mostOthers);
    this.open({ reference: row, others, index: 0, referenceSide: 'left', isChain: false }, message);
  }

  /** Compares two events, the first on the left. */
  openPair(left: RowId, right: RowId): void {
    this.open({ reference: left, others: [right], index: 0, referenceSide: 'left', isChain: false }, '');
  }

  /** Compares an event with the nearest call of the same kind before or after it. The earlier one stands on the left. */
  async openSameCall(row: RowId, direction: SameCallRequest['direction']): Promise<void> {
    this.noneFound = null;
    const found = await this.seek({ row, direction });
    if (found === null) return;
    if (found.row === null) this.noneFound = { row, message: found.message };
    else {
      const referenceSide = direction === 'previous' ? 'right' : 'left';
      this.open({ reference: row, others: [found.row], index: 0, referenceSide, isChain: true }, found.message);
    }
  }

  /** To the next or previous event beside the reference; among same calls, to one not looked at yet where there is one. */
  async step(by: 1 | -1): Promise<void> {
    const comparison = this.comparison;
    if (comparison === null) return;
    const index = comparison.index + by;
    if (index >= 0 && index < comparison.others.length) this.show({ ...comparison, index });
    else if (comparison.isChain) await this.extend(comparison, by);
  }

  swap(): void {
    const comparison = this.comparison;
    if (comparison === null) return;
    this.show({ ...comparison, referenceSide: comparison.referenceSide === 'left' ? 'right' : 'left' });
  }

  toggleNoise(): void {
    this.withNoise = !this.withNoise;
    this.retry();
  }

  retry(): void {
    const request = this.request();
    if (request !== null) void this.run(request);
  }

  close(): void {
    this.latest.abort();
    this.seeking.abort();
    this.comparison = null;
    this.diff = null;
    this.problem = null;
    this.noneFound = null;
    this.isBusy = false;
    this.message = '';
  }

  /** The comparison as text, for copying. */
  async text(format: DiffTextFormat): Promise<string> {
    const request = this.request();
    return request === null ? '' : this.host.call('event.diff-text', { ...request, format });
  }

  private open(comparison: Comparison, message: string): void {
    this.noneFound = null;
    this.diff = null;
    this.view.reset();
    this.show(comparison, message);
  }

  private show(comparison: Comparison, message = this.message): void {
    this.seeking.abort();
    this.comparison = comparison;
    this.message = message;
    this.retry();
  }

  private async extend(comparison: Comparison, by: 1 | -1): Promise<void> {
    const { others, reference } = comparison;
    const direction = by === 1 ? 'next' : 'previous';
    const end = by === 1 ? others.at(-1) : others[0];
    if (end === undefined) return;
    let found = await this.seek({ row: end, direction });
    // The reference is one of these calls itself: past it.
    if (found?.row === reference) found = await this.seek({ row: reference, direction });
    if (found === null) return;
    if (found.row === null) this.message = found.message;
    else if (by === 1)
      this.show({ ...comparison, others: [...others, found.row], index: others.length }, found.message);
    else this.show({ ...comparison, others: [found.row, ...others], index: 0 }, found.message);
  }

  private async seek(request: SameCallRequest) {
    const signal = this.seeking.begin();
    try {
      const found = await this.host.call('event.same-call', request, { signal });
      return signal.aborted ? null : found;
    } catch (thrown) {
      if (signal.aborted || isCancelled(thrown)) return null;
      const { message } = asAppError(thrown);
      if (this.isOpen) this.message = message;
      else this.noneFound = { row: request.row, message };
      return null;
    }
  }

  private request(): DiffRequest | null {
    const comparison = this.comparison;
    const other = comparison?.others[comparison.index];
    if (comparison === null || other === undefined) return null;
    const [left, right] =
      comparison.referenceSide === 'left' ? [comparison.reference, other] : [other, comparison.reference];
    return { left, right, withNoise: this.withNoise };
  }

  private async run(request: DiffRequest): Promise<void> {
    this.isBusy = true;
    try {
      const outcome = await this.latest.run(request);
      if (outcome.kind === 'superseded') return;
      this.diff = outcome.result;
      this.problem = null;
    } catch (thrown) {
      this.diff = null;
      this.problem = asAppError(thrown);
    }
    this.isBusy = false;
  }
}
