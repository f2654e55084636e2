import type { Page } from '@playwright/test';
import { counted, productOf, scan, search, test } from './counting';
import { expect, provoke } from './test';

const said = (page: Page) => page.locator('.stocktake-said');

test('a part of a name offers what matches, and counts nothing by itself', async ({ page }) => {
  const [one, other] = [await productOf(page, 5), await productOf(page, 6)];
  const part = one.name.slice(0, -2);
  await search(page).fill(part);
  await expect(page.getByRole('option', { name: one.sku })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(said(page)).toContainText('is not a SKU: choose with the arrow keys.');
  await expect(page.getByRole('table')).toHaveCount(0);
  await page.keyboard.insertText(other.sku); // a scanner, whatever is in the field
  await page.keyboard.press('Enter');
  await expect(counted(page, other)).toHaveValue('1');

  await search(page).fill(one.name);
  await expect(page.getByRole('option', { name: one.sku })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(counted(page, one)).toHaveValue('1');
  await expect(said(page)).toHaveText(`${one.name}: 1 counted`);
  await expect(search(page)).toBeFocused();

  // Without a scanner, the person types the number of units.
  await page.getByLabel('Each scan counts one unit').uncheck();
  await scan(page, one.sku);
  await expect(counted(page, one)).toBeFocused();
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await expect(search(page)).toBeFocused();
  await expect(counted(page, one)).toHaveValue('12');
});

test('no scan is lost, however slow the server is', async ({ page }) => {
  const product = await productOf(page, 5);
  let answer = () => {};
  const answered = new Promise<void>((resolve) => { answer = resolve; });
  await page.route('**/api/v1/products?sku=*', async (route) => {
    await answered;
    return route.continue();
  });
  await search(page).fill(product.sku);
  await expect(page.getByRole('option', { name: product.sku })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.insertText(product.sku); // again, before the answer to the first scan
  answer();
  await expect(counted(page, product)).toHaveValue('1');
  await page.unroute('**/api/v1/products?sku=*');
  await page.keyboard.press('Enter');
  await expect(counted(page, product)).toHaveValue('2');

  // Neither is a code that could not be looked up.
  provoke(page, 503);
  await page.route('**/api/v1/products?sku=*', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ status: 503, code: 'overloaded', detail: 'too much to do' }) }));
  await scan(page, product.sku);
  await expect(page.getByRole('alert')).toHaveText(`“${product.sku}” could not be looked up: Too much to do.`);
  await expect(counted(page, product)).toHaveValue('2');
});

test('a code that is scanned into a count goes where it belongs', async ({ page }) => {
  const [one, other] = [await productOf(page, 5), await productOf(page, 6)];
  await scan(page, one.sku);
  await counted(page, one).fill('7');
  await page.keyboard.press('Enter');
  await counted(page, one).focus();
  await page.keyboard.insertText(other.sku);
  await page.keyboard.press('Enter');
  await expect(counted(page, other)).toHaveValue('1');
  await expect(counted(page, one)).toHaveValue('7');
});
