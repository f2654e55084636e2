import { readFile } from 'node:fs/promises';
import { expect, open, test } from './test';

test('orders from before the shop changed its currency keep theirs', async ({ page }) => {
  const { items: [order] } = await (await page.request.get('/api/v1/orders?status=delivered&sort=id&limit=1')).json() as { items: { id: number; customer_id: number; total_amount: number }[] };
  const total = (order!.total_amount / 100).toFixed(2);
  await page.route('**/api/v1/schema', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...await answer.json() as object, currency: 'JPY', decimals: 0 } });
  });
  await open(page, '/products/12');
  await expect(page.getByRole('textbox', { name: 'Price' })).toHaveValue(/^\d+$/);
  await open(page, `/orders/${order!.id}`);
  const plain = (text: string | null) => (text ?? '').replaceAll(',', '');
  expect(plain(await page.locator('.order-total').textContent())).toBe(`€${total}`);
  await expect(page.locator('.order-lines tbody td.end').last()).toHaveText(/^€[\d,]+\.\d\d$/);
  await open(page, `/customers/${order!.customer_id}`);
  await expect(page.getByRole('row', { name: /^#\d/ }).first()).toContainText(/€[\d,]+\.\d\d/);
  await open(page, `/orders?filter={"id":${order!.id}}`);
  expect(plain(await page.locator('tr[data-id]').textContent())).toContain(`€${total}`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ]);
  expect(await readFile(await file.path(), 'utf8')).toContain(`,${total},`);
});

test('a line of such an order is in its currency in the list of lines, its file and the audit log', async ({ page }) => {
  const { items: [product] } = await (await page.request.get('/api/v1/products?is_active=true&stock_gte=5&price_gte=1000&sort=id&limit=1')).json() as { items: [{ id: number; price: number }] };
  const { id: customer } = await (await page.request.post('/api/v1/customers', { data: { email: `currency-${Date.now()}@demo.test`, name: 'Kim Amount' } })).json() as { id: number };
  await page.request.post(`/api/v1/customers/${customer}/cart/items`, { data: { product_id: product.id, quantity: 1 } });
  const order = await (await page.request.post(`/api/v1/customers/${customer}/checkout`, { data: {} })).json() as { id: number };
  const price = (product.price / 100).toFixed(2);
  await page.route('**/api/v1/schema', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...await answer.json() as object, currency: 'JPY', minor_units: { JPY: 0 } } });
  });
  await open(page, `/order-items?filter={"order_id":"${order.id}"}`);
  const shown = async (text: string | null) => (text ?? '').replaceAll(',', '');
  await expect.poll(async () => shown(await page.locator('tr[data-id]').textContent())).toContain(`€${price}`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  expect(await readFile(await file.path(), 'utf8')).toContain(`,${price},`);
  await open(page, `/audit-entries?filter={"resource":"orders","record_id":"${order.id}"}`);
  await page.locator('tr[data-id] a').first().click();
  await expect.poll(async () => shown(await page.locator('.diff').textContent())).toContain(`€${price}`);
});
