import type { Locator, Page } from '@playwright/test';

/** What the tree offers for a value. */
export type LeafAction =
  | 'Only events with this value'
  | 'Only events without this value'
  | 'Add as a column'
  | 'Add as a facet'
  | 'Copy the value';

/** The record of the current event. */
export class DetailPane {
  readonly section: Locator;
  readonly sentence: Locator;
  readonly tree: Locator;
  readonly raw: Locator;
  readonly location: Locator;

  constructor(page: Page) {
    this.section = page.getByRole('region', { name: 'Detail', exact: true });
    this.sentence = this.section.locator('.sentence');
    this.tree = this.section.getByRole('tree', { name: 'Record' });
    this.raw = this.section.getByRole('region', { name: 'Raw text' });
    this.location = this.section.getByLabel('Location');
  }

  /** A member of the record by its name and, where several have it, by the beginning of its value. */
  leaf(key: string, valueStart = ''): Locator {
    const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return this.tree
      .getByRole('treeitem')
      .filter({ has: this.section.page().locator('.key', { hasText: new RegExp(`^\\s*${escaped(key)}\\s*$`) }) })
      .filter({ has: this.section.page().locator('.value', { hasText: new RegExp(`^\\s*"?${escaped(valueStart)}`) }) });
  }

  /** A text value as the tree shows it, without its quotes. */
  async valueOf(leaf: Locator): Promise<string> {
    const text = (await leaf.locator('.value').textContent()) ?? '';
    return text.trim().replace(/^"(.*)"$/s, '$1');
  }

  async act(action: LeafAction, leaf: Locator): Promise<void> {
    await leaf.hover();
    await leaf.getByRole('button', { name: new RegExp(`^${action}`) }).click();
  }

  tab(name: 'Tree' | 'Raw'): Locator {
    return this.section.getByRole('tab', { name });
  }
}
