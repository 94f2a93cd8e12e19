/**
 * Takes the pictures of the README, light and dark, from the real app over a synthetic archive: `npm run screenshots`.
 *
 * `--desktop`: six pictures of the desktop app in the double of Electron instead, from its menu to the import report.
 *
 * Nothing in them is drawn by hand; the archive's seed is fixed, so a new picture differs only where the app does.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureChromium } from './chromium.mjs';
import { ensure } from './ensure.mjs';
import { startHost } from './host.mjs';
import { fromRoot, runMain, runNode, say } from './project.mjs';
import { comparedRecords } from './screenshot-events.mjs';

const viewport = { width: 1440, height: 900 };
const pictures = fromRoot('docs', 'screenshots');

/**
 * Each picture has a host of its own: an address lets one window in, once.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {readonly string[]} args of the browser host
 * @param {string} name of the picture
 * @param {(page: import('@playwright/test').Page) => Promise<void>} arrange what is to be seen
 */
async function takePictures(browser, args, name, arrange) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const host = await startHost(args);
    const context = await browser.newContext({
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      locale: 'en-US',
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    await page.goto(host.address);
    // The first page lets the window in, and goes on to it by itself.
    await page.waitForFunction(() => '__idle' in globalThis);
    await arrange(page);
    await page.evaluate(() => /** @type {any} */ (globalThis).__idle());
    const path = join(pictures, `${name}-${colorScheme}.png`);
    await page.screenshot({ path });
    say(path);
    await context.close();
    host.close();
  }
}

await runMain(async () => {
  await ensure();
  const executablePath = await ensureChromium();
  if (!executablePath) return 1;
  mkdirSync(pictures, { recursive: true });
  if (process.argv.includes('--desktop')) {
    const spec = 'tests/e2e/desktop/film-strip.spec.ts';
    return runNode('node_modules/@playwright/test/cli.js', ['test', '--project=electron', '--workers=1', spec], {
      env: { ...process.env, FILM_STRIP: pictures },
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'trailglass-screenshots-'));
  const archive = join(folder, 'archive');
  const browser = await chromium.launch({ executablePath });
  try {
    await runNode('out/tools/make-archive.js', [archive, '--events', '60000', '--seed', '7']);

    await takePictures(browser, ['--config', join(folder, 'welcome')], 'welcome', async () => {});
    await takePictures(browser, ['--config', join(folder, 'open'), archive], 'investigate', async (page) => {
      await page.locator('footer button:enabled', { hasText: 'not read' }).waitFor();
      await page.evaluate(() => /** @type {any} */ (globalThis).__idle());
      await page.getByRole('grid').getByRole('row').nth(4).click();
    });

    const compared = join(folder, 'compared.json');
    writeFileSync(compared, JSON.stringify(comparedRecords));
    await takePictures(browser, ['--config', join(folder, 'diff'), archive, compared], 'diff', async (page) => {
      await page.locator('footer button:enabled', { hasText: 'not read' }).waitFor();
      const summary = page.getByLabel('Import', { exact: true }).getByRole('button', { name: 'Close' });
      if (await summary.isVisible()) await summary.click();
      await page.getByRole('combobox', { name: 'Query' }).fill('event:PutBucketPolicy ledger-archive');
      await page.keyboard.press('Control+Enter');
      await page.evaluate(() => /** @type {any} */ (globalThis).__idle());
      await page.getByRole('grid').getByRole('row').nth(2).click();
      await page.evaluate(() => /** @type {any} */ (globalThis).__idle());
      await page.keyboard.press('<');
      await page.getByRole('treegrid').waitFor();
    });
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});
