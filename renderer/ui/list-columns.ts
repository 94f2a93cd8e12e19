/** What a list shows of its rows, and in which order. */
export interface Column {
  readonly id: string;
  readonly label: string;
  readonly widthPx: number;
  readonly align?: 'left' | 'right';
  /** Set in the data font. */
  readonly mono?: boolean;
  /** A click on the header calls `onSort`; where left out, only the column sorted by does so. */
  readonly sortable?: boolean;
  /** Takes a share of the room that the columns leave. */
  readonly grows?: boolean;
  /** Stays in view while the list is scrolled sideways. */
  readonly pinned?: boolean;
  /** What the column holds, as the header's tooltip; the label where left out. */
  readonly title?: string;
}

export interface Sort {
  readonly columnId: string;
  readonly direction: 'ascending' | 'descending';
}
