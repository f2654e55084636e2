import type { Browser, Page } from '@playwright/test';
import { sessionFile } from '../e2e/server/accounts';

/** What one load of a page took, in milliseconds. */
export interface Load {
  firstPaint: number;
  usable: number; // 25 rows are there, and a field to search them
  shift: number; // the sum of all layout shifts, without unit
}

interface Watched extends Window {
  bench?: { usable: number; shift: number };
}

/** Loads a page in a browser that has seen nothing yet. */
export async function load(browser: Browser, url: string): Promise<Load> {
  const page = await freshPage(browser);
  await page.goto(url);
  const taken = await settledLoad(page);
  await page.context().close();
  return taken;
}

/** Loads it once more where it has been loaded before: the code comes from the cache. */
export async function loadAgain(browser: Browser, url: string): Promise<Load> {
  const page = await freshPage(browser);
  await page.goto(url);
  await settledLoad(page);
  await page.reload();
  const taken = await settledLoad(page);
  await page.context().close();
  return taken;
}

export async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ storageState: sessionFile('owner') });
  const page = await context.newPage();
  await page.addInitScript(watch);
  return page;
}

async function settledLoad(page: Page): Promise<Load> {
  await page.waitForFunction(() => ((window as Watched).bench?.usable ?? 0) > 0);
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  await page.waitForLoadState('networkidle'); // what comes after may still shift the page
  return page.evaluate(() => ({
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    usable: (window as Watched).bench?.usable ?? NaN,
    shift: (window as Watched).bench?.shift ?? NaN,
  }));
}

/** Runs in the page before anything of its own. */
function watch() {
  const bench = { usable: 0, shift: 0 };
  (window as Watched).bench = bench;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) bench.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const rows = document.querySelectorAll('table tbody tr:has(a, input[type=checkbox])');
    const search = document.querySelector('input[type=search], input[name=q]');
    const named = rows.length >= 25 && (rows[24]?.textContent ?? '').trim().length > 10;
    if (named && search) bench.usable = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
