import { intoCart, ownCustomer, ownProduct, ownProducts } from './own';
import { expect, open, test, toast } from './test';

test('an order by telephone: find, add, agree to the new total, place', async ({ page }) => {
  const [customer, product] = [await ownCustomer(page), await ownProduct(page)];
  await open(page, `/carts/${customer.id}`);
  await page.keyboard.press('/');
  await page.keyboard.type(product.sku);
  await page.getByRole('option', { name: new RegExp(product.sku) }).click();
  const taken = page.waitForResponse((answer) => answer.request().method() === 'PATCH'); // with the old price
  await page.getByRole('button', { name: 'One more' }).click();
  await taken;
  await expect(page.locator('.cart-summary')).toContainText(/Units\s*2/);

  await page.request.patch(`/api/v1/products/${product.id}`, { data: { price: product.price + 100 } });
  await page.getByRole('button', { name: /Place order/ }).click();
  await expect(page.getByRole('alert')).toContainText('Tell the customer');
  await page.getByRole('button', { name: /^Place order for/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^#\d+$/ })).toBeVisible();
  await expect(page.locator('.page-head .chip')).toHaveText('Pending');
});

test('a scan that could not be looked up comes back, and the next takes its place', async ({ page }) => {
  await open(page, '/carts/17');
  const box = page.getByLabel('Add a product');
  await box.focus();
  await page.context().setOffline(true);
  for (const sku of ['AWAY-1', 'AWAY-2']) {
    await page.keyboard.type(sku);
    await page.keyboard.press('Enter');
    await expect(toast(page, 'The server could not be reached.')).toHaveCount(1);
    await expect(box).toHaveValue(sku);
  }
  await page.context().setOffline(false);
});

test('a cart that is opened again is not shown as it was', async ({ page }) => {
  const [one, other, customer] = [await ownProduct(page), await ownProduct(page), await ownCustomer(page)];
  const { id } = customer;
  const path = `/api/v1/customers/${id}/cart`;
  const lines = page.getByRole('region', { name: 'Cart' }).locator('tbody tr');
  await intoCart(page, customer, one);
  await open(page, `/carts/${id}`);
  await expect(lines).toContainText(one.sku);
  await page.getByRole('button', { name: 'One more' }).click();
  await expect(page.locator('.cart-summary')).toContainText(/Units\s*2/);
  await page.goto('/#/carts');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Phone order');

  await page.request.delete(path); // as if the customer changed the cart in the meantime
  await intoCart(page, customer, other);
  let answer = () => {};
  const held = new Promise<void>((go) => { answer = go; });
  await page.route(`**${path}`, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/#/carts/${id}`);
  await expect(page.locator('.skeleton').first()).toBeVisible();
  await expect(lines).toHaveCount(0);
  answer();
  await expect(lines).toContainText(other.sku);
});

test('the caller is found, and the next thing typed is a product', async ({ page }) => {
  const caller = await ownCustomer(page);
  await open(page, '/carts');
  await page.keyboard.type(caller.email);
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/carts/${caller.id}$`));
  await expect(page.getByLabel('Add a product')).toBeFocused();
});

test('somebody new on the telephone is added on the way to their cart', async ({ page }) => {
  const name = `Zoë Novák ${Date.now()}`;
  await open(page, '/carts');
  await expect(page.getByRole('button', { name: 'Add a new customer' })).toBeVisible();
  await expect(page.getByRole('listbox')).toHaveCount(0); // no list covers it
  await page.keyboard.type(name);
  await page.getByRole('option', { name: `Add “${name}” as a new customer` }).click();
  await expect(page.getByLabel('Name')).toHaveValue(name);
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.keyboard.type(`${Date.now()}@example.com`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Cart of ${name}`);
  await expect(page.getByLabel('Add a product')).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Phone order');
});

test('Enter on a caller who is not found yet waits for them', async ({ page }) => {
  const caller = await ownCustomer(page);
  await open(page, '/carts');
  await page.route('**/api/v1/customers?*', async (route) => {
    await new Promise((go) => setTimeout(go, 600));
    await route.continue();
  });
  await page.keyboard.insertText(caller.email);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/carts/${caller.id}$`));
});

test('a line past the stock is mended in one click', async ({ page }) => {
  const customer = await ownCustomer(page);
  await intoCart(page, customer, await ownProduct(page, { stock: 4 }), 7);
  await open(page, `/carts/${customer.id}`);
  await expect(page.getByText('Only 4 in stock')).toBeVisible();
  await expect(page.getByRole('button', { name: /Place order/ })).toBeDisabled();
  await page.getByRole('button', { name: 'Set to 4' }).click();
  await expect(page.getByRole('button', { name: /Place order/ })).toBeEnabled();
});

test('a cart that prices took past the largest amount is shown, and mended', async ({ page }) => {
  const [customer, product] = [await ownCustomer(page), await ownProduct(page)];
  await intoCart(page, customer, product, 3);
  await page.request.patch(`/api/v1/products/${product.id}`, { data: { price: Number.MAX_SAFE_INTEGER } });
  await open(page, `/carts/${customer.id}`);
  await expect(page.getByText('The total is above the largest possible amount')).toBeVisible();
  await expect(page.locator('dd.cart-total')).toHaveText('—');
  await expect(page.getByRole('button', { name: /Place order/ })).toBeDisabled();
  await page.getByRole('button', { name: `Remove ${product.name}` }).click();
  await expect(page.getByText('The cart is empty')).toBeVisible();
});

test('an answer that is lost neither hides an order nor stands for the next one', async ({ page }) => {
  const [{ id }, product] = [await ownCustomer(page), await ownProduct(page)];
  const number = page.getByRole('heading', { level: 1, name: /^#\d+$/ });
  const place = page.getByRole('button', { name: /Place order/ });
  let losses = 2; // after one lost answer, the request is repeated automatically
  await page.route(`**/api/v1/customers/${id}/checkout`, async (route) => {
    const answer = await route.fetch();
    return losses-- > 0 ? route.abort() : route.fulfill({ response: answer });
  });
  const add = async () => {
    await page.keyboard.press('/');
    await page.keyboard.type(product.sku);
    await page.getByRole('option', { name: new RegExp(product.sku) }).click();
  };

  await open(page, `/carts/${id}`);
  await add();
  await place.click();
  const first = await number.innerText();
  await expect(toast(page, `Order ${first} placed`)).toBeVisible();

  losses = 4;
  await open(page, `/carts/${id}`);
  await add();
  await place.click();
  await expect(page.getByText('The cart is empty')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('it is not done twice');
  await page.waitForLoadState('networkidle');
  await add();
  await place.click();
  await expect(number).toBeVisible();
  const { items: [last, lost] } = await (await page.request.get(`/api/v1/orders?customer_id=${id}&sort=-id&limit=2`)).json() as {
    items: [{ number: number }, { number: number }];
  };
  await expect(number).toHaveText(`#${last.number}`);
  expect(`#${lost.number}`).not.toBe(first);
  const { items } = await (await page.request.get(`/api/v1/customers/${id}/cart`)).json() as { items: unknown[] };
  expect(items).toEqual([]);
});

test('an order is of what is shown, however soon it is placed', async ({ page }) => {
  const [customer, product] = [await ownCustomer(page), await ownProduct(page)];
  await intoCart(page, customer, product);
  await open(page, `/carts/${customer.id}`);
  const more = page.getByRole('button', { name: 'One more' });
  await more.click();
  await more.click();
  await page.getByRole('button', { name: /Place order/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^#\d+$/ })).toBeVisible();
  const id = /orders\/(\d+)/.exec(page.url())?.[1];
  const order = await (await page.request.get(`/api/v1/orders/${id}`)).json() as { items: { quantity: number }[]; total_amount: number };
  expect(order.items.map((line) => line.quantity)).toEqual([3]);
  expect(order.total_amount).toBe(3 * product.price);
});

test('a quantity that the server refuses orders nothing', async ({ page }) => {
  const customer = await ownCustomer(page);
  await intoCart(page, customer, await ownProduct(page));
  let orders = 0;
  await page.route(`**/api/v1/customers/${customer.id}/checkout`, (route) => { orders++; return route.abort(); });
  let refuse = () => undefined as void;
  const placed = new Promise<void>((done) => { refuse = done; });
  await page.route(`**/api/v1/customers/${customer.id}/cart/items/*`, async (route) => {
    await placed;
    await route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'somebody else has this cart', code: 'conflict' }) });
  });
  await open(page, `/carts/${customer.id}`);
  await page.getByRole('button', { name: 'One more' }).click();
  await page.getByRole('button', { name: /Place order/ }).click();
  refuse();
  await expect(toast(page, 'omebody else has this cart')).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Quantity of/ })).toHaveValue('1');
  await expect(page.getByRole('button', { name: /Place order/ })).toBeEnabled();
  expect(orders).toBe(0);
});

test('a cart that could not be emptied is not said to be empty, nor filled twice', async ({ page }) => {
  const customer = await ownCustomer(page);
  await intoCart(page, customer, await ownProduct(page), 2);
  await page.route(`**/api/v1/customers/${customer.id}/cart`, (route) => (route.request().method() === 'DELETE'
    ? route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'somebody else has this cart', code: 'conflict' }) })
    : route.continue()));
  await open(page, `/carts/${customer.id}`);
  await page.getByRole('button', { name: 'Empty the cart' }).click();
  await expect(toast(page, 'omebody else has this cart')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Empty the cart' })).toBeEnabled();
  expect(await toast(page, 'The cart is empty').count()).toBe(0); // checked at once, because messages disappear by themselves
});

test('whoever looks for teak is not offered beefsteak first', async ({ page }) => {
  const customer = await ownCustomer(page);
  const mark = `Teak${Date.now()}`;
  for (const name of [`Beef${mark} seeds`, `Garden ${mark} bench`, `${mark} bench`]) await ownProduct(page, { name });
  await open(page, `/carts/${customer.id}`);
  await page.getByLabel('Add a product').fill(mark);
  await expect(page.getByRole('option').locator('strong')).toHaveText([`${mark} bench`, `Garden ${mark} bench`, `Beef${mark} seeds`]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row').filter({ hasText: mark })).toContainText(`${mark} bench`);
});

test('a product whose name begins with what is sought is offered, however many others have it', async ({ page }) => {
  const customer = await ownCustomer(page);
  const mark = await ownProducts(page, 'Beef Teak', 52);
  const sought = mark.replace('Beef ', '');
  await ownProduct(page, { name: `${sought} bench` });
  await open(page, `/carts/${customer.id}`);
  await page.getByLabel('Add a product').fill(sought);
  await expect(page.getByRole('option').first()).toContainText(`${sought} bench`);
  await expect(page.getByRole('option').locator('strong')).toHaveCount(12);
  await expect(page.getByRole('option').last()).toContainText('Only the first 12 are shown.');
});
