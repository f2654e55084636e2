import { ownCustomer, ownOrder } from './own';
import { expect, open, provoke, settled, test } from './test';

const shipped = `/orders?filter=${encodeURIComponent('{"status":"shipped"}')}&sort=id&order=DESC`;

test('Enter opens the order that was typed, however fast, and what was looked at before comes back', async ({ page }) => {
  await open(page, shipped);
  const box = page.getByRole('searchbox', { name: 'Search orders by number or customer' });
  await page.route(/\/orders\?.*id=(6|8)\b/, async (route) => { // the list is slower than the scanner
    await new Promise((go) => setTimeout(go, 1_000));
    await route.continue();
  });
  for (const scanned of ['#1006', '#1008']) {
    await page.keyboard.press('/');
    await page.keyboard.type(scanned);
    await page.keyboard.press('Enter');
    await expect(page.locator('h1')).toHaveText(scanned);
    await page.goBack();
    await expect(box).toHaveValue(scanned);
  }
  await box.fill('');
  await expect(page.getByRole('navigation', { name: 'Orders by status' }).locator('[aria-current=page]')).toContainText('Shipped');
  await expect(page.locator('tr[data-id]').nth(1)).toBeVisible(); // more than the one that was found
});

test('a number that is scanned opens its order, wherever in the orders one is', async ({ page }) => {
  await open(page, shipped);
  await page.locator('tr[data-id]').first().focus(); // where Enter would open another order
  for (const scanned of ['1006', '1008', '1007']) {
    await page.keyboard.type(scanned);
    await page.keyboard.press('Enter');
    await expect(page.locator('h1')).toHaveText(`#${scanned}`);
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByLabel('Note', { exact: true }).fill('2 of 3');
  await page.keyboard.type('4');
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue('2 of 34');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the palette waits for what was typed, and says when it cannot search', async ({ page }) => {
  await open(page, '/');
  const input = page.locator('[cmdk-input]');
  await page.keyboard.press('Control+k');
  await page.route('**/api/v1/search?*', async (route) => {
    await new Promise((go) => setTimeout(go, 600));
    await route.continue();
  });
  await input.pressSequentially('KIT-0001', { delay: 120 });
  await expect(page.getByText('Searching…')).toBeVisible();
  await expect(page.locator('[cmdk-item][data-selected=true]')).toContainText('KIT-0001');
  await input.fill('KIT-0002');
  await page.keyboard.press('Enter');
  await expect(page.locator('.page-head')).toContainText('KIT-0002');
  await expect(input).toHaveCount(0);

  await page.unroute('**/api/v1/search?*');
  provoke(page, 502);
  await page.route('**/api/v1/search?*', (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }));
  await page.keyboard.press('Control+k');
  await input.fill('KIT-0003');
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText('The search failed. The shop is not responding (502). Try again in a moment.');
  await expect(page.getByText('Nothing found')).toHaveCount(0);
});

test('the palette finds pages by a part of their name, those that begin with it first, whatever its case and diacritics', async ({ page }) => {
  await open(page, '/');
  await page.route('**/api/v1/search?*', (route) => route.fulfill({ json: { items: [] } }));
  await page.keyboard.press('Control+k');
  const pages = page.getByRole('group', { name: 'Go to' }).getByRole('option');
  for (const [text, ...found] of [['ÓRDER', 'Orders', 'Phone order'], ['stöck', 'Count stock'], ['st', 'Staff', 'Count stock', 'Customers']] as const) {
    await page.locator('[cmdk-input]').fill(text);
    await expect(pages).toHaveText([...found]);
    await expect(page.locator('[cmdk-item][data-selected=true]')).toHaveText(found[0]);
  }
});

test('what is scanned after a scan that found nothing takes its place', async ({ page }) => {
  await open(page, shipped);
  const input = page.locator('[cmdk-input]');
  for (const unknown of ['99990001', '99990001', '99990002']) { // the first while the palette is opening, the others when it is open
    await page.keyboard.type(unknown);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText(`Nothing found for “${unknown}”`);
    await expect(input).toHaveValue(unknown);
  }
  await page.keyboard.press('Enter'); // when the answer is there
  await page.keyboard.type('1006');
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText('#1006');
});

test('who goes back while orders are looked for has left them', async ({ page }) => {
  await open(page, '/products');
  await page.getByRole('link', { name: 'Orders', exact: true }).click();
  await settled(page);
  let answer = () => undefined as void;
  const asked = new Promise<void>((sent) => {
    void page.route('**/api/v1/customers?*', async (route) => {
      sent();
      await new Promise<void>((go) => { answer = go; });
      await route.continue();
    });
  });
  await page.getByRole('searchbox', { name: 'Search orders by number or customer' }).fill('smith');
  await asked;
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Products');
  const answered = page.waitForResponse('**/api/v1/customers?*');
  answer();
  await answered;
  await page.waitForTimeout(500);
  await expect(page).toHaveURL(/#\/products$/);
});

test('Back closes the palette, which stands above every page', async ({ page }) => {
  await open(page, '/products');
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await settled(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Products');
});

test('one Back leaves the list of orders, however soon', async ({ page }) => {
  await open(page, '/orders');
  await expect(page.getByRole('navigation', { name: 'Orders by status' }).locator('[aria-current=page]')).toContainText('To pack');
  await expect(page).toHaveURL(/#\/orders$/); // the address is not replaced, because that could happen after going back
  for (let ms = 0; ms < 24; ms += 2) {
    await open(page, '/products');
    await page.getByRole('link', { name: 'Orders', exact: true }).evaluate(async (link: HTMLElement, pause) => {
      link.click();
      if (pause) await new Promise((go) => setTimeout(go, pause));
      history.back();
    }, ms);
    await expect(page).toHaveURL(/#\/products$/);
    await page.waitForTimeout(200);
    expect(page.url(), `Back after ${ms} ms`).toMatch(/#\/products$/);
  }
});

test('what is typed before the palette is there goes into it, and nowhere else', async ({ page }) => {
  await page.route('**/ui/Palette.js', async (route) => {
    await new Promise((go) => setTimeout(go, 700));
    await route.continue();
  });
  await open(page, '/products/40');
  const name = page.getByLabel('Name');
  const before = await name.inputValue();
  await name.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('KIT-0009x');
  await page.keyboard.press('Backspace');
  await expect(page.locator('[cmdk-input]')).toHaveValue('KIT-0009');
  await expect(page.locator('[cmdk-input]')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(name).toBeFocused();
  await expect(name).toHaveValue(before);

  await page.reload();
  await open(page, '/orders');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('#1500');
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText('#1500');
});

test('what is selected and not on the page is told', async ({ page }) => {
  await open(page, shipped);
  for (const row of [0, 1]) await page.locator('tr[data-id]').nth(row).getByRole('checkbox').check();
  const bar = page.getByRole('toolbar', { name: 'Selected rows' });
  await expect(bar).toContainText('2 selected');
  await expect(bar).not.toContainText('not on this page');
  await page.getByRole('navigation', { name: 'Orders by status' }).getByRole('link', { name: /^Delivered/ }).click();
  await expect(bar).toContainText('none on this page');
  await page.locator('tr[data-id]').first().getByRole('checkbox').check();
  await expect(bar).toContainText('2 of them are not on this page');
});

test('while the customers of a search are looked up, the orders of before are marked as such', async ({ page }) => {
  await open(page, '/orders');
  const table = page.getByRole('table', { name: 'Orders' });
  await expect(table).toHaveAttribute('aria-busy', 'false');
  let answer = () => {};
  const asked = new Promise<void>((resolve) => { answer = resolve; });
  await page.route('**/api/v1/customers?*', async (route) => {
    await asked;
    await route.continue();
  });
  await page.getByLabel('Search orders by number or customer').fill('a');
  await expect(table).toHaveAttribute('aria-busy', 'true');
  answer();
  await expect(table).toHaveAttribute('aria-busy', 'false');
});

test('the tabs count what is found, and a number is said once', async ({ page }) => {
  const customer = await ownCustomer(page);
  const order = await ownOrder(page, ['processing', 'shipped'], customer);
  for (const states of [[], ['processing'], ['cancelled']]) await ownOrder(page, states, customer);
  await open(page, '/orders');
  const box = page.getByRole('searchbox', { name: 'Search orders by number or customer' });
  const tabs = page.getByRole('navigation', { name: 'Orders by status' }).getByRole('link');
  await box.fill(customer.email);
  await expect(tabs).toHaveText(['To pack2', 'Pending1', 'Processing1', 'Shipped1', 'Delivered0', 'Cancelled1', 'All4']);
  await tabs.filter({ hasText: 'Shipped' }).click();
  await expect(page.locator('tr[data-id]')).toHaveText([new RegExp(`#${order.number}`)]);
  await box.fill(String(order.number));
  await expect(tabs).toHaveText(['To pack0', 'Pending0', 'Processing0', 'Shipped1', 'Delivered0', 'Cancelled0', 'All1']);
  await expect(page.locator('.filter-chip')).toHaveCount(0);
  await box.fill('');
  await expect(tabs.first()).not.toHaveText('To pack0');
});
