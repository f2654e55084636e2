import type { Page } from '@playwright/test';
import { ownCustomer, ownOrder, ownProduct } from './own';
import { expect, open, pageOf, settled, strangerOf, test, toast } from './test';

const state = (page: Page) => page.locator('.page-head .chip');

test('an order that is packed leads to the next one, and not another step on', async ({ page, browser }) => {
  await page.route(/\/api\/v1\/orders\?.*limit=8/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), total: 412, total_is_estimate: false } });
  });
  await open(page, '/');
  await expect(page.getByRole('region', { name: 'Waiting longest' })).toContainText('412 to pack');

  const customer = await ownCustomer(page);
  const [first, second] = [await ownOrder(page, ['processing'], customer), await ownOrder(page, [], customer)];
  const queue = `/orders?filter=${encodeURIComponent(JSON.stringify({ status: 'pending,processing', customer_id: String(customer.id) }))}&sort=id&order=ASC`;
  await open(page, queue);
  await page.getByRole('link', { name: `#${first.number}` }).click();
  const shipped = page.waitForResponse((answer) => answer.url().includes(`/orders/${first.id}/transitions`));
  await page.getByRole('button', { name: 'Mark as shipped' }).click();
  await shipped;
  await expect(state(page)).toHaveText('Shipped');
  await expect(page.getByRole('button', { name: 'Mark as delivered' })).not.toHaveAttribute('aria-keyshortcuts', 'a');
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Next order', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`#${second.number}`);
  const { status } = await (await page.request.get(`/api/v1/orders/${first.id}`)).json() as { status: string };
  expect(status).toBe('shipped');

  await page.keyboard.press('a');
  await expect(state(page)).toHaveText('Processing');
  await page.keyboard.press('a'); // it is still in the queue
  await expect(state(page)).toHaveText('Shipped');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByText('No orders match in this tab')).toBeVisible();

  // On a phone, a second tap hits the button that goes to the next order.
  const third = await ownOrder(page, ['processing'], customer);
  const phone = await pageOf(browser, 'fulfilment', { viewport: { width: 390, height: 844 } });
  await page.request.post(`/api/v1/orders/${third.id}/notes`, { data: { note: 'Rings the bell twice' } });
  await open(phone, queue);
  await phone.getByRole('link', { name: `#${third.number}` }).click();
  const notes = phone.getByRole('group', { name: 'Notes' });
  await expect(notes).toHaveText('Rings the bell twice'); // beside the items, not only far down in the timeline
  await expect(notes).toBeInViewport();
  const before = await phone.getByRole('button', { name: 'Mark as shipped' }).boundingBox();
  await phone.getByRole('button', { name: 'Mark as shipped' }).click();
  await expect(phone.getByRole('button', { name: 'Back to the list' })).toBeVisible();
  expect(await phone.getByRole('button', { name: 'Back to the list' }).boundingBox()).toEqual(before);
  await expect(notes).toHaveCount(0);
  await expect(phone.locator('.event').first()).toContainText('Demo Fulfilment'); // they see their own name, although they may not read staff
  await phone.context().close();
});

test('an owner sees what sold, in units, and who changed a price', async ({ page }) => {
  await open(page, '/?period=last-month');
  const best = page.getByRole('region', { name: 'Top products' });
  await expect(best.getByRole('listitem').first()).toHaveText(/\d units?€[\d,.]+\d+%$/);
  const name = await best.getByRole('listitem').first().locator('.bar-name > :first-child').innerText();
  await best.getByRole('link', { name: 'Sold products' }).click();
  await settled(page);
  await expect(page.getByRole('button', { name: 'Last month' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('row').nth(1)).toContainText(name);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export' }).click()]);
  expect(file.suggestedFilename()).toMatch(/^sold \d{4}-\d\d-01 \d{4}-\d\d-\d\d\.csv$/);
  await page.getByRole('main').getByRole('link', { name: 'Home' }).click();
  await expect(page.getByRole('button', { name: 'Last month' })).toHaveAttribute('aria-pressed', 'true');

  const product = await ownProduct(page, { price: 2_450 });
  await page.request.patch(`/api/v1/products/${product.id}`, { data: { price: 2_650 } });
  await page.request.patch(`/api/v1/products/${product.id}`, { data: { description: 'Turned by hand' } });
  await page.request.post(`/api/v1/products/${product.id}/stocktake`, { data: { counted: 47, expected: 50 } });
  await open(page, `/audit-entries?filter=${encodeURIComponent(JSON.stringify({ resource: 'products', record_id: String(product.id), action: 'update' }))}`);
  await expect(page.locator('tr[data-id]')).toHaveCount(2);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Changed field' }).click();
  await page.getByRole('combobox', { name: 'Is' }).click();
  await page.getByRole('option', { name: 'Price', exact: true }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('tr[data-id]')).toHaveCount(1);
  await expect(page.locator('tr[data-id]')).toContainText('Price €24.50 → €26.50');
  await open(page, `/products/${product.id}?tab=history`);
  await expect(page.locator('.history-entry').first()).toHaveText(/Stock50 .*47Reason.*Stocktake$/);
  await expect(page.locator('.history-entry').first().locator('del')).toHaveCount(1); // the reason has no earlier value
  const height = async (path: string) => {
    await open(page, path);
    return (await page.locator('.list-tools').boundingBox())?.height;
  };
  expect(await height('/inventory-movements')).toBe(await height('/products'));
});

test('a new shop says who can sign in, and what comes first', async ({ page, browser }) => {
  const stranger = await strangerOf(browser);
  let vacant = true;
  await stranger.route('**/api/v1/auth/setup', (route) => route.fulfill({ json: { vacant } }));
  await stranger.goto('/');
  await expect(stranger.getByRole('heading', { level: 1 })).toHaveText('Nobody can sign in yet');
  await expect(stranger.getByLabel('Password')).toHaveCount(0);
  vacant = false;
  await stranger.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(stranger.getByLabel('Password')).toBeVisible();
  await stranger.context().close();

  const has: Record<string, boolean> = { categories: true, products: false, orders: false };
  await page.route(/\/api\/v1\/(categories|products|orders)\?/, (route) => {
    const [, resource = ''] = /v1\/(\w+)\?/.exec(route.request().url()) ?? [];
    return has[resource] ? route.fallback() : route.fulfill({ json: { items: [], next_cursor: null, total: 0, total_is_estimate: false } });
  });
  await open(page, '/');
  const start = page.getByRole('region', { name: 'Get started' });
  const step = (name: string) => start.getByRole('listitem').filter({ hasText: name });
  await expect(step('Categories').getByRole('img', { name: 'Done' })).toBeVisible();
  await expect(step('One by one').getByRole('img', { name: 'To do' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Waiting longest' })).toHaveCount(0); // nothing can wait yet
  has.products = true;
  await page.reload();
  await expect(step('One by one').getByRole('img', { name: 'Done' })).toBeVisible();
  await step('First order').getByRole('link', { name: 'Phone order' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Phone order');
  has.orders = true;
  await open(page, '/');
  await expect(page.getByRole('region', { name: 'Waiting longest' })).toBeVisible();
  await expect(start).toHaveCount(0);

  // Several products of one category, without the mouse and a page for each.
  const { name } = await (await page.request.get('/api/v1/categories/4')).json() as { name: string };
  await page.goto('/#/products/create');
  const [sku, category] = [page.getByLabel('SKU'), page.getByRole('combobox', { name: 'Category' })];
  for (const n of [1, 2]) {
    await expect(sku).toBeFocused();
    await sku.fill(`NEW-${Date.now()}-${n}`);
    await expect(page.getByLabel('Name')).toHaveValue('');
    await page.getByLabel('Name').fill(`First bowl ${n}`);
    await page.getByLabel('Price').fill('12');
    if (n === 1) {
      await category.fill(name);
      await page.getByRole('option', { name }).first().click();
    }
    await expect(category).toHaveValue(name);
    await page.getByRole('button', { name: n === 1 ? 'Add and start another' : 'Save' }).click();
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('First bowl 2');
});

test('a bulk change says what it is about to do, and a refusal to undo it names the field', async ({ page }) => {
  const made = async (data: object) => await (await page.request.post('/api/v1/categories', { data })).json() as { id: number; name: string };
  const mark = Date.now();
  const [old, next] = [await made({ name: `Old ${mark}`, slug: `old-${mark}` }), await made({ name: `Next ${mark}`, slug: `next-${mark}` })];
  for (const n of [1, 2]) await ownProduct(page, { name: `Willow ${mark}, ${n}`, category_id: old.id });
  await open(page, `/products?filter=${encodeURIComponent(JSON.stringify({ q: `Willow ${mark}` }))}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('button', { name: 'Change…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toHaveText('Change category of 2 products');
  await dialog.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Active' }).click();
  await expect(dialog.getByRole('heading')).toHaveText('Deactivate 2 products');
  await dialog.getByRole('switch').click();
  await expect(dialog.getByRole('heading')).toHaveText('Activate 2 products');
  await dialog.getByRole('combobox', { name: 'Field' }).click();
  await page.getByRole('option', { name: 'Category' }).click();
  await dialog.getByRole('combobox', { name: 'Category' }).fill(next.name);
  await page.getByRole('option', { name: next.name }).click();
  await dialog.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(toast(page, '2 changed')).toBeVisible();
  expect((await page.request.delete(`/api/v1/categories/${old.id}`)).ok()).toBe(true);
  await toast(page, '2 changed').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('dialog').getByRole('row').first()).toContainText(`Category: category ${old.name} is deleted: restore it first, or choose another one.`);
});

test('orders that were just started are selected again in one click, for their slips', async ({ page }) => {
  const buyer = await ownCustomer(page);
  const [first, second, other] = [await ownOrder(page, [], buyer), await ownOrder(page, [], buyer), await ownOrder(page, ['processing'], buyer)];
  await open(page, `/orders?filter={"customer_id":"${buyer.id}","status":"pending"}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.keyboard.press('a');
  await toast(page, '2 orders are now processing').getByRole('button', { name: 'Select them' }).click();
  const bar = page.getByRole('toolbar', { name: 'Selected rows' });
  await expect(bar).toContainText('2 selected');
  await page.evaluate(() => {
    window.print = () => { document.documentElement.dataset.printed = document.querySelector('.slips')?.textContent ?? ''; };
  });
  await page.keyboard.press('P');
  await expect(page.locator('html')).toHaveAttribute('data-printed', new RegExp(`#${first.number}`));
  await expect(page.locator('html')).toHaveAttribute('data-printed', new RegExp(`#${second.number}`));
  await expect(page.locator('html')).not.toHaveAttribute('data-printed', new RegExp(`#${other.number}`));
  await page.keyboard.press('a'); // on to shipped
  await page.getByRole('dialog').getByRole('button', { name: /^Mark as shipped/ }).click();
  await expect(toast(page, '2 orders are now shipped').getByRole('button', { name: /Select/ })).toHaveCount(0);
  await expect(toast(page, '2 orders are now shipped')).toBeVisible();
  await expect(toast(page, 'processing')).toHaveCount(0); // it would offer what is no longer so
});

test('a key that was pressed just before a click counts on the page where it was pressed', async ({ page }) => {
  const buyer = await ownCustomer(page);
  const [first, second] = [await ownOrder(page, [], buyer), await ownOrder(page, [], buyer)];
  await open(page, `/orders?filter={"customer_id":"${buyer.id}","status":"pending"}&sort=id&order=ASC`);
  await page.getByRole('link', { name: `#${first.number}` }).click();
  const next = page.getByRole('button', { name: 'Next order in the queue' });
  await expect(next).toBeEnabled();
  await next.evaluate((button) => { // faster than a person, as on a page that is busy
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    (button as HTMLButtonElement).click();
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`#${second.number}`);
  await expect(toast(page, `#${first.number} is now processing`)).toBeVisible();
  const { status } = await (await page.request.get(`/api/v1/orders/${second.id}`)).json() as { status: string };
  expect(status).toBe('pending');
});
