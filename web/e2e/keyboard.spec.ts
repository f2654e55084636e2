import type { Locator } from '@playwright/test';
import { intoCart, ownCustomer, ownOrder, ownProduct, ownProducts } from './own';
import { expect, open, settled, test } from './test';

test('go anywhere by g and a letter, move by j and k, open by Enter', async ({ page }) => {
  await open(page, '/');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
  await settled(page);
  for (const row of [0, 1]) { // wait for the effect of each key: faster keys are taken for a scan
    await page.keyboard.press('j');
    await expect(page.locator('tr[data-id]').nth(row)).toBeFocused();
  }
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar')).toContainText('1 selected');
  const name = await page.locator('tr.selected td.primary').innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Keyboard shortcuts');
});

test('u leads back to the list and the record shown last, however many records one went through', async ({ page }) => {
  await open(page, '/customers?filter={"q":"an"}&sort=email&order=ASC');
  const address = page.url();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { level: 1 });
  for (const place of ['2 of', '3 of']) {
    await expect(heading).not.toHaveText('Customers');
    await page.keyboard.press('j');
    await expect(page.locator('.page-head')).toContainText(place);
  }
  await page.keyboard.press('u');
  await expect(heading).toHaveText('Customers');
  expect(page.url()).toBe(address);
  await expect(page.locator('tr[data-id]').nth(2)).toBeFocused();
});

test('the first Tab leads past the menu', async ({ page }) => {
  await open(page, '/products');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await expect(page).toHaveURL(/#\/products/);
});

test('the palette goes to pages and finds records', async ({ page }) => {
  const long = await ownProduct(page, { name: 'Ash bowl for soups and salads, '.repeat(5) });
  await open(page, '/');
  const input = page.locator('[cmdk-input]');
  await page.keyboard.press('Control+k');
  await input.fill('categ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Categories');

  await page.keyboard.press('Control+k');
  await input.fill(long.sku);
  const sku = page.locator('[cmdk-item]').first().getByText(long.sku);
  await expect.poll(async () => (await sku.boundingBox())?.width).toBeGreaterThan(100); // however long the name is
  await input.fill('#1001');
  await expect(page.locator('[cmdk-item]').first().locator('.chip')).toHaveText(/^[A-Z][a-z]+$/); // its status, as in lists
  await input.fill('KIT-0001');
  await expect(page.locator('[cmdk-item]').first()).toContainText('KIT-0001');
  await page.keyboard.press('Enter');
  await expect(page.locator('.page-head')).toContainText('KIT-0001');
});

test('categories move by keyboard', async ({ page }) => {
  await open(page, '/categories');
  const item = page.getByRole('treeitem', { name: 'Kettles' });
  await item.focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(item).toHaveAttribute('aria-level', '2');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(item).toHaveAttribute('aria-level', '3');
});

test('what is done by keyboard leaves the keyboard where one goes on', async ({ page }) => {
  const press = async (target: Locator) => {
    await target.focus();
    await page.keyboard.press('Enter');
  };
  const [product, customer] = [await ownProduct(page), await ownCustomer(page)];
  await open(page, `/products?filter={"q":"${await ownProducts(page, 'Mug', 4)}","price_gte":1000}`);
  const price = page.locator('button.inline-edit').nth(3);
  await press(price);
  await page.keyboard.press('Escape');
  await expect(price).toBeFocused();
  await press(price);
  await page.keyboard.type('23.45');
  await page.keyboard.press('Enter');
  await expect(price).toHaveText('€23.45');
  await expect(price).toBeFocused();
  const remove = page.getByRole('button', { name: 'Remove the filter by Price' });
  await press(remove);
  await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeFocused();
  await expect(remove).toHaveCount(0); // and it is gone from the address before the next step

  await intoCart(page, customer, product);
  await open(page, `/carts/${customer.id}`);
  await press(page.getByRole('button', { name: `Remove ${product.name}` }));
  await expect(page.getByText('The cart is empty')).toBeVisible();
  await expect(page.getByLabel('Add a product')).toBeFocused();

  await open(page, '/receiving');
  await page.getByLabel('What came in?').fill(product.sku);
  await page.keyboard.press('Enter');
  await page.getByLabel(/^Units of/).fill('2');
  await press(page.getByRole('button', { name: 'Book 1 line' }));
  await expect(page.getByRole('button', { name: 'Next delivery' })).toBeFocused();
});

test('a key that is held acts once, and the Enter of an input method only ends a word', async ({ page }) => {
  const { id } = await ownOrder(page);
  await open(page, `/orders/${id}`);
  const state = page.locator('.page-head .chip');
  await page.keyboard.down('a');
  await expect(state).toHaveText('Processing');
  for (let i = 0; i < 5; i++) {
    await page.waitForTimeout(150);
    await page.keyboard.down('a');
  }
  await page.keyboard.up('a');
  await page.waitForLoadState('networkidle');
  await expect(state).toHaveText('Processing');

  await page.getByRole('button', { name: 'Cancel order…' }).click();
  const reason = page.getByRole('dialog').getByLabel('Reason');
  await reason.fill('お客様');
  await reason.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await page.waitForTimeout(300);
  await expect(reason).toHaveValue('お客様');
  await reason.press('Enter');
  await expect(state).toHaveText('Cancelled');
});

test('a code that is scanned on an order does not cancel it', async ({ page }) => {
  const { id } = await ownOrder(page);
  await open(page, `/orders/${id}`);
  const [state, dialog] = [page.locator('.page-head .chip'), page.getByRole('dialog')];
  await page.keyboard.press('c'); // and now its code is there
  await expect(dialog.getByLabel('Reason')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  const now = Date.now();
  await page.clock.setFixedTime(now); // on a slow computer, the test would be slower than a scanner
  await page.keyboard.press('c');
  await expect(dialog.getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('up-01');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
  await expect(dialog.getByLabel('Reason')).toHaveValue('up-01');
  await expect(state).toHaveText('Pending');
  await page.clock.setFixedTime(now + 1_000);
  await page.keyboard.press('Enter');
  await expect(state).toHaveText('Cancelled');
});

test('a code that is scanned where no field has the focus is found, and works no shortcut', async ({ page }) => {
  const scan = (code: string) => Promise.all([...code, 'Enter'].map((key) => page.keyboard.press(key))); // like a scanner, which does not wait for the previous key
  const order = await ownOrder(page);
  for (const path of [`/orders/${order.id}`, '/orders', '/customers']) {
    await open(page, path);
    await scan('apron-none'); // a advances an order, p prints it
    await expect(page.getByRole('dialog')).toContainText('Nothing found for “apron-none”');
    await page.keyboard.press('Escape');
    await scan('kit-0001');
    await expect(page.locator('.page-head')).toContainText('KIT-0001');
  }
  const after = await (await page.request.get(`/api/v1/orders/${order.id}`)).json() as { version: number };
  expect(after.version).toBe(order.version);
});

test('Ctrl-S saves once, however often it is pressed', async ({ page }) => {
  const sent: string[] = [];
  const slow = async (pattern: string) => page.route(pattern, async (route) => {
    if (route.request().method() === 'GET') return route.continue();
    sent.push(route.request().method());
    await page.waitForTimeout(300);
    return route.continue();
  });
  await slow('**/api/v1/customers');
  await slow('**/api/v1/customers/*');
  const save = async () => {
    await page.keyboard.down('Control');
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('s');
      await page.waitForTimeout(20);
    }
    await page.keyboard.up('Control');
  };
  await open(page, '/customers/create');
  await page.getByLabel('Email').fill(`saved-once-${Date.now()}@demo.test`);
  await page.getByLabel('Name').fill('Saved Once');
  await save();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Saved Once');
  await page.getByLabel('Name').fill('Saved Twice');
  await save();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Saved Twice');
  await page.waitForLoadState('networkidle');
  expect(sent).toEqual(['POST', 'PATCH']);
});

test('one key leads from the selected rows to what can be done with them', async ({ page }) => {
  const name = await ownProducts(page, 'Bulk by key', 2);
  await open(page, `/products?filter={"q":"${name}"}&sort=name&order=ASC`);
  const rows = page.locator('tr[data-id]');
  await expect(rows).toHaveCount(2);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('toolbar')).toContainText('1 selected');
  await page.keyboard.press('b');
  for (let i = 0; !await page.getByRole('button', { name: 'Deactivate' }).evaluate((button) => button === document.activeElement); i++) {
    expect(i).toBeLessThan(4);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await expect(rows.nth(0)).toContainText('Inactive');
  await expect(rows.nth(1)).not.toContainText('Inactive');
});

test('the arrows lead from price to price, and save each', async ({ page }) => {
  const name = await ownProducts(page, 'Price sheet', 4);
  await open(page, `/products?filter={"q":"${name}"}&sort=price&order=ASC`);
  const rows = page.locator('tr[data-id]');
  await expect(rows).toHaveCount(4);
  const input = page.locator('input.inline-edit:focus');
  await rows.nth(0).locator('button.inline-edit').click();
  for (const price of ['31.50', '22', '13.25', '44']) { // sorted differently from the list, whose rows stay where they are
    await expect(input).toHaveValue('24.50');
    await page.keyboard.type(price);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter'); // below the last there is none
  await expect(rows.locator('button.inline-edit')).toHaveText(['€31.50', '€22.00', '€13.25', '€44.00']);
  await expect(rows.nth(3).locator('button.inline-edit')).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await expect(input).toHaveValue('13.25');
  await page.keyboard.type('nothing');
  await page.keyboard.press('ArrowUp');
  await expect(rows.nth(1).locator('input.inline-edit')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toContainText('“nothing” is not an amount');
  await expect(rows.nth(2).locator('input.inline-edit')).toHaveValue('nothing');
});
