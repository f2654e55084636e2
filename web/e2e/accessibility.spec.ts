import type { Page } from '@playwright/test';
import { violations } from './axe';
import { optionsOf, type Look } from './looks';
import { frontDoor, screens, type Show } from './screens';
import { expect, pageOf, strangerOf, test } from './test';

// Each device walks through all screens in one page, as a person would.
test.describe.configure({ mode: 'parallel', timeout: 900_000 });
test.use({ trace: 'off' }); // a trace of this long test would take longer than the test

for (const device of ['desktop', 'phone'] as const) {
  test(`every screen can be used by everybody: ${device}`, async ({ browser }) => {
    const page = await pageOf(browser, 'owner', optionsOf({ device, colorScheme: 'light' }));
    await walk(page, screens, device);
    await page.context().close();
  });

  test(`the front door can be used by everybody: ${device}`, async ({ browser }) => {
    const page = await strangerOf(browser, optionsOf({ device, colorScheme: 'light' }));
    await walk(page, frontDoor, device);
    await page.context().close();
  });
}

async function walk(page: Page, through: Record<string, Show>, device: Look['device']) {
  for (const [name, show] of Object.entries(through)) {
    await test.step(name, async () => {
      await show(page);
      expect.soft(await violations(page), `${name}, ${device}, light`).toEqual([]);
      expect.soft(await unnamed(page), `${name}, ${device}: tables and navigation without a name`).toEqual([]);
      if (device === 'phone') {
        for (const width of [390, 320]) { // 320 is a desktop zoomed to 400 %
          await page.setViewportSize({ width, height: 844 });
          const excess = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          await expect.configure({ soft: true }).poll(excess, `${name} is wider than ${width} by so many pixels`).toBeLessThanOrEqual(0);
        }
        await page.setViewportSize({ width: 390, height: 844 });
      }
      // The same screen in dark colours, which are the only difference.
      await lit(page, 'dark');
      expect.soft(await violations(page, ['color-contrast']), `${name}, ${device}, dark`).toEqual([]);
      await lit(page, 'light');
      await away(page);
    });
  }
}

/** Tables and navigation without a name. Axe accepts them, although screen readers list them by name. */
const unnamed = (page: Page) => page.locator('table, nav').filter({ hasNot: page.locator('caption') })
  .and(page.locator(':not([aria-label], [aria-labelledby])')).evaluateAll((all) => all.map((e) => e.outerHTML.slice(0, 160)));

async function lit(page: Page, colorScheme: Look['colorScheme']) {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
}

/** Leaves open dialogs and unsaved changes behind. */
async function away(page: Page) {
  const open = await page.locator('[role=dialog], [role=menu], [role=toolbar], [role=alert]').count();
  if (open > 0) await page.goto('about:blank');
}
