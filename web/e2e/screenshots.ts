import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { open, test } from './test';

const folder = fileURLToPath(new URL('../../docs/screenshots', import.meta.url));

/** An order that has been through everything: the dearest that was delivered. */
const dearest = '/api/v1/orders?status=delivered&sort=-total_amount&limit=1';

for (const [name, path, colorScheme] of [
  ['products', '/products', 'light'],
  ['order', '', 'light'],
  ['home', '/', 'light'],
  ['home-dark', '/', 'dark'],
] as const) {
  test.describe(name, () => {
    test.use({ colorScheme });
    test('taken', async ({ page }) => {
      mkdirSync(folder, { recursive: true });
      const { items: [order] } = (await (await page.request.get(dearest)).json()) as { items: [{ id: number }] };
      await open(page, path || `/orders/${order.id}`);
      await page.waitForTimeout(2_000); // charts draw themselves
      await page.screenshot({ path: `${folder}/${name}.png` });
    });
  });
}
