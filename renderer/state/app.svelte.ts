/** The whole state of the window, and how its parts notify each other. Components get it from the context. */
import type { WindowDialog } from '#contract/api';
import type { AppError } from '#contract/errors';
import { epochMs, type EpochMs, type SourceId } from '#contract/ids';
import type { QueryResult } from '#contract/query';
import type { SourceRef } from '#contract/sources';
import { otherTimeClauses, withTimeRange } from '#core/query/edit';
import type { TimeRange } from '#core/query/clauses';
import { createContext } from 'svelte';
import type { Host } from '../host/host';
import { startColumns } from './columns';
import { Compare } from './compare.svelte';
import { ContextMenu } from './context-menu.svelte';
import { Detail } from './detail.svelte';
import { Facets } from './facets.svelte';
import { Fields } from './fields.svelte';
import { Groups } from './groups.svelte';
import { hasSameRows, isOf, keepView, keptView, type KeptView } from './kept-view';
import { Layout } from './layout.svelte';
import { Preferences } from './preferences.svelte';
import { asAppError } from './problem';
import { Query } from './query.svelte';
import { Results } from './results.svelte';
import { SeenValues } from './seen.svelte';
import { mostMarked, Selection } from './selection.svelte';
import { Integrity } from './integrity.svelte';
import { Session } from './session.svelte';
import { Spikes } from './spikes.svelte';
import { Toasts } from './toasts.svelte';
import { visibleSpan } from './visible-span';
import { ZoomStack } from './zoom-stack';
import { texts } from './texts';

/** The dialogs, of which one can be open. */
export type DialogName =
  | 'add'
  | 'add-column'
  | 'add-facet'
  | 'add-proofs'
  | 'check-manifest'
  | 'integrity'
  | 'limits'
  | 'open'
  | 'palette'
  | 'report'
  | 'span'
  | 'zone'
  | WindowDialog;

const aroundMs = 5 * 60_000;

export class AppState {
  readonly host: Host;
  readonly toasts = new Toasts();
  readonly layout = new Layout();
  readonly menu = new ContextMenu();
  readonly preferences: Preferences;
  readonly fields: Fields;
  readonly session: Session;
  readonly facets: Facets;
  readonly seen: SeenValues;
  readonly query: Query;
  readonly results: Results;
  readonly groups: Groups;
  readonly detail: Detail;
  readonly selection: Selection;
  readonly compare: Compare;
  readonly integrity: Integrity;
  /** The bars of the timeline that stand out. */
  readonly spikes: Spikes;
  /** The time ranges zoomed through. */
  zoom = new ZoomStack();

  /**
   * How many events there are, for every place that says so. While an import runs, and until the query has been answered after its end, that
   * is what the last answer counted, so that no two figures on screen disagree.
   */
  readonly events = $derived.by((): number => {
    const { isImporting, status } = this.session;
    const { isRunning, result, withDuplicates } = this.query;
    if (result === null || withDuplicates) return status.events;
    if (isImporting) return result.total;
    // An answer with more was counted with duplicates, or before a source was removed.
    return isRunning ? Math.min(result.total, status.events) : status.events;
  });

  /** What the window looked at before its page was loaded again, until the host says what is open. */
  private kept: KeptView | null = keptView(sessionStorage);

  dialog = $state<DialogName | null>(null);
  /** Why the window could not start. */
  startProblem = $state.raw<AppError | null>(null);
  isStarted = $state(false);

  constructor(host: Host) {
    this.host = host;
    // The host sends these to a page that connects, too.
    host.on('app.notice', (text) => this.toasts.show(text, 'notice'));
    host.on('app.show', (dialog) => (this.dialog = dialog));
    this.preferences = new Preferences(
      host,
      {
        onColumns: () => this.results.reload(),
        onProblem: (message) => this.toasts.show(message, 'error'),
      },
      startColumns(window.innerWidth),
    );
    this.fields = new Fields(host);
    this.integrity = new Integrity(host);
    this.session = new Session(host, {
      onArchive: () => this.startOver(),
      onMore: () => this.takeMore(),
      onLess: () => this.dropRows(),
      onTaking: () => this.toasts.dismissOffers(),
      onAlreadyOpen: () => this.toasts.show(texts.session.alreadyOpen, 'hint'),
      onProofs: (files) => void this.addProofs(files),
    });
    const counted = () => ({ text: this.query.shownText, withDuplicates: this.query.withDuplicates });
    this.facets = new Facets(host, this.preferences, counted);
    this.seen = new SeenValues(host, counted);
    this.query = new Query(
      host,
      this.fields,
      this.facets,
      () => this.session.status.last,
      (result, keepsPlace) => {
        this.seen.forget();
        this.results.show(result, keepsPlace);
      },
    );
    this.results = new Results(host, this.preferences, {
      onRows: () => this.selection.settle(),
      onShown: (result, keepsPlace) =>
        void this.selection.relocate(result, keepsPlace ? 'nowhere' : 'to-event-or-first'),
      onStale: () => this.query.refresh(),
    });
    this.groups = new Groups(host, () => ({
      text: this.query.shownText,
      withDuplicates: this.query.withDuplicates,
      ...visibleSpan(this.query.timeRange, this.query.result?.timeline?.extent ?? null),
    }));
    this.detail = new Detail(host);
    this.selection = new Selection(host, this.results, this.detail);
    this.compare = new Compare(host);
    this.spikes = new Spikes(
      () => ({
        timeline: this.query.result?.timeline ?? null,
        range: this.query.timeRange,
        rest: withTimeRange(this.query.shownText, this.fields, null),
      }),
      (span) => this.zoomTo(span),
    );
    // Someone who runs a new query wants to see its result.
    this.query.onSubmit = () => {
      this.compare.close();
      this.session.isSummaryShown = false;
    };
  }

  async start(): Promise<void> {
    try {
      await this.preferences.load();
      await this.session.start();
      this.isStarted = true;
    } catch (thrown) {
      this.startProblem = asAppError(thrown);
    }
  }

  /** The page is about to go: the next one goes on from here, if it is loaded again. */
  keepView(): void {
    const { detail, groups, layout, query, results, selection, session } = this;
    const { sources, version } = session.status;
    if (!session.isOpen) {
      keepView(sessionStorage, null);
      return;
    }
    keepView(sessionStorage, {
      sources: sources.map(({ sourceId }) => sourceId),
      version,
      wasImporting: session.isImporting,
      query: query.keep(),
      groupedBy: groups.isOpen ? groups.fields : null,
      firstRow: results.firstRow,
      row: selection.row,
      marked: [...selection.marked],
      isDetailShown: layout.isDetailShown,
      tab: detail.tab,
    });
  }

  /** Chooses a time range, or all times, from which there is a way back. Ranges of one `group` in a row are one step of the history. */
  zoomTo(range: TimeRange | null, group: string | null = null): void {
    const replaced = range === null ? [] : otherTimeClauses(this.query.shownText, this.fields);
    if (replaced.length > 0) this.toasts.show(texts.zoom.replaced(replaced.map(({ label }) => label)), 'hint');
    this.zoom.zoom(this.query.timeRange, range);
    this.query.edit((text, fields) => withTimeRange(text, fields, range), group);
  }

  /** Chooses a span that was typed or pressed; the rest of the query stays. */
  chooseSpan(range: TimeRange): void {
    this.compare.close();
    this.zoomTo(range);
  }

  /** All events from five minutes before a time, or a span, to five minutes after; the way back is that of any query. */
  showAround(from: EpochMs, to: EpochMs = from): void {
    this.showOnly({ from: epochMs(from - aroundMs), to: epochMs(to + aroundMs) });
  }

  /** All events of a span, whatever was asked for before. */
  showOnly(range: TimeRange): void {
    this.zoom.zoom(this.query.timeRange, range);
    this.query.submit(withTimeRange('', this.fields, range));
  }

  /** Chooses the span from the first matching event to the last, whatever is visible. */
  async zoomToMatches(): Promise<void> {
    const { result } = this.query;
    if (result === null || this.query.hasSyntaxError) return;
    const dated = result.matched - (result.timeline?.undated ?? 0);
    if (dated <= 0) {
      this.toasts.show(texts.zoom.noTimes, 'hint');
      return;
    }
    try {
      // The list may be in the order of another field.
      const byTime = await this.query.askByTime();
      const [one, other] = await Promise.all([this.timeAt(byTime, 0), this.timeAt(byTime, dated - 1)]);
      if (one === null || other === null || this.query.result !== result) return;
      // Whole seconds: they are what an event's time is written in.
      const from = epochMs(Math.floor(Math.min(one, other) / 1000) * 1000);
      const to = epochMs(Math.floor(Math.max(one, other) / 1000) * 1000 + 1000);
      const { timeRange } = this.query;
      if (timeRange?.from === from && timeRange.to === to) this.toasts.show(texts.zoom.allInView, 'hint');
      else this.zoomTo({ from, to });
    } catch (thrown) {
      this.toasts.show(asAppError(thrown).message, 'error');
    }
  }

  /** The header of a column: times say in which zone they are. */
  columnLabel(field: string): string {
    return field === 'time' ? texts.timeColumn(this.preferences.zone) : this.fields.label(field);
  }

  /** Marks all events of the list, and says how many. */
  async markAll(): Promise<void> {
    const { count } = this.results;
    if (count === 0) return;
    const marked = await this.selection.markAll();
    if (marked > 0) this.toasts.show(texts.marked(marked, count), 'hint');
  }

  /** Marks up to a place of the list, and says where that were too many. */
  async markTo(index: number): Promise<void> {
    if ((await this.selection.markTo(index)) > 0) this.toasts.show(texts.rangeCut(mostMarked), 'hint');
  }

  /** Chooses the next or previous bar that stands out, or says that there is none. */
  goToSpike(direction: 1 | -1): void {
    if (this.spikes.step(direction)) return;
    const { none, noMore } = texts.spikes;
    this.toasts.show(this.spikes.spans.length === 0 ? none : noMore[direction === 1 ? 'next' : 'previous'], 'hint');
  }

  /** Opens the comparison of what is marked, or says what is missing for one. */
  compareMarked(): void {
    const missing = this.compare.openMarked([...this.selection.marked], this.selection.row);
    if (missing !== null) this.toasts.show(missing, 'hint');
  }

  /** Compares the current event with the nearest call of the same kind; false where there is no current event. */
  compareSameCall(direction: 'previous' | 'next'): boolean {
    const { row } = this.selection;
    if (row === null) return false;
    this.layout.isDetailShown = true;
    void this.compare.openSameCall(row, direction);
    return true;
  }

  /** Copies the path of the line the comparison's cursor is on. */
  copyPath(): void {
    const path = this.compare.view.current?.path ?? '';
    if (path !== '') void this.toasts.copy(path, texts.copy.path);
  }

  /** Opens the screen of the integrity checks, or says why it has nothing to show yet. */
  showIntegrity(): void {
    if (this.session.isImporting) this.toasts.show(texts.integrityLater, 'hint');
    else this.dialog = 'integrity';
  }

  /** Reads public keys and signatures from files, and shows what they prove. */
  async addProofs(files: readonly SourceId[]): Promise<void> {
    this.dialog = 'integrity';
    try {
      const { text, isProblem } = await this.integrity.addProofs(files);
      this.toasts.show(text, isProblem ? 'error' : 'done');
    } catch (thrown) {
      this.toasts.show(asAppError(thrown).message, 'error');
    }
  }

  /** Holds what is open against a manifest, and shows what differs. */
  async checkManifest(file: SourceId): Promise<void> {
    this.dialog = 'integrity';
    try {
      await this.integrity.checkManifest(file);
    } catch (thrown) {
      this.toasts.show(asAppError(thrown).message, 'error');
    }
  }

  /** Removes an open source. No confirmation: it can be undone. */
  async removeSource(source: SourceRef): Promise<void> {
    const report = this.session.report?.sources.find(({ sourceId }) => sourceId === source.sourceId);
    if (!(await this.session.remove(source.sourceId))) return;
    this.toasts.show(texts.session.removed(source.name, report?.events ?? null), 'done', {
      label: texts.session.undo,
      run: () => void this.session.add([source.sourceId]),
    });
  }

  /** The time of a matching event, by its place in the list. */
  private async timeAt({ resultId }: QueryResult, start: number): Promise<EpochMs | null> {
    const page = await this.host.call('result.page', { resultId, start, count: 1, columns: [] });
    return page.rows[0]?.time ?? null;
  }

  /** The chosen and marked events may be among those removed; the query stays. */
  private dropRows(): void {
    this.selection.clear();
    this.compare.close();
    this.takeMore();
  }

  private startOver(): void {
    this.integrity.forget();
    this.toasts.dismissOffers();
    this.zoom = new ZoomStack();
    this.query.reset();
    this.facets.clear();
    this.results.clear();
    this.groups.clear();
    this.selection.clear();
    this.compare.close();
    this.fields.clear();
    const { kept } = this;
    this.kept = null;
    if (kept !== null && isOf(kept, this.session.status)) void this.resume(kept);
    else if (this.session.isOpen) this.takeMore();
  }

  /** What a name in the query means depends on the fields there are: they come first. */
  private async resume(kept: KeptView): Promise<void> {
    this.query.resume(kept.query);
    this.results.beginAt(kept.firstRow);
    if (hasSameRows(kept, this.session.status)) this.selection.resume(kept.row, kept.marked);
    if (kept.groupedBy !== null) this.groups.open(kept.groupedBy);
    this.layout.isDetailShown = kept.isDetailShown;
    this.detail.tab = kept.tab;
    await this.fields.load();
    this.takeMore();
  }

  private takeMore(): void {
    this.query.refresh();
    // While files are read, each may bring more related events: they are looked up once, at the end.
    if (!this.session.isImporting) {
      this.detail.relateAgain();
      this.detail.verifyAgain();
      void this.integrity.loadSettings();
    }
    void this.fields.load();
  }
}

/** The app of this window: `provideApp` once in `App.svelte`, `useApp` in the features below it. */
export const [useApp, provideApp] = createContext<AppState>();
