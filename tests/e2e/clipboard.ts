import type { Page } from '@playwright/test';

/**
 * What is in the clipboard, pasted into a field as a person would: a page that reads the clipboard needs a permission, which the app refuses its
 * own page.
 */
export async function pasted(page: Page): Promise<string> {
  const field = await page.evaluateHandle(() => {
    const before = document.activeElement;
    const textarea = document.createElement('textarea');
    // Behind a dialog nothing can have the focus.
    const parent = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
    parent.append(textarea);
    textarea.focus();
    const text = new Promise<string>((resolve) => {
      const finish = (found: string): void => {
        resolve(found);
        textarea.remove();
        if (before instanceof HTMLElement) before.focus();
      };
      textarea.addEventListener('paste', (event) => {
        event.preventDefault();
        finish(event.clipboardData?.getData('text/plain') ?? '');
      });
      // Where the clipboard is empty, nothing is pasted.
      textarea.addEventListener('keyup', () => {
        finish('');
      });
    });
    return { text };
  });
  await page.keyboard.press('ControlOrMeta+V');
  const text = await field.evaluate(({ text }) => text);
  await field.dispose();
  return text;
}
