/** Draws build/icon.png from build/icon.svg: `node build/scripts/make-icon.mjs`. Only needed when the drawing changes. */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from './chromium.mjs';
import { PlainError, fromRoot, runMain } from './project.mjs';

const sizePx = 1024;

await runMain(async () => {
  const executablePath = await findChromium();
  if (!executablePath) throw new PlainError('Drawing the icon needs a Chromium.');
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } });
    const svg = readFileSync(fromRoot('build', 'icon.svg'), 'utf8');
    await page.setContent(`<body style="margin:0">${svg.slice(svg.indexOf('<svg'))}</body>`);
    await page.locator('svg').screenshot({ path: fromRoot('build', 'icon.png'), omitBackground: true });
  } finally {
    await browser.close();
  }
  return 0;
});
