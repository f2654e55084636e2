import type { Page } from '@playwright/test';
import { asks, hold } from './hold';
import { ownOrder, ownProducts } from './own';
import { expect, open, test, toast } from './test';

/** How many questions the page would ask now if it were closed. */
const guards = (page: Page) => page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));

test('the tab asks before it closes while many orders move on, and only then', async ({ page }) => {
  const orders = [await ownOrder(page), await ownOrder(page)];
  await open(page, `/orders?filter={"id":"${orders.map(({ id }) => id).join(',')}"}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  expect(await guards(page)).toBe(false);
  const { release } = await hold(page, '**/api/v1/orders/*/transitions');
  await page.keyboard.press('a');
  await expect(page.getByRole('progressbar')).toBeVisible();
  expect(await asks(page)).toBe(true);
  release();
  await expect(toast(page, '2 orders are now processing')).toBeVisible();
  expect(await guards(page)).toBe(false);
});

test('the tab asks before it closes while many records are changed or changed back, and only then', async ({ page }) => {
  const mark = await ownProducts(page, 'Closing jar', 2);
  await open(page, `/products?filter=${JSON.stringify({ q: mark })}`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  const changes = await hold(page, '**/api/v1/products/bulk');
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.getByRole('toolbar')).toContainText('Changing 2');
  expect(await asks(page)).toBe(true);
  changes.release();
  await expect(toast(page, '2 changed')).toBeVisible();
  expect(await guards(page)).toBe(false);
  const back = await hold(page, '**/api/v1/audit-entries/revert');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => guards(page)).toBe(true);
  back.release();
  await expect(toast(page, 'Undone for 2 records')).toBeVisible();
  expect(await guards(page)).toBe(false);
});
