import { defineConfig } from '@playwright/test';
import { findChromium } from './build/scripts/chromium.mjs';
import { installedElectron } from './build/scripts/electron-binary.mjs';

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

// This file is read again in every worker; say it once.
if (process.env['TEST_WORKER_INDEX'] === undefined && !installedElectron()) {
  process.stderr.write(
    'Electron: its program is not on this machine, so the tests of the desktop window are skipped.\n',
  );
}

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
  // The fixture `app` reads its host from the project's name; the Electron tests skip themselves where its program is missing.
  projects: [{ name: 'browser' }, { name: 'electron' }],
});
