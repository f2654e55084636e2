import { readFileSync } from 'node:fs';
import { ownOrder } from './own';
import { expect, open, test, toast } from './test';

const soldOf = async (cells: { allInnerTexts: () => Promise<string[]> }) => (await cells.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));

test('what sold is sorted by units too, which the address keeps, from one period to the next', async ({ page }) => {
  await open(page, '/sold?period=90d');
  const table = page.getByRole('table');
  await expect(table.getByRole('columnheader', { name: 'Revenue' })).toHaveAttribute('aria-sort', 'descending');
  await table.getByRole('button', { name: 'Units' }).click();
  await expect(table.getByRole('columnheader', { name: 'Units' })).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByText('100 products with the most units')).toBeVisible();
  const units = table.locator('tbody td:nth-child(3)');
  await expect.poll(async () => {
    const sold = await soldOf(units);
    return sold.length > 0 && sold.every((n, i) => i === 0 || n <= (sold[i - 1] ?? 0));
  }).toBe(true);
  await page.getByRole('button', { name: '7 days' }).click();
  await expect(page).toHaveURL(/sold\?(?=.*period=7d)(?=.*sort=-units)/);
  await page.reload();
  await expect(table.getByRole('columnheader', { name: 'Units' })).toHaveAttribute('aria-sort', 'descending');
  await page.setViewportSize({ width: 390, height: 844 });
  await table.getByRole('button', { name: 'Revenue' }).click();
  await expect(page).toHaveURL(/sort=-revenue/);
});

test('what sold does not end at a hundred products, and the file has all of them', async ({ page }) => {
  await open(page, '/sold?period=90d');
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(100);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8').trim().split('\r\n');
  await expect(toast(page, /^Exported [\d,]+ rows/)).toBeVisible();
  await page.getByRole('button', { name: 'Show up to 1,000' }).click();
  await expect(rows.nth(100).getByRole('link')).toBeFocused(); // where one reads on
  await expect(page.getByRole('button', { name: 'Show up to 1,000' })).toHaveCount(0);
  await expect.poll(() => rows.count()).toBeGreaterThan(100);
  expect(lines.length - 1).toBeGreaterThanOrEqual(Math.min(await rows.count(), 1_000) - 5); // others sell meanwhile
  await page.reload();
  await expect.poll(() => rows.count()).toBeGreaterThan(100);
});

test('what came back in a period is listed with what it was sold for, and the file has it', async ({ page }) => {
  const order = await ownOrder(page, ['processing', 'shipped']);
  const [line] = order.items;
  await page.request.post(`/api/v1/products/${line?.product_id}/stock-movements`, {
    data: { quantity_change: 1, damaged_quantity: 1, reason: 'return', order_item_id: line?.id, note: `too small for #${order.number}` },
  });
  await open(page, '/sold?period=7d');
  await page.getByRole('link', { name: 'Returns' }).click();
  await expect(page).toHaveURL(/returned\?period=7d/);
  const row = page.getByRole('row').filter({ hasText: `too small for #${order.number}` });
  await expect(row).toContainText('€24.50');
  await expect(row.getByRole('cell').nth(4)).toHaveText('1'); // damaged
  await expect(row.getByRole('link', { name: `#${order.number}`, exact: true })).toHaveAttribute('href', `#/orders/${order.id}`);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^returns \d{4}-\d\d-\d\d \d{4}-\d\d-\d\d\.csv$/);
  expect(readFileSync(await file.path(), 'utf8')).toMatch(new RegExp(`,${order.number},OWN-.*,1,1,24.50,24.50,too small for #${order.number}`));
  await page.getByRole('main').getByRole('link', { name: 'Sold products' }).click();
  await expect(page).toHaveURL(/sold\?period=7d/);
});
