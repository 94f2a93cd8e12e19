/** The view of groups as a person sees it. */
import type { Locator, Page } from '@playwright/test';

export class GroupsTable {
  readonly grid: Locator;
  readonly rows: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('region', { name: 'Groups', exact: true }).getByRole('grid');
    this.rows = this.grid.locator('[data-index]');
  }

  /** The switch above the list. */
  switchTo(view: 'Events' | 'Groups'): Promise<void> {
    return this.page.getByRole('group', { name: 'View' }).getByRole('button', { name: view, exact: true }).click();
  }

  header(name: string): Locator {
    return this.grid.getByRole('columnheader', { name, exact: true });
  }

  /** The text of each cell of the rows in view, from one column on. */
  async column(place: number): Promise<readonly string[]> {
    return this.rows.locator(`[aria-colindex="${place + 2}"]`).allInnerTexts();
  }

  async counts(place: number): Promise<readonly number[]> {
    return (await this.column(place)).map((text) => Number(text.replaceAll(',', '')));
  }
}
