import { ownProduct } from './own';
import { expect, open, test, toast } from './test';

const unreached = 'The server could not be reached.';

test('a price that could not be sent says how it is saved, and is saved once the server is back', async ({ page }) => {
  const product = await ownProduct(page);
  let away = true;
  await page.route(`**/api/v1/products/${product.id}`, (route) => (away ? route.abort() : route.fallback()));
  await open(page, `/products?filter={"q":"${product.sku}"}`);
  await page.locator('button.inline-edit').click();
  await page.locator('input.inline-edit').fill('31.00');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tooltip')).toHaveText(`${unreached} Press Enter to try again, or Escape to stop.`);
  away = false;
  await page.keyboard.press('Enter');
  await expect(page.locator('button.inline-edit')).toHaveText('€31.00');
  await expect(page.getByText(unreached)).toHaveCount(0);
});

test('a price whose answer was lost is not taken for the change of a colleague', async ({ page }) => {
  const product = await ownProduct(page);
  let losses = 1;
  await page.route(`**/api/v1/products/${product.id}`, async (route) => {
    const response = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response });
  });
  let listed = true;
  await page.route('**/api/v1/products?*', (route) => (listed ? route.fallback() : route.abort()));
  await open(page, `/products?filter={"q":"${product.sku}"}`);
  listed = false; // Enter comes before the list has the price
  await page.locator('button.inline-edit').click();
  await page.locator('input.inline-edit').fill('32.00');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tooltip')).toContainText(unreached);
  await page.keyboard.press('Enter');
  await expect(toast(page, '€24.50 → €32.00')).toBeVisible();
  await expect(page.getByRole('tooltip')).toHaveCount(0);

  // Without another Enter, the list brings the price that was saved.
  listed = true;
  await page.reload();
  losses = 1;
  await page.locator('button.inline-edit').click();
  await page.locator('input.inline-edit').fill('33.00');
  await page.keyboard.press('Enter');
  await expect(page.locator('button.inline-edit')).toHaveText('€33.00');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
});

test('that the server cannot be reached is said no longer than it is so', async ({ page }) => {
  const product = await ownProduct(page);
  let away = false;
  await page.route('**/api/v1/**', (route) => (away ? route.abort() : route.fallback()));
  await open(page, `/products/${product.id}`);
  away = true;
  await page.getByLabel('Name').fill('Walnut bowl');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, unreached)).toBeVisible();
  away = false;
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Saved')).toBeVisible();
  await expect(toast(page, unreached)).toHaveCount(0, { timeout: 4_000 }); // by itself it would go after ten seconds
});
