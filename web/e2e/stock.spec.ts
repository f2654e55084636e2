import type { Page } from '@playwright/test';
import { ownProduct } from './own';
import { expect, open, test, toast } from './test';

test('the stock explains itself; receive, adjust and count', async ({ page }) => {
  await open(page, `/products/${(await ownProduct(page)).id}`);
  await page.getByRole('tab', { name: /^Stock: \d+$/ }).click();
  const figure = page.locator('.stock-figure');
  const before = Number(await figure.innerText());
  await expect(page.locator('.movements tbody tr').first().locator('td').nth(3)).toHaveText(String(before));

  await page.keyboard.press('a');
  await page.getByLabel('Units').fill('-7');
  await expect(page.getByLabel('Units')).toHaveAccessibleDescription(/^Enter the number without a minus sign/);
  await expect(page.getByRole('button', { name: 'Book' })).toBeDisabled();
  await page.getByLabel('Units').fill('7');
  await expect(page.getByText(`${before} → ${before + 7}`)).toBeVisible();
  await page.getByLabel('Note').fill('delivery 4711');
  await page.getByRole('button', { name: 'Book' }).click();
  await expect(figure).toHaveText(String(before + 7));
  await expect(page.locator('.movements tbody tr').first()).toContainText('delivery 4711');

  await page.keyboard.press('t');
  await page.getByLabel('Units on the shelf').fill(String(before));
  await expect(page.getByText('7 units are missing.')).toBeVisible();
  await page.getByRole('button', { name: 'Book the count' }).click();
  await expect(toast(page, `stock is now ${before}`)).toBeVisible();
  await expect(page.locator('.movements tbody tr').first()).toContainText('Stocktake');
  await page.getByRole('link', { name: 'Open as a list' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inventory movements');
  await expect(page.locator('tr[data-id]')).toHaveCount(3); // where they can be filtered by reason and exported
  await page.goBack();

  await page.getByRole('button', { name: 'Receive or adjust' }).click();
  await page.getByLabel('Reason').click();
  await page.getByRole('option', { name: 'Damaged' }).click();
  await page.getByLabel('Units').fill('999999');
  await expect(page.getByText(`Only ${before} in stock.`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Book' })).toBeDisabled();
});

test('a product says what it has where that is explained, and anywhere that it runs out', async ({ page }) => {
  const { id } = await ownProduct(page, { stock: 3, low_stock_at: 3 });
  await open(page, `/products/${id}`);
  const head = page.locator('.page-head');
  await expect(page.getByRole('tab', { name: 'Stock: 3' })).toBeVisible();
  await expect(head).toContainText('ActiveLow stock');
  await expect(page.locator('dl.facts dt')).toHaveText(['ID', 'Created', 'Updated', 'Version']);
  await page.request.post(`/api/v1/products/${id}/stock-movements`, { data: { quantity_change: -3, reason: 'damage' } });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByRole('tab', { name: 'Stock: 0' })).toBeVisible();
  await expect(head).toContainText('ActiveOut of stock');
  await page.getByRole('tab', { name: 'Stock: 0' }).click();
  await expect(page.getByRole('figure').getByText('Low stock at 3')).toBeInViewport({ ratio: 1 });
  await page.request.delete(`/api/v1/products/${id}`); // other journeys must not find a product that is out of stock
});

test('a product whose stock never moved says so', async ({ page }) => {
  const { id } = await ownProduct(page, { stock: 0 });
  await open(page, `/products/${id}?tab=stock`);
  await expect(page.getByText('Nothing has moved yet.')).toBeVisible();
  await page.request.delete(`/api/v1/products/${id}`); // other journeys must not find a product that is out of stock
});

test('what stock is now counts what a colleague booked meanwhile', async ({ page }) => {
  const { id } = await ownProduct(page);
  await open(page, `/products/${id}?tab=stock`);
  const before = Number(await page.locator('.stock-figure').innerText());
  await page.keyboard.press('a');
  await page.request.post(`/api/v1/products/${id}/stock-movements`, { data: { quantity_change: 2, reason: 'receipt' } });
  await page.getByLabel('Units').fill('7');
  await page.getByRole('button', { name: 'Book' }).click();
  await expect(toast(page, `Stock is now ${before + 9}`)).toBeVisible();
});

test('a count that met a movement says what moved, and is made again', async ({ page }) => {
  const { id } = await ownProduct(page);
  await open(page, `/products/${id}?tab=stock`);
  const before = Number(await page.locator('.stock-figure').innerText());
  await page.keyboard.press('t');
  await page.request.post(`/api/v1/products/${id}/stock-movements`, { data: { quantity_change: 3, reason: 'return' } });
  const counted = page.getByLabel('Units on the shelf');
  await counted.fill(String(before + 1));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(`The stock moved while you counted: the books said ${before} and say ${before + 3} now. Count again.`);
  await expect(counted).toBeFocused();
  await expect(counted).toHaveValue('');
  await expect(page.locator('.stock-figure')).toHaveText(String(before + 3));
  await page.keyboard.type(String(before + 2));
  await expect(page.getByText('1 unit is missing.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(toast(page, `Counted: stock is now ${before + 2}`)).toBeVisible();
});

const soldFirst = async (page: Page) => {
  const { items: [sale] } = await (await page.request.get('/api/v1/inventory-movements?reason=sale&sort=id&limit=1')).json() as { items: [{ product_id: number }] };
  return sale.product_id;
};

test('a movement leads to the order that caused it', async ({ page }) => {
  await open(page, `/products/${await soldFirst(page)}?tab=stock`);
  const number = await page.locator('.movements a').first().innerText();
  await page.locator('.movements').getByRole('link', { name: number }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
});

test('the ledger is searched by product, and leads to the order that caused a movement', async ({ page }) => {
  await open(page, '/inventory-movements?filter={"reason":"sale"}');
  const row = page.locator('tr[data-id]').first();
  const number = await row.getByRole('link', { name: /^#\d+$/ }).innerText();
  const { items: [product] } = await (await page.request.get(`/api/v1/products?id=${await soldFirst(page)}`)).json() as { items: [{ sku: string; name: string }] };
  await page.keyboard.press('/');
  await page.keyboard.type(product.sku);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/product_id/);
  await expect(page.locator('.filter-chip', { hasText: product.name })).toBeVisible();
  await expect(page.locator('tr[data-id]').filter({ hasNotText: product.name })).toHaveCount(0);
  await expect(row.locator('.minus')).toHaveText(/^−\d+$/);
  await page.getByRole('button', { name: 'Remove the filter by Product' }).click();
  await page.getByRole('link', { name: number }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
});

test('stock whose answer was lost is booked once', async ({ page }) => {
  const { id } = await ownProduct(page);
  let losses = 2;
  await page.route(`**/api/v1/products/${id}/stock-movements`, async (route) => {
    if (route.request().method() === 'GET') return route.continue();
    const answer = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response: answer });
  });
  await open(page, `/products/${id}?tab=stock`);
  const figure = page.locator('.stock-figure');
  const before = Number(await figure.innerText());
  await page.keyboard.press('a');
  await page.getByLabel('Units').fill('3');
  await page.getByRole('button', { name: 'Book' }).click();
  await expect(page.getByRole('alert')).toContainText('it is not done twice');
  await page.getByRole('button', { name: 'Book' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(figure).toHaveText(String(before + 3));
});

test.describe('in German', () => {
  test.use({ locale: 'de-DE' });

  test('whole numbers may be grouped, and what is none is refused', async ({ page }) => {
    await open(page, `/products/${(await ownProduct(page)).id}?tab=stock`);
    await page.keyboard.press('t');
    const units = page.getByLabel('Units on the shelf');
    for (const typed of ['1.00', '1.0000', '12,000', '0.001', '1.2.000', '0x10', '1e3', '1,5', '12 000', '-3', 'ten', '99999999999999999']) {
      await units.fill(typed);
      await expect(units).toHaveAccessibleDescription('Enter a whole number, such as 12.000.');
      await expect(page.getByRole('button', { name: 'Book the count' })).toBeDisabled();
    }
    await units.fill('1.000');
    await page.getByRole('button', { name: 'Book the count' }).click();
    await expect(toast(page, /stock is now 1\.000/)).toBeVisible();

    await page.keyboard.press('a');
    await page.getByLabel('Units').fill('1e3');
    await expect(page.getByLabel('Units')).toHaveAccessibleDescription('Enter a whole number, such as 12.000.');
    await page.getByLabel('Units').fill('1.500');
    await expect(page.getByText('1.000 → 2.500')).toBeVisible();

    await open(page, '/products?filter={"stock_gte":5}');
    await page.locator('.filter-chip').getByRole('button').first().click();
    const from = page.getByRole('textbox', { name: 'From', exact: true });
    await from.fill('0x10');
    await expect(page.getByRole('button', { name: 'Apply' })).toBeDisabled();
    await from.fill('1.000');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.locator('.filter-chip')).toContainText('Stock from 1.000');

    await open(page, '/roles/create');
    const limit = page.getByLabel('Stock adjustment limit');
    await limit.fill('1e3');
    await expect(limit).toHaveAccessibleDescription('Enter a whole number, such as 12.000.');
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await limit.fill('1.000');
    await limit.blur();
    await expect(limit).toHaveValue('1000');
    await expect(page.getByRole('button', { name: 'Save' })).toBeEnabled();
  });
});

test('the ledger calls who moved the stock, and by how much, as the other screens do', async ({ page }) => {
  const { items } = await (await page.request.get('/api/v1/inventory-movements?reason=initial&limit=1')).json() as { items: { id: number }[] };
  await open(page, `/inventory-movements/${items[0]?.id}`);
  const fact = (label: string) => page.locator(`dl.facts dt:text-is("${label}") + dd`);
  await expect(fact('Who')).toHaveText(/^Demo /);
  await expect(fact('Change')).toHaveText(/^\+/);
  await open(page, '/inventory-movements');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Who', exact: true })).toBeVisible();
});

test('a movement is told by when it was, not by its number', async ({ page }) => {
  await open(page, '/inventory-movements');
  await expect(page.getByRole('columnheader', { name: 'Created' })).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByRole('columnheader', { name: 'ID' })).toHaveCount(0);
  await page.locator('tr[data-id] td.primary a').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Inventory movement');
});
