import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { ownOrder, ownProduct } from './own';
import { answerOf } from './server/furnish';
import { expect, open, test } from './test';

test.use({ locale: 'de-DE' });

/** The file that Export saves, and its first row by column. */
async function exported(page: Page) {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const text = readFileSync(await (await saving).path(), 'utf8').slice(1); // without the byte order mark
  const [names = [], cells = []] = text.split('\r\n').map((line) => line.split(';'));
  return { text, row: Object.fromEntries(names.map((name, i) => [name, cells[i]])) };
}

const listOf = (resource: string, filter: object) => `/${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}`;

test('an export opens in the spreadsheet of a country with a decimal comma, and an import reads it', async ({ page }) => {
  const product = await ownProduct(page, { price: 1_205, description: 'Ash; oiled' });
  await open(page, listOf('products', { q: product.sku }));
  await expect(page.locator('tbody tr')).toHaveCount(1);
  const { text } = await exported(page);
  expect(text).toContain(';"Ash; oiled";12,05;50;');
  const again = await page.request.post('/api/v1/products/import', { headers: { 'Content-Type': 'text/csv' }, data: text });
  expect(await again.json()).toMatchObject({ unchanged: 1 });
});

test('exported orders say when they were placed on the clock of the shop, and by whom', async ({ page }) => {
  const order = await ownOrder(page);
  const customer = await answerOf<{ email: string }>(await page.request.get(`/api/v1/customers/${order.customer_id}`), 'the customer');
  await open(page, listOf('orders', { customer_id: order.customer_id }));
  await expect(page.locator('tbody tr')).toHaveCount(1);
  const { row } = await exported(page);
  const { placed_at: placed } = await answerOf<{ placed_at: string }>(await page.request.get(`/api/v1/orders/${order.id}`), 'the order');
  const berlin = new Date(placed).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' });
  expect(row).toMatchObject({ customer_id: String(order.customer_id), customer: customer.email, placed_at: berlin });
});
