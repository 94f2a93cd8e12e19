/** What the user set and the host remembers: theme, zone, columns, facets, scale. */
import { type ImportLimits, defaultLimits } from '#contract/limits';
import { mostFolds, mostQueries, type Settings } from '#contract/settings';
import { defaultFacets, isSameField } from '#core/fields';
import type { Zone } from '#core/time';
import { isKnownZone } from '#core/zones';
import type { Host } from '../host/host';
import { later } from '../lib/idle';
import { defaultColumns, defaultWidthPx, extraFields, type ColumnChoice } from './columns';
import { asAppError } from './problem';
import { texts } from './texts';

const saveDelayMs = 300;
/** Longer texts were pasted, and are no query to come back to. */
const longestQuery = 2000;
/** Keys of evidence may be of any length. */
const longestPlace = 500;

/** In px: a row of the lists; a value of a facet or a record, as `--size-line` in app.css has it. */
const heights = {
  compact: { row: 24, line: 24 },
  comfortable: { row: 32, line: 28 },
} as const satisfies Record<Settings['density'], { readonly row: number; readonly line: number }>;

/** What the rest of the window does about a change. */
export interface PreferencesListener {
  /** A column was added or removed, so that the rows' values have to be requested again. */
  onColumns(): void;
  onProblem(message: string): void;
}

export class Preferences {
  private readonly host: Host;
  private readonly listener: PreferencesListener;
  private readonly startColumns: readonly ColumnChoice[];
  private callOff: () => void = () => undefined;

  theme = $state<Settings['theme']>('system');
  zone = $state<Zone>('UTC');
  /** What {@link toggleZone} goes to from UTC. */
  otherZone = $state<Zone>('local');
  columns = $state.raw<readonly ColumnChoice[]>(defaultColumns);
  facets = $state.raw<readonly string[]>(defaultFacets);
  timelineScale = $state<Settings['timelineScale']>('linear');
  density = $state<Settings['density']>('compact');
  /** The height of a row of the lists, in px. */
  readonly rowPx = $derived(heights[this.density].row);
  /** The height of a value of a facet, in px. */
  readonly linePx = $derived(heights[this.density].line);
  limits = $state.raw<ImportLimits>(defaultLimits);
  /** Queries that were run, the newest first. */
  queries = $state.raw<readonly string[]>([]);
  /** What was folded or unfolded in records, by place: see {@link Settings.folds}. */
  folds = $state.raw<ReadonlyMap<string, boolean>>(new Map());

  /** `columns`: those shown until others are chosen. */
  constructor(host: Host, listener: PreferencesListener, columns: readonly ColumnChoice[] = defaultColumns) {
    this.host = host;
    this.startColumns = columns;
    this.columns = columns;
    this.listener = listener;
  }

  async load(): Promise<void> {
    const settings = await this.host.call('settings.get', null);
    this.theme = settings.theme;
    if (isKnownZone(settings.zone)) this.useZone(settings.zone);
    if (settings.columns.length > 0) this.columns = firstOfEach(settings.columns, (column) => column.field);
    this.facets = firstOfEach(settings.facets, (field) => field);
    this.timelineScale = settings.timelineScale;
    this.density = settings.density;
    this.limits = settings.limits;
    this.queries = settings.queries;
    this.folds = new Map(settings.folds.map(({ place, isOpen }) => [place, isOpen]));
  }

  /** System, then light, then dark, then system. */
  nextTheme(): void {
    const order = { system: 'light', light: 'dark', dark: 'system' } as const;
    this.setTheme(order[this.theme]);
  }

  setTheme(theme: Settings['theme']): void {
    this.theme = theme;
    this.save();
  }

  setZone(zone: Zone): void {
    this.useZone(zone);
    this.save();
  }

  /** From UTC to the zone chosen last, else the machine's own, and back. */
  toggleZone(): void {
    this.setZone(this.zone === 'UTC' ? this.otherZone : 'UTC');
  }

  toggleTimelineScale(): void {
    this.timelineScale = this.timelineScale === 'linear' ? 'log' : 'linear';
    this.save();
  }

  toggleDensity(): void {
    this.setDensity(this.density === 'compact' ? 'comfortable' : 'compact');
  }

  setDensity(density: Settings['density']): void {
    this.density = density;
    this.save();
  }

  setColumns(columns: readonly ColumnChoice[]): void {
    const previous = extraFields(this.columns).join('\n');
    this.columns = columns;
    if (extraFields(columns).join('\n') !== previous) this.listener.onColumns();
    this.save();
  }

  resizeColumn(field: string, widthPx: number): void {
    this.setColumns(
      this.columns.map((column) => (column.field === field ? { field, widthPx, isWidthChosen: true } : column)),
    );
  }

  /** Moves a column to `toIndex` among the others. */
  moveColumn(field: string, toIndex: number): void {
    const moved = this.columns.filter((column) => column.field === field);
    const others = this.columns.filter((column) => column.field !== field);
    this.setColumns([...others.slice(0, toIndex), ...moved, ...others.slice(toIndex)]);
  }

  removeColumn(field: string): void {
    if (this.columns.length > 1) this.setColumns(this.columns.filter((column) => column.field !== field));
  }

  resetColumns(): void {
    this.setColumns(this.startColumns);
  }

  addColumn(field: string): void {
    if (this.columns.some((column) => isSameField(column.field, field))) return;
    this.setColumns([...this.columns, { field, widthPx: defaultWidthPx(field) }]);
  }

  /** Puts a query that was run before all others. */
  rememberQuery(text: string): void {
    const query = text.trim();
    if (query === '' || query.length > longestQuery || query === this.queries[0]) return;
    this.queries = [query, ...this.queries.filter((known) => known !== query)].slice(0, mostQueries);
    this.save();
  }

  /** Remembers that a part of records is to be folded, or not. The oldest go first; a place that is too long holds for this start alone. */
  setFold(place: string, isOpen: boolean): void {
    const others = [...this.folds].filter(([known]) => known !== place);
    this.folds = new Map([...others, [place, isOpen] as const].slice(-mostFolds));
    this.save();
  }

  setFacets(facets: readonly string[]): void {
    this.facets = facets;
    this.save();
  }

  /** Resolves once the host has them, so that what is opened next is read with them. */
  async setLimits(limits: ImportLimits): Promise<void> {
    this.limits = limits;
    this.callOff();
    await this.send();
  }

  private useZone(zone: Zone): void {
    this.zone = zone;
    if (zone !== 'UTC') this.otherZone = zone;
  }

  private save(): void {
    this.callOff();
    this.callOff = later(saveDelayMs, () => void this.send());
  }

  private async send(): Promise<void> {
    const settings: Settings = {
      theme: this.theme,
      zone: this.zone,
      // Left as they were, they are not chosen: another window may have room for others.
      columns: this.columns === this.startColumns ? [] : this.columns,
      facets: this.facets,
      timelineScale: this.timelineScale,
      density: this.density,
      limits: this.limits,
      queries: this.queries,
      folds: [...this.folds].flatMap(([place, isOpen]) => (place.length > longestPlace ? [] : [{ place, isOpen }])),
    };
    try {
      await this.host.call('settings.set', settings);
    } catch (thrown) {
      this.listener.onProblem(texts.session.settingsNotSaved(asAppError(thrown).message));
    }
  }
}

/** Settings are a file that any program may have written: of two equal entries the first counts. */
function firstOfEach<Item>(items: readonly Item[], nameOf: (item: Item) => string): readonly Item[] {
  return [...new Map([...items].reverse().map((item) => [nameOf(item), item])).values()].reverse();
}
