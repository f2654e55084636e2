import { readFile } from 'node:fs/promises';
import { ownOrder } from './own';
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
  const order = await ownOrder(page);
  const price = '24.50';
  await page.route('**/api/v1/schema', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...await answer.json() as object, currency: 'JPY', minor_units: { JPY: 0 } } });
  });
  await open(page, `/order-items?filter={"order_id":"${order.id}"}`);
  await expect(page.locator('tr[data-id]')).toContainText(`€${price}`);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  expect(await readFile(await file.path(), 'utf8')).toContain(`,${price},`);
  await open(page, `/audit-entries?filter={"resource":"orders","record_id":"${order.id}"}`);
  await page.locator('tr[data-id] a').first().click();
  await expect(page.locator('.diff')).toContainText(`€${price}`);
});
