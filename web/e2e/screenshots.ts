import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { open, test } from './test';
import { pages } from './pages';

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

for (const [device, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${device} ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });
      test('every screen', async ({ page }) => {
        test.setTimeout(180_000);
        mkdirSync(folder, { recursive: true });
        for (const [name, path] of Object.entries(pages)) {
          await open(page, path);
          await page.waitForTimeout(300);
          await page.screenshot({ path: `${folder}/${name}-${device}-${colorScheme}.png` });
        }
      });
    });
  }
}
