import type { Page } from '@playwright/test';
import { expect, open, test } from './test';

/** A new shop with empty lists. */
const emptied = (page: Page, resource: string) =>
  page.route(new RegExp(`/api/v1/${resource}\\?`), (route) => route.fulfill({ json: { items: [], next_cursor: null, total: 0, total_is_estimate: false } }));

test('where there is nothing yet, the next step is offered', async ({ page }) => {
  for (const resource of ['orders', 'categories', 'customers']) await emptied(page, resource);
  await open(page, '/orders?filter={}');
  await expect(page.getByText('No orders yet')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Phone order' }).click();
  await expect(page.getByText('No customers yet')).toBeVisible();
  await open(page, '/products/create');
  await page.getByLabel('Name').fill('Oak desk');
  await page.getByRole('main').getByRole('button', { name: 'Add category…' }).click();
  await expect(page.getByRole('dialog', { name: 'Add category' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Name')).toHaveValue('Oak desk');
});

test('who may see carts, but no customers, is led to no phone order', async ({ page }) => {
  await emptied(page, 'orders');
  await page.route('**/api/v1/auth/me', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), permissions: ['orders:read', 'carts:read'] } });
  });
  await open(page, '/orders?filter={}');
  await expect(page.getByText('No orders yet')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Phone order' })).toHaveCount(0);
});

test('a shop without products says how to begin', async ({ page }) => {
  await open(page, '/');
  await expect(page.getByRole('region', { name: 'Waiting longest' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Get started' })).toHaveCount(0);
  await emptied(page, 'products');
  await page.reload();
  const start = page.getByRole('region', { name: 'Get started' });
  for (const step of ['Add category', 'Import categories', 'Add product', 'Import products', 'Add staff member']) {
    await start.getByRole('link', { name: step }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(step);
    await page.goBack();
  }
});
