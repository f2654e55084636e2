import { asks, hold } from './hold';
import { intoCart, ownCustomer, ownOrder, ownProduct } from './own';
import { expect, open, test } from './test';

type Cart = { items: { product_id: number; quantity: number }[] };

test('an order that cannot be packed as it is is cancelled, and its items go into the cart again', async ({ page }) => {
  const customer = await ownCustomer(page);
  const order = await ownOrder(page, ['cancelled'], customer);
  await open(page, `/orders/${order.id}`);
  await page.getByRole('button', { name: 'Put these items into the cart' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Cart of ${customer.name}`);
  await expect(page.getByRole('row').filter({ hasText: 'OWN-' })).toHaveCount(1);
  const cart = (await (await page.request.get(`/api/v1/customers/${customer.id}/cart`)).json()) as Cart;
  expect(cart.items).toMatchObject([{ product_id: order.items[0]?.product_id, quantity: 1 }]);
});

test('items go into the cart one by one, the tab asks before it closes, and what could not is named', async ({ page }) => {
  const customer = await ownCustomer(page);
  const gone = await ownProduct(page, { name: 'Yew stool' });
  const kept = await ownProduct(page, { name: 'Yew bench' });
  await intoCart(page, customer, gone, 2);
  await intoCart(page, customer, kept, 3);
  const order = await ownOrder(page, [], customer);
  await page.request.delete(`/api/v1/products/${gone.id}`);
  await open(page, `/orders/${order.id}`);
  const { release } = await hold(page, `**/api/v1/customers/${customer.id}/cart/items`);
  await page.getByRole('button', { name: 'Put these items into the cart' }).click();
  await expect(page.getByText('Into the cart: 1 of 3…')).toBeVisible();
  expect(await asks(page)).toBe(true);
  release();
  const results = page.getByRole('dialog', { name: `1 product of #${order.number} was not put into the cart` });
  await expect(results.getByRole('row', { name: 'Yew stool' })).toContainText(/Refused .+/);
  await expect(results.getByRole('row', { name: '2 others' })).toContainText('In the cart');
  await results.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`Cart of ${customer.name}`);
  await expect(page.getByRole('row', { name: 'Yew bench' })).toBeVisible();
  const cart = (await (await page.request.get(`/api/v1/customers/${customer.id}/cart`)).json()) as Cart;
  expect(cart.items).toHaveLength(2);
  expect(cart.items).toContainEqual(expect.objectContaining({ product_id: kept.id, quantity: 3 }));
});

test('whoever leaves the order meanwhile is not taken to the cart', async ({ page }) => {
  const customer = await ownCustomer(page);
  const order = await ownOrder(page, ['cancelled'], customer);
  await open(page, `/orders/${order.id}`);
  const { release } = await hold(page, `**/api/v1/customers/${customer.id}/cart/items`);
  await page.getByRole('button', { name: 'Put these items into the cart' }).click();
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
  const added = page.waitForResponse(`**/api/v1/customers/${customer.id}/cart/items`);
  release();
  expect((await added).status()).toBe(200);
  await page.waitForLoadState('networkidle');
  await expect(page).toHaveURL(/#\/products/);
});
