import { ownOrder, ownProduct } from './own';
import { answerOf } from './server/furnish';
import { expect, open, test } from './test';

/** The text with the digits and separators of a locale, which Intl writes. */
const write = (locale: string, n: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options).format(n);

for (const locale of ['ar-EG', 'fa-IR', 'bn-BD', 'de-CH']) {
  test.describe(locale, () => {
    test.use({ locale });

    test('numbers can be edited as they are shown, and the age of an order, in the same digits, stands beside its date', async ({ page }) => {
      const { id } = await ownProduct(page, { price: 4_990, low_stock_at: 12_000 });
      await open(page, `/products/${id}`);
      const price = page.getByLabel('Price');
      const shown = write(locale, 49.9, { minimumFractionDigits: 2 });
      await expect(price).toHaveValue(shown);
      await price.fill(shown.slice(0, -1) + write(locale, 5));
      const low = page.getByLabel('Low stock at');
      await low.fill('no number');
      await low.blur();
      await expect(low).toHaveAccessibleDescription(new RegExp(`such as .?${write(locale, 12_000)}`));
      await low.fill(write(locale, 12_000));
      await page.getByRole('button', { name: 'Save' }).click();
      await expect.poll(async () => {
        const product = await answerOf<{ price: number; low_stock_at: number }>(await page.request.get(`/api/v1/products/${id}`), 'the product');
        return [product.price, product.low_stock_at];
      }).toEqual([4_995, 12_000]);

      const order = await ownOrder(page);
      await page.route(`**/api/v1/orders/${order.id}`, async (route) => {
        const response = await route.fetch();
        const placed = new Date(Date.now() - 12.5 * 3_600_000).toISOString();
        await route.fulfill({ response, json: { ...await response.json() as object, placed_at: placed } });
      });
      await open(page, `/orders/${order.id}`);
      const age = page.locator('.page-head time');
      await expect(age).toHaveText(new RegExp(`^\\u2068?${write(locale, 12)}\\u2069? h$`));
      const gap = await age.evaluate((time) => {
        const date = document.createRange();
        date.selectNode(time.parentElement?.firstChild as Text);
        return time.getBoundingClientRect().left - date.getBoundingClientRect().right;
      });
      expect(gap).toBeGreaterThan(0);
    });
  });
}

test.describe('sv-SE', () => {
  test.use({ locale: 'sv-SE' });

  test('a point that groups nothing there makes no thousands of a price', async ({ page }) => {
    await open(page, `/products/${(await ownProduct(page)).id}`);
    const price = page.getByLabel('Price');
    for (const [typed, shown] of [['1 234', '1234,00'], ['12.34', '12,34']] as const) {
      await price.fill(typed);
      await price.blur();
      await expect(price).toHaveValue(shown);
    }
    await price.fill('1.234');
    await price.blur();
    await expect(price).toHaveAccessibleDescription(/^Enter an amount/);
  });
});

test('of a name that is written from right to left, a narrow column shows the beginning', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 800 });
  const name = 'كرسي خشبي من خشب البلوط الطبيعي مع مسند للظهر ووسادة';
  const { id, sku } = await ownProduct(page, { name });
  for (const list of [`/products?filter={"q":"${sku}"}`, `/inventory-movements?filter={"product_id":${id}}`]) {
    await open(page, list);
    const cell = page.locator('tbody').getByText(name).first();
    await expect(cell).toBeVisible();
    const hidden = await cell.evaluate((element) => {
      const first = document.createRange();
      first.setStart(element.firstChild as Text, 0);
      first.setEnd(element.firstChild as Text, 1);
      const box = (element.closest('.clip') ?? element.closest('td'))?.getBoundingClientRect();
      return !box || first.getBoundingClientRect().right > box.right + 1 || first.getBoundingClientRect().left < box.left - 1;
    });
    expect(hidden, list).toBe(false);
  }
});
