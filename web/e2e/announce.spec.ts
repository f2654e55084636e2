import { ownCustomer, ownProduct } from './own';
import { changed, expect, open, pageOf, provoke, settled, test, toast } from './test';

test('readers hear how many rows a search leaves, how many are selected, and what failed', async ({ page }) => {
  await open(page, '/customers');
  await expect(page.getByRole('heading').first()).toHaveText('Customers');
  const said = page.getByRole('main').getByRole('status').filter({ hasText: /customers|selected/ });
  await expect(said).toHaveText(/^\d+ customers$/);
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(said).toHaveText(/^26–50 of \d+ customers$/);
  await page.getByRole('searchbox').or(page.getByPlaceholder(/^Search/)).first().fill('zzz no such name');
  await expect(said).toHaveText('0 customers');
  await page.getByRole('button', { name: 'Remove all filters' }).click();
  await page.locator('tr[data-id] input[type=checkbox]').nth(1).check();
  await expect(said).toHaveText('1 selected');
  provoke(page, 500);
  await page.route('**/api/v1/customers?*', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ detail: 'It broke.', code: 'internal' }) }));
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await expect(page.getByRole('alert')).toContainText('The list could not be loaded');
});

test('a message stays while one is at it, and its Undo is a key away', async ({ page }) => {
  const { id } = await ownCustomer(page, { name: 'Una Undone' });
  await page.clock.install();
  await open(page, `/customers/${id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible(); // the message no longer moves
  const message = toast(page, 'Una Undone deleted');
  await settled(page);
  await message.hover();
  await expect.poll(() => message.evaluate((e) => e.matches(':hover'))).toBe(true); // before the clock moves
  await page.clock.fastForward(20_000);
  await expect(message).toBeVisible();
  await page.mouse.move(0, 0);
  await page.keyboard.press('z');
  await expect(toast(page, 'Una Undone restored')).toBeVisible();
  await page.clock.fastForward(6_000);
  await expect(toast(page, 'Una Undone restored')).toHaveCount(0);
});

test('tabs are one stop of the keyboard, and arrows lead from one to the next', async ({ page }) => {
  await open(page, '/products/3');
  const tab = (name: RegExp) => page.getByRole('tab', { name });
  await tab(/Details/).focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab(/Stock/)).toBeFocused();
  await expect(tab(/Stock/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(tab(/History/)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tab(/Details/)).toBeFocused();
  await expect(tab(/Details/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('SKU')).toBeFocused();
  const active = page.getByRole('switch', { name: 'Active', exact: true });
  await expect(active).toHaveAccessibleDescription('Whether it can be sold.');
  await active.focus();
  await expect(page.locator('.MuiSwitch-switchBase')).toHaveCSS('outline-style', 'solid');
});

test('a name from right to left leaves the prices beside it in order', async ({ page }) => {
  const { id } = await ownProduct(page, { name: 'كرسي خشب 120 سم', price: 3090 });
  await open(page, `/products?filter={"id":${id}}`);
  await page.locator('button.inline-edit').click();
  await page.keyboard.type('24.50');
  await page.keyboard.press('Enter');
  const message = toast(page, '→').locator('span').first();
  const x = (price: string) => message.evaluate((e, text) => {
    const range = document.createRange();
    range.setStart(e.firstChild!, e.textContent.indexOf(text));
    range.setEnd(e.firstChild!, e.textContent.indexOf(text) + text.length);
    return range.getBoundingClientRect().x;
  }, price);
  expect(await x('30.90')).toBeLessThan(await x('24.50'));
  await expect(page.locator('.toasts')).toHaveAttribute('aria-atomic', 'false'); // screen readers announce the new message, not all of them again
});

test('what is cut off says all of it where one points, and a box is hit beside it', async ({ page }) => {
  const name = `Long ${'name of a thing '.repeat(15)}`.trim();
  await changed(page, 'products', { name, price: 900_719_925_474_099 });
  await open(page, '/products');
  const cell = page.locator('tr[data-id] td.primary').first();
  await cell.hover();
  await expect(cell.locator('.clip')).toHaveAttribute('title', name);
  const box = await page.locator('tr[data-id] td.check').first().boundingBox();
  await page.mouse.click((box?.x ?? 0) + 3, (box?.y ?? 0) + 5);
  await expect(page.getByRole('toolbar')).toContainText('1 selected');
});

test('on a phone every action of a page has a name that is seen', async ({ browser }) => {
  const page = await pageOf(browser, 'owner', { viewport: { width: 390, height: 844 } });
  for (const [path, name] of [['/staff/2', 'Their activity'], ['/carts/7', 'Empty the cart'], ['/categories', 'Show as a list']] as const) {
    await open(page, path);
    const action = page.locator('.page-head').getByText(name);
    expect(await action.evaluate((e) => parseFloat(getComputedStyle(e).fontSize)), name).toBeGreaterThan(10);
  }
  await page.context().close();
});

test('what has the focus shows it, and no bar lies over it', async ({ page }) => {
  await open(page, '/');
  await page.getByLabel('First day').focus();
  await expect(page.getByLabel('First day')).toHaveCSS('outline-style', 'solid');

  await page.setViewportSize({ width: 1440, height: 600 });
  await open(page, '/roles/create');
  const last = page.getByRole('checkbox', { name: 'tokens:manage' });
  await page.getByRole('checkbox', { name: 'categories:read' }).focus();
  for (let i = 0; i < 40 && !(await last.evaluate((e) => e === document.activeElement)); i++) {
    await page.keyboard.press('Tab');
    const covered = await page.evaluate(() => {
      const { x, y, width, height } = (document.activeElement ?? document.body).getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('.save-bar, .app-bar') !== null;
    });
    expect(covered).toBe(false);
  }
  await expect(last).toBeFocused();
});

test('one row is not called many', async ({ page }) => {
  const { email } = await ownCustomer(page);
  await open(page, `/customers?filter=${encodeURIComponent(JSON.stringify({ email }))}`);
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: /customer/ })).toHaveText('1 customer');
});
