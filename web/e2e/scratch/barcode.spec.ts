import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';

const env = (name: string) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by internal/adminapi/scratchtest`);
  return value;
};

async function signIn(page: Page) {
  await page.goto('/#/products');
  await page.getByLabel('Email').fill(env('STOREKEEPER_E2E_EMAIL'));
  await page.getByLabel('Password').fill(env('STOREKEEPER_E2E_PASSWORD'));
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The committed screens show a field that was added to the schema after they were built. */
test('a field that was added is in the list, in the filters and in the form', async ({ page }) => {
  await signIn(page);

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
  await expect(page.getByText('At most 64 characters; you entered 65.')).toBeVisible();
  await input.fill('41');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast')).toHaveText(/Saved/);
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Products' }).click();
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
  await expect(page.getByRole('list', { name: 'Values of Colours' })).toHaveCount(0);
});

test('a list of strings is typed, read, told in the history and the conflict, and goes out and in again', async ({ page }) => {
  await signIn(page);
  const row = (sku: string) => page.locator('tr[data-id]').filter({ has: page.getByRole('link', { name: sku, exact: true }) });
  await expect(row('B')).toBeVisible();
  const { items } = await (await page.request.get('/api/v1/products?sku=A,B,C&sort=sku')).json() as { items: { id: number }[] };
  const [a, b, c] = items.map(({ id }) => `/api/v1/products/${id}`) as [string, string, string];
  const patch = async (path: string, tags: unknown) => expect((await page.request.patch(path, { data: { tags } })).ok()).toBe(true);
  const tagsOf = async (path: string) => (await (await page.request.get(path)).json() as { tags: unknown }).tags;
  await patch(a, ['oak, ash', '[elm']);
  await patch(c, []);

  // The form.
  await row('B').getByRole('link', { name: 'B', exact: true }).click();
  const input = page.getByLabel('Tags', { exact: true });
  await input.fill('oak, ash,');
  await input.fill('pine');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast')).toHaveText(/Saved/);
  expect(await tagsOf(b)).toEqual(['oak', 'ash', 'pine']);

  // A colleague saves first.
  await patch(b, ['oak', 'elm']);
  await page.getByRole('button', { name: 'Remove ash' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('oak, pine');
  await expect(dialog).toContainText('oak, elm');
  await dialog.getByLabel('Tags: yours').check();
  await dialog.getByRole('button', { name: 'Save this' }).click();
  await expect.poll(() => tagsOf(b)).toEqual(['oak', 'pine']);

  // The history.
  await page.getByRole('tab', { name: 'History' }).click();
  const entry = page.locator('.card', { has: page.getByRole('heading', { name: 'All changes' }) }).locator('.history-entry');
  await expect(entry.first()).toContainText('elm → became pine');
  await patch(b, []);
  await patch(b, null);
  await patch(b, ['oak', '-ash']);
  await page.reload();
  await expect(entry.nth(1)).toContainText('Empty list → became –');

  // The list, the export and the import.
  await page.goto('/#/products');
  const cell = (sku: string) => row(sku).locator('td[data-label="Tags"]');
  if (await page.getByRole('columnheader', { name: 'Tags' }).count() === 0) {
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Tags', exact: true }).click();
    await page.keyboard.press('Escape');
  }
  await expect(cell('B')).toHaveText('oak, -ash');
  await expect(cell('C')).toHaveText('Empty list');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = readFileSync(await (await saving).path(), 'utf8');
  await patch(a, null);
  await patch(b, null);
  await patch(c, null);
  const imported = await page.request.post('/api/v1/products/import', { headers: { 'Content-Type': 'text/csv' }, data: file });
  expect(await imported.json()).toMatchObject({ applied: true, created: 0, updated: 3 });
  expect([await tagsOf(a), await tagsOf(b), await tagsOf(c)]).toEqual([['oak, ash', '[elm'], ['oak', '-ash'], []]);
  const again = await page.request.post('/api/v1/products/import', { headers: { 'Content-Type': 'text/csv' }, data: file });
  expect(await again.json()).toMatchObject({ updated: 0 });
});
