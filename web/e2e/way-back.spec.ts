import { ownCustomer, ownOrder, ownProducts } from './own';
import { expect, open, test, toast } from './test';

test('a packer comes back to the order that was shown last, or the one in its place', async ({ page }) => {
  const customer = await ownCustomer(page);
  const orders = [];
  for (let n = 0; n < 4; n++) orders.push(await ownOrder(page, ['processing'], customer));
  const [first, second, third, fourth] = orders.map(({ id }) => page.locator(`tr[data-id="${id}"]`));
  // The usual address of the list, which has no filters, with these orders alone.
  await page.route(/\/api\/v1\/orders\?(?!.*customer_id)/, (route) => route.continue({ url: `${route.request().url()}&customer_id=${customer.id}` }));
  const heading = page.getByRole('heading', { level: 1 });
  await open(page, '/orders');
  await expect(page.locator('tr[data-id]')).toHaveCount(4);
  await second!.focus();
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText(`#${orders[1]!.number}`);
  await page.keyboard.press('u');
  await expect(second!).toBeFocused();
  expect(page.url()).toMatch(/\/orders$/);

  await page.keyboard.press('Enter');
  await expect(heading).toHaveText(`#${orders[1]!.number}`);
  await page.keyboard.press('n');
  await expect(heading).toHaveText(`#${orders[2]!.number}`);
  await page.keyboard.press('a');
  await expect(page.locator('.page-head .chip')).toHaveText('Shipped');
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').click();
  await expect(third!).toHaveCount(0);
  await expect(fourth!).toBeFocused();
  await expect(first!).toBeVisible();
});

test('Escape leaves the field of a form, so that the keys lead on', async ({ page }) => {
  const mark = await ownProducts(page, 'Hazel rack', 2);
  await open(page, `/products?filter=${encodeURIComponent(JSON.stringify({ q: mark }))}`);
  await page.locator('tr[data-id]').first().focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Price').fill('31.00');
  await page.keyboard.press('Control+s');
  await expect(toast(page, 'Saved')).toBeVisible();
  await expect(page.getByLabel('Price')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('u');
  await expect(page.locator('tr[data-id]').first()).toBeFocused();
  await expect(page.locator('tr[data-id]').first()).toContainText('€31.00');
});

test('the list above a record is as it was left, also when the record is deleted', async ({ page }) => {
  const mark = await ownProducts(page, 'Cedar trough', 3);
  await open(page, `/products?filter=${encodeURIComponent(JSON.stringify({ q: mark }))}&sort=name&order=ASC`);
  const address = page.url();
  const rows = page.locator('tr[data-id]');
  await rows.nth(1).getByRole('link', { name: mark }).click();
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Products' }).click();
  await expect(rows.nth(1)).toBeFocused();
  expect(page.url()).toBe(address);

  await rows.nth(1).getByRole('link', { name: mark }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, `${mark}, 2 l deleted`)).toBeVisible();
  await expect(rows).toHaveCount(2);
  expect(page.url()).toBe(address);
  await expect(rows.nth(1)).toBeFocused(); // it has moved into the place of the deleted one
});
