import { expect, open, test } from './test';

test('a new category has its slug from its name, until somebody types one', async ({ page }) => {
  await open(page, '/categories/create');
  const name = page.getByLabel('Name');
  const slug = page.getByLabel('Slug');
  await name.fill('Café & Küche');
  await expect(slug).toHaveValue('cafe-kuche');
  await name.fill('Café & Küche neu');
  await expect(slug).toHaveValue('cafe-kuche-neu');
  await slug.fill(`cafe-${Date.now()}`);
  const chosen = await slug.inputValue();
  await name.fill('Kitchen');
  await expect(slug).toHaveValue(chosen);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Kitchen' })).toBeVisible();

  // The slug of what is there already is an address that others use.
  await name.fill('Kitchens');
  await expect(slug).toHaveValue(chosen);
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.request.delete(`/api/v1${new URL(page.url()).pathname.replace('/admin', '')}`);
});

test('a category leads to its products, and so does each record that others refer to', async ({ page }) => {
  const { items: [product] } = await (await page.request.get('/api/v1/products?is_active=true&sort=id&limit=1')).json() as { items: [{ name: string; category_id: number }] };
  await open(page, `/categories/${product.category_id}`);
  const category = await page.getByRole('heading', { level: 1 }).innerText();
  await page.getByRole('main').getByRole('link', { name: 'Products', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
  await expect(page.locator('.filter-chip')).toContainText(category);
  for (const cell of await page.locator('tr[data-id] td[data-label="Category"]').allInnerTexts()) expect(cell).toBe(category);
});
