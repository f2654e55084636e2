import { intoCart, ownCustomer, ownOrder, ownProduct } from './own';
import { oneOf } from './screens';
import { expect, open, pageOf, settled, test, toast } from './test';

test('the audit log names who did what to what, and is filtered by a member of staff', async ({ page, browser }) => {
  const manager = await pageOf(browser, 'manager');
  const [{ id, name }, other] = [await ownProduct(page), await ownProduct(page)];
  await manager.request.patch(`/api/v1/products/${id}`, { data: { price: 4_321 } });
  await page.request.patch(`/api/v1/products/${other.id}`, { data: { price: 5_432 } });

  await open(page, '/audit-entries');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Staff member' }).click();
  await expect(page.getByRole('combobox', { name: 'One of' })).toBeFocused();
  await page.keyboard.type('manager');
  await page.getByRole('option', { name: 'Demo Manager' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('.filter-chip')).toContainText('Staff member: Demo Manager');
  const rows = page.locator('tr[data-id]');
  await expect(rows.filter({ hasNotText: 'Demo Manager' })).toHaveCount(0);
  const entry = rows.filter({ hasText: name }).first();
  await expect(entry).toContainText(`Product ${name}`);

  await entry.locator('a').first().click();
  await expect(page.locator('dl.facts').last()).toContainText('Demo Manager');
  await page.getByRole('link', { name: 'All their activity' }).click();
  await expect(page.locator('.filter-chip')).toContainText('Demo Manager');
  await open(page, `/products/${id}?tab=history`);
  await expect(page.getByText('by Demo Manager').first()).toBeVisible();
  await manager.context().close();
});

test('a secret is neither shown nor said to have been nothing', async ({ page }) => {
  await open(page, '/audit-entries?filter={"resource":"staff","action":"create","record_id":"1"}');
  await page.locator('tr[data-id] a').first().click();
  await expect(page.locator('.diff > div', { hasText: 'Password' })).toContainText('kept secret');
});

test('who may not know the staff sees addresses, and is offered no names', async ({ browser }) => {
  const page = await pageOf(browser, 'manager');
  const { id } = await ownProduct(page);
  await open(page, `/audit-entries?filter={"resource":"products","record_id":"${id}"}`); // other entries fill the first page of the whole log
  await expect(page.locator('tr[data-id]').filter({ hasText: 'manager@demo.test' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Staff member' })).toHaveCount(0);
  await page.context().close();
});

test('what was done is chosen from a list and told in words, also of the lines of carts', async ({ page }) => {
  const name = `Chooses ${Date.now()}`;
  const [product, customer] = [await ownProduct(page), await ownCustomer(page, { name })];
  const { items: [line] } = await intoCart(page, customer, product, 2);
  await page.request.patch(`/api/v1/customers/${customer.id}/cart/items/${line.id}`, { data: { quantity: 3 } });
  await page.request.delete(`/api/v1/customers/${customer.id}/cart/items/${line.id}`);

  await open(page, '/audit-entries');
  for (const [field, value] of [['Record type', 'Cart lines'], ['Action', 'Deleted']] as const) {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('menuitem', { name: field }).click();
    await page.getByRole('checkbox', { name: value, exact: true }).check();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.locator('.filter-chip', { hasText: `${field}: ${value}` })).toBeVisible();
  }
  const row = page.locator('tr[data-id]').filter({ hasText: `Cart line of ${name}` }).first();
  await expect(row).toContainText('Customer, Product, Quantity');
  await row.locator('td').first().click();
  await expect(page.locator('.diff')).toContainText(product.name);
  await expect(page.getByRole('link', { name })).toHaveAttribute('href', `#/carts/${customer.id}`);
  await expect(page.getByRole('button', { name: 'Revert' })).toHaveCount(0); // the server would refuse
});

test('a change is taken back once, and not over what came later', async ({ page }) => {
  const { id, price } = await ownProduct(page);
  await page.request.patch(`/api/v1/products/${id}`, { data: { price: price + 100, is_active: false } });
  const newest = async () => {
    await page.goto(`/#/audit-entries?filter={"resource":"products","record_id":"${id}"}`);
    await page.reload(); // does not use what the list showed
    await settled(page);
    await page.locator('tr[data-id]').first().locator('td').first().click();
  };
  await newest();
  const changed = page.url();
  let sent = 0;
  page.on('request', (request) => { if (request.url().endsWith('/revert')) sent++; });
  await page.getByRole('button', { name: 'Revert' }).dblclick();
  await expect(toast(page, 'Reverted: Price, Active')).toBeVisible();
  expect(sent).toBe(1);

  await newest();
  await expect(page.locator('dl.facts')).toContainText('Reverted');
  await page.getByRole('button', { name: 'Revert' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Audit entry');
  await page.request.patch(`/api/v1/products/${id}`, { data: { price, is_active: true } });
  await page.goto(changed);
  await page.getByRole('button', { name: 'Revert' }).click();
  await expect(page.getByRole('alert')).toHaveText('Not reverted: this was changed again later.');
  await expect(page.getByText('Changed since then')).toBeVisible();
});

test('a price is taken back where its history is read, but not over what came later', async ({ page }) => {
  const product = await ownProduct(page);
  const path = `/products/${product.id}`;
  const setPrice = (more: number) => page.request.patch(`/api/v1${path}`, { data: { price: product.price + more } });
  const priceNow = async () => ((await (await page.request.get(`/api/v1${path}`)).json()) as { price: number }).price;
  for (const more of [111, 222]) await setPrice(more);

  await page.request.patch(`/api/v1${path}`, { data: { description: 'Turned by hand.' } });

  await open(page, `${path}?tab=history`);
  await expect(page.locator('.history-entry ins', { hasText: ((product.price + 222) / 100).toFixed(2) })).toHaveCount(1); // each change is told once
  await page.getByRole('button', { name: 'Price history' }).click();
  const prices = page.locator('section.card', { has: page.getByRole('heading', { name: 'Price history' }) });
  await expect(prices).not.toContainText('Turned by hand.');
  const back = prices.getByRole('button', { name: 'Revert' });
  await expect(prices.locator('.history-entry').nth(1)).toBeVisible();
  await expect(back).toHaveCount(1); // only for the last change
  await setPrice(0); // by a colleague; the page does not know it yet
  await back.click();
  await expect(prices.getByRole('alert')).toHaveText('Not reverted: this was changed again later.');
  expect(await priceNow()).toBe(product.price);

  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(prices.locator('.history-entry').first()).toContainText(`→ became €${(product.price / 100).toFixed(2)}`);
  await prices.locator('.history-entry').first().getByRole('button', { name: 'Revert' }).dblclick();
  await expect(toast(page, 'Reverted: Price')).toBeVisible();
  await expect(prices.locator('.history-entry').first()).toContainText('Reverted');
  await expect(back).toHaveCount(0); // a second or third click does not revert the revert
  expect(await priceNow()).toBe(product.price + 222);
});

test('the lines of an address are told as lines', async ({ page }) => {
  const { id } = await ownCustomer(page);
  await page.request.patch(`/api/v1/customers/${id}`, { data: { address: 'The mill\n7 Orchard Lane' } });
  await open(page, `/audit-entries/${await oneOf(page, `/audit-entries?resource=customers&record_id=${id}&sort=-id`)}`);
  const heights = await page.locator('.diff ins').first().evaluate((ins) => [ins.getBoundingClientRect().height, parseFloat(getComputedStyle(ins).lineHeight)]);
  expect(heights[0]! / heights[1]!).toBeGreaterThan(1.5);
});

test('of the permissions of a role, what was given and what was taken is told', async ({ page }) => {
  const role = { name: `till-${Date.now()}`, label: 'Till', permissions: ['customers:read', 'orders:read', 'products:read'] };
  const { id } = await (await page.request.post('/api/v1/roles', { data: role })).json() as { id: number };
  await page.request.patch(`/api/v1/roles/${id}`, { data: { permissions: ['orders:cancel', 'orders:read', 'products:read'] } });
  await open(page, `/audit-entries?filter={"resource":"roles","record_id":"${id}"}`);
  await page.locator('tr[data-id]').first().locator('td').first().click();
  await expect(page.locator('.diff del')).toHaveText('customers:read');
  await expect(page.locator('.diff ins')).toHaveText('orders:cancel');
});

test('a limit that is taken away, and one that there was none of, is told by its word', async ({ page }) => {
  const role = { name: `packer-${Date.now()}`, label: 'Packer', permissions: ['products:read'], max_stock_adjustment: 20 };
  const { id } = await (await page.request.post('/api/v1/roles', { data: role })).json() as { id: number };
  await page.request.patch(`/api/v1/roles/${id}`, { data: { max_stock_adjustment: null } });
  await page.request.patch(`/api/v1/roles/${id}`, { data: { max_stock_adjustment: 5 } });
  for (const [entry, told] of [[0, 'No limit → became 5'], [1, '20 → became No limit'], [2, '20']] as const) {
    await open(page, `/audit-entries?filter={"resource":"roles","record_id":"${id}"}`);
    await page.locator('tr[data-id]').nth(entry).locator('td').first().click();
    await expect(page.locator('.diff > div', { hasText: 'Stock adjustment limit' }).locator('dd')).toHaveText(told);
  }
});

test('a history that is longer than its card leads on to the log', async ({ page }) => {
  const { id, name } = await ownProduct(page);
  await page.route(`**/api/v1/products/${id}/history*`, async (route) => {
    const answer = await route.fetch();
    return route.fulfill({ response: answer, json: { ...(await answer.json() as object), next_cursor: 'more' } });
  });
  await open(page, `/products/${id}?tab=history`);
  await page.getByRole('link', { name: 'See older changes in the audit log' }).last().click();
  await expect(page.locator('.filter-chip', { hasText: 'Record type: Products' })).toBeVisible();
  await expect(page.locator('tr[data-id]').first()).toContainText(name);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Made by' }).click();
  await page.getByRole('checkbox', { name: 'Storekeeper' }).check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('No audit entries match')).toBeVisible();
});

test('the timeline names who did it, to who may know the staff', async ({ page, browser }) => {
  const { id } = await ownOrder(page);
  const manager = await pageOf(browser, 'manager');
  await manager.request.post(`/api/v1/orders/${id}/notes`, { data: { note: 'Rings at the back door' } });
  await open(page, `/orders/${id}`);
  const entry = (of: typeof page) => of.locator('.event', { hasText: 'Rings at the back door' });
  await expect(entry(page)).toContainText('Demo Manager');
  await expect(entry(page)).toContainText('(just now)');
  await expect(page.locator('.event').filter({ hasText: '@demo.test' })).toHaveCount(0);
  const packer = await pageOf(browser, 'fulfilment');
  await open(packer, `/orders/${id}`);
  await expect(entry(packer)).toContainText('manager@demo.test');
  await Promise.all([manager.context().close(), packer.context().close()]);

  const product = await ownProduct(page);
  await page.request.post(`/api/v1/products/${product.id}/stock-movements`, { data: { quantity_change: 1, reason: 'receipt' } });
  await open(page, `/products/${product.id}?tab=stock`);
  await expect(page.locator('table.movements tbody tr').first()).toContainText('Demo Owner');
  await open(page, `/inventory-movements?filter={"product_id":"${product.id}"}`);
  await expect(page.locator('tr[data-id]').first()).toContainText('Demo Owner');
});

test('every record that can change tells who changed it, to who may read that', async ({ page, browser }) => {
  test.slow();
  const { resources } = await (await page.request.get('/api/v1/schema')).json() as { resources: { name: string; history: boolean }[] };
  const changed = resources.filter(({ name, history }) => history && name !== 'orders').map(({ name }) => name);
  expect(changed).toEqual(['api-tokens', 'categories', 'customers', 'products', 'roles', 'staff']);
  for (const name of changed) {
    await open(page, `/${name}/${await oneOf(page, `/${name}?sort=id`)}`);
    await page.getByRole('tab', { name: 'History' }).click();
    await expect(page.getByRole('heading', { name: 'All changes' })).toBeVisible();
  }
  await open(page, `/inventory-movements/${await oneOf(page, '/inventory-movements?sort=id')}`);
  await expect(page.getByRole('tab')).toHaveCount(0); // entries never change, so they have no history tab

  const support = await pageOf(browser, 'support');
  await open(support, `/customers/${await oneOf(page, '/customers?sort=id')}`);
  await expect(support.getByLabel('Phone')).toBeVisible();
  await expect(support.getByRole('tab')).toHaveCount(0);
  await support.context().close();
});

test('a change of a category is taken back on its page', async ({ page }) => {
  const slug = `shelves-${Date.now()}`;
  const { id } = await (await page.request.post('/api/v1/categories', { data: { name: 'Shelves', slug } })).json() as { id: number };
  await page.request.patch(`/api/v1/categories/${id}`, { data: { name: 'Shelvs' } });
  await open(page, `/categories/${id}`);
  await page.getByLabel('Position').fill('7');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.locator('.history-entry').first()).toContainText('Shelves → became Shelvs');
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(page.getByLabel('Position')).toHaveValue('7'); // what is typed stays
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.locator('.history-entry').first().getByRole('button', { name: 'Revert' }).click();
  await expect(toast(page, 'Reverted: Name')).toBeVisible();
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(page.getByLabel('Name')).toHaveValue('Shelves');
  await page.request.delete(`/api/v1/categories/${id}`);
});

test('an order leads from its timeline to what changed in it', async ({ page }) => {
  const { id } = await ownOrder(page);
  await open(page, `/orders/${id}`);
  await page.getByRole('link', { name: 'Changes in the audit log' }).click();
  await expect(page.locator('.filter-chip', { hasText: 'Record type: Orders' })).toBeVisible();
});
