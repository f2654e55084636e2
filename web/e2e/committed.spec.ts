import type { Page } from '@playwright/test';
import { book, counted, rowOf, scan, stockOf, test } from './counting';
import { intoCart, ownCustomer, ownProduct, type Order } from './own';
import { answerOf } from './server/furnish';
import { expect, open, toast } from './test';

/** A product of which 10 are on the shelf, 3 of them sold, and the order of these. */
async function soldProduct(page: Page) {
  const product = await ownProduct(page, { stock: 10 });
  const customer = await ownCustomer(page);
  await intoCart(page, customer, product, 3);
  const path = `/api/v1/customers/${customer.id}/checkout`;
  return { product, order: await answerOf<Order>(await page.request.post(path, { data: {} }), path) };
}

const become = async (page: Page, { id }: Order, ...states: string[]) => {
  for (const to of states) await answerOf(await page.request.post(`/api/v1/orders/${id}/transitions`, { data: { to } }), to);
};

test('what is sold and not yet packed is told beside the stock, and is no surplus when it is counted', async ({ page }) => {
  const { product, order } = await soldProduct(page);
  await open(page, `/products/${product.id}?tab=stock`);
  await expect(page.locator('.stock-head')).toContainText('7and 3 in orders to pack: 10 on the shelf');

  await page.getByRole('button', { name: 'Count…' }).click();
  const dialog = page.getByRole('dialog');
  const units = dialog.getByLabel('Units on the shelf');
  const together = dialog.getByRole('checkbox', { name: 'Counted with the 3 units in orders to pack' });
  await expect(dialog).toContainText('The books say 7, and 3 more are in orders to pack.');
  await units.fill('10');
  await expect(dialog).toContainText('As the books say.');
  await together.uncheck();
  await expect(dialog).toContainText('3 units more than in the books.');
  await together.check();
  await units.fill('2');
  await expect(dialog).toContainText('Fewer than the 3 units in orders to pack: not all can be sent.');
  await units.fill('9');
  await expect(dialog).toContainText('1 unit is missing.');

  // They leave the shelf while it is counted.
  await become(page, order, 'processing', 'shipped');
  await dialog.getByRole('button', { name: 'Book the count' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Orders were sent or cancelled while you counted. Count again.');
  await expect(together).toHaveCount(0);
  await units.fill('6');
  await dialog.getByRole('button', { name: 'Book the count' }).click();
  await expect(toast(page, 'Counted: stock is now 6')).toBeVisible();
  expect(await stockOf(page, product)).toBe(6);
});

test('a shelf is counted with what is sold and not yet packed, or without it', async ({ page }) => {
  const [first, second, sent] = [await soldProduct(page), await soldProduct(page), await soldProduct(page)];
  await open(page, '/stocktake');
  await scan(page, first.product.sku, second.product.sku, sent.product.sku);
  for (const { product } of [first, second, sent]) await expect(rowOf(page, product)).toContainText('7and 3 to pack');
  await expect(rowOf(page, first.product)).toContainText('Fewer than the 3 units in orders to pack');
  await counted(page, first.product).fill('10');
  await counted(page, second.product).fill('9');
  await counted(page, sent.product).fill('10');
  await expect(rowOf(page, second.product)).toContainText('−1');

  await become(page, sent.order, 'processing', 'shipped');
  await book(page, 3).click();
  await expect(rowOf(page, first.product)).toContainText('Unchanged');
  await expect(rowOf(page, second.product)).toContainText('Booked');
  await expect(rowOf(page, sent.product)).toContainText('Orders were sent or cancelled while it was counted. The books say 7.');
  expect(await stockOf(page, second.product)).toBe(6);

  // Where sold units are kept apart, they are not in the count. What is booked stays as it is.
  await page.getByRole('button', { name: 'Count again' }).click();
  const together = page.getByRole('checkbox', { name: 'Units in orders to pack are on the shelf and counted, too' });
  await together.uncheck();
  await scan(page, first.product.sku);
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(4);
  await page.reload();
  await expect(together).not.toBeChecked();
  await expect(rowOf(page, second.product)).toContainText('−1');
  await expect(rowOf(page, first.product).first()).not.toContainText('to pack');
  await counted(page, first.product).fill('7');
  await counted(page, sent.product).fill('7');
  await book(page, 2).click();
  await expect(page.getByText('Unchanged')).toHaveCount(3);
  expect(await stockOf(page, first.product)).toBe(7);
});

test('a count that was begun when its product could not be looked up waits for a look', async ({ page }) => {
  const { product } = await soldProduct(page);
  await page.route('**/api/v1/products/*/stock', (route) => route.abort());
  await open(page, '/stocktake');
  await scan(page, product.sku);
  await counted(page, product).fill('10');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('The server could not be reached.');
  await page.unroute('**/api/v1/products/*/stock');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('The books say 7, and 3 more are in orders to pack.');
  await page.getByRole('button', { name: 'Still 10' }).click();
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Unchanged');
  expect(await stockOf(page, product)).toBe(7);
});
