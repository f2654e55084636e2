import { expect, open, test } from './test';

test('a customer shows their orders and leads to their cart', async ({ page }) => {
  const { items: [order] } = await (await page.request.get('/api/v1/orders?status=delivered&limit=1')).json() as {
    items: [{ number: number; customer_id: number }];
  };
  await open(page, `/customers/${order.customer_id}`);
  await expect(page.getByRole('table', { name: 'Orders' })).toContainText(`#${order.number}`);
  await page.getByRole('link', { name: 'Cart', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Cart of / })).toBeVisible();
});
