import { ownCustomer, ownOrder } from './own';
import { expect, open, settled, test, toast } from './test';

test('a customer shows their orders and leads to their cart', async ({ page }) => {
  const order = await ownOrder(page, ['processing', 'shipped', 'delivered']);
  await open(page, `/customers/${order.customer_id}`);
  await expect(page.getByRole('table', { name: 'Orders' })).toContainText(`#${order.number}`);
  const [orders, email] = [await page.getByRole('region', { name: 'Orders' }).boundingBox(), await page.getByLabel('Email').boundingBox()];
  expect((orders?.y ?? 0) + (orders?.height ?? 0)).toBeLessThan(email?.y ?? 0); // orders come first, because customers call about them
  await expect(page.getByRole('region', { name: 'Lifetime value' }).getByRole('link')).toHaveAttribute('href', new RegExp(`customer_id.*${order.customer_id}.*pending%2Cprocessing%2Cshipped%2Cdelivered%22`));
  await page.getByRole('link', { name: 'Cart', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Cart of / })).toBeVisible();
  await expect(page.getByLabel('Add a product')).toBeFocused();
  await open(page, `/orders/${order.id}`);
  await page.getByRole('link', { name: 'Cart of this customer' }).click();
  await expect(page.getByLabel('Add a product')).toBeFocused();
});

test('who moves has orders that still go to where they lived', async ({ page }) => {
  const order = await ownOrder(page, [], await ownCustomer(page, { address: '1 Old Lane' }));

  await open(page, `/customers/${order.customer_id}`);
  await expect(page.getByRole('table', { name: 'Orders' })).toContainText(`#${order.number}`);
  const told = page.getByText('1 open order goes to another address');
  await expect(told).toHaveCount(0);
  await page.getByLabel('Address', { exact: true }).fill('2 New Road');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(told).toContainText(`#${order.number}`);
  await told.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`#${order.number}`);
  await settled(page);
  await page.keyboard.press('d');
  await page.getByRole('dialog').getByLabel('Delivery address').fill('2 New Road');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, /Delivery address of .* changed/)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('table', { name: 'Orders' })).toBeVisible();
  await expect(told).toHaveCount(0);
});

test('who calls is found by their number, however it is written, wherever customers are', async ({ page }) => {
  const digits = String(Date.now()).slice(-8); // nobody else's
  const pairs = digits.match(/../g) ?? [];
  const name = `Caller ${digits.replace(/\d/g, (d) => 'abcdefghij'.charAt(Number(d)))}`;
  const caller = await ownCustomer(page, { name, email: `${name.slice(7)}@example.com`, phone: `+49 (0)176 ${digits.slice(0, 3)}-${digits.slice(3)}` });
  const order = await ownOrder(page, [], caller);
  const rows = page.locator('tr[data-id]');

  await open(page, '/customers');
  for (const typed of [`0176${digits}`, `0049 176 ${digits}`, `01 76 ${pairs.join(' ')}`, `+49 176/${digits}`]) {
    await page.getByRole('searchbox').fill(typed);
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(name);
  }
  await open(page, '/orders');
  await page.getByRole('searchbox', { name: 'Search orders by number or customer' }).fill(`0176${digits}`);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(`#${order.number}`);
  for (const end of [digits, digits.slice(-7)].filter((one) => !one.startsWith('0'))) { // as a phone displays it; no order has such a number
    await page.getByRole('searchbox', { name: 'Search orders by number or customer' }).fill(`not ${end}`);
    await expect(rows).toHaveCount(0);
    await page.getByRole('searchbox', { name: 'Search orders by number or customer' }).fill(end);
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(`#${order.number}`);
  }
  await open(page, '/carts');
  await page.getByLabel('Who is the order for?').fill(`0176 ${pairs.join(' ')}`);
  await expect(page.getByRole('option', { name })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').getByRole('combobox').fill(`176${digits}`);
  await page.getByRole('dialog').getByRole('option', { name }).click();
  await expect(page).toHaveURL(new RegExp(`/customers/${caller.id}$`));
});
