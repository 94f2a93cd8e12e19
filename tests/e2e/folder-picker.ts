import type { Locator, Page } from '@playwright/test';

/** The window's own dialog, where the host has none. */
export class FolderPicker {
  readonly dialog: Locator;
  readonly path: Locator;
  readonly entries: Locator;
  /** The entry the keys act on. */
  readonly current: Locator;

  constructor(page: Page, title: 'Open folder or files' | 'Add a folder or files') {
    this.dialog = page.getByRole('dialog', { name: title, exact: true });
    this.path = this.dialog.getByRole('textbox', { name: 'Path' });
    this.entries = this.dialog.getByRole('option');
    this.current = this.dialog.locator('[role="option"][aria-current="true"]');
  }
}
