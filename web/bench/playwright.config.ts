import { defineConfig } from '@playwright/test';
import { chromium } from '../e2e/server/chromium';

/** Measures; nothing else may run beside it. */
export default defineConfig({
  testDir: '.',
  outputDir: '../.cache/bench-results',
  globalSetup: './start.ts',
  globalTeardown: '../e2e/server/stop.ts',
  workers: 1,
  timeout: 600_000,
  forbidOnly: true,
  reporter: 'list',
  use: { locale: 'en-GB', timezoneId: 'Europe/Berlin', viewport: { width: 1440, height: 900 }, launchOptions: chromium },
});
