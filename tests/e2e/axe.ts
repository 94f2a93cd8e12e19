/** Axe, in the page itself: the window has no frames, and the desktop app opens no page in which axe could put the answers of frames together. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

type Result = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'][number];

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Axe leaves it out unless asked. */
const targetSize = { 'target-size': { enabled: true } };

/** What would keep somebody from working, in words that say where: in light and, by its colours, in dark. */
export async function findings(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const inLight = await findingsOf(axe(page).options({ runOnly: standard, rules: targetSize }), 10);
  await page.emulateMedia({ colorScheme: 'dark' });
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(isDark).toBe(true);
  // The dark window differs in its colours alone.
  const inDark = await findingsOf(axe(page).withRules(['color-contrast']), 1);
  return [...inLight, ...inDark.map((finding) => `in dark: ${finding}`)];
}

async function findingsOf(builder: AxeBuilder, leastPasses: number): Promise<readonly string[]> {
  const { violations, passes, incomplete } = await builder.analyze();
  // A rule that fails counts for axe as neither met nor broken.
  const failed = incomplete.filter((rule) => 'error' in rule).map(({ id, description }) => `${id}: ${description}`);
  expect(failed, 'rules that axe could not try').toEqual([]);
  expect(passes.length, 'axe should have looked at something').toBeGreaterThanOrEqual(leastPasses);
  return violations
    .flatMap(withoutSliders)
    .map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
}

/** The sliders of the timeline are for the keyboard alone: the pointer works on the bars below them. */
function withoutSliders(result: Result): readonly Result[] {
  if (result.id !== 'target-size') return [result];
  const nodes = result.nodes.filter(({ html }) => !html.includes('role="slider"'));
  return nodes.length === 0 ? [] : [{ ...result, nodes }];
}
