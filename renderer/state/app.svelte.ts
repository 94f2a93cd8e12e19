/** Everything the window knows, and how its parts hear of each other. Components get it from the context. */
import type { AppError } from '#contract/errors';
import type { SourceRef } from '#contract/types';
import { escapeInvisible } from '#core/visible';
import { createContext } from 'svelte';
import type { Host } from '../host/host';
import { counted } from '../lib/format';
import { Compare } from './compare.svelte';
import { Detail } from './detail.svelte';
import { Facets } from './facets.svelte';
import { Fields } from './fields.svelte';
import { Layout } from './layout.svelte';
import { Preferences } from './preferences.svelte';
import { asAppError } from './problem';
import { Query } from './query.svelte';
import { Results } from './results.svelte';
import { Selection } from './selection.svelte';
import { Session } from './session.svelte';
import { Toasts } from './toasts.svelte';

/** The dialogs, of which one can be open. */
export type DialogName = 'add' | 'add-column' | 'add-facet' | 'help' | 'limits' | 'open' | 'report';

export class AppState {
  readonly host: Host;
  readonly toasts = new Toasts();
  readonly layout = new Layout();
  readonly preferences: Preferences;
  readonly fields: Fields;
  readonly session: Session;
  readonly facets: Facets;
  readonly query: Query;
  readonly results: Results;
  readonly detail: Detail;
  readonly selection: Selection;
  readonly compare: Compare;

  dialog = $state<DialogName | null>(null);
  /** Why the window could not start. */
  startProblem = $state.raw<AppError | null>(null);
  isStarted = $state(false);

  constructor(host: Host) {
    this.host = host;
    this.preferences = new Preferences(host, {
      onColumns: () => this.results.reload(),
      onProblem: (message) => this.toasts.show(message, 'error'),
    });
    this.fields = new Fields(host);
    this.session = new Session(host, {
      onArchive: () => this.#startOver(),
      onMore: () => this.#takeMore(),
      onLess: () => this.#dropRows(),
      onAlreadyOpen: () => this.toasts.show('That is open already: nothing was added', 'hint'),
    });
    this.facets = new Facets(host, this.preferences, () => ({
      text: this.query.shownText,
      withCopies: this.query.withCopies,
    }));
    this.query = new Query(host, this.fields, this.facets, (result, isSameQuery) => {
      this.results.show(result, isSameQuery);
    });
    this.results = new Results(host, this.preferences, {
      onRows: () => this.selection.settle(),
      onShown: (result, isSameQuery) => void this.selection.relocate(result, !isSameQuery),
      onStale: () => this.query.refresh(),
    });
    this.detail = new Detail(host);
    this.selection = new Selection(host, this.results, this.detail);
    this.compare = new Compare(host);
    // Who asks something new wants to see the answer.
    this.query.onSubmit = () => this.compare.close();
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
    if (path !== '') void this.toasts.copy(path, 'Path');
  }

  /** Takes a source out of what is open. Nothing is asked: it can be had back. */
  async removeSource(source: SourceRef): Promise<void> {
    const report = this.session.report?.sources.find(({ sourceId }) => sourceId === source.sourceId);
    if (!(await this.session.remove(source.sourceId))) return;
    const events = report === undefined ? '' : `: ${counted(report.events, 'event', 'events')}`;
    this.toasts.show(`Removed ${escapeInvisible(source.name)}${events}`, 'done', {
      label: 'Undo',
      run: () => void this.session.add([source.sourceId]),
    });
  }

  /** The chosen and marked events may be among those that went; the query stays. */
  #dropRows(): void {
    this.selection.clear();
    this.compare.close();
    this.#takeMore();
  }

  #startOver(): void {
    this.query.reset();
    this.facets.clear();
    this.results.clear();
    this.selection.clear();
    this.compare.close();
    this.fields.clear();
    if (this.session.isOpen) this.#takeMore();
  }

  #takeMore(): void {
    this.query.refresh();
    // While files are read, more of what belongs to an event may come with each of them: it is looked up once, at the end.
    if (!this.session.isImporting) this.detail.relateAgain();
    void this.fields.load();
  }
}

/** The app of this window: `provideApp` once in `App.svelte`, `useApp` in the features below it. */
export const [useApp, provideApp] = createContext<AppState>();
