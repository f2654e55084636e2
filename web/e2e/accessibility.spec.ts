import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, open, server, test } from './test';
import { accountPages, pages } from './pages';

async function violations(page: Page) {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test(`axe finds nothing on any screen, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(120_000);
      for (const [name, path] of Object.entries({ ...pages, ...(server().login ? accountPages : {}) })) {
        await open(page, path);
        expect(await violations(page), name).toEqual([]);
      }
      await page.keyboard.press('Control+k');
      await expect(page.locator('[cmdk-input]')).toBeVisible();
      expect(await violations(page), 'palette').toEqual([]);
    });
  });
}

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 800 } });
  test('nothing is wider than a phone', async ({ page }) => {
    test.setTimeout(90_000);
    for (const [name, path] of Object.entries({ ...pages, ...(server().login ? accountPages : {}) })) {
      await open(page, path);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(excess, name).toBeLessThanOrEqual(0);
    }
  });
});
