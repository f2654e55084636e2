import type { Browser, Page } from '@playwright/test';
import { book, counted, movementsOf, productOf, products, rowOf, scan, search, stockOf, test } from './counting';
import { answerOf } from './server/furnish';
import { demoPassword, expect, open, pageOf, strangerOf, toast } from './test';

const fact = (page: Page, name: string) => page.locator('.facts dt', { hasText: name }).locator('+ dd');

/** Somebody with a role of their own, who may correct at most this many units at once. */
async function counterOf(page: Page, browser: Browser, permissions: string[], most: number | null) {
  const name = `counter-${Date.now().toString(36)}-${process.pid}`;
  const role = await answerOf<{ id: number }>(await page.request.post('/api/v1/roles', { data: { name, label: name, permissions, max_stock_adjustment: most } }), name);
  const email = `${name}@demo.test`;
  const { id } = await answerOf<{ id: number }>(await page.request.post('/api/v1/staff', { data: { email, name, role_id: role.id } }), email);
  const { url } = await answerOf<{ url: string }>(await page.request.post(`/api/v1/staff/${id}/invite`), email);
  const counter = await strangerOf(browser);
  const token = new URLSearchParams(url.split('?')[1]).get('token');
  expect((await counter.request.post('/api/v1/auth/setup', { data: { token, password: demoPassword } })).ok()).toBe(true);
  return counter;
}

test('a shelf is scanned and typed without a mouse, and booked at once', async ({ page }) => {
  const [scanned, typed, same, unread] = [await productOf(page, 5), await productOf(page, 40), await productOf(page, 2), await productOf(page, 3)];
  const keys = new Set<string | undefined>();
  await page.route('**/api/v1/products/*/stocktake', (route) => {
    keys.add(route.request().headers()['idempotency-key']);
    return route.continue();
  });
  await open(page, '/products');
  await page.locator('.page-head').getByRole('link', { name: 'Count stock' }).click();
  await expect(search(page)).toBeFocused();
  await scan(page, scanned.sku, scanned.sku.toLowerCase(), 'NO-SUCH-CODE', same.sku, scanned.sku, same.sku, typed.sku, unread.sku);
  await expect(counted(page, scanned)).toHaveValue('3');
  await expect(counted(page, same)).toHaveValue('2');
  await expect(counted(page, unread)).toHaveValue('1');
  await expect(page.getByRole('alert')).toHaveText('No product has the SKU “NO-SUCH-CODE”.');
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(4);
  await expect(search(page)).toBeFocused();
  await expect(search(page)).toHaveValue('');

  // From the field into the rows, and back.
  for (const [product, count] of [[typed, '1,044'], [unread, '1e3']] as const) {
    await page.keyboard.press('ArrowDown');
    for (let i = 0; i < 4 && !(await counted(page, product).evaluate((e) => e === document.activeElement)); i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.type(count);
    await page.keyboard.press('Enter');
    await expect(search(page)).toBeFocused();
  }
  await expect(rowOf(page, scanned)).toContainText('−2');
  await expect(rowOf(page, typed)).toContainText('+1,004');
  await expect(rowOf(page, unread)).toContainText('Enter a whole number');
  await expect(fact(page, 'Rows')).toHaveText('4');
  await expect(fact(page, 'Differ')).toHaveText('2');
  await expect(fact(page, 'Units over')).toHaveText('+1,004');
  await expect(fact(page, 'Units short')).toHaveText('−2');

  await page.getByLabel('Note').fill('Shelf 4');
  await page.getByLabel('Note').blur();
  await expect(book(page, 3)).toBeEnabled();
  await page.keyboard.press('b');
  await expect(toast(page, '3 counts booked')).toBeVisible();
  await expect(rowOf(page, scanned)).toContainText('Booked');
  await expect(rowOf(page, typed)).toContainText('Booked');
  await expect(rowOf(page, same)).toContainText('Unchanged');
  await expect(counted(page, unread)).toHaveValue('1e3');
  expect(keys.size).toBe(3);
  expect(keys).not.toContain(undefined);
  expect(await stockOf(page, scanned)).toBe(3);
  expect(await stockOf(page, typed)).toBe(1_044);
  expect(await movementsOf(page, same)).toHaveLength(1);
  expect((await movementsOf(page, scanned))[0]).toMatchObject({ reason: 'stocktake', quantity_change: -2, note: 'Shelf 4' });

  await page.getByRole('button', { name: 'Clear 3 finished rows' }).click();
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(1);
  await counted(page, unread).fill('3');
  await book(page, 1).click();
  await expect(page.getByText('1 SKU has no product yet')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss NO-SUCH-CODE' }).click();
  await page.getByRole('button', { name: 'Next count' }).click();
  await expect(page.getByText('Nothing counted yet')).toBeVisible();
  await expect(search(page)).toBeFocused();
});

test('what is booked and scanned again is another count, and says so', async ({ page }) => {
  const product = await productOf(page, 5);
  await scan(page, product.sku, product.sku);
  await expect(counted(page, product)).toHaveValue('2');
  await book(page, 1).click();
  await expect(rowOf(page, product)).toContainText('Booked');
  await scan(page, product.sku);
  await expect(rowOf(page, product)).toHaveCount(2);
  await expect(rowOf(page, product).first()).toContainText('this is another count of it');
  await expect(rowOf(page, product).first()).toContainText('−1');
  await expect(counted(page, product)).toHaveValue('1');
});

test('what moved meanwhile is looked at before it is booked anew', async ({ page }) => {
  const [kept, recounted, quiet] = [await productOf(page, 10), await productOf(page, 20), await productOf(page, 30)];
  await scan(page, kept.sku, recounted.sku, quiet.sku);
  await expect(counted(page, quiet)).toHaveValue('1');
  await counted(page, kept).fill('9');
  for (const { id } of [kept, recounted]) await page.request.post(`/api/v1/products/${id}/stock-movements`, { data: { quantity_change: 2, reason: 'receipt' } });
  await book(page, 3).click();
  await expect(toast(page, '2 rows were not booked')).toBeVisible();
  await expect(rowOf(page, quiet)).toContainText('Booked');
  await expect(rowOf(page, kept)).toContainText('The books said 10 when it was counted, and say 12 now.');
  await expect(rowOf(page, kept)).toContainText('−3');
  await expect(page.getByRole('button', { name: /^Book/ })).toBeDisabled();
  expect(await stockOf(page, kept)).toBe(12);

  await rowOf(page, kept).getByRole('button', { name: 'Still 9' }).click();
  await rowOf(page, recounted).getByRole('button', { name: 'Count again' }).click();
  await expect(counted(page, recounted)).toBeFocused();
  await expect(book(page, 1)).toBeEnabled();
  await page.keyboard.insertText(recounted.sku); // a scanner types into whatever field has the focus
  await page.keyboard.press('Enter');
  await expect(counted(page, recounted)).toHaveValue('1');
  await counted(page, recounted).fill('22');
  await book(page, 2).click();
  await expect(rowOf(page, kept)).toContainText('Booked');
  await expect(rowOf(page, recounted)).toContainText('Unchanged');
  expect(await stockOf(page, kept)).toBe(9);
  expect(await stockOf(page, recounted)).toBe(22);
});

test('what is more than a role may correct is refused by name, and the others are booked', async ({ page, browser }) => {
  const [little, much] = [await productOf(page, 50), await productOf(page, 50)];
  const counter = await counterOf(page, browser, ['products:read', 'stock:count'], 5);
  await open(counter, '/stocktake');
  await scan(counter, little.sku, much.sku);
  await expect(counted(counter, much)).toHaveValue('1');
  await counted(counter, little).fill('48');
  await book(counter, 2).click();
  await expect(rowOf(counter, little)).toContainText('Booked');
  await expect(rowOf(counter, much)).toContainText('You may correct stock by at most 5 units at once, not by -49.');
  await counted(counter, much).fill('45');
  await book(counter, 1).click();
  await expect(rowOf(counter, much)).toContainText('Booked');
  expect(await stockOf(page, much)).toBe(45);
  await counter.context().close();
});

test('many rows are sent a few at a time', async ({ page }) => {
  for (let i = 0; i < 12; i++) await productOf(page, 1);
  let now = 0;
  let most = 0;
  await page.route('**/api/v1/products/*/stocktake', async (route) => {
    most = Math.max(most, ++now);
    const answer = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, 50));
    now--;
    return route.fulfill({ response: answer });
  });
  await scan(page, ...products.map(({ sku }) => sku));
  await book(page, 12).click();
  await expect(page.getByRole('button', { name: 'Next count' })).toBeVisible();
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
});

test('who may not count is not shown it, and the palette leads there who may', async ({ page, browser }) => {
  const reader = await pageOf(browser, 'read-only');
  await open(reader, '/products');
  await expect(reader.getByRole('link', { name: 'Count stock' })).toHaveCount(0);
  await reader.keyboard.press('Control+k');
  await reader.locator('[cmdk-input]').fill('count stock');
  await expect(reader.locator('[cmdk-item]', { hasText: 'Count stock' })).toHaveCount(0);
  await reader.keyboard.press('Escape');
  await open(reader, '/stocktake');
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('You do not have access to this page');
  await reader.context().close();

  await open(page, '/orders');
  await page.keyboard.press('Control+k');
  await page.locator('[cmdk-input]').fill('count');
  await page.locator('[cmdk-item]', { hasText: 'Count stock' }).click();
  await expect(search(page)).toBeFocused();
});

for (const width of [390, 360]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 800 } });

    test('everything is on the screen, and booking in reach', async ({ page }) => {
      const moved = await productOf(page, 1_234_567);
      for (const stock of [1, 2, 3]) await productOf(page, stock);
      await scan(page, ...products.map(({ sku }) => sku));
      await expect(book(page, 4)).toBeInViewport({ ratio: 1 });
      await page.request.post(`/api/v1/products/${moved.id}/stock-movements`, { data: { quantity_change: 1, reason: 'receipt' } });
      await book(page, 4).click();
      await expect(page.getByRole('button', { name: 'Count again' })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}
