import { ownCustomer } from './own';
import { expect, open, test } from './test';

test('what has a comma or a backslash is found by Is exactly', async ({ page }) => {
  const name = `Ångström, ${Date.now()} \\ Söner`;
  const email = `comma-${Date.now()}@demo.test`;
  await ownCustomer(page, { email, name });
  await open(page, '/customers');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Name', exact: true }).click();
  await page.getByLabel('Is exactly').fill(name);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('tr[data-id]')).toHaveCount(1);
  await expect(page.locator('tr[data-id]')).toContainText(email);
  await page.getByRole('button', { name: `Name: ${name}` }).click();
  await expect(page.getByLabel('Is exactly')).toHaveValue(name);
});

test('what is typed in a menu is found anywhere in its labels, those that begin with it first', async ({ page }) => {
  await open(page, '/products');
  const filter = page.getByRole('button', { name: 'Filter', exact: true });
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
  for (const [typed, found] of [['cat', 'Category'], ['at', 'Low stock at'], ['tock', 'Stock'], ['LOW', 'Low stock at'], ['ss', 'Low stock at']] as const) {
    await filter.press('Enter');
    await expect(item('SKU')).toBeFocused(); // the menu begins anew
    await page.keyboard.type(typed);
    await expect(item(found)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(filter).toBeFocused();
    await page.waitForTimeout(1_000); // what was typed is forgotten
  }
  await filter.press('Enter');
  await page.keyboard.type('cat');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Filter by Category' })).toBeVisible();
});

test('a search that is still being typed does not undo what is pressed meanwhile', async ({ page }) => {
  await open(page, '/products');
  await page.getByRole('searchbox').evaluate((input: HTMLInputElement) => {
    input.focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, 'stool');
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const trash = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Trash');
    trash?.focus();
    trash?.click();
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deleted products');
  await page.waitForTimeout(500);
  expect(page.url()).toContain('deleted_at_null');
  await expect(page.getByRole('searchbox')).toHaveValue('');
});

test('a number below that of the first order is none', async ({ page }) => {
  await open(page, '/orders');
  const box = page.getByRole('searchbox', { name: 'Search orders by number or customer' });
  await box.fill('999');
  await expect(page).toHaveURL(/%22id%22/);
  await expect(page.locator('tr[data-id]')).toHaveCount(0);
  await page.reload();
  await expect(box).toHaveValue('#999');
  await expect(page.locator('tr[data-id]')).toHaveCount(0);
});

test('the search of orders says what is searched for, whatever led to it', async ({ page }) => {
  await open(page, '/orders');
  const box = page.getByRole('searchbox', { name: 'Search orders by number or customer' });
  const { items: [{ email }] } = await (await page.request.get('/api/v1/customers?sort=id&limit=1')).json() as { items: [{ email: string }] };
  await box.fill(email);
  await expect(page.locator('.filter-chip')).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove the filter by Customer' }).click();
  await expect(box).toHaveValue('');
  await page.goBack();
  await expect(page.locator('.filter-chip')).toHaveCount(1);
  await expect(box).toHaveValue(email);
});

test('a search keeps every letter at any pace of typing', async ({ page }) => {
  await open(page, '/products');
  const box = page.getByRole('searchbox');
  const lost = await box.evaluate(async (input: HTMLInputElement) => {
    const lost: string[] = [];
    let text = '';
    for (let i = 0; i < 80; i++) {
      if (input.value !== text) lost.push(`${input.value} for ${text}`);
      text = i % 14 === 0 ? '' : input.value + 'stoneware jug'.charAt(i % 14 - 1);
      Reflect.set(HTMLInputElement.prototype, 'value', text, input); // without React noticing, like real typing
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise((done) => setTimeout(done, 118 + Math.random() * 12)); // about the pause after which the list is searched
    }
    return lost;
  });
  expect(lost).toEqual([]);
  await box.fill('stoneware jug');
  await expect(page).toHaveURL(/stoneware(%20|\+| )jug/);
  await expect(box).toHaveValue('stoneware jug');
});

test('how many rows a page has is kept, in this list and the others', async ({ page }) => {
  await open(page, '/products');
  await page.locator('.pager select').selectOption('50');
  await expect(page.locator('tr[data-id]')).toHaveCount(50);
  const menu = page.getByRole('navigation', { name: 'Main' });
  await menu.getByRole('link', { name: 'Customers' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Customers');
  await expect(page.locator('tr[data-id]')).toHaveCount(50);
  await page.reload();
  await menu.getByRole('link', { name: 'Products' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
  await expect(page.locator('tr[data-id]')).toHaveCount(50);
  await expect(page.locator('.pager select')).toHaveValue('50');
});

test('a filter by reference is typed, one value after the other, and shows all that it finds', async ({ page }) => {
  await open(page, '/products');
  let come = () => {};
  const titles = new Promise<void>((resolve) => { come = resolve; });
  await page.route(/\/api\/v1\/categories\?(.*&)?id=/, async (route) => {
    await titles; // the titles of chosen records arrive while the next one is being chosen
    await route.continue();
  });
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Category' }).click();
  const box = page.getByRole('combobox', { name: 'One of' });
  await expect(box).toBeFocused();
  for (const name of ['Sofas', 'Armchairs']) {
    await page.keyboard.type(name.toLowerCase(), { delay: 60 });
    await expect(box).toHaveValue(name.toLowerCase());
    await expect(page.getByRole('option')).toHaveText([name]);
    await page.keyboard.press('ArrowDown');
    if (name === 'Armchairs') {
      come();
      await expect(page.getByRole('dialog').getByRole('button', { name: 'Sofas' })).toBeVisible();
      await expect(box).toHaveValue('armchairs');
    }
    await page.keyboard.press('Enter');
    await expect(box).toHaveValue('');
  }
  for (const name of ['Sofas', 'Armchairs']) await expect(page.getByRole('dialog').getByRole('button', { name })).toBeVisible();
  await box.press('ArrowDown');
  await expect(page.getByRole('option').nth(20)).toBeAttached();
  const inSight = () => page.getByRole('listbox').evaluate((list) => {
    const { x, bottom } = list.getBoundingClientRect();
    return list.contains(document.elementFromPoint(x + 20, bottom - 6));
  });
  await expect.poll(inSight).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('.filter-chip')).toContainText(/Sofas.*Armchairs|Armchairs.*Sofas/);
});

test('a filter that nobody needs is not offered, and still shown and removed where an address has it', async ({ page }) => {
  const { items: orders } = await (await page.request.get('/api/v1/orders?limit=2&sort=id')).json() as { items: { id: number; number: number }[] };
  await open(page, `/orders?filter={"id":"${orders.map(({ id }) => id).join(',')}"}&sort=id&order=ASC`);
  await expect(page.locator('tr[data-id]')).toContainText(orders.map(({ number }) => `#${number}`));
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Customer' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^(ID|Currency|Version)$/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove the filter by ID' }).click();
  await expect(page.locator('.filter-chip')).toHaveCount(0);
});
