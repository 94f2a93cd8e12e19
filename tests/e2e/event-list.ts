import type { Locator, Page } from '@playwright/test';

/** The list of matching events. Rows are counted from 0, whatever is in view. */
export class EventList {
  readonly grid: Locator;
  readonly headers: Locator;

  constructor(page: Page) {
    this.grid = page.getByRole('grid', { name: 'Events' });
    this.headers = this.grid.getByRole('columnheader');
  }

  /** The row, if it is in view. */
  row(index: number): Locator {
    return this.grid.locator(`[role="row"][aria-rowindex="${index + 2}"]`);
  }

  /** The row the keyboard is on. */
  get current(): Locator {
    return this.grid.locator('[role="row"].current');
  }

  get marked(): Locator {
    return this.grid.getByRole('row', { selected: true });
  }

  header(name: string): Locator {
    return this.grid.getByRole('columnheader', { name, exact: true });
  }

  /** The texts of one column in the rows in view, from the top. */
  async column(name: string): Promise<readonly string[]> {
    const place = await this.header(name).getAttribute('aria-colindex');
    return this.grid.locator(`[role="rowgroup"] [role="row"]`).evaluateAll(
      (rows, colIndex) =>
        rows
          .filter((row) => row.hasAttribute('data-index'))
          .sort((one, other) => Number(one.getAttribute('data-index')) - Number(other.getAttribute('data-index')))
          .map((row) => {
            const cell = row.querySelector<HTMLElement>(`[aria-colindex="${colIndex}"]`);
            // What is said of the event as such stands beside the value, and is not part of it.
            return (cell?.querySelector<HTMLElement>('.start') ?? cell)?.innerText.trim() ?? '';
          }),
      place ?? '',
    );
  }

  /** What is said of an event in view as such: that it is a summary, a copy, one of several versions. */
  tags(index: number): Locator {
    return this.row(index).locator('[data-tag]');
  }

  /** One cell of a row in view. */
  async cell(index: number, column: string): Promise<Locator> {
    const place = await this.header(column).getAttribute('aria-colindex');
    return this.row(index).locator(`[aria-colindex="${place ?? ''}"]`);
  }

  async columnNames(): Promise<readonly string[]> {
    const names = await this.headers.allInnerTexts();
    return names.map((name) => name.trim()).slice(1);
  }
}
