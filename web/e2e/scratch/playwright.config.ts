import { defineConfig } from '@playwright/test';
import { chromium } from '../server/chromium';

/** Tests a program that is already running: internal/adminapi/scratchtest starts it. */
export default defineConfig({
  testDir: '.',
  outputDir: `${process.env.STOREKEEPER_E2E_OUTPUT ?? '../../.cache'}/scratch-results`,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: 'line',
  use: { baseURL: process.env.STOREKEEPER_E2E_URL, locale: 'en-GB', viewport: { width: 1440, height: 900 }, actionTimeout: 20_000, launchOptions: chromium },
});
