import { ownCustomer, ownOrder } from './own';
import { plainHost } from './server/chromium';
import { demoPassword, emailOf, expect, open, server, settled, strangerOf, test } from './test';

test('over plain http in the stockroom: move an order, write a note, ask to erase', async ({ page: owner, browser }) => {
  const customer = await ownCustomer(owner);
  await ownOrder(owner, ['processing'], customer);
  const page = await strangerOf(browser, { baseURL: server().url.replace('127.0.0.1', plainHost) });
  await page.goto('/');
  await page.getByLabel('Email').fill(emailOf('owner'));
  await page.getByLabel('Password').fill(demoPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  expect(await page.evaluate(() => isSecureContext)).toBe(false);

  await open(page, `/orders?filter={"customer_id":"${customer.id}"}`);
  await page.locator('tr[data-id] a[href*="/orders/"]').click();
  await expect(page.getByRole('heading', { level: 1, name: /^#\d+$/ })).toBeVisible();
  await settled(page);
  await page.keyboard.press('a');
  await expect(page.locator('.page-head .chip')).toHaveText('Shipped');
  await page.keyboard.press('m');
  await expect(page.getByLabel('Note', { exact: true })).toBeFocused();
  await page.keyboard.type('Left at the back door');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.timeline')).toContainText('Left at the back door');

  await open(page, `/customers/${customer.id}`);
  await page.getByRole('button', { name: /^Erase/ }).click();
  await expect(page.getByRole('dialog')).toContainText('addresses and notes are erased permanently');
  await page.context().close();
});
