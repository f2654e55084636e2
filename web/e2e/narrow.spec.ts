import { intoCart, ownCustomer, ownOrder, ownProduct } from './own';
import { changed, expect, open, test } from './test';

// A tablet, and a desktop zoomed to 200 %.
for (const [width, height] of [[820, 1180], [720, 450]] as const) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height } });

    test('the menu makes room, and what matters or was chosen is on screen', async ({ page }) => {
      const fits = () => page.evaluate(() => [...document.querySelectorAll('html, .table-scroll, .figure')].every((e) => e.scrollWidth <= e.clientWidth));
      await open(page, '/');
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
      expect(await fits()).toBe(true);
      await open(page, '/products');
      await expect(page.getByRole('columnheader', { name: 'Price' })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('columnheader', { name: 'Stock' })).toBeInViewport({ ratio: 1 });
      await open(page, '/orders');
      await expect(page.getByRole('columnheader', { name: 'Age', exact: true })).toBeInViewport({ ratio: 1 });
      await open(page, '/products/12?tab=stock');
      await expect(page.getByRole('button', { name: 'Count…' })).toBeInViewport({ ratio: 1 });
      await open(page, '/roles/create');
      expect(await fits()).toBe(true);
      for (const list of ['products', 'orders', 'customers', 'inventory-movements', 'audit-entries', 'staff', 'roles']) {
        await open(page, `/${list}`);
        await expect(page.locator('tr[data-id]').first()).toBeVisible();
        expect(await fits(), list).toBe(true);
      }

      await open(page, '/products');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
      const updated = page.getByRole('columnheader', { name: 'Updated' });
      await expect(updated).toBeHidden();
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Updated' }).click(); // off
      await page.getByRole('menuitemcheckbox', { name: 'Updated' }).click();
      await page.keyboard.press('Escape');
      await expect(updated).toBeVisible();

      const views = page.getByRole('button', { name: 'Views' });
      await views.click();
      await page.getByRole('menuitem', { name: 'Save this view…' }).click();
      await page.keyboard.type('What the shop beside the old bridge asked for this week');
      await page.keyboard.press('Enter');
      await views.click();
      await expect(page.getByRole('menuitem', { name: /^Remove the view/ })).toBeInViewport({ ratio: 1 });
    });

    test('what a cancellation does is in sight where its reason is typed', async ({ page }) => {
      const path = `/orders/${(await ownOrder(page)).id}`;
      await page.route(`**/api/v1${path}`, async (route) => {
        const answer = await route.fetch();
        const order = await answer.json() as { items: object[] };
        const many = Array.from({ length: 20 }, (_, i) => ({ ...order.items[0], id: i + 1, product_id: i + 1 }));
        await route.fulfill({ response: answer, json: { ...order, items: many } });
      });
      await open(page, path);
      await page.getByRole('button', { name: 'Cancel order…' }).click();
      await expect(page.getByRole('table', { name: 'Units returned to stock' }).getByRole('row')).toHaveCount(21);
      await expect(page.getByLabel('Reason')).toBeFocused();
      await expect(page.getByLabel('Reason')).toBeInViewport({ ratio: 1 });
      await expect(page.getByText('A cancelled order cannot be reopened')).toBeInViewport({ ratio: 1 });
    });

    test('what is as long as it may be is cut in its column, and moves no other off the screen', async ({ page }) => {
      const name = 'Maximiliana Featherstonehaugh-Cholmondeley the Younger';
      const email = `maximiliana.featherstonehaugh-cholmondeley@${'department.'.repeat(4)}example.com`;
      const longest = {
        products: { sku: 'X'.repeat(64), name: name.repeat(4), price: 123_456_789, stock: 3_900_000 },
        customers: { name, email, phone: '+49 (0) 171 123 456 789 0' },
        staff: { name, email, last_login_at: '2026-11-28T13:48:00Z' },
        roles: { name: 'x'.repeat(50), label: name, description: name.repeat(4) },
        'api-tokens': { name: name.repeat(2), last_used_at: '2026-11-28T13:48:00Z', expires_at: '2026-12-28T13:48:00Z' },
        'inventory-movements': { quantity_change: 2_400_000, stock_after: 3_900_000, reason: 'cancellation', actor: email },
      };
      for (const [list, values] of Object.entries(longest)) {
        await changed(page, list, values);
        await open(page, `/${list}`);
        await expect(page.locator('tr[data-id]').first()).toBeVisible();
        const beyond = await page.locator('.table-scroll').evaluate((e) => e.scrollWidth - e.clientWidth);
        expect(beyond, list).toBe(0);
      }
    });
  });
}

test.describe('390 pixels wide', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('what is as long as it may be stays on the screen, and so do the figures of a chart', async ({ page }) => {
    const sku = `${'X'.repeat(50)}${Date.now()}`;
    const { id } = await ownProduct(page, { sku, stock: 1_500_000 });
    for (const tab of ['details', 'stock']) {
      await open(page, `/products/${id}?tab=${tab}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
    await expect(page.locator('.recharts-wrapper text', { hasText: /^[\d.]+[km]$/i }).first()).toBeVisible();
    await page.request.delete(`/api/v1/products/${id}`); // other journeys must not find a name as long as this
  });

  test('the largest quantity is read whole', async ({ page }) => {
    const customer = await ownCustomer(page);
    await intoCart(page, customer, await ownProduct(page), 1_000_000);
    await open(page, `/carts/${customer.id}`);
    const box = page.getByRole('textbox', { name: /^Quantity of/ });
    for (const text of ['1000000', '1,000,000']) {
      await box.fill(text);
      expect(await box.evaluate((input) => input.scrollWidth - input.clientWidth), text).toBe(0);
    }
  });

  test('a list is selected and sorted as a whole, and its rows read like cards', async ({ page }) => {
    await open(page, '/orders');
    const all = page.getByRole('checkbox', { name: 'Select all on this page' });
    await expect(all).toBeInViewport({ ratio: 1 });
    await all.check();
    const bar = page.getByRole('toolbar', { name: 'Selected rows' });
    await expect(bar).toContainText('25 selected');
    await page.getByRole('button', { name: 'Next page' }).click(); // no bar covers it at the end of the page
    await expect(page.locator('.range')).toContainText('26–');
    await expect(bar).toContainText('25 selected');
    await page.keyboard.press('Escape');
    await page.locator('th').getByRole('button', { name: 'Total' }).click();
    await expect(page.locator('th[aria-sort=ascending]')).toHaveText('Total');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

    // A movement is headed by its product, not by its number.
    await open(page, '/inventory-movements');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inventory movements');
    const row = page.locator('tr[data-id]').first();
    const product = row.getByRole('cell').filter({ has: page.locator('a[href^="#/products/"]') });
    await expect(product).toBeVisible();
    const [number, head] = await Promise.all([row.locator('td.primary').boundingBox(), product.boundingBox()]);
    expect(head!.y + head!.height).toBeLessThanOrEqual(number!.y);

    // Where one column alone can be sorted by, there is nothing to choose from.
    await open(page, '/audit-entries');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit entries');
    await expect(page.locator('tr[data-id]').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'When' })).toHaveCount(0);

    // The name of a product stays readable beside a price that is being edited.
    await open(page, '/products');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Products');
    const name = page.locator('tr[data-id] td.primary').first();
    expect((await name.boundingBox())?.width).toBeGreaterThan(250);
    await page.locator('button.inline-edit').first().click();
    const cell = page.locator('td', { has: page.locator('input.inline-edit') });
    await expect(cell).toBeVisible();
    expect(await cell.evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0);
  });
});

test('on a phone the chosen tab is in sight, with its number', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const status of ['processing', 'cancelled', 'pending']) {
    await open(page, `/orders?filter={"status":"${status}"}`);
    const bar = page.getByRole('navigation', { name: 'Orders by status' });
    await expect(bar.locator('[aria-current]')).toHaveText(/\d$/);
    await expect(bar.locator('[aria-current]')).toHaveText(new RegExp(status, 'i'));
    const [whole, tab] = [await bar.boundingBox(), await bar.locator('[aria-current]').boundingBox()];
    expect(tab!.x).toBeGreaterThanOrEqual(whole!.x);
    expect(tab!.x + tab!.width).toBeLessThanOrEqual(whole!.x + whole!.width);
  }
});

test('a menu that goes with a narrow page is there again on a wide one', async ({ page }) => {
  await open(page, '/');
  const menu = page.getByRole('navigation', { name: 'Main' });
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/products');
  await expect(menu).toBeHidden();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await menu.getByRole('link', { name: 'Customers' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Customers');
  await expect(menu).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.reload();
  await expect(menu).toBeVisible();
});

test.describe('1024 pixels wide', () => {
  test.use({ viewport: { width: 1024, height: 768 } });

  test('the lines of an order are all there, and a long name takes no date away', async ({ page }) => {
    await open(page, '/orders');
    await page.locator('tr[data-id] a').first().click();
    const lines = page.locator('.order-lines .table-scroll');
    await expect(lines).toBeVisible();
    expect(await lines.evaluate((e) => e.scrollWidth - e.clientWidth)).toBeLessThanOrEqual(0);
    const email = `${'long'.repeat(14)}@${'address'.repeat(8)}.example.org`;
    await changed(page, 'customers', { email, name: 'As long as it may be '.repeat(12).trim() });
    await page.setViewportSize({ width: 1440, height: 900 });
    await open(page, '/customers');
    await expect(page.locator('tr[data-id]').first()).toContainText(email);
    const list = page.locator('.list-card .table-scroll');
    expect(await list.evaluate((e) => e.scrollWidth - e.clientWidth)).toBeLessThanOrEqual(0);
  });
});

test('a warning in a cart keeps its words whole beside a wide summary', async ({ page }) => {
  const customer = await ownCustomer(page);
  await intoCart(page, customer, await ownProduct(page, { name: 'Bamboo steamer basket, 22 cm', stock: 3 }), 5);
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(page, `/carts/${customer.id}`);
  const warning = page.locator('.cart-warning').first();
  await expect(warning).toBeVisible();
  expect((await warning.boundingBox())!.height).toBeLessThan(80); // two lines of text, and a button
});

test('on a phone what a role may do stands at one edge, and an operation has a line of its own', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/roles/create');
  const at = async (name: string) => (await page.getByRole('checkbox', { name: `orders:${name}` }).boundingBox())!;
  const [read, transition, cancel] = [await at('read'), await at('transition'), await at('cancel')];
  expect(Math.abs(transition.x - read.x)).toBeLessThan(4);
  expect(Math.abs(cancel.x - transition.x)).toBeLessThan(1);
  expect(Math.abs(cancel.y - transition.y)).toBeGreaterThanOrEqual(24);
  const colour = (label: Element, pseudo?: string) => getComputedStyle(label, pseudo).color;
  const told = await page.locator('td:has([aria-label="orders:read"])').evaluate(colour, '::before');
  expect(told).toBe(await page.locator('label', { hasText: 'Transition' }).evaluate(colour, undefined));
});
