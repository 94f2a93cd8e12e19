/** The window under a high-contrast theme of the system: what is chosen, marked, found and wrong is still seen. */
import type { Locator } from '@playwright/test';
import { sharedArchives } from './archives';
import { expect, test } from './fixtures';

interface Look {
  readonly background: string;
  readonly colour: string;
  readonly outline: string;
}

function lookOf(element: Locator): Promise<Look> {
  return element.evaluate((shown) => {
    const style = getComputedStyle(shown);
    return { background: style.backgroundColor, colour: style.color, outline: style.outlineStyle };
  });
}

/** The system's colours, as the page has them. */
function system(element: Locator, colour: string): Promise<string> {
  return element.evaluate((shown, name) => {
    const probe = shown.ownerDocument.createElement('i');
    probe.style.cssText = `color: ${name}; forced-color-adjust: none`;
    shown.ownerDocument.body.append(probe);
    const computed = getComputedStyle(probe).color;
    probe.remove();
    return computed;
  }, colour);
}

test('the current row, marked rows, chosen values, hits and syntax errors stand out', async ({ app }) => {
  const window = await app.open(sharedArchives().synthetic);
  await app.page.emulateMedia({ forcedColors: 'active' });
  await window.search('service:iam iam.amazonaws.com');
  await window.events.row(2).click();
  await app.page.keyboard.press('Space');
  await window.events.row(0).click();
  await window.idle();

  const highlight = await system(window.query, 'Highlight');
  const current = await lookOf(window.events.row(0));
  expect(current.background).toBe(highlight);
  expect((await lookOf(window.events.row(1))).background).not.toBe(highlight);
  expect((await lookOf(window.events.row(2))).outline).toBe('dashed');
  expect((await lookOf(window.facet('Service').value('iam'))).background).toBe(highlight);
  expect((await lookOf(window.detail.tab('Tree'))).background).toBe(highlight);
  expect((await lookOf(window.detail.section.locator('mark').first())).background).toBe(
    await system(window.query, 'Mark'),
  );

  await app.page.keyboard.press('Shift+F10');
  const [first, second] = [0, 1].map((at) => app.page.getByRole('menu').getByRole('menuitem').nth(at));
  if (first === undefined || second === undefined) throw new Error('a menu has two items');
  expect((await lookOf(first)).background).toBe(highlight);
  expect((await lookOf(second)).background).not.toBe(highlight);
  await app.page.keyboard.press('Escape');

  await window.search('service:(');
  await expect(window.query).toHaveAttribute('aria-invalid', 'true');
  expect((await lookOf(window.query)).outline).not.toBe('none');
});
