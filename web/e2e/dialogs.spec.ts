import { expect, open, test, toast } from './test';

test('messages do not cover which of many orders were refused', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.route('**/api/v1/orders/*/transitions', (route) => route.fulfill({
    status: Number(route.request().url().match(/orders\/(\d+)/)?.[1]) % 2 ? 409 : 200, contentType: 'application/json', body: JSON.stringify({ detail: 'it is cancelled now', code: 'conflict' }),
  }));
  await open(page, `/orders?filter=${encodeURIComponent('{"status":"processing"}')}&sort=id&order=ASC`);
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
  await page.getByRole('toolbar').getByRole('button', { name: /^Mark shipped/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mark shipped' }).click();
  const results = page.getByRole('dialog', { name: /could not be moved/ });
  await expect(results).toBeVisible();
  const message = toast(page, /now shipped/);
  await expect.poll(async () => {
    const [dialog, said] = [await results.boundingBox(), await message.boundingBox()];
    return (dialog?.y ?? 0) + (dialog?.height ?? 0) <= (said?.y ?? 0);
  }).toBe(true);
});
