import type { Locator, Page } from '@playwright/test';

/** Two events side by side. */
export class Comparison {
  readonly section: Locator;
  readonly toolbar: Locator;
  readonly table: Locator;
  /** The path of the line under the cursor. */
  readonly path: Locator;

  constructor(page: Page) {
    this.section = page.getByRole('region', { name: 'Comparison', exact: true });
    this.toolbar = this.section.getByRole('toolbar', { name: 'Comparison' });
    this.table = this.section.getByRole('treegrid', { name: 'Differences' });
    this.path = this.section.getByTitle('Where the line stands in the record');
  }

  /** The two events at the head of the columns. */
  head(side: 'left' | 'right'): Locator {
    return this.table.getByRole('columnheader').nth(side === 'left' ? 1 : 2);
  }

  /** The lines that are no values: headings, folds, policies in words. */
  line(text: string | RegExp): Locator {
    return this.table.getByRole('row').filter({ hasText: text });
  }

  /** The values with this name. */
  value(label: string): Locator {
    return this.table
      .getByRole('row')
      .filter({ has: this.section.page().getByRole('rowheader').getByText(label, { exact: true }) });
  }

  /** What a row shows on one side, without quotes. */
  async side(row: Locator, side: 'left' | 'right'): Promise<string> {
    const text = await row
      .getByRole('gridcell')
      .nth(side === 'left' ? 0 : 1)
      .innerText();
    return text.trim().replace(/^"(.*)"$/s, '$1');
  }

  get current(): Locator {
    return this.table.locator('[role="row"].current');
  }

  button(name: string | RegExp): Locator {
    return this.toolbar.getByRole('button', { name });
  }

  async copyAs(format: string): Promise<void> {
    await this.toolbar.locator('button[aria-haspopup="menu"]').click();
    await this.section.page().getByRole('menuitem', { name: format }).click();
  }
}
