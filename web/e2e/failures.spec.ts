import type { Page } from '@playwright/test';
import { ownCustomer } from './own';
import { expect, open, provoke, test } from './test';

/** Answers these requests with a failure of the server. */
const failing = async (page: Page, url: string | RegExp) => {
  provoke(page, 500);
  await page.route(url, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'It broke.', code: 'internal' }) }));
};

/** Parts of pages. No two are of the same record, because an answer is cached. */
const parts = [
  ['the history', '/products/3?tab=history', '**/products/3/history?*', 'All changes'],
  ['the movements', '/products/4?tab=stock', '**/products/4/stock-movements?*', 'Initial'],
  ['the stock of the last days', '/products/5?tab=stock', '**/products/5/stock-series?*', 'Movements'],
  ['the orders of a customer', '/customers/3', '**/orders?*', 'Show all'],
  ['what a customer has bought', '/customers/4', '**/reports/customers/4', 'Average order'],
  ['the timeline', '/orders/3', '**/orders/3/timeline?*', 'Placed'],
  ['the sessions', '/profile', '**/auth/sessions', 'This session'],
  ['the permissions', '/roles/create', '**/permissions', 'Categories'],
] as const;

test('a part of a page is asked for again where the server failed once', async ({ page }) => {
  for (const [part, path, request, found] of parts) {
    await test.step(part, async () => {
      await failing(page, request);
      await open(page, path);
      const failures = page.getByRole('main').getByRole('alert').filter({ hasText: 'It broke.' });
      await expect(failures.first()).toBeVisible();
      await page.unroute(request);
      await failures.getByRole('button', { name: 'Try again' }).first().click();
      await expect(failures).toHaveCount(0);
      await expect(page.getByRole('main')).toContainText(found);
    });
  }
});

test('a caller is not taken for somebody new because the server fails', async ({ page }) => {
  const caller = await ownCustomer(page);
  await failing(page, '**/api/v1/customers?*');
  await open(page, '/carts');
  await expect(page.getByRole('alert')).toContainText('It broke.');
  await expect(page.getByText('No customers yet')).toHaveCount(0);
  await page.getByLabel('Who is the order for?').fill(caller.email);
  await expect(page.getByText('It broke.')).toHaveCount(1);
  await expect(page.getByRole('listbox').or(page.locator('.MuiAutocomplete-noOptions'))).toHaveCount(0);
  await page.unroute('**/api/v1/customers?*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByLabel('Who is the order for?').click();
  await expect(page.getByRole('option').first()).toContainText(caller.name);
});

test('a product is not called unknown because the server fails', async ({ page }) => {
  await failing(page, '**/api/v1/products?*');
  await open(page, '/products');
  await expect(page.getByRole('alert')).toContainText('It broke.');
  let asked = 0;
  await page.route('**/api/v1/products?*', (route) => { // it says that there are more, and sends none
    asked++;
    return route.fulfill({ json: { items: [], next_cursor: 'more', total: 3, total_is_estimate: false } });
  });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toContainText('does not send them');
  expect(asked).toBe(2);
  await page.unroute('**/api/v1/products?*');
  await failing(page, '**/api/v1/products?*');
  await open(page, '/carts/3');
  await page.getByLabel('Add a product').fill('oak');
  await expect(page.locator('.MuiAutocomplete-noOptions')).toHaveText('It broke.');
});

test('a category is not called unknown because the server fails', async ({ page }) => {
  await failing(page, '**/api/v1/categories?*');
  await open(page, '/products/create');
  await page.getByRole('combobox', { name: 'Category' }).fill('chairs');
  await expect(page.locator('.MuiAutocomplete-noOptions')).toHaveText('It broke.');
});
