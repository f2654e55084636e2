import type { Page } from '@playwright/test';
import { intoCart, ownCustomer, ownOrder, ownProduct, type Order } from './own';
import { expect, open, pageOf, test, toast } from './test';

const office = 'Reception\n5 Larkfield Avenue\nMarket Ashby';
const garden = 'The gardener\n7 Orchard Lane\nMarket Ashby';

/** Keeps printed slips in the page instead of printing them. */
const keepSlips = (page: Page) => page.addInitScript(() => {
  window.print = () => {
    document.documentElement.dataset.printed = document.querySelector('.slips address')?.innerHTML ?? '';
  };
});

const printed = (page: Page) => expect(page.locator('html'));

const move = async (page: Page, { id }: Order, ...states: string[]) => {
  for (const to of states) expect((await page.request.post(`/api/v1/orders/${id}/transitions`, { data: { to } })).status()).toBe(200);
};

test('an order by telephone goes where the caller says, and the slip says so', async ({ page }) => {
  await keepSlips(page);
  const [customer, product] = [await ownCustomer(page, { address: '1 Home Street\nMarket Ashby' }), await ownProduct(page)];
  await intoCart(page, customer, product);
  await open(page, `/carts/${customer.id}`);
  const address = page.getByLabel('Delivery address');
  await expect(address).toHaveValue('1 Home Street\nMarket Ashby');
  await address.fill(office);
  await expect(page.getByText('For this order only')).toBeVisible();
  await page.getByRole('button', { name: /Place order/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^#\d+$/ })).toBeVisible();
  await expect(page.locator('.order-address')).toHaveText(office);
  await page.keyboard.press('p');
  await printed(page).toHaveAttribute('data-printed', /Reception\n5 Larkfield Avenue\nMarket Ashby/);
  await open(page, `/customers/${customer.id}`);
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue('1 Home Street\nMarket Ashby');

  // If it is not changed, it is the customer's address.
  await intoCart(page, customer, product);
  await open(page, `/carts/${customer.id}`);
  await expect(address).toHaveValue('1 Home Street\nMarket Ashby');
  await page.getByRole('button', { name: /Place order/ }).click();
  await expect(page.locator('.order-address')).toHaveText('1 Home Street\nMarket Ashby');
});

test('an address is changed until the order is shipped, and then no more', async ({ page }) => {
  await keepSlips(page);
  const order = await ownOrder(page, [], await ownCustomer(page, { address: office }));
  await open(page, '/orders?filter=%7B%22status%22%3A%22pending%2Cprocessing%22%7D&sort=id&order=DESC&page=1&perPage=25');
  await expect(page.locator(`tr[data-id="${order.id}"]`)).toBeVisible();
  await open(page, `/orders/${order.id}`);
  const card = page.getByRole('region', { name: 'Delivery address' });
  const dialog = page.getByRole('dialog');
  const input = dialog.getByLabel('Delivery address');
  const save = dialog.getByRole('button', { name: 'Save' });
  await card.getByRole('button', { name: 'Change' }).click();
  await expect(input).toHaveValue(office);
  await expect(save).toBeDisabled();
  await move(page, order, 'processing'); // a colleague moves the order: that is no conflict
  await input.fill(garden);
  await save.click();
  await expect(toast(page, `Delivery address of #${order.number} changed`)).toBeVisible();
  await expect(card.locator('.order-address')).toHaveText(garden);
  await expect(page.locator('.event').first()).toContainText('Delivery address changed');
  await expect(page.locator('.page-head .chip')).toHaveText('Processing');

  // An address that a colleague has saved in the meantime is shown first, and is on slips printed from an older page.
  await page.keyboard.press('d');
  await input.fill('Nobody');
  await page.request.post(`/api/v1/orders/${order.id}/delivery-address`, { data: { delivery_address: office } });
  await save.click();
  await expect(dialog).toContainText('A colleague has changed the address to “Reception');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(card.locator('.order-address')).toHaveText(office);
  await page.request.post(`/api/v1/orders/${order.id}/delivery-address`, { data: { delivery_address: garden } });
  await page.keyboard.press('p');
  await printed(page).toHaveAttribute('data-printed', /The gardener\n7 Orchard Lane/);

  await page.reload();
  await expect(card.locator('.order-address')).toHaveText(garden);
  await card.getByRole('button', { name: 'Change' }).click();
  await input.fill('Too late');
  await move(page, order, 'shipped');
  await save.click();
  await expect(dialog).toContainText('The order is shipped: its delivery address cannot be changed any more.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(card.getByRole('button', { name: 'Change' })).toBeDisabled();
  await expect(card).toContainText('The order is shipped, so the address can no longer be changed.');
  await expect(card.locator('.order-address')).toHaveText(garden);
});

test('an order without an address says so, also on its slip', async ({ page, browser }) => {
  await keepSlips(page);
  const order = await ownOrder(page);
  await page.request.post(`/api/v1/orders/${order.id}/delivery-address`, { data: { delivery_address: null } });
  await open(page, `/orders/${order.id}`);
  await expect(page.getByRole('region', { name: 'Delivery address' })).toContainText('No delivery address');
  await page.keyboard.press('p');
  await printed(page).toHaveAttribute('data-printed', /No delivery address/);

  const reader = await pageOf(browser, 'read-only');
  await open(reader, `/orders/${order.id}`);
  await expect(reader.getByRole('region', { name: 'Delivery address' })).toContainText('No delivery address');
  await expect(reader.getByRole('button', { name: 'Change' })).toHaveCount(0);
  await reader.context().close();
});

test('on a phone the address is read before the timeline', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const order = await ownOrder(page);
  await open(page, `/orders/${order.id}`);
  const top = async (name: string) => (await page.getByRole('region', { name }).boundingBox())!.y;
  expect(await top('Items')).toBeLessThan(await top('Delivery address'));
  expect(await top('Delivery address')).toBeLessThan(await top('Timeline'));
});
