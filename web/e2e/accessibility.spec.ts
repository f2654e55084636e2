import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, open, test } from './test';
import { pages } from './pages';

/** What axe finds; the dark colours differ from the light ones in nothing but contrast. */
async function violations(page: Page, colorScheme: 'light' | 'dark') {
  const axe = new AxeBuilder({ page });
  if (colorScheme === 'dark') axe.withRules('color-contrast');
  const { violations: found } = await axe.analyze();
  return found.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, path] of Object.entries(pages)) {
      test(`axe finds nothing on ${name}, ${colorScheme}`, async ({ page }) => {
        await open(page, path);
        expect(await violations(page, colorScheme)).toEqual([]);
      });
    }
  });
}

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 800 } });
  for (const [name, path] of Object.entries(pages)) {
    test(`${name} is not wider than a phone`, async ({ page }) => {
      await open(page, path);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(excess).toBeLessThanOrEqual(0);
    });
  }
});
