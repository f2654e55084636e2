import type { Page } from '@playwright/test';
import { hold } from './hold';
import { ownCustomer, ownOrder, ownProduct } from './own';
import { expect, open, test, toast } from './test';

async function made(page: Page, mark: string, n: number) {
  for (let i = 1; i <= n; i++) await ownProduct(page, { sku: `${mark}-${i}`, name: `E2E slow ${mark} ${i}` });
  await open(page, `/products?filter={"q":"${mark}"}`);
}

test('on a slow network a click shows that it counts, and counts once', async ({ page }) => {
  const mark = `SLOW${Date.now()}`;
  await made(page, mark, 1);
  const one = page.getByRole('switch', { name: `E2E slow ${mark} 1 can be sold` });
  const answers = await hold(page, '**/api/v1/products/*');
  await one.dblclick();
  await expect(one).toHaveAttribute('aria-busy', 'true');
  answers.release();
  await expect(one).toHaveAttribute('aria-checked', 'false');
  await expect(one).toHaveAttribute('aria-busy', 'false');
  expect(answers.sent).toEqual(['PATCH']);
});

test('on a slow network many records say that they are changed, and Undo that it is at work', async ({ page }) => {
  const mark = `LATE${Date.now()}`;
  await made(page, mark, 3);
  const inactive = page.getByRole('switch', { checked: false });
  await page.getByRole('switch').last().click();
  await expect(toast(page, 'is now inactive')).toBeVisible();
  for (const row of [0, 1]) await page.locator('tr[data-id] input[type=checkbox]').nth(row).check();
  const change = await hold(page, '**/api/v1/products/bulk');
  await page.getByRole('toolbar').getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.getByRole('toolbar')).toContainText('Changing 2…');
  change.release();
  await expect(inactive).toHaveCount(3);

  const undo = await hold(page, '**/api/v1/audit-entries/revert');
  const before = await hold(page, '**/api/v1/products/*'); // the request with which Undo of the earlier message would write
  await toast(page, '2 changed').getByRole('button', { name: 'Undo' }).click();
  await expect(toast(page, '2 changed')).toContainText('One moment…');
  await page.keyboard.press('z'); // does nothing, although it may be held as the first letter of a code until Undo is done
  undo.release();
  await expect(toast(page, 'Undone for 2 records')).toBeVisible();
  await expect(toast(page, '2 changed')).toHaveCount(0);
  await expect(inactive).toHaveCount(1);
  expect(before.sent).toEqual([]);
});

test('on a slow network a refusal that comes when one has gone on names its order', async ({ page }) => {
  const customer = await ownCustomer(page);
  for (let i = 0; i < 3; i++) await ownOrder(page, [], customer);
  await open(page, `/orders?filter=${encodeURIComponent(`{"status":"pending","customer_id":"${customer.id}"}`)}&sort=id&order=ASC`);
  await page.locator('tr[data-id]').nth(1).getByRole('link', { name: /^#/ }).click();
  const number = page.getByRole('heading', { level: 1, name: /^#\d+$/ });
  const first = await number.innerText();
  await expect(page.getByRole('button', { name: 'Next order in the queue' })).toBeEnabled();
  await page.route('**/api/v1/orders/*/transitions', async (route) => {
    await expect(number).not.toHaveText(first);
    await route.fulfill({ status: 409, json: { code: 'conflict', from: 'cancelled', to: 'processing' } });
  });
  for (const key of ['a', 'n']) await page.keyboard.press(key, { delay: 60 });
  await expect(toast(page, `${first}: Somebody else changed this order first: it is now cancelled and cannot become processing.`)).toBeVisible();
  await page.keyboard.press('z');
  await expect(number).toHaveText(first);

  // Two keys as fast as those of a scanner: the second acts on the order that the first opens.
  const path = page.url().replace(/^.*#/, '');
  await page.keyboard.press('n');
  await expect(number).not.toHaveText(first);
  await expect(page.getByRole('button', { name: 'Previous order in the queue' })).toBeEnabled();
  await page.unroute('**/api/v1/orders/*/transitions');
  await page.route('**/api/v1/orders/*/transitions', (route) => route.fulfill({ status: 409, json: { code: 'conflict', from: 'cancelled', to: 'processing' } }));
  const moved = page.waitForRequest('**/api/v1/orders/*/transitions');
  await page.evaluate(() => ['b', 'a'].forEach((key) => window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))));
  expect((await moved).url()).toContain(`${path}/transitions`);
});

test('on a slow network a page whose code is still to come shows at once that it will', async ({ page }) => {
  await open(page, '/orders');
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 30_000, uploadThroughput: 30_000 });
  await page.locator('tr[data-id] a').first().click();
  await expect(page.locator('.skeleton').first()).toBeVisible({ timeout: 2_000 });
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toHaveCount(0);
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await expect(page.getByRole('heading', { level: 1, name: /^#\d+/ })).toBeVisible();
});
