/** The window as a person sees it: its parts by role and name. */
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { DetailPane } from './detail-pane';
import { EventList } from './event-list';
import { Facet } from './facet';
import { ImportReport } from './import-report';
import { SourcesMenu } from './sources-menu';
import { Timeline } from './timeline';

export interface Found {
  readonly matched: number;
  readonly total: number;
}

export class AppWindow {
  readonly page: Page;
  readonly query: Locator;
  readonly events: EventList;
  readonly detail: DetailPane;
  readonly timeline: Timeline;
  readonly report: ImportReport;
  readonly sources: SourcesMenu;
  readonly facets: Locator;
  /** Progress, and afterwards what came of the import. */
  readonly importStrip: Locator;
  readonly status: Locator;
  readonly noMatch: Locator;
  /** The filters of the query, one by one. */
  readonly chips: Locator;

  constructor(page: Page) {
    this.page = page;
    this.query = page.getByRole('combobox', { name: 'Query', exact: true });
    this.events = new EventList(page);
    this.detail = new DetailPane(page);
    this.timeline = new Timeline(page);
    this.report = new ImportReport(page);
    this.sources = new SourcesMenu(page);
    this.facets = page.getByRole('region', { name: 'Facets', exact: true });
    this.importStrip = page.getByLabel('Import', { exact: true });
    this.status = page.getByRole('contentinfo', { name: 'Status' });
    this.noMatch = page.getByRole('region', { name: 'Events', exact: true }).getByRole('status');
    this.chips = page.getByRole('list', { name: 'Filters' }).getByRole('listitem');
  }

  /** Waits until the window has come to rest: no call without an answer, no delayed work, nothing moving. */
  async idle(): Promise<void> {
    await this.page.waitForFunction(() => typeof window.__idle === 'function');
    await this.page.evaluate(() => window.__idle());
  }

  /** Waits until everything opened is read and shown. */
  async imported(): Promise<void> {
    await expect(this.status.getByRole('button', { name: /not read/ })).toBeEnabled({ timeout: 45_000 });
    await this.idle();
  }

  /** Writes a query in place of the previous one, runs it, and waits for the answer. */
  async search(text: string): Promise<void> {
    await this.query.fill(text);
    await this.query.press('Control+Enter');
    await this.idle();
  }

  /** How many events match, of how many. */
  async found(): Promise<Found> {
    const text = await this.page.getByRole('banner').getByRole('status').innerText();
    const counts = /^([\d,]+) of ([\d,]+) events$/.exec(text);
    if (counts === null) throw new Error(`not a count of matches: "${text}"`);
    return { matched: countIn(counts[1]), total: countIn(counts[2]) };
  }

  facet(label: string): Facet {
    return new Facet(this.facets.getByRole('region', { name: label, exact: true }));
  }

  dialog(title: string): Locator {
    return this.page.getByRole('dialog', { name: title, exact: true });
  }

  /** Picks from the menu under the archive's name. */
  async pickFromArchiveMenu(item: string): Promise<void> {
    await this.sources.opener.click();
    await this.page.getByRole('menuitem', { name: item, exact: false }).click();
    await this.idle();
  }

  /** What is wrong with the query, as it is told under it. */
  get syntaxError(): Locator {
    return this.page.locator('#query-syntax-error');
  }

  /** The letters of the query that are underlined as mistaken. */
  async underlined(): Promise<string> {
    return (await this.page.locator('[data-region="query"] .syntax-error').allTextContents()).join('');
  }
}

/** `12,345` as a number. */
export function countIn(text: string | undefined): number {
  return Number((text ?? '').replaceAll(',', ''));
}
