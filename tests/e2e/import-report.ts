import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The choices of files in the report. */
export type FileTab = 'All' | 'With problems' | 'Read' | 'In part' | 'Not read' | 'Ignored';

/** What an import read and what it did not. */
export class ImportReport {
  readonly dialog: Locator;
  /** The figures, and what filters by them. */
  readonly totals: Locator;
  readonly files: Locator;
  /** All that is told of the current file. */
  readonly about: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Import report', exact: true });
    this.totals = this.dialog.getByRole('region', { name: 'Totals' });
    this.files = this.dialog.getByRole('grid', { name: 'Files' });
    this.about = this.dialog.getByRole('region', { name: 'About this file' });
    this.search = this.dialog.getByRole('searchbox', { name: 'Search in paths' });
  }

  tab(name: FileTab): Locator {
    return this.dialog.getByRole('tab', { name: new RegExp(`^${name}\\b`) });
  }

  /** The rows in view, without the header. */
  get rows(): Locator {
    return this.files.locator('[role="row"][data-index]');
  }

  row(path: string): Locator {
    return this.rows.filter({ hasText: path });
  }

  /** Shows what is told of a file in view. */
  async choose(path: string): Promise<void> {
    await this.row(path).click();
    await expect(this.about).toContainText(path);
  }

  /** A figure at the head by its name, `Duplicates`. */
  figure(name: string): Locator {
    const figures = this.dialog.locator('dl > div');
    return figures.filter({ has: this.dialog.page().getByText(name, { exact: true }) }).locator('dd');
  }
}
