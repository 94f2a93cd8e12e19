import type { Locator, Page } from '@playwright/test';

/** The menu under the archive's name: what is open, and what can be done with it. */
export class SourcesMenu {
  readonly opener: Locator;
  readonly list: Locator;

  constructor(page: Page) {
    this.opener = page.getByRole('banner').locator('button[aria-haspopup="menu"]');
    this.list = page.getByRole('group', { name: 'Open sources' });
  }

  /** What takes a source out; its name tells what the source holds. */
  remove(name: string): Locator {
    return this.list.getByRole('menuitem', { name: `Remove ${name}:` });
  }
}
