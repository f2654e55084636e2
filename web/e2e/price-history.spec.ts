import { ownProduct } from './own';
import { expect, open, test } from './test';

test('a price that was changed long ago is in the history of the price', async ({ page }) => {
  const { id, price } = await ownProduct(page);
  await page.request.patch(`/api/v1/products/${id}`, { data: { price: price + 200 } });
  for (let n = 0; n < 101; n++) await page.request.patch(`/api/v1/products/${id}`, { data: { description: `Turned by hand, ${n}` } });
  await open(page, `/products/${id}?tab=history`);
  await expect(page.locator('.history-entry')).toHaveCount(100); // the newest, none of which is about the price
  await page.getByRole('button', { name: 'Price history' }).click();
  const prices = page.locator('section.card', { has: page.getByRole('heading', { name: 'Price history' }) });
  await expect(prices.locator('.history-entry')).toHaveCount(2);
  await expect(prices.locator('.history-entry').first()).toContainText('Changed by Demo Owner');
  await expect(prices.locator('.history-entry').first()).toContainText(/€24.50.*€26.50/);
  await prices.getByRole('button', { name: 'Revert' }).click();
  await expect(prices.locator('.history-entry').first()).toContainText('Reverted by Demo Owner');
  const elsewhere = page.getByRole('tabpanel').getByText('Sales, receipts and counts are under');
  await expect(elsewhere).toHaveCount(0);
  await page.getByRole('button', { name: 'All changes' }).click();
  await expect(elsewhere.getByRole('link', { name: 'Stock' })).toHaveAttribute('href', new RegExp(`/products/${id}\\?tab=stock$`));
  await page.getByRole('link', { name: 'See older changes in the audit log' }).click();
  await expect(page.locator('.range')).toContainText('of 104');
});
