import { ownCustomer, ownOrder } from './own';
import { expect, open, test } from './test';

test('an order that cannot be packed as it is is cancelled, and its items go into the cart again', async ({ page }) => {
  const customer = await ownCustomer(page);
  const order = await ownOrder(page, ['cancelled'], customer);
  await open(page, `/orders/${order.id}`);
  await page.getByRole('button', { name: 'Put these items into the cart' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Cart of ${customer.name}`);
  await expect(page.getByRole('row').filter({ hasText: 'OWN-' })).toHaveCount(1);
  const cart = (await (await page.request.get(`/api/v1/customers/${customer.id}/cart`)).json()) as { items: { product_id: number; quantity: number }[] };
  expect(cart.items).toMatchObject([{ product_id: order.items[0]?.product_id, quantity: 1 }]);
});
