/** The app's facts and settings. Plain data only: everything survives structured clone and JSON. */
import type { ImportLimits } from './limits';

export interface AppInfo {
  readonly version: string;
  readonly host: 'electron' | 'browser';
  readonly platform: string;
  /** Whether the host shows its own open dialogs; else the window lists folders through `folder.list`. */
  readonly nativeDialogs: boolean;
}

/** What the app remembers, besides the recent archives. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  /** The zone that times are shown in: `UTC`, `local` for the machine's own, or an IANA name such as `Asia/Kolkata`. */
  readonly zone: string;
  /** Columns in order: short names or paths, with widths in px. Empty: the default columns. */
  readonly columns: readonly {
    readonly field: string;
    readonly widthPx: number;
    /** Somebody gave the column this width: it stays, however much room there is. */
    readonly isWidthChosen?: true | undefined;
  }[];
  /** Facets in order: short names or paths. */
  readonly facets: readonly string[];
  readonly timelineScale: 'linear' | 'log';
  /** How much room a row of a list has. */
  readonly density: 'compact' | 'comfortable';
  readonly limits: ImportLimits;
  /** Queries that were run, the newest first: at most {@link mostQueries}. */
  readonly queries: readonly string[];
  /** What was folded or unfolded in records, the newest last: at most {@link mostFolds}. `place`: keys, with a NUL between two. */
  readonly folds: readonly { readonly place: string; readonly isOpen: boolean }[];
}

/** Folds that are remembered. */
export const mostFolds = 200;

/** Earlier queries that are remembered. */
export const mostQueries = 100;
