import { defineConfig } from '@playwright/test';
import { findChromium } from './build/scripts/chromium.mjs';

const executablePath = await findChromium();

/**
 * Left out of the Chromium under test. The last such list counts, so what Playwright leaves out is here again; a whole Chromium also loads two
 * pages of its own for each window, for its address bar, which took a tenth of a test.
 */
const leftOut = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
];

/**
 * Most of the window knows nothing of its host, and every test of it in both hosts would double the time. `npm test` sets `E2E=each-once`: what passes
 * through the shell is tried in the desktop app, and what is the same in both hosts in one of them, these there. Without it each project tries
 * all that is its own, and the desktop app what it shares with the browser, too.
 */
const sharedSpecs = ['asar-names', 'keyboard-only', 'read-detail', 'select-copy', 'watch-import', 'zones'].map(
  (name) => `**/${name}.spec.ts`,
);
const desktopSpecs = '**/desktop/*.spec.ts';
const isEachOnce = process.env['E2E'] === 'each-once';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/global-setup.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // A busy machine is slow; a part that is missing is told long before by the timeouts of presses and expectations.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['line'], ['json', { outputFile: process.env['PLAYWRIGHT_REPORT'] ?? 'out/reports/playwright.json' }]],
  use: {
    // The locale and zone of the tests are not the developer's: what prints local time must say so itself.
    locale: 'tr-TR',
    timezoneId: 'America/Los_Angeles',
    viewport: { width: 1440, height: 900 },
    // Far more than any press needs, far less than a test: a part that is missing fails where it is missed.
    actionTimeout: 15_000,
    // Recording a trace costs about as much as the test: TRACE=1 asks for it, where a failure has to be looked at.
    trace: process.env['TRACE'] === undefined ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      args: [`--disable-features=${leftOut.join(',')}`],
      ...(executablePath === undefined ? {} : { executablePath }),
    },
  },
  // The fixture `app` reads its host from the project's name.
  projects: [
    { name: 'browser', testIgnore: [desktopSpecs, ...(isEachOnce ? sharedSpecs : [])] },
    { name: 'pack', testMatch: '**/*.setup.ts' },
    {
      name: 'electron',
      testMatch: isEachOnce ? [desktopSpecs, ...sharedSpecs] : '**/*.spec.ts',
      dependencies: ['pack'],
    },
  ],
});
