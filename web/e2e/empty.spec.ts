import type { Page } from '@playwright/test';
import { expect, open, test } from './test';

/** A shop in which nobody has done anything yet: its lists are empty. */
const emptied = (page: Page, resource: string) =>
  page.route(new RegExp(`/api/v1/${resource}\\?`), (route) => route.fulfill({ json: { items: [], next_cursor: null, total: 0, total_is_estimate: false } }));

test('where there is nothing yet, the next step is offered', async ({ page }) => {
  for (const resource of ['orders', 'categories', 'customers']) await emptied(page, resource);
  await open(page, '/orders?filter={}');
  await expect(page.getByText('No orders yet')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Phone order' }).click();
  await expect(page.getByText('No customers yet')).toBeVisible();
  await open(page, '/products/create');
  await page.getByRole('main').getByRole('link', { name: 'Add category' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add category');
});
