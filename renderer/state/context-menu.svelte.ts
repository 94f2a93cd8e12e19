/** What the window's context menu was opened on. What it offers there is in `features/menu/actions.ts`. */
import type { EpochMs } from '#contract/ids';
import type { TimeSpan } from '#core/time';

/** A value of a field, which goes by its short name or its path. */
export interface FieldValue {
  readonly field: string;
  readonly text: string;
}

export interface MenuTarget {
  /** What was pressed: one value, or those of a group of two fields. Left out where a row as such was meant, or a bar. */
  readonly values?: readonly FieldValue[];
  /** Whether a query finds the values. */
  readonly canFilter?: boolean;
  /** A bar of the timeline, or the span chosen there. */
  readonly span?: TimeSpan;
  /** The time of the event it stands in; null where the event has none. */
  readonly time?: EpochMs | null;
  /** The head of a facet. */
  readonly facet?: string;
  /** It stands in the list: the marked events, or the row, can be copied. */
  readonly isRow?: boolean;
}

/** A request to open the menu, with its corner at a point of the window, in px. */
export interface MenuRequest {
  readonly target: MenuTarget;
  readonly left: number;
  readonly top: number;
}

export class ContextMenu {
  request = $state.raw<MenuRequest | null>(null);

  open(target: MenuTarget, left: number, top: number): void {
    this.request = { target, left, top };
  }

  /** Opens it by a right click, or by its key below what has the focus; nothing where there is no target. */
  openBy(event: MouseEvent, target: MenuTarget | null): void {
    if (target === null) return;
    event.preventDefault();
    const rightButton = 2;
    const focused = event.button === rightButton || event.ctrlKey ? null : document.activeElement;
    const box = focused?.getBoundingClientRect();
    this.open(target, box?.left ?? event.clientX, box?.bottom ?? event.clientY);
  }

  /** The same for one value that can be filtered by. */
  openOnValue(event: MouseEvent, field: string, text: string): void {
    this.openBy(event, { values: [{ field, text }], canFilter: true });
  }
}
