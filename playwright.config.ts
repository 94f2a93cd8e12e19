import { defineConfig } from '@playwright/test';
import { findChromium } from './build/scripts/chromium.mjs';

const executablePath = await findChromium();

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
    launchOptions: executablePath === undefined ? {} : { executablePath },
  },
  // The fixture `app` reads its host from the project's name.
  projects: [
    { name: 'browser' },
    { name: 'pack', testMatch: '**/*.setup.ts' },
    { name: 'electron', dependencies: ['pack'] },
  ],
});
