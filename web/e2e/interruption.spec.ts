import { ownCustomer, ownOrder } from './own';
import { demoPassword, expect, open, pageOf, provoke, test, toast } from './test';

test('a session that ends loses nothing', async ({ page }) => {
  const typed = `Typed before the session ended at ${Date.now()}`;
  await open(page, '/products/30');
  await page.getByLabel('Description').fill(typed);
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Your session has ended');
  await dialog.getByLabel('Password').fill(demoPassword);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(toast(page, 'Saved')).toBeVisible();
  await expect(page.getByLabel('Description')).toHaveValue(typed);
});

test('a session that ends while one is at the own profile is asked for again there, too', async ({ browser }) => {
  const page = await pageOf(browser, 'catalog');
  await open(page, '/profile');
  const name = page.getByRole('textbox', { name: 'Name' });
  const before = await name.inputValue();
  await name.fill('Demo Catalogue');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save name' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password').fill(demoPassword);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(toast(page, 'Saved.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save name' })).toBeDisabled();
  await page.getByRole('button', { name: 'Your menu' }).click();
  await expect(page.getByRole('menu')).toContainText('Demo Catalogue');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Products', exact: true }).click();
  await page.goBack();
  await expect(name).toHaveValue('Demo Catalogue');
  await page.request.patch('/api/v1/auth/me', { data: { name: before } });
  await page.context().close();
});

test('a server that is away is said to be away, and what was typed stays', async ({ page }) => {
  const typed = `Typed while the server was away at ${Date.now()}`;
  await open(page, '/products/31');
  await page.getByLabel('Description').fill(typed);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The server cannot be reached. What you see')).toBeVisible();
  await expect(page.getByLabel('Description')).toHaveValue(typed);
  await expect(page.getByRole('alert')).toHaveCount(0); // it would stay when the server is back
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Saved')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Save' })).toBeFocused();
});

test('what is saved again and again is said once', async ({ page }) => {
  await open(page, '/products/34');
  await page.keyboard.press('e');
  await expect(page.getByLabel('SKU')).toBeFocused();
  for (const text of ['Twice', 'Thrice', `Now ${Date.now()}`]) {
    await page.getByLabel('Description').fill(text);
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Unsaved changes')).toHaveCount(0);
  }
  await expect(toast(page, 'Saved').first()).toBeVisible();
  expect(await toast(page, 'Saved').count()).toBe(1); // checked at once, because messages disappear by themselves
});

test('the server is seen to be back, and what could not be loaded comes by itself', async ({ page }) => {
  await open(page, '/products');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Trash' }).click();
  await expect(page.getByText('The list could not be loaded')).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByText('The server cannot be reached. What you see')).toHaveCount(0);
  await expect(page.locator('tr[data-id]').first()).toBeVisible();
});

test('a list stays as it was read while the server is away, or does not answer, with what is selected', async ({ page }) => {
  provoke(page, 502);
  await open(page, '/customers');
  const rows = page.locator('tr[data-id]');
  const shown = await rows.count();
  const selected = page.locator(`tr[data-id="${await rows.nth(2).getAttribute('data-id')}"] input[type=checkbox]`);
  await selected.check();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText('The server cannot be reached. What you see')).toBeVisible();
  await expect(page.locator('.list-card').getByRole('table')).toHaveAttribute('aria-busy', 'false');
  await expect(rows).toHaveCount(shown);
  await expect(page.getByText('The list could not be loaded')).toHaveCount(0);
  await page.context().setOffline(false);
  await expect(page.getByText('The server cannot be reached. What you see')).toHaveCount(0);
  await expect(selected).toBeChecked();

  let starting = true;
  await page.route('**/api/v1/customers?*', (route) => (starting ? route.fulfill({ status: 502, body: '' }) : route.continue()));
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByRole('alert')).toContainText('The shop is not responding (502).');
  await expect(rows).toHaveCount(shown);
  starting = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(selected).toBeChecked();
});

test('many orders wait for a server that is away, and those of which no answer comes are not said to be refused', async ({ page }) => {
  const customer = await ownCustomer(page);
  for (let i = 0; i < 3; i++) await ownOrder(page, [], customer);
  await open(page, `/orders?filter=${encodeURIComponent(`{"status":"pending","customer_id":"${customer.id}"}`)}`);
  let away = true;
  await page.route('**/api/v1/orders/*/transitions', (route) => (away ? route.abort() : route.fulfill({ json: {} })));
  const rows = page.locator('tr[data-id]');
  const start = async () => {
    for (const row of [0, 1]) await rows.nth(row).locator('input[type=checkbox]').check();
    await page.getByRole('button', { name: 'Start processing (2)' }).click();
    await expect(page.getByRole('status').filter({ hasText: '0 of 2 moved: continues when the server is back' })).toBeAttached();
  };
  await start();
  away = false;
  await expect(toast(page, '2 orders are now processing')).toBeVisible();
  away = true;
  await start();
  const results = page.getByRole('dialog', { name: '2 orders could not be moved' });
  await expect(results.getByText('Unknown')).toHaveCount(2);
  await expect(results.getByText('Refused')).toHaveCount(0);
});

test('what could not be loaded is asked for again, and the tab says so', async ({ page }) => {
  provoke(page, 503);
  let busy = true;
  const overloaded = { status: 503, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'too much to do: try again', code: 'overloaded' }) };
  for (const [path, call] of [['/products', '/products?*'], ['/products/33', '/products/33?*'], ['/orders/4001', '/orders/4001*'], ['/carts/12', '/customers/12/cart'], ['/categories', '/categories?*']] as const) {
    busy = true;
    await page.route(`**/api/v1${call}`, (route) => (busy ? route.fulfill(overloaded) : route.continue()));
    await page.goto(`/#${path}`);
    await page.reload();
    const again = page.getByRole('button', { name: 'Try again' });
    await expect(again).toBeVisible();
    await expect(page.getByText('Too much to do: try again.')).toHaveCount(1);
    if (path.length > '/products'.length && path !== '/categories') await expect(page).toHaveTitle(/could not be loaded · Storekeeper$/);
    busy = false;
    await again.click();
    await expect(again).toHaveCount(0);
    await expect(page).not.toHaveTitle(/could not be loaded/);
  }
  await page.goto('/#/nowhere');
  await expect(page).toHaveTitle('Page not found · Storekeeper');
});

test('a page with unsaved changes is not left by accident', async ({ page }) => {
  await open(page, '/products/32');
  await page.getByLabel('Name').fill('Half a thought');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Customers' }).click();
  await expect(page.getByRole('dialog')).toContainText('Leave without saving?');
  await page.getByRole('button', { name: 'Stay' }).click();
  await expect(page.getByLabel('Name')).toHaveValue('Half a thought');
});

test('neither Back nor a typed address leaves unsaved changes behind unasked', async ({ page }) => {
  await open(page, '/products');
  await page.locator('tr[data-id] td.primary a').first().click();
  await expect(page.getByRole('tab', { name: 'Details' })).toBeVisible();
  const here = page.url();
  const asked = page.getByRole('dialog', { name: 'Leave without saving?' });
  await page.getByLabel('Name').fill('Half a thought');
  await page.goBack();
  await expect(asked).toBeVisible();
  await page.getByRole('button', { name: 'Stay' }).click();
  await expect(asked).toHaveCount(0); // otherwise Escape would go to the dialog that is closing
  expect(page.url()).toBe(here);
  const typeAddress = (hash: string) => page.evaluate((to) => { location.hash = to; }, hash);
  await typeAddress('#/customers');
  await expect(asked).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(asked).toHaveCount(0);
  expect(page.url()).toBe(here);
  await expect(page.getByLabel('Name')).toHaveValue('Half a thought');
  await typeAddress('#/customers?filter={}');
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Customers');
  await page.goBack();
  await expect(page.getByLabel('Name')).not.toHaveValue('Half a thought');

  await open(page, '/orders/4000');
  await page.getByLabel('Note').fill('The customer wants');
  await page.goBack();
  await expect(asked).toBeVisible();
});

test('a note is held back from one typed address to another, and Back to it', async ({ page }) => {
  const asked = page.getByRole('dialog', { name: 'Leave without saving?' });
  const typeAddress = (hash: string) => page.evaluate((to) => { location.hash = to; }, hash);
  const note = page.getByLabel('Note');
  await open(page, '/orders');
  for (const id of [4002, 4003]) {
    await typeAddress(`#/orders/${id}`);
    await expect(page.getByRole('heading', { level: 1, name: `#${1000 + id}` })).toBeVisible();
  }
  const here = page.url();
  await note.fill('Call before delivery');
  for (const go of [() => page.goBack(), () => typeAddress('#/orders/4002'), () => page.evaluate(() => history.go(-2))]) {
    await go();
    await expect(asked).toBeVisible();
    await page.getByRole('button', { name: 'Stay' }).click();
    await expect(asked).toHaveCount(0);
    expect(page.url()).toBe(here);
    await expect(note).toHaveValue('Call before delivery');
  }
  await page.goBack();
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '#5002' })).toBeVisible();
  await expect(note).toHaveValue('');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible();
});

test('what was added though the answer was lost is not added twice, nor refused', async ({ page }) => {
  const sku = `LOST-${Date.now()}`;
  let losses = 2; // after one lost answer, the request is repeated automatically
  await page.route('**/api/v1/products', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const answer = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response: answer });
  });
  await open(page, '/products/create');
  await page.getByLabel('SKU').fill(sku);
  await page.getByLabel('Name').fill('A lamp of which nothing is heard');
  await page.getByLabel('Price').fill('12.00');
  await page.getByRole('combobox', { name: 'Category' }).fill('Kettles');
  await page.getByRole('option', { name: 'Kettles' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('it is not done twice')).toBeVisible();
  await expect(page.getByLabel('SKU')).toHaveValue(sku);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.page-head')).toContainText(sku);
  const { items } = await (await page.request.get(`/api/v1/products?sku=${sku}`)).json() as { items: { id: number }[] };
  expect(items).toHaveLength(1);
  await page.request.delete(`/api/v1/products/${items[0]?.id}`);
});

test('a list that could not be loaded says why, once', async ({ page }) => {
  await open(page, '/customers');
  provoke(page, 504);
  await page.route('**/api/v1/products?*', (route) => route.fulfill({ status: 504, contentType: 'text/html', body: '<h1>Gateway timeout</h1>' }));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Products' }).click();
  await expect(page.getByText('The list could not be loaded')).toBeVisible();
  await expect(page.getByText('The shop is not responding (504). Try again in a moment.')).toHaveCount(1);
});
