/**
 * The query text, and what the engine answered.
 *
 * The text is the one source of truth: chips, facets, the brush and the detail tree all edit it, and it is what runs. Where it follows the
 * habits of another tool, they edit it as it was read.
 */
import type { AppError } from '#contract/errors';
import type { EpochMs } from '#contract/ids';
import type { QueryRequest, QueryResult, SortOrder } from '#contract/query';
import { timeRangeOf, withTimeRange } from '#core/query/edit';
import type { FieldLookup } from '#core/query/field-lookup';
import { hitTerms, type HitTerm } from '#core/query/hit-terms';
import { parseQuery } from '#core/query/parse';
import { readQuery } from '#core/query/read-query';
import type { Host } from '../host/host';
import { Newest } from '../lib/latest';
import type { Facets } from './facets.svelte';
import type { Fields } from './fields.svelte';
import type { KeptQuery } from './kept-view';
import { asAppError, isCancelled } from './problem';
import { visibleSpan } from './visible-span';

/** A change of the text that knows the fields: the functions of `core/query/edit`. */
export type QueryEdit = (text: string, fields: FieldLookup) => string;

const historyLimit = 200;

/** The group of the texts that run while one is typed. */
const typing = 'typing';

/** A week by the hour; bars stay wide enough to be hit in a window of 1,024 px. */
const timelineBins = 200;

export class Query {
  private readonly host: Host;
  private readonly fields: Fields;
  private readonly facets: Facets;
  private readonly lastEvent: () => EpochMs | null;
  private readonly onResult: (result: QueryResult, keepsPlace: boolean) => void;
  private readonly running = new Newest();
  /** More events came while a query ran: ask again afterwards, rather than never finish one. */
  private isStale = false;
  /** The next result has other rows, or another order: the list begins at the first. */
  private isReordered = false;
  private lastGroup: string | null = null;
  /** What a text that is still typed found: nothing. It is shown after a pause, since most texts find nothing halfway through a word. */
  private held = $state.raw<{ readonly result: QueryResult; readonly text: string } | null>(null);
  /** Called when the user runs a query, before there is a result. */
  onSubmit: () => void = () => undefined;

  /** The text in the query bar. */
  text = $state('');
  /** What was run last. */
  ranText = $state('');
  /** What `result` answers. */
  private answeredText = $state('');
  /** A key was pressed just now: a syntax error is shown after a pause, not while the next letter is being typed. */
  isBeingTyped = $state(false);
  result = $state.raw<QueryResult | null>(null);
  /** Why the last run gave no result; `details.at` points into `ranText`. */
  problem = $state.raw<AppError | null>(null);
  isRunning = $state(false);
  /** The field the timeline is broken down by; null for the classes. */
  timelineBy = $state<string | null>(null);
  sort = $state<SortOrder>('oldest-first');
  /** Lists and counts an event once for each place it was read in. */
  withDuplicates = $state(false);
  private past = $state.raw<readonly string[]>([]);
  private future = $state.raw<readonly string[]>([]);

  readonly parsed = $derived.by(() => parseQuery(this.read(this.text), this.fields));
  readonly isEdited = $derived(this.text.trim() !== this.ranText.trim());
  /** What is wrong with the text; points into it. */
  readonly syntaxError = $derived.by((): AppError | null => {
    if (!this.parsed.ok) return this.parsed.error;
    return !this.isEdited && this.problem?.code === 'bad-query' ? this.problem : null;
  });
  /** What is on screen does not answer the text, since the text cannot be run. */
  readonly hasSyntaxError = $derived(this.syntaxError !== null && !this.isBeingTyped);
  /** The query of what is on screen or being loaded: the one run last or, where that has a syntax error, the one before it. */
  readonly shownText = $derived.by((): string => {
    const ran = this.read(this.ranText);
    const isBad = this.problem?.code === 'bad-query' || !parseQuery(ran, this.fields).ok;
    return isBad || this.held !== null ? this.read(this.answeredText) : ran;
  });
  /** What the query of what is on screen looks for. */
  readonly terms = $derived.by((): readonly HitTerm[] => {
    const shown = parseQuery(this.shownText, this.fields);
    return shown.ok ? hitTerms(shown.value) : [];
  });
  readonly timeRange = $derived.by(() => timeRangeOf(this.shownText, this.fields));
  /** The text in the bar is not the one that ran last, or that one has a syntax error. */
  readonly canRestore = $derived(this.isEdited || this.syntaxError !== null);
  readonly canGoBack = $derived(this.past.length > 0);
  readonly canGoForward = $derived(this.future.length > 0);

  constructor(
    host: Host,
    fields: Fields,
    facets: Facets,
    lastEvent: () => EpochMs | null,
    onResult: (result: QueryResult, keepsPlace: boolean) => void,
  ) {
    this.host = host;
    this.fields = fields;
    this.facets = facets;
    this.lastEvent = lastEvent;
    this.onResult = onResult;
  }

  /** Forgets text, result and history: another archive was opened. */
  reset(): void {
    this.running.abort();
    this.text = '';
    this.ranText = '';
    this.answeredText = '';
    this.isBeingTyped = false;
    this.result = null;
    this.problem = null;
    this.held = null;
    this.withDuplicates = false;
    this.past = [];
    this.future = [];
  }

  /** All that {@link resume} needs. */
  keep(): KeptQuery {
    const { text, ranText, shownText, past, future, sort, timelineBy, withDuplicates } = this;
    return { text, ranText, shownText, past, future, sort, timelineBy, withDuplicates };
  }

  /** Goes on where a window was before it was loaded again. The next `refresh` runs it. */
  resume(kept: KeptQuery): void {
    this.text = kept.text;
    this.ranText = kept.ranText;
    this.answeredText = kept.shownText;
    this.past = kept.past;
    this.future = kept.future;
    this.sort = kept.sort;
    this.timelineBy = kept.timelineBy;
    this.withDuplicates = kept.withDuplicates;
  }

  /**
   * Runs a text, and remembers the previous one.
   *
   * Runs of the same `group` in a row (a brush being moved) are one step of the history.
   */
  submit(text: string = this.text, group: string | null = null): void {
    const continues = group !== null && group === this.lastGroup;
    if (text !== this.ranText && !continues) {
      this.past = [...this.past, this.ranText].slice(-historyLimit);
      this.future = [];
    }
    this.lastGroup = group;
    // Typed back to what it was, or dragged back: no step.
    if (continues && text === this.past.at(-1)) {
      this.past = this.past.slice(0, -1);
      this.lastGroup = null;
    }
    this.isBeingTyped = false;
    this.show(text);
  }

  /** A key was pressed. */
  typed(): void {
    this.isBeingTyped = true;
  }

  /** Runs the text while it is typed, where it can be run. All that runs so until `settle` or `submit` is one step of the history. */
  follow(): void {
    if (!this.isEdited || !this.parsed.ok) return;
    const isBeingTyped = this.isBeingTyped;
    this.submit(this.text, typing);
    this.isBeingTyped = isBeingTyped;
  }

  /** No key was pressed for a while: what is wrong with the text, or that it finds nothing, is shown now. */
  paused(): void {
    this.isBeingTyped = false;
    const { held } = this;
    if (held !== null) this.accept(held.result, held.text, false);
  }

  /** What is typed from now on is a step of its own. */
  settle(): void {
    if (this.lastGroup === typing) this.lastGroup = null;
  }

  /** Puts the text that ran last back into the bar; where that has a syntax error, the one before it. */
  restore(): void {
    const ran = this.problem?.code !== 'bad-query' && parseQuery(this.read(this.ranText), this.fields).ok;
    this.isBeingTyped = false;
    if (ran) this.text = this.ranText;
    else this.submit(this.shownText);
  }

  /** Changes the text and runs it. A text with a syntax error cannot be edited: the one on screen is edited instead. */
  edit(change: QueryEdit, group: string | null = null): void {
    const base = this.syntaxError === null ? this.read(this.text) : this.shownText;
    this.submit(change(base, this.fields), group);
  }

  /** Takes the time range out of the query. */
  showAllTimes(): void {
    this.edit((text, fields) => withTimeRange(text, fields, null));
  }

  back(): void {
    const text = this.past.at(-1);
    if (text === undefined) return;
    this.isBeingTyped = false;
    this.past = this.past.slice(0, -1);
    this.future = [...this.future, this.ranText];
    this.lastGroup = null;
    this.show(text);
  }

  forward(): void {
    const text = this.future.at(-1);
    if (text === undefined) return;
    this.isBeingTyped = false;
    this.future = this.future.slice(0, -1);
    this.past = [...this.past, this.ranText];
    this.lastGroup = null;
    this.show(text);
  }

  setSort(sort: SortOrder): void {
    this.sort = sort;
    this.isReordered = true;
    this.refresh();
  }

  breakDown(by: string | null): void {
    this.timelineBy = by;
    this.refresh();
  }

  showDuplicates(withDuplicates: boolean): void {
    this.withDuplicates = withDuplicates;
    this.isReordered = true;
    this.refresh();
  }

  /** Runs the query on screen again: there are more events, or more is wanted of them. */
  refresh(): void {
    if (this.isRunning) this.isStale = true;
    else void this.run(true);
  }

  /** The result on screen in order of time, without facets and timeline; what is shown stays. */
  askByTime(): Promise<QueryResult> {
    const order = { facets: [], timeline: null, sort: 'oldest-first' } as const;
    return this.host.call('query.run', { ...this.request(this.shownText), ...order });
  }

  /** The text as the engine runs it. */
  private read(text: string): string {
    return readQuery(text, { fields: this.fields, lastEvent: this.lastEvent() }).text;
  }

  private show(text: string): void {
    this.text = text;
    this.ranText = text;
    if (this.problem?.code === 'bad-query') this.problem = null;
    this.onSubmit();
    void this.run(false);
  }

  private async run(isSameQuery: boolean): Promise<void> {
    const signal = this.running.begin();
    this.isStale = false;
    const isReordered = this.isReordered;
    this.isReordered = false;
    this.isRunning = true;
    // A text with a syntax error is sent once, to learn what is wrong.
    const text = isSameQuery ? this.shownText : this.ranText;
    try {
      const result = await this.host.call('query.run', this.request(text), { signal });
      if (signal.aborted) return;
      if (result.matched === 0 && this.isBeingTyped && !isSameQuery) this.held = { result, text };
      else this.accept(result, text, isSameQuery && !isReordered);
    } catch (thrown) {
      if (!signal.aborted && !isCancelled(thrown)) this.problem = asAppError(thrown);
    } finally {
      if (this.running.isNewest(signal)) {
        this.isRunning = false;
        if (this.isStale) void this.run(true);
      }
    }
  }

  private accept(result: QueryResult, text: string, keepsPlace: boolean): void {
    this.held = null;
    this.result = result;
    this.answeredText = text;
    if (text === this.ranText || this.problem?.code !== 'bad-query') this.problem = null;
    this.facets.accept(result.facets);
    this.onResult(result, keepsPlace);
  }

  private request(text: string): QueryRequest {
    const { from, to } = visibleSpan(this.timeRange, this.result?.timeline?.extent ?? null);
    return {
      text,
      facets: this.facets.requests(),
      timeline: { from, to, maxBins: timelineBins, ...(this.timelineBy === null ? {} : { by: this.timelineBy }) },
      sort: this.sort,
      withDuplicates: this.withDuplicates,
    };
  }
}
