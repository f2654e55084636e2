import { expect, test } from '@playwright/test';

const env = (name: string) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by internal/adminapi/scratchtest`);
  return value;
};

/** The screens that are committed show a field that the schema got after they were built. */
test('a field that was added is in the list, in the filters and in the form', async ({ page }) => {
  await page.goto('/#/products');
  await page.getByLabel('Email').fill(env('STOREKEEPER_E2E_EMAIL'));
  await page.getByLabel('Password').fill(env('STOREKEEPER_E2E_PASSWORD'));
  await page.getByRole('button', { name: 'Sign in' }).click();

  // The list: products A and C have barcodes.
  const rows = page.locator('tr[data-id]');
  await expect(rows).toHaveCount(3);
  await expect(page.getByRole('columnheader', { name: 'Barcode' })).toBeVisible();
  const cell = (sku: string) => rows.filter({ has: page.getByRole('link', { name: sku, exact: true }) }).locator('td[data-label="Barcode"]');
  await expect(cell('A')).toHaveText('40');
  await expect(cell('B')).toHaveText('–');
  await expect(cell('C')).toHaveText('39');

  // The filters.
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Barcode' }).click();
  await page.getByLabel('Is exactly').fill('40');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('.filter-chip')).toHaveText(/Barcode: 40/);
  await expect(rows).toHaveCount(1);

  // The form, with the limit of the schema.
  await rows.getByRole('link', { name: 'A', exact: true }).click();
  const input = page.getByRole('textbox', { name: 'Barcode', exact: true });
  await expect(input).toHaveValue('40');
  await input.fill('é'.repeat(65));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('At most 64 characters; this has 65.')).toBeVisible();
  await input.fill('41');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast')).toHaveText(/Saved/);
  await page.getByRole('link', { name: '‹ Products' }).click();
  await expect(cell('A')).toHaveText('41');

  // A new product, too.
  await page.getByRole('link', { name: 'Add product' }).click();
  await expect(input).toHaveValue('');
  await page.getByLabel('SKU').fill('D');
  await page.getByRole('textbox', { name: /^Name/ }).fill('Drill');
  await page.getByRole('textbox', { name: /^Price/ }).fill('1.00');
  await page.getByRole('combobox', { name: /Category/ }).fill('Tools');
  await page.getByRole('option', { name: 'Tools' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast', { hasText: 'Product added' })).toBeVisible();
  await expect(page.getByLabel('Colours')).toHaveValue('[]');
});
