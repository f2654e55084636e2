import type { Page } from '@playwright/test';
import { intoCart, ownCustomer, ownOrder, ownProduct } from './own';
import { expect, open, pageOf, test, toast } from './test';

/** A shipped order of these products. */
async function parcelOf(page: Page, ...products: { product: { id: number }; units: number }[]) {
  const customer = await ownCustomer(page);
  for (const { product, units } of products) await intoCart(page, customer, product, units);
  return ownOrder(page, ['processing', 'shipped'], customer);
}

const movements = async (page: Page, id: number) => {
  const answer = await page.request.get(`/api/v1/products/${id}/stock-movements?sort=-id`);
  return (await answer.json() as { items: { quantity_change: number; balance_after: number; reason: string; note: string | null; order_number: number | null }[] }).items;
};

test('a parcel comes back in one dialog: what is refused says so, and what was lost is booked once', async ({ page, browser }) => {
  const [bowl, lamp, gone] = [await ownProduct(page, { name: 'Elm bowl' }), await ownProduct(page, { name: 'Elm lamp' }), await ownProduct(page, { name: 'Elm box' })];
  const order = await parcelOf(page, { product: bowl, units: 3 }, { product: lamp, units: 2 }, { product: gone, units: 1 });
  await page.request.delete(`/api/v1/products/${gone.id}`);

  const packer = await pageOf(browser, 'fulfilment');
  await open(packer, `/orders/${order.id}`);
  await packer.keyboard.press('r');
  const dialog = packer.getByRole('dialog', { name: `Return items from #${order.number}` });
  const [bowls, lamps] = [dialog.getByLabel('Units of Elm bowl', { exact: true }), dialog.getByLabel('Units of Elm lamp', { exact: true })];
  const book = dialog.getByRole('button', { name: /^Book/ });
  await expect(bowls).toBeFocused();
  await expect(book).toBeDisabled();
  await packer.keyboard.type('4');
  await expect(bowls).toHaveAccessibleDescription('Enter a number from 0 to 3.');
  await bowls.fill('1');
  await packer.keyboard.press('Enter');
  await expect(lamps).toBeFocused();
  await packer.keyboard.type('2');
  await dialog.getByLabel('Units of Elm box', { exact: true }).fill('1');
  await dialog.getByLabel('Note').fill('too small');
  const worth = `€${(((bowl.price + 2 * lamp.price + gone.price) / 100).toFixed(2))}`;
  await expect(dialog.getByText(`At the prices of this order, that is ${worth}.`)).toBeVisible();

  let losses = 2;
  await packer.route(`**/api/v1/products/${lamp.id}/stock-movements`, async (route) => {
    const response = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response });
  });
  await book.click();
  const row = (name: string) => dialog.getByRole('row', { name });
  await expect(row('Elm bowl')).toContainText('Booked Stock is now 48');
  await expect(row('Elm lamp')).toContainText(/Unknown .* it is not done twice/);
  await expect(lamps).not.toBeEditable();
  await expect(row('Elm box')).toContainText('Refused The product was deleted.');
  await expect(toast(packer, `1 unit of #${order.number} is back in stock`)).toBeVisible();
  await expect(toast(packer, '2 products')).toContainText('were not booked');

  await dialog.getByLabel('Units of Elm box', { exact: true }).fill('');
  await book.click();
  await expect(dialog).toHaveCount(0);
  await expect(toast(packer, `2 units of #${order.number} are back in stock`)).toBeVisible();
  await expect(packer.getByText(`3 returned, sold for €${((bowl.price + 2 * lamp.price) / 100).toFixed(2)}`)).toBeVisible();
  const back = { reason: 'return', order_number: order.number, note: 'too small' };
  expect((await movements(page, bowl.id))[0]).toMatchObject({ ...back, quantity_change: 1, balance_after: 48 });
  expect(await movements(page, lamp.id)).toMatchObject([{ ...back, quantity_change: 2, balance_after: 50 }, { reason: 'sale' }, { reason: 'initial' }]);

  const items = packer.getByRole('table', { name: 'Items' });
  await expect(items.getByRole('row', { name: 'Elm bowl' })).toContainText(/1 of 3 returned on \S/);
  await expect(items.getByRole('row', { name: 'Elm lamp' })).toContainText(/2 of 2 returned on \S/);
  await expect(items.getByRole('row', { name: 'Elm box' })).not.toContainText('returned on');
  const events = packer.getByRole('region', { name: 'Timeline' }).getByRole('listitem').filter({ hasText: 'Returned' });
  await expect(events).toHaveCount(2);
  await expect(events.filter({ hasText: '1 × ' })).toContainText(`1 × ${bowl.sku}: too small`);

  await packer.keyboard.press('r'); // returned lines are not offered again
  await expect(row('Elm bowl')).toContainText(/1 of 3 returned on .*If more units are returned later, receive them on the page of the product\./);
  await expect(row('Elm lamp')).toContainText(/2 of 2 returned on \S/);
  await expect(row('Elm lamp')).not.toContainText('later');
  await expect(dialog.getByLabel(/^Units of /)).toHaveCount(2);
  await expect(dialog.getByLabel('Units of Elm box', { exact: true })).toBeFocused();
  await packer.context().close();
});

test('of two colleagues with the same parcel one books each line, and the other is told', async ({ page, browser }) => {
  const [cup, jug] = [await ownProduct(page, { name: 'Oak cup' }), await ownProduct(page, { name: 'Oak jug' })];
  const order = await parcelOf(page, { product: cup, units: 2 }, { product: jug, units: 1 });
  const packer = await pageOf(browser, 'fulfilment');
  await open(packer, `/orders/${order.id}`);
  const takeBack = packer.getByRole('button', { name: 'Return items…' });
  await takeBack.click();
  const dialog = packer.getByRole('dialog');
  await dialog.getByRole('button', { name: 'All items' }).click();
  const booked = await page.request.post(`/api/v1/products/${cup.id}/stock-movements`, { data: { quantity_change: 1, reason: 'return', order_item_id: order.items.find((line) => line.product_id === cup.id)?.id } });
  expect(booked.status()).toBe(201);
  await dialog.getByRole('button', { name: 'Book 4 units' }).click();
  const row = (name: string) => dialog.getByRole('row', { name });
  await expect(row('Oak cup')).toContainText(/Refused Somebody else has already booked this return\. 1 of 2 returned on \S/);
  await expect(row('Oak jug')).toContainText('Booked Stock is now 50');
  await expect(dialog.getByLabel(/^Units of /)).toHaveCount(0);
  await expect(dialog.getByRole('button', { name: /^Book/ })).toBeDisabled();
  expect((await movements(page, cup.id))[0]).toMatchObject({ quantity_change: 1, balance_after: 49 });
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(packer.getByRole('button', { name: 'Packing slip' })).toBeVisible();
  await expect(takeBack).toHaveCount(0); // nothing is left to return
  await packer.context().close();
});

test('goods come back that have left, and to who may receive them', async ({ page, browser }) => {
  const [packed, sent] = [await ownOrder(page, ['processing']), await ownOrder(page, ['processing', 'shipped', 'delivered'])];
  const takeBack = (of: Page) => of.getByRole('button', { name: 'Return items…' });
  await open(page, `/orders/${packed.id}`);
  await expect(page.getByRole('button', { name: 'Mark as shipped' })).toBeVisible();
  await expect(takeBack(page)).toHaveCount(0);
  await open(page, `/orders/${sent.id}`);
  await takeBack(page).click();
  await page.getByRole('button', { name: 'All items' }).click();
  await expect(page.getByLabel(/^Units of /)).toHaveValue('1');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await takeBack(page).click();
  await expect(page.getByLabel(/^Units of /)).toHaveValue('');

  const caller = await pageOf(browser, 'support');
  await open(caller, `/orders/${sent.id}`);
  await expect(caller.getByRole('button', { name: 'Packing slip' })).toBeVisible();
  await expect(takeBack(caller)).toHaveCount(0);
  await caller.context().close();
});

test('of what comes back, the damaged units are taken out of stock again, by who receives it', async ({ page, browser }) => {
  const [vase, tray] = [await ownProduct(page, { name: 'Clay vase' }), await ownProduct(page, { name: `Clay tray ${'Servierplatte'.repeat(8)}` })];
  const order = await parcelOf(page, { product: vase, units: 3 }, { product: tray, units: 1 });
  const packer = await pageOf(browser, 'fulfilment');
  await open(packer, `/orders/${order.id}`);
  await packer.keyboard.press('r');
  const dialog = packer.getByRole('dialog');
  const [vases, damaged] = [dialog.getByLabel('Units of Clay vase', { exact: true }), dialog.getByLabel('Damaged units of Clay vase')];
  const book = dialog.getByRole('button', { name: /^Book/ });
  await expect(vases).toBeFocused();
  expect(await dialog.locator('.returns').evaluate((table) => table.scrollWidth - table.clientWidth), 'pixels of the table that a long word hides').toBe(0);
  await packer.keyboard.press('Tab');
  await packer.keyboard.type('1');
  await expect(damaged).toHaveAccessibleDescription('Enter first how many units came back.');
  await expect(book).toBeDisabled();
  await vases.fill('2');
  await damaged.fill('3');
  await expect(damaged).toHaveAccessibleDescription('At most 2 of them can be damaged.');
  await expect(book).toBeDisabled();
  await damaged.fill('1');
  await packer.keyboard.press('Enter');
  await expect(dialog.getByLabel(`Units of ${tray.name}`, { exact: true })).toBeFocused();
  await packer.keyboard.type('1');
  await packer.keyboard.press('Enter');
  await expect(dialog.getByLabel(/^Units of Ash bowl/)).toBeFocused();
  await packer.keyboard.press('Enter');
  await expect(book).toBeFocused();
  await dialog.getByLabel('Note').fill('cracked');
  await book.click();
  await expect(dialog).toHaveCount(0);
  await expect(toast(packer, `3 units of #${order.number} came back, 1 of them damaged`)).toBeVisible();
  const items = packer.getByRole('table', { name: 'Items' });
  await expect(items.getByRole('row', { name: 'Clay vase' })).toContainText(/2 of 3 returned on \S.*, 1 damaged/);
  await expect(items.getByRole('row', { name: 'Clay tray' })).not.toContainText('damaged');
  await expect(packer.getByRole('region', { name: 'Timeline' })).toContainText(`2 × ${vase.sku}, 1 damaged: cracked`);
  const of = { order_number: order.number, note: 'cracked' };
  expect(await movements(page, vase.id)).toMatchObject([
    { ...of, reason: 'damage', quantity_change: -1, balance_after: 48 }, { ...of, reason: 'return', quantity_change: 2, balance_after: 49 }, { reason: 'sale' }, { reason: 'initial' },
  ]);
  await page.request.delete(`/api/v1/products/${tray.id}`); // other journeys must not find a word as long as this
  await packer.context().close();
});

test('what comes back later, or of no order, may be damaged, too', async ({ page, browser }) => {
  const pot = await ownProduct(page);
  const packer = await pageOf(browser, 'fulfilment');
  await open(packer, `/products/${pot.id}?tab=stock`);
  await packer.getByRole('button', { name: /^Receive/ }).click();
  const dialog = packer.getByRole('dialog');
  const [units, damaged, book] = [dialog.getByLabel('Units'), dialog.getByLabel('Damaged'), dialog.getByRole('button', { name: 'Book' })];
  await expect(damaged).toHaveCount(0); // a delivery has no such units
  await dialog.getByLabel('Reason').click();
  await packer.getByRole('option', { name: 'Customer return' }).click();
  await units.fill('3');
  await damaged.fill('4');
  await expect(damaged).toHaveAccessibleDescription('Enter a number from 0 to 3.');
  await expect(book).toHaveAttribute('aria-disabled', 'true');
  await damaged.fill('2');
  await expect(units).toHaveAccessibleDescription('50 → 51');
  await book.click();
  await expect(toast(packer, 'Stock is now 51')).toBeVisible();
  expect(await movements(page, pot.id)).toMatchObject([{ reason: 'damage', quantity_change: -2 }, { reason: 'return', quantity_change: 3 }, { reason: 'initial' }]);
  await packer.context().close();
});
