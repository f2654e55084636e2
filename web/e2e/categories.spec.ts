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

  // The slug of an existing category does not change, because others may link to it.
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

test('a tree of sixty levels is no wider than the screen, and each level is further in', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.route('**/api/v1/categories?*', async (route) => {
    const items = Array.from({ length: 60 }, (_, i) => ({ id: i + 1, name: `Level ${i + 1}`, slug: `level-${i + 1}`, parent_id: i || null, position: 0, version: 1, deleted_at: null }));
    await route.fulfill({ json: { items, next_cursor: null, total: 60, total_is_estimate: false } });
  });
  await open(page, '/categories');
  await expect(page.getByRole('treeitem')).toHaveCount(60);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  const left = await page.locator('.tree .name').evaluateAll((names) => names.map((name) => name.getBoundingClientRect().left));
  expect(left.slice(1).every((x, i) => x > left[i]!)).toBe(true);
  const last = page.getByRole('treeitem', { name: 'Level 60' }).getByRole('link', { name: 'Products' });
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport({ ratio: 1 });
});

test('categories of one place are in the order of lists', async ({ page }) => {
  const now = Date.now();
  const { id: parent } = await (await page.request.post('/api/v1/categories', { data: { name: `Order ${now}`, slug: `order-${now}` } })).json() as { id: number };
  const names = ['Zucker', 'Äpfel', '~ Sale', 'coop', 'Birnen'];
  const made = [];
  for (const name of names) {
    const { id } = await (await page.request.post('/api/v1/categories', { data: { name, slug: `order-${now}-${made.length}`, parent_id: parent } })).json() as { id: number };
    made.push(id);
  }
  const { items } = await (await page.request.get(`/api/v1/categories?parent_id=${parent}&sort=name`)).json() as { items: { name: string }[] };
  await open(page, '/categories');
  const here = page.locator(made.map((id) => `#category-${id} .name`).join(', '));
  await expect(here).toHaveText(items.map(({ name }) => name));
  for (const id of [...made, parent]) await page.request.delete(`/api/v1/categories/${id}`);
});
