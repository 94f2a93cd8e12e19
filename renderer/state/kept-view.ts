/**
 * What a window looks at, kept over a reload of its page: query, order, place in the list, chosen and marked events.
 *
 * It is kept with the page's tab and ends with it. It holds rows of the open archive, which mean nothing in another.
 */
import type { RowId, SourceId } from '#contract/ids';
import type { SortOrder } from '#contract/query';
import type { ArchiveStatus } from '#contract/sources';

/** Another number once the shape changes: what an older version of the page kept is left alone. */
const key = 'trailglass-view-1';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface KeptQuery {
  /** In the bar. */
  readonly text: string;
  /** What ran last. */
  readonly ranText: string;
  /** What the list showed: another one where `ranText` has a syntax error. */
  readonly shownText: string;
  readonly past: readonly string[];
  readonly future: readonly string[];
  readonly sort: SortOrder;
  readonly timelineBy: string | null;
  readonly withDuplicates: boolean;
}

export interface KeptView {
  readonly sources: readonly SourceId[];
  /** Of the archive's status. */
  readonly version: number;
  readonly wasImporting: boolean;
  readonly query: KeptQuery;
  /** The fields that the events were grouped by; null for the list. */
  readonly groupedBy: readonly string[] | null;
  /** The place of the first row in view. */
  readonly firstRow: number;
  readonly row: RowId | null;
  readonly marked: readonly RowId[];
  readonly isDetailShown: boolean;
  readonly tab: 'tree' | 'raw';
}

/** A page may be refused a store, and a full one takes nothing: the window then starts anew. */
export function keepView(store: Store, view: KeptView | null): void {
  try {
    if (view === null) store.removeItem(key);
    else store.setItem(key, JSON.stringify(view));
  } catch {
    // There is nothing to be done about it, and nothing is lost but the view.
  }
}

/** What was kept before the page was loaded; null where nothing was. */
export function keptView(store: Store): KeptView | null {
  try {
    return JSON.parse(store.getItem(key) ?? 'null') as KeptView | null;
  } catch {
    return null;
  }
}

/** Whether it is a view of what is open. */
export function isOf(view: KeptView, { sources }: Pick<ArchiveStatus, 'sources'>): boolean {
  const open = sources.map(({ sourceId }) => sourceId);
  return open.length === view.sources.length && view.sources.every((source) => open.includes(source));
}

/** Whether the numbers of its rows still mean the same events: the archive was not read anew meanwhile. */
export function hasSameRows(view: KeptView, { version }: Pick<ArchiveStatus, 'version'>): boolean {
  return view.version === version || (view.wasImporting && version > view.version);
}
