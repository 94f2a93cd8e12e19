import type { Locator } from '@playwright/test';

export interface ValueSeen {
  readonly value: string;
  readonly count: number;
  readonly state: 'none' | 'included' | 'excluded';
}

/** One facet of the panel. */
export class Facet {
  readonly section: Locator;
  readonly search: Locator;

  constructor(section: Locator) {
    this.section = section;
    this.search = section.getByRole('searchbox');
  }

  /** The button of a value; pressing it includes the value, or takes it back. */
  value(value: string): Locator {
    const escaped = value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return this.section.getByRole('button', {
      name: new RegExp(`^${escaped}, [\\d,]+(, (included|excluded)( by the name .*)?)?$`),
    });
  }

  /** Every value shown, in order. */
  async values(): Promise<readonly ValueSeen[]> {
    const labels = await this.section
      .locator('li button.value')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
    return labels.map((label) => {
      const parts = /^(.*), ([\d,]+?)(?:, (included|excluded)(?: by the name .*)?)?$/s.exec(label);
      if (parts === null) throw new Error(`not a value of a facet: "${label}"`);
      const [, value = '', count = '', state = 'none'] = parts;
      return { value, count: Number(count.replaceAll(',', '')), state: state as ValueSeen['state'] };
    });
  }

  /** Shows more than the first few values. */
  async unfold(): Promise<void> {
    await this.tool(/^[\d,]+ more$/).click();
    await this.section.getByRole('button', { name: 'fewer' }).waitFor();
  }

  /** One of a value's buttons that show when it is pointed at. */
  async act(action: 'Include' | 'Exclude' | 'Only', value: string): Promise<void> {
    await this.value(value).hover();
    await this.section.getByRole('button', { name: `${action} ${value}`, exact: true }).click();
  }

  tool(name: string | RegExp): Locator {
    return this.section.getByRole('button', { name });
  }
}
