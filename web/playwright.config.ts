import { defineConfig } from '@playwright/test';
import { chromium } from './e2e/server/chromium';

/** Journeys through the admin in Debian's Chromium, against the real server with the demo shop. */
export default defineConfig({
  testDir: 'e2e',
  testIgnore: 'scratch/**', // run by internal/adminapi/scratchtest
  outputDir: '.cache/test-results',
  globalSetup: './e2e/server/start.ts',
  globalTeardown: './e2e/server/stop.ts',
  workers: 3, // two leave two processors idle for a fifth of the time
  timeout: 180_000,
  expect: { timeout: 20_000 },
  retries: process.env.CI ? 2 : 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'line',
  use: {
    baseURL: 'http://127.0.0.1', // the server's own, which e2e/test.ts sets
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' }, // drawing what pulses while it loads takes a quarter of a page's time
    actionTimeout: 20_000,
    trace: 'on-first-retry', // a trace of every run takes a quarter of its time: E2EFLAGS=--trace=on asks for it
    launchOptions: chromium,
  },
  projects: [
    { name: 'journeys', testMatch: '*.spec.ts' },
    { name: 'smoke', testMatch: /(orders|stock|conflict)\.spec\.ts/ }, // what a second database may break
    { name: 'screenshots', testMatch: 'screenshots.ts' },
  ],
});
