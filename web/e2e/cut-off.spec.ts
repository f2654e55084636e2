import { ownCustomer, ownProducts } from './own';
import { expect, open, test } from './test';

const told = 'Only the first 12 are shown. Type more to narrow the search.';

test('a caller who is not among those shown is not taken for somebody new', async ({ page }) => {
  const mark = `Quill ${Date.now()}`;
  for (let n = 1; n <= 13; n++) await ownCustomer(page, { name: `${mark} N${n}x` });
  await open(page, '/carts');
  await page.getByRole('combobox', { name: 'Who is the order for?' }).fill(mark);
  const offered = page.getByRole('option');
  await expect(offered).toHaveCount(14);
  await expect(offered.nth(12)).toHaveText(told);
  await expect(offered.nth(12)).toHaveCSS('opacity', '1');
  await expect(offered.nth(13)).toHaveText(`Add “${mark}” as a new customer`);
  await page.getByRole('combobox', { name: 'Who is the order for?' }).fill(`${mark} N13x`);
  await expect(offered).toHaveCount(2);
  await expect(page.getByText(told)).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.locator('[cmdk-input]').fill(mark);
  await expect(page.locator('[cmdk-item]')).toHaveCount(11);
  await page.locator('[cmdk-item]', { hasText: `All customers with “${mark}”` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Customers');
  await expect(page.locator('tr[data-id]')).toHaveCount(13);
});

test('products and references that are not all shown say so', async ({ page }) => {
  const mark = await ownProducts(page, 'Reed basket', 51);
  await open(page, `/carts/${(await ownCustomer(page)).id}`);
  await page.getByRole('combobox', { name: 'Add a product' }).fill(mark);
  await expect(page.getByRole('option')).toHaveCount(13);
  await expect(page.getByRole('option').last()).toHaveText(told);

  await open(page, '/order-items');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Product', exact: true }).click();
  await page.getByRole('combobox', { name: 'One of' }).fill(mark);
  await expect(page.getByRole('option').last()).toHaveText('Only the first 50 are shown. Type more to narrow the search.');
});
