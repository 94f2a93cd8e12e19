import type { Locator, Page } from '@playwright/test';

/** The bars over the list, and the span chosen in them. */
export class Timeline {
  readonly section: Locator;
  readonly start: Locator;
  readonly end: Locator;
  /** The chosen span as a whole; not there where none is chosen. */
  readonly chosen: Locator;
  private readonly plot: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.section = page.getByRole('region', { name: 'Timeline', exact: true });
    this.start = this.section.getByRole('slider', { name: 'Start of the chosen span' });
    this.end = this.section.getByRole('slider', { name: 'End of the chosen span' });
    this.chosen = this.section.getByRole('slider', { name: 'The chosen span', exact: true });
    this.plot = this.section.locator('svg[role="presentation"]');
  }

  /** The bounds of what the sliders stand at, in milliseconds since 1970. */
  async span(): Promise<{ readonly from: number; readonly to: number }> {
    return {
      from: Number(await this.start.getAttribute('aria-valuenow')),
      to: Number(await this.end.getAttribute('aria-valuenow')),
    };
  }

  /** The lines at the ends of a chosen span; none where none is drawn. */
  get edges(): Locator {
    return this.section.locator('path.edge');
  }

  /** What is said of the bars to whoever cannot see them: span, greatest bar, step. */
  get description(): Locator {
    return this.section.locator('p.unseen');
  }

  /** The sums beside the legend: `Errors`, `Writes`, `Reads`. */
  async legend(): Promise<Readonly<Record<string, number>>> {
    const items = await this.section.getByRole('listitem').allInnerTexts();
    return Object.fromEntries(
      items.flatMap((text) => {
        const parts = /(Errors|Writes|Reads|Not stated)\s+([\d,]+)$/.exec(text);
        return parts === null ? [] : [[parts[1] ?? '', Number((parts[2] ?? '').replaceAll(',', ''))]];
      }),
    );
  }

  /** The button of a series in the legend. */
  series(label: string): Locator {
    return this.section.getByRole('listitem').getByRole('button', { name: new RegExp(`^${label}`) });
  }

  /** Drags from one share of the width to another (0 to 1). Let go of only where `drop` says so. */
  async drag(fromShare: number, toShare: number, drop = true): Promise<void> {
    const box = await this.box();
    const y = box.y + box.height / 3;
    await this.page.mouse.move(box.x + box.width * fromShare, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width * ((fromShare + toShare) / 2), y);
    await this.page.mouse.move(box.x + box.width * toShare, y);
    if (drop) await this.page.mouse.up();
  }

  /** Drags the bar over the chosen span. */
  async dragHandle(fromShare: number, toShare: number): Promise<void> {
    const box = await this.box();
    const y = box.y + 5;
    await this.page.mouse.move(box.x + box.width * fromShare, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width * toShare, y, { steps: 2 });
    await this.page.mouse.up();
  }

  async click(share: number): Promise<void> {
    const box = await this.box();
    await this.page.mouse.click(box.x + box.width * share, box.y + box.height / 3);
  }

  async rightClick(share: number): Promise<void> {
    const box = await this.box();
    await this.page.mouse.click(box.x + box.width * share, box.y + box.height / 3, { button: 'right' });
  }

  /** Turns the wheel over a place: up, a negative distance, zooms in. */
  async wheel(share: number, deltaPx: number): Promise<void> {
    await this.point(share);
    await this.page.mouse.wheel(0, deltaPx);
  }

  async doubleClick(share: number): Promise<void> {
    const box = await this.box();
    await this.page.mouse.dblclick(box.x + box.width * share, box.y + box.height / 3);
  }

  async point(share: number): Promise<void> {
    const box = await this.box();
    await this.page.mouse.move(box.x + box.width * share, box.y + box.height / 3);
  }

  private async box(): Promise<{
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }> {
    const box = await this.plot.boundingBox();
    if (box === null) throw new Error('the timeline is not in view');
    return box;
  }
}
